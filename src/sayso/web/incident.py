"""The page of one incident: who says what, who denies it, and the words on which that rests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response, get
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.exchange import FORMATS
from sayso.incidents import estimate
from sayso.incidents.grounds import Apart
from sayso.ledger import queries
from sayso.ledger.filters import Filters
from sayso.ledger.write import read_account
from sayso.model import Account
from sayso.web import (
    carriers,
    chain,
    compare,
    decisions,
    evidence,
    mapplace,
    matrix,
    outlines,
    privacy,
    refused,
    settings,
    standing,
    svgmap,
    textmarks,
    timeline,
    why,
    words,
)
from sayso.web.download import download
from sayso.web.mapplace import MapPlace
from sayso.web.render import Asked, as_json, html, suffix, wants_json
from sayso.web.site import Site, site_of

Row = dict[str, Any]
MAP_SIZE = (460, 300)
STRIP_DAYS = 60
"""Linked incidents farther off than this are in the chain only, not on the strip."""
QUOTE_CONTEXT = 90
"""Characters of the sentence shown before and after a quoted passage."""
EXPORTS = (("csv", "CSV of its claims"), ("json", "JSON"), ("geojson", "GeoJSON"))
"""Formats in which an incident can be taken along: the ending of the address, and its name."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it may be shown: the names of private persons withheld from claims, sides and links."""

    incident: Row
    events: list[Row]
    claims: list[Row]
    reports: list[Row]
    answers: list[Row]
    answered_by: list[Row]
    accounts: dict[str, Account]
    hidden: privacy.Hidden
    refused: list[Row]
    compared: list[Row] = []
    decided: list[decisions.Decision] = []
    decided_more: int = 0
    """Earlier decisions, which are not listed."""
    apart: list[tuple[Apart, str]] = []


@get("/incidents/{name:str}", sync_to_thread=True, name="incident")
def incident_page(request: Asked) -> Response[Any]:
    """One incident, as a page or as JSON; an id that was merged leads to the incident that it is now part of."""
    site = site_of(request)
    incident_id, kind = suffix(request.path_params["name"], tuple(kind for kind, _ in EXPORTS))
    with site.read() as connection:
        shown = load(site, connection, incident_id)
        amounts = standing.load(connection, shown.incident["id"], shown.hidden)
        carried = carriers.of_incident(connection, [report["id"] for report in shown.reports])
        estimated = estimate.shown(connection, shown.incident["id"])
        linked = chain.of(site, connection, shown.incident, [claim["evidence"] for claim in shown.claims])
    if shown.incident["id"] != incident_id:
        return Redirect(f"/incidents/{shown.incident['id']}{'.' + kind if kind else ''}", status_code=301)
    if kind in FORMATS:
        what = "claims" if kind == "csv" else "incidents"
        return download(site, kind, what, Filters(ids=(incident_id,)), incident_id)
    if kind or wants_json(request):
        return as_json(_for_machines(shown) | standing.as_json(amounts) | {"chain": chain.for_machines(linked)})
    wanted = request.query_params.get("claim")
    beside: dict[str, Any] = {"estimated": estimated, "assumptions": estimate.ASSUMPTIONS, "carried": carried}
    beside |= {"ranges": standing.ranges(amounts.tolls), "shifts_shown": standing.SHIFTS_SHOWN}
    return html("incident.html", amounts=amounts, chain=linked, **beside, **_context(shown, wanted))


@get("/incidents/{name:str}/evidence", sync_to_thread=True, name="evidence")
def evidence_part(request: Asked) -> Response[Any]:
    """The evidence pane alone, for the page's script: the same as the page shows with ``?claim=``."""
    site = site_of(request)
    with site.read() as connection:
        shown = load(site, connection, request.path_params["name"])
    wanted = request.query_params.get("claim", "")
    if not any(claim["id"] == wanted for claim in shown.claims):
        raise SaysoError("S506", what="claim", id=wanted)
    return html("part_evidence.html", incident=shown.incident, pane=_pane(shown, wanted))


def load(site: Site, connection: Connection, incident_id: str) -> Shown:
    """The incident, with private names withheld unless the site shows them. Raises S506."""
    found = queries.incident(connection, incident_id)
    if found is None:
        raise SaysoError("S506", what="incident", id=incident_id)
    ids = [report["id"] for report in found.reports]
    accounts = {key: account for key in ids if (account := read_account(connection, key)) is not None}
    hidden = privacy.hidden_in(connection, ids, include_private=site.include_private)
    decided, earlier = decisions.of_incident(connection, found.incident["id"], include_private=site.include_private)
    return Shown(
        incident=found.incident | _time_words(found.events),
        events=[_masked_event(event, hidden) for event in found.events],
        claims=[_masked(claim, hidden) for claim in found.claims],
        reports=privacy.titles_withheld(found.reports, hidden),
        answers=[_masked(link, hidden) for link in found.answers],
        answered_by=[_masked(link, hidden) for link in found.answered_by],
        accounts=accounts,
        hidden=hidden,
        refused=[_masked(claim, hidden) for claim in found.refused],
        compared=compare.compared(connection, found.incident["id"]),
        decided=decided,
        decided_more=earlier,
        apart=why.apart_of(connection, found.incident["id"]),
    )


