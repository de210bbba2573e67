"""Report to account: composes the layers of the reading, each of which is a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sayso.model import Account, Count, Event, Link, Note, Place, Report, Span, Time
from sayso.reading.actors import ActorBook
from sayso.reading.attributions import AttributionReader, Coverage, attribution_values
from sayso.reading.casualties import find_casualties
from sayso.reading.claims import ClaimReader, Made, claim_values
from sayso.reading.dating import bind_times
from sayso.reading.details import DetailReader
from sayso.reading.events import Draft, EventReader
from sayso.reading.hedges import find_hedges
from sayso.reading.language import read_paragraphs
from sayso.reading.links import cap_by_links, find_links
from sayso.reading.mentions import MentionReader
from sayso.reading.places import read_places
from sayso.reading.syntax import Syntax, parse
from sayso.reading.times import read_times
from sayso.reading.triggers import find_triggers, find_weapons

READER = "rules-1"
"""The version of the reading, kept in every account; a newer one supersedes the machine claims of an older."""
BATCH = 32
SETTLEMENTS = frozenset(
    {"city", "town", "village", "admin1", "admin2", "district", "capital", "region", "water", "border", "place"}
)


def read_report(report: Report) -> Account:
    """Read one report. Pure: its publication date is the only now."""
    return next(read_reports([report]))


def read_reports(reports: Iterable[Report]) -> Iterator[Account]:
    """Read many reports, in batches, in their order."""
    stream = iter(reports)
    while batch := list(islice(stream, BATCH)):
        paragraphs = [read_paragraphs(r.text, r.body_start) for r in batch]
        parsed = parse((r.text, p) for r, p in zip(batch, paragraphs, strict=True))
        for report, parts, syntax in zip(batch, paragraphs, parsed, strict=True):
            account = _compose(report, syntax)
            notes = tuple(Note(code="S303", text=p.reason or "not read", span=None) for p in parts if not p.read)
            yield _with(account, parts, notes)


def _with(account: Account, parts: tuple[object, ...], notes: tuple[Note, ...]) -> Account:
    import msgspec

    return msgspec.structs.replace(account, paragraphs=parts, notes=account.notes + notes)


def _compose(report: Report, s: Syntax) -> Account:
    times = read_times(report.text, report.published, report.body_start, report.dateline)
    places = read_places(report.text, (), start=report.body_start, dateline=report.dateline)
    weapons = find_weapons(s)
    triggers = find_triggers(s, weapons)
    book = ActorBook(s)
    readings = AttributionReader(s, book).read()
    coverage = Coverage(readings)
    details = DetailReader(s, weapons, triggers, *_place_tokens(s, places))
    hedges = find_hedges(s)
    mentions = MentionReader(s, triggers, find_casualties(s), readings, coverage, times, places, details, hedges).read()
    drafts = EventReader(s, report.published).read(mentions)
    links = find_links(drafts, coverage, s)
    bind_times(drafts, s, report.published)
    cap_by_links(links, s)
    made = ClaimReader(s, book, readings, coverage, hedges).read(drafts)
    return Account(
        report=report,
        reader=READER,
        times=times,
        places=places,
        attributions=attribution_values(readings, s),
        events=tuple(_event(d, [c for c in made if c.event is d], s, book) for d in drafts),
        claims=claim_values(made),
        links=tuple(
            Link(
                from_=f.source.id,
                to=f.target.id,
                kind=f.kind,
                speaker=f.attribution.speaker if f.attribution else None,
                via=f.attribution.via if f.attribution else None,
                evidence=s.span(f.lo, f.hi),
            )
            for f in links
        ),
        actors=book.actors(),
        notes=_time_notes(times),
    )


def _place_tokens(s: Syntax, places: tuple[Place, ...]) -> tuple[dict[int, str], frozenset[int]]:
    """Token to place id, and the tokens of places that are no country: those can be hit, but do not act."""
    where: dict[int, str] = {}
    settlements: set[int] = set()
    for place in places:
        lo, hi = s.token_at(place.span.start), s.token_at(place.span.end - 1)
        if lo is None or hi is None:
            continue
        for k in range(lo, hi + 1):
            where[k] = place.id
            if place.kind in SETTLEMENTS:
                settlements.add(k)
    return where, frozenset(settlements)


def _event(d: Draft, claims: list[Made], s: Syntax, book: ActorBook) -> Event:
    initiators = [c.actor for c in claims if c.slot == "initiator" and c.actor and c.stance != "denies"]
    recipients: list[str | Span] = []
    for c in claims:
        if c.slot != "recipient" or c.stance == "denies" or c.value is None:
            continue
        recipients.append(c.evidence if c.thing or not c.actor else c.actor)
    recipients += [book.mention(x.head) for m in d.mentions for x in m.details if x.implied and x.head is not None]
    weapons = [c.evidence for c in claims if c.slot == "weapon" and c.stance != "denies" and c.value]
    killed = _range([c.normalised for c in claims if c.slot == "killed" and c.normalised])
    if (
        killed is None
        and d.type == "assassination"
        and d.modality == "actual"
        and any(c.slot == "recipient" for c in claims)
    ):
        killed = (1, 1)
    place = d.place
    return Event(
        id=d.id,
        type=d.type,
        mentions=tuple(s.span(m.trigger.lo, m.trigger.hi) for m in d.mentions),
        modality=d.modality,
        time=d.time,
        place=place.id if place else None,
        initiators=tuple(dict.fromkeys(initiators)),
        recipients=tuple(dict.fromkeys(recipients)),
        weapon=max(weapons, key=lambda w: len(w.text), default=None),
        killed=killed,
        injured=_range([c.normalised for c in claims if c.slot == "injured" and c.normalised]),
    )


def _range(counts: list[list[int | None]]) -> Count | None:
    """The range over all figures; open where one of them is open."""
    if not counts:
        return None
    lows = [c[0] for c in counts if c[0] is not None]
    highs = [c[1] for c in counts]
    low = min(lows) if lows else None
    known = [h for h in highs if h is not None]
    return low, None if len(known) < len(highs) else max(known)


def _time_notes(times: tuple[Time, ...]) -> tuple[Note, ...]:
    return tuple(
        Note(code="S304", text=t.reason or "a time that could not be resolved", span=t.span)
        for t in times
        if t.precision == "unknown" and t.relation is None
    )
