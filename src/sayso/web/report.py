"""The pages of the reports: a list, and one report's text with every layer that was read from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get

from sayso.errors import SaysoError
from sayso.ledger import queries
from sayso.model import Account, Event, Place
from sayso.reading.relevance import is_gate, is_skipped
from sayso.web import carriers, filters, privacy, refused, settings, textmarks, words
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import site_of
from sayso.web.textmarks import Mark

LAYERS = {
    "event": ("Events", "words that name an act"),
    "claim": ("Claims", "the words on which a claim rests, by stance"),
    "speaker": ("Who says so", "source and cue of an attribution"),
    "content": ("What is said", "the content of an attribution"),
    "time": ("Times", "expressions of time"),
    "place": ("Places", "names of places"),
    "actor": ("Actors", "those who act, suffer or speak"),
}
"""Each layer's label and help; the first two are shown to begin with."""


def reports_page(request: Asked) -> Response[Any]:
    """All reports, the newest first."""
    number = filters.parse_page(request.query_params.get("page", "1"))
    site = site_of(request)
    with site.read() as connection:
        found = queries.reports(connection, number, settings.PAGE_SIZE)
        told = [row["id"] for row in found.items]
        hidden = privacy.hidden_in(connection, told, include_private=site.include_private)
        not_read = queries.reports_not_read(connection)
    rows = privacy.titles_withheld(found.items, hidden)
    if wants_json(request):
        counts = {"total": found.total, "not_read": not_read, "page": found.number, "pages": found.pages}
        return as_json(counts | {"reports": rows})
    return html("reports.html", page=found, rows=rows, not_read=not_read, is_gate=is_gate)


@get("/reports/{name:str}", sync_to_thread=True, name="report")
def report_page(request: Asked) -> Response[Any]:
    """One report; as JSON its account."""
    site = site_of(request)
    report_id, kind = suffix(request.path_params["name"], ("json",))
    with site.read() as connection:
        found = queries.report(connection, report_id)
        hidden = privacy.hidden_in(connection, [report_id], include_private=site.include_private)
        carried = carriers.of_report(connection, report_id)
    if found is None:
        raise SaysoError("S506", what="report", id=report_id)
    if kind or wants_json(request):
        if hidden:
            raise SaysoError("S508", id=report_id)
        return as_json(found.account)
    return html("report.html", carried=carried, **_context(found, hidden))


def _context(found: queries.ReportPage, hidden: privacy.Hidden) -> dict[str, Any]:
    account = found.account
    text = account.report.text
    marks = [Mark(0, account.report.body_start, "heading"), *marks_of(account)]
    marks += privacy.marks(text, account.report.id, hidden)
    limit = min(len(text), settings.REPORT_LENGTH)
    return {
        "report": privacy.titles_withheld([found.report], hidden)[0],
        "account": account,
        "layers": LAYERS,
        "numbers": Counter(mark.kind for mark in marks),
        "paragraphs": [textmarks.pieces(text, marks, *edges) for edges in textmarks.paragraphs(text, 0, limit)],
        "cut": len(text) > limit,
        "told": [_told(account, event_id, found.incidents, hidden) for event_id in (e.id for e in account.events)],
        "notes": account.notes,
        "refused": refused.of_account(account, hidden),
        "skipped": is_skipped(account),
        "note_words": lambda text: _out_of(text, account, hidden),
    }