def _time_words(events: Sequence[Row]) -> Row:
    parts = [event["time_words"] for event in events if event["time_precision"] == "part_of_day"]
    return {"time_words": next(filter(None, parts), None)}


def _masked(claim: Row, hidden: privacy.Hidden) -> Row:
    """A claim or link as it may be shown: a private speaker has no name and no page, but stays one speaker."""
    shown = privacy.withheld(claim, hidden)
    names = hidden.get(claim["report_id"])
    if names is None or claim["speaker_id"] not in names.keys:
        return shown
    mark = hashlib.sha256(f"{claim['report_id']}\0{claim['speaker_id']}".encode()).hexdigest()[:6]
    return shown | {"speaker": privacy.PRIVATE, "speaker_id": f"private-{mark}"}


def _masked_event(event: Row, hidden: privacy.Hidden) -> Row:
    names = hidden.get(event["report_id"])
    sides = [
        side | {"name": privacy.PRIVATE, "words": privacy.PRIVATE, "actor_id": None}
        if names and side["actor_id"] in names.keys
        else side | {"words": names.out_of(side["words"]) if names else side["words"]}
        for side in event["sides"]
    ]
    return privacy.withheld(event, hidden) | {"sides": sides}


def _for_machines(shown: Shown) -> dict[str, Any]:
    fields = ("incident", "events", "claims", "reports", "answers", "answered_by", "refused", "decided")
    return {name: getattr(shown, name) for name in fields} | {"place": svgmap.as_json(place_of(shown.incident))}


def _context(shown: Shown, wanted: str | None) -> dict[str, Any]:
    row = shown.incident
    table = matrix.build(shown.claims, shown.reports, settings.COLUMNS_IN_MATRIX)
    place = place_of(row)
    return {
        "incident": row,
        "headline": words.headline(row),
        "matrix": table,
        "said": _by_column(table, shown.claims),
        "pane": _pane(shown, wanted),
        "reports": shown.reports,
        "speakers": len({claim["speaker_id"] for claim in shown.claims if claim["speaker_id"]}),
        "sides": _sides(shown.events),
        "beside": side_by_side(shown.claims, {} if shown.hidden else shown.accounts),
        **_reasons(shown),
        "place": place,
        "map": svgmap.draw([place] if place.pinned else [], *MAP_SIZE, label=f"Where: {place.name}"),
        "strip": timeline.strip(row["start"], row["end"], row["time_precision"] in _KNOWN_DAY, _ticks(shown)),
        "refused": refused.of_rows(shown.refused),
        "compared": shown.compared,
        "citation": _citation(shown),
        "exports": EXPORTS,
    }


_KNOWN_DAY = ("minute", "hour", "part_of_day", "day", "days")


def place_of(row: Row) -> MapPlace:
    """The incident's place as a map takes it."""
    kind = {"contested": "contested", "denied": "denies", "uncertain": "uncertain"}.get(row["status"], "asserts")
    name = words.where(row, outlines.names())
    return mapplace.place_of(row, name=name, kind=kind, count=1, url=f"/incidents/{row['id']}")


def _pane(shown: Shown, wanted: str | None) -> evidence.Evidence | None:
    claim = evidence.chosen_claim(shown.claims, wanted)
    account = shown.accounts.get(claim["report_id"]) if claim else None
    if claim is None or account is None:
        return None
    report = next(report for report in shown.reports if report["id"] == claim["report_id"])
    return evidence.evidence_of(claim, shown.claims, report, account, shown.hidden)


class Said(msgspec.Struct, frozen=True):
    """All that one speaker of the matrix says, in the order of the slots."""

    column: matrix.Column
    report: Row
    claims: list[Row]


def _by_column(table: matrix.Matrix, claims: Sequence[Row]) -> list[Said]:
    order = [line.slot for line in table.lines]
    found = []
    for group in table.groups:
        for column in group.columns:
            mine = [c for c in claims if (c["report_id"], c["speaker_id"]) == (column.report, column.speaker)]
            mine.sort(key=lambda claim: (order.index(claim["slot"]), claim["evidence_start"]))
            told = [claim | {"shown": matrix.in_words(claim["slot"], claim)} for claim in mine]
            found.append(Said(column, dict(group.report), told))
    return found


def _sides(events: Sequence[Row]) -> dict[str, list[tuple[str, str | None]]]:
    """The sides by role, each name once, with the actor's id."""
    found: dict[str, dict[str, str | None]] = {"initiator": {}, "recipient": {}}
    for event in events:
        for side in event["sides"]:
            found[side["role"]].setdefault(side["name"] or side["words"], side["actor_id"])
    return {role: list(named.items()) for role, named in found.items()}


