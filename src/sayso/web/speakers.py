"""The pages of the speakers: who speaks, and what each asserted, denied and left open. Counts, never a score."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from litestar import Response, get
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.ledger import queries, records
from sayso.vocabulary import load
from sayso.web import accounts, filters, matrix, privacy, settings
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import site_of


def speakers_page(request: Asked) -> Response[Any]:
    """Everybody who speaks, those who speak to most incidents first."""
    site = site_of(request)
    number = filters.parse_page(request.query_params.get("page", "1"))
    with site.read() as connection:
        found = site.speakers(connection, number, settings.PAGE_SIZE)
    if wants_json(request):
        return as_json({"total": found.total, "page": found.number, "pages": found.pages, "speakers": found.items})
    return html("speakers.html", page=found, most=max((_claims(row) for row in found.items), default=1))


def _claims(row: dict[str, Any]) -> int:
    return int(row["asserts"] + row["denies"] + row["uncertain"])


@get("/speakers/{name:str}", sync_to_thread=True, name="speaker")
def speaker_page(request: Asked) -> Response[Any]:
    """One speaker: its record as counts, its changed accounts, and its claims, all or of one stance (``?stance=``)."""
    site = site_of(request)
    actor_id, kind = suffix(request.path_params["name"], ("json",))
    stance = request.query_params.get("stance", "")
    if stance and stance not in load("stances"):
        raise SaysoError("S504", name="stance", value=stance, allowed=", ".join(load("stances")))
    number = filters.parse_page(request.query_params.get("page", "1"))
    with site.read() as connection:
        actor = records.actor(connection, actor_id)
        if actor is None or (actor["private"] and not site.include_private):
            raise SaysoError("S506", what="speaker", id=actor_id)
        record, counts = records.totals(connection, actor_id), records.claims_by_stance(connection, actor_id)
        said = _said(connection, actor_id, stance, number, record, counts)
        told = [claim["report_id"] for claim in said.claims]
        hidden = privacy.hidden_in(connection, told, include_private=site.include_private)
        changed = []
        if record.incidents["changed"]:
            changed = accounts.changed(connection, actor_id, include_private=site.include_private)
    masked = [privacy.withheld(claim, hidden) for claim in said.claims]
    if kind or wants_json(request):
        about = {"actor": actor, "counts": counts, "page": number, "pages": said.pages}
        more = {"record": record, "changed": [accounts.as_json(row) for row in changed]}
        return as_json(about | {"claims": masked} | more)
    shown = [claim | {"shown": matrix.in_words(claim["slot"], claim)} for claim in masked]
    return html(
        "speaker.html",
        actor=actor,
        counts=counts,
        stance=stance,
        claims=shown,
        told_together=[list(told) for _, told in groupby(shown, key=itemgetter("incident_id", "report_id"))],
        page=number,
        pages=said.pages,
        few=said.few,
        record=record,
        lines=records.WHAT,
        changed=changed,
    )


class _Said(msgspec.Struct, frozen=True):
    """A page of a speaker's claims; ``few`` is whether the first ones of each incident stand for all."""

    claims: list[dict[str, Any]]
    pages: int
    few: bool


def _said(
    connection: Connection, actor_id: str, stance: str, number: int, record: records.Totals, counts: dict[str, int]
) -> _Said:
    """The claims of one page, the newest incident first. Of a speaker with very many, a page is one of incidents."""
    size = settings.CLAIMS_OF_SPEAKER
    if sum(counts.values()) <= queries.MAX_QUOTED:
        found = queries.speaker(connection, actor_id)
        chosen = [claim for claim in found.claims if not stance or claim["stance"] == stance] if found else []
        return _Said(chosen[(number - 1) * size : number * size], max(1, -(-len(chosen) // size)), few=False)
    what: records.What = next((name for name in records.WHAT if name == stance), "all")
    rows = records.incidents_of(connection, actor_id, what, number, settings.INCIDENTS_OF_SPEAKER)
    claims = [
        claim | {f"incident_{name}": row[name] for name in ("title", "start", "status")}
        for row in rows
        for claim in row["claims"]
    ]
    return _Said(claims, max(1, -(-record.incidents[what] // settings.INCIDENTS_OF_SPEAKER)), few=True)


@get("/speakers/{name:str}/record/{what:str}", sync_to_thread=True, name="record")
def record_page(request: Asked) -> Response[Any]:
    """The incidents behind one count of a speaker's record, the latest spoken of first, with the speaker's words."""
    site = site_of(request)
    actor_id = request.path_params["name"]
    asked, kind = suffix(request.path_params["what"], ("json",))
    what = next((name for name in records.WHAT if name == asked), None)
    if what is None:
        raise SaysoError("S504", name="count", value=asked, allowed=", ".join(records.WHAT))
    number = filters.parse_page(request.query_params.get("page", "1"))
    size = settings.PAGE_SIZE
    with site.read() as connection:
        actor = records.actor(connection, actor_id)
        if actor is None or (actor["private"] and not site.include_private):
            raise SaysoError("S506", what="speaker", id=actor_id)
        total = records.totals(connection, actor_id).incidents[what]
        number = max(1, min(number, -(-total // size)))
        rows = records.incidents_of(connection, actor_id, what, number, size)
        told = [claim["report_id"] for row in rows for claim in row["claims"]]
        hidden = privacy.hidden_in(connection, told, include_private=site.include_private)
    shown = [row | {"claims": [privacy.withheld(claim, hidden) for claim in row["claims"]]} for row in rows]
    found = queries.Page(items=shown, total=total, number=number, size=size)
    if kind or wants_json(request):
        about = {"actor": actor, "what": what, "total": total, "page": number, "pages": found.pages}
        return as_json(about | {"incidents": shown})
    for row in shown:
        row["claims"] = [claim | {"shown": matrix.in_words(claim["slot"], claim)} for claim in row["claims"]]
    return html("record.html", actor=actor, what=what, said=records.WHAT[what], page=found)


PAGES = (*at("/speakers", "/speakers.json")(speakers_page), speaker_page, record_page)