def marks_of(account: Account) -> list[Mark]:
    """Every layer's spans over the report's text."""
    spans: list[Mark] = []

    def add(span: Any, kind: str, key: str, label: str) -> None:
        if isinstance(span, msgspec.Struct):
            spans.append(Mark(span.start, span.end, kind, key, label))  # type: ignore[attr-defined]

    for time in account.times:
        add(time.span, "time", time.id, words.interval(time.start, time.end))
    for place in account.places:
        add(place.span, "place", place.id, place.name)
    for actor in account.actors:
        for span in actor.spans:
            add(span, "actor", actor.id, privacy.PRIVATE if actor.private else actor.name)
    for said in account.attributions:
        for span in (*said.source, *said.cue):
            add(span, "speaker", said.id, "who says so")
        for span in said.content:
            add(span, "content", said.id, "what is said")
    for event in account.events:
        for span in event.mentions:
            add(span, "event", event.id, f"{words.noun(event.type)}, {event.modality}")
    for claim in account.claims:
        likely = "" if claim.confidence is None else f", {claim.confidence:.2f}"
        add(claim.evidence, "claim", claim.id, f"{words.label('slots', claim.slot)}: {claim.stance}{likely}")
    return spans


_EVENT_ID = re.compile(r"\be\d+\b")


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What a date or a place of an event rests on: the words, how exact they are, and how they were read."""

    slot: str
    words: str | None
    exactness: str
    reasons: tuple[str, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the report in short: what, when, where, its claims by stance, the incident that it is part of."""

    id: str
    type: str
    mention: str
    modality: str
    when: str
    where: str
    stances: dict[str, int]
    confidence: tuple[float, float] | None
    """The lowest and the highest of its claims' confidences; null where none was judged."""
    incident: str | None
    grounds: tuple[Ground, ...]


def _told(account: Account, event_id: str, incidents: dict[str, str], hidden: privacy.Hidden) -> Told:
    event = next(event for event in account.events if event.id == event_id)
    place = next((place for place in account.places if place.id == event.place), None)
    claims = [claim for claim in account.claims if claim.event == event_id]
    likely = [claim.confidence for claim in claims if claim.confidence is not None]
    mention = event.mentions[0].text if event.mentions else "no words of its own"
    return Told(
        id=event.id,
        type=event.type,
        mention=_out_of(mention, account, hidden),
        modality=event.modality,
        when=words.interval(event.time.start, event.time.end) if event.time else "date not stated",
        where=_out_of(place.name, account, hidden) if place else "place not stated",
        stances=dict(Counter(claim.stance for claim in claims)),
        confidence=(min(likely), max(likely)) if likely else None,
        incident=incidents.get(event_id),
        grounds=tuple(grounds_of(account, event, place, hidden)),
    )


def grounds_of(account: Account, event: Event, place: Place | None, hidden: privacy.Hidden) -> Iterator[Ground]:
    """What the event's date and place rest on, each where it has one; names of private persons are taken out."""

    def told(reason: str) -> str:
        # Reasons name other events by their ids, which a reader of the page does not see.
        return _out_of(_EVENT_ID.sub(lambda found: _words_of(account, found[0]), reason), account, hidden)

    if (time := event.time) is not None:
        zone = f"clock time in {time.zone}" if time.zone else None
        reasons = tuple(told(line) for line in (time.reason, zone, time.note) if line)
        shown = _out_of(time.evidence.text, account, hidden) if time.evidence else None
        yield Ground(slot="time", words=shown, exactness=words.label("precisions", time.precision), reasons=reasons)
    if place is not None:
        exactness = words.label("place_precisions", str(place.precision)) if place.precision else "place not resolved"
        reasons = tuple(told(line) for line in (event.place_reason, place.reason) if line)
        yield Ground(
            slot="place", words=_out_of(place.span.text, account, hidden), exactness=exactness, reasons=reasons
        )


def _words_of(account: Account, event_id: str) -> str:
    """An event by its first words; its id where it has none."""
    words_of = (f"“{event.mentions[0].text}”" for event in account.events if event.id == event_id and event.mentions)
    return next(words_of, event_id)


def _out_of(text: str, account: Account, hidden: privacy.Hidden) -> str:
    """Words of the report without the names of private persons."""
    names = hidden.get(account.report.id)
    return text if names is None else names.out_of(text) or ""


PAGES = (*at("/reports", "/reports.json")(reports_page), report_page)