class Passages(msgspec.Struct, frozen=True):
    """One of two columns of quoted passages: its title and, by speaker, the passages with the slots they speak to."""

    title: str
    stance: str
    speakers: list[tuple[list[str], list[Row]]]


def side_by_side(claims: Sequence[Row], accounts: Mapping[str, Account]) -> tuple[Passages, Passages] | None:
    """The accounts that differ, beside each other: what is said against what is denied or doubted.

    Where nobody denies or doubts anything, the first report against the second; ``None`` where there is one account.
    """
    against = [claim for claim in claims if claim["stance"] != "asserts"]
    named = [claim for claim in against if claim["speaker"]]
    if against := named or against:  # The report's own doubts stand back where somebody else denies or doubts.
        slots = {claim["slot"] for claim in against}
        same = [claim for claim in claims if claim["stance"] == "asserts" and claim["slot"] in slots]
        if same:
            said = _passages("Says so", "asserts", same, accounts)
            return said, _passages("Denies it, or calls it unclear", "denies", against, accounts)
    reports = list(dict.fromkeys(claim["report_id"] for claim in claims))
    if len(reports) < 2:
        return None
    columns = []
    for report in reports[:2]:
        mine = [claim for claim in claims if claim["report_id"] == report]
        columns.append(
            _passages(mine[0]["report_publisher"] or mine[0]["report_title"] or report, "asserts", mine, accounts)
        )
    return columns[0], columns[1]


def _passages(title: str, stance: str, claims: Sequence[Row], accounts: Mapping[str, Account]) -> Passages:
    """The passages by speaker; speakers of the very same passages ("a monitor and state media said") share them."""
    speakers: dict[str, dict[tuple[int, int, str], Row]] = {}
    for claim in claims:
        passages = speakers.setdefault(claim["speaker"] or matrix.NARRATION, {})
        key = claim["evidence_start"], claim["evidence_end"], claim["stance"]
        known = passages.setdefault(key, claim | {"slots": []} | _around(claim, accounts))
        if claim["slot"] not in known["slots"]:
            known["slots"].append(claim["slot"])
    shared: dict[tuple[Any, ...], list[str]] = {}
    for name, passages in speakers.items():
        shared.setdefault((next(iter(passages.values()))["report_id"], *passages), []).append(name)
    return Passages(title, stance, [(names, list(speakers[names[0]].values())) for names in shared.values()])


def _around(claim: Row, accounts: Mapping[str, Account]) -> dict[str, str]:
    """The rest of the sentence before and after a claim's words: "denied there was any attack" needs its "denied"."""
    account = accounts.get(claim["report_id"])
    if account is None:
        return {"before": "", "after": ""}
    text, start, end = account.report.text, claim["evidence_start"], claim["evidence_end"]
    left, right = textmarks.sentence_around(text, start, end)
    left = max(left, account.report.body_start) if start >= account.report.body_start else left
    before, after = text[left:start], text[end:right]
    if len(before) > QUOTE_CONTEXT:
        before = "… " + before[-QUOTE_CONTEXT:].partition(" ")[2]
    if len(after) > QUOTE_CONTEXT:
        after = after[:QUOTE_CONTEXT].rpartition(" ")[0] + " …"
    return {"before": before, "after": after}


def _reasons(shown: Shown) -> dict[str, Any]:
    """What joined the reports, and what people decided."""
    joins, further = why.joined_of(shown.events, {report["id"]: report for report in shown.reports}, shown.claims)
    people = {"decided": shown.decided, "decided_more": shown.decided_more}
    return {"why": joins, "why_more": further, "why_apart": shown.apart} | people


def _ticks(shown: Shown) -> list[timeline.Tick]:
    published = [
        timeline.Tick(report["published"], report["publisher"] or "published", "published") for report in shown.reports
    ]
    linked = {
        link["other_id"]: timeline.Tick(link["other_start"], link["other_id"], "linked")
        for link in (*shown.answers, *shown.answered_by)
        if link["other_id"] != shown.incident["id"] and _is_near(shown.incident["start"], link)
    }
    return [*published, *linked.values()]


def _is_near(here: str | None, link: Row) -> bool:
    """Whether a linked incident is of one known day, near enough for one strip with this one."""
    first, second = timeline.day_of(here), timeline.day_of(link["other_start"])
    if link["other_start"] != link["other_end"]:
        return False
    return first is not None and second is not None and abs((first - second).days) <= STRIP_DAYS


def _citation(shown: Shown) -> str:
    row = shown.incident
    told = "; ".join(
        f"{report['publisher'] or 'unnamed publisher'}, {words.day(report['published'])}, "
        f"sha256 {report['sha256'][:12]}"
        for report in shown.reports[:6]
    )
    more = f"; and {len(shown.reports) - 6} more" if len(shown.reports) > 6 else ""
    headline = words.headline(row)
    status = words.label("statuses", row["status"]).lower()
    return f"sayso, incident {row['id']}: {headline}. Status by rule: {status}. Read from: {told}{more}."


PAGES = (incident_page, evidence_part)
