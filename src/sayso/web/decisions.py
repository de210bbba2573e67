"""What people decided on incidents: on the incident's page, and all of it on a page of its own. Both only show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from litestar import Response
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents import decided
from sayso.incidents.decided import Ruling, Spoken
from sayso.incidents.grounds import told_words
from sayso.incidents.ruling_words import became, says
from sayso.ledger import decisions as log
from sayso.ledger import schema
from sayso.web import filters, privacy, settings
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import site_of

QUOTED = 3
"""How many of the words that a decision speaks of are quoted on each side; the others are counted."""


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a decision speaks of, and the report and incident they are part of."""

    text: str
    report: str
    outlet: str
    published: str | None
    incident: str | None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as pages show it: ``sides`` are the words it speaks of, each with how many further ones there are."""

    id: int
    at: str
    who: str
    kind: str
    says: str
    note: str
    state: str
    became: str
    target: str
    incidents: tuple[str, ...]
    sides: list[tuple[list[Quoted], int]]

    @property
    def stands(self) -> bool:
        """Whether it decides anything today."""
        return self.state in ("stands", "overruled in part")


def shown(connection: Connection, rulings: Iterable[Ruling], *, include_private: bool) -> list[Decision]:
    """Decisions as pages show them, the names of private persons out of the words of reports."""
    those = list(rulings)
    quoted = [spoken for ruling in those for side in ruling.sides for spoken in side[:QUOTED]]
    ids = sorted({spoken.report for spoken in quoted})
    r = schema.reports.c
    rows = connection.execute(sa.select(r.id, r.publisher, r.title, r.published).where(r.id.in_(ids)))
    reports = {row.id: row for row in rows}
    hidden = privacy.hidden_in(connection, [key for key in ids if key in reports], include_private=include_private)
    told = told_words(connection, [spoken.event for spoken in quoted if spoken.event])
    return [_decision(ruling, reports, hidden, told) for ruling in those]


def _decision(ruling: Ruling, reports: dict[str, Any], hidden: privacy.Hidden, told: dict[str, str]) -> Decision:
    return Decision(
        id=ruling.id,
        at=ruling.at,
        who=ruling.who,
        kind=ruling.kind,
        says=says(ruling),
        note=ruling.note,
        state=ruling.state,
        became=became(ruling),
        target=ruling.target,
        incidents=ruling.incidents,
        sides=[
            ([_quoted(spoken, reports, hidden, told) for spoken in side[:QUOTED]], max(0, len(side) - QUOTED))
            for side in ruling.sides
        ],
    )


def _quoted(spoken: Spoken, reports: dict[str, Any], hidden: privacy.Hidden, told: dict[str, str]) -> Quoted:
    words = told.get(spoken.event or "", spoken.text)
    report, names = reports.get(spoken.report), hidden.get(spoken.report)
    title = (report.publisher or "a report") if report else "a report that is no longer here"
    return Quoted(
        text=(names.out_of(words) if names else words) or "",
        report=spoken.report if report else "",
        outlet=title,
        published=report.published if report else None,
        incident=spoken.incident,
    )


def of_incident(connection: Connection, incident_id: str, *, include_private: bool) -> tuple[list[Decision], int]:
    """The decisions on one incident, the latest first, and how many earlier ones are left out."""
    found = decided.on_incident(connection, incident_id)
    return shown(connection, found.items, include_private=include_private), found.total - len(found.items)


def chain(connection: Connection, total: int) -> str:
    """The state of the seals in words; left to the command line where there are too many to check for a page."""
    if total > settings.SEALS_CHECKED:
        return f"Too many to check here; “sayso decide verify” checks all {total:,} seals."
    try:
        count = log.verify(connection)
    except SaysoError as error:
        return f"The seals do not fit: {str(error).removeprefix(error.code).strip()}"
    return f"All {count:,} seals fit: no decision was changed, removed or put in between."


def decisions_page(request: Asked) -> Response[Any]:
    """Every decision on incidents, the latest first, with whether the chain of seals holds."""
    site = site_of(request)
    number = filters.parse_page(request.query_params.get("page", "1"))
    with site.read() as connection:
        found = decided.listed(connection, number, settings.PAGE_SIZE)
        items = shown(connection, found.items, include_private=site.include_private)
        seals = chain(connection, log.count(connection)) if found.total else ""
    if wants_json(request):
        facts = {"total": found.total, "page": found.number, "pages": found.pages, "seals": seals}
        return as_json(facts | {"decisions": items})
    return html("decisions.html", page=found, items=items, seals=seals)


PAGES = at("/decisions", "/decisions.json")(decisions_page)
