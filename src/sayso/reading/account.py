"""Report to account: composes the layers of the reading, each of which is a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

import msgspec

from sayso.errors import SaysoError
from sayso.model import Account, Count, Event, Note, Paragraph, Place, Refused, Report, Span, Time
from sayso.reading.actors import ActorBook
from sayso.reading.attributions import AttributionReader
from sayso.reading.casualties import find_casualties
from sayso.reading.claims import ClaimReader, Made, claim_values, sides_of
from sayso.reading.condition import condition_notes
from sayso.reading.confidence.judging import Judge
from sayso.reading.dating import bind_times
from sayso.reading.details import DetailReader
from sayso.reading.encoder.entities import role_fillers
from sayso.reading.encoder.inference import Encoded, encode_each
from sayso.reading.encoder.weights import VERSION, Reader, load_reader
from sayso.reading.events import Draft, EventReader
from sayso.reading.filling import fill_sides
from sayso.reading.furniture import furniture
from sayso.reading.headlines import mended
from sayso.reading.hedges import find_hedges
from sayso.reading.language import read_paragraphs, refuse_foreign
from sayso.reading.links import find_links, link_values
from sayso.reading.means import weapon_of
from sayso.reading.mentions import MentionReader
from sayso.reading.places import read_places
from sayso.reading.placing.settling import bind_places
from sayso.reading.prevailing import typed_by_means
from sayso.reading.recase import as_read, in_words_of
from sayso.reading.recurring import mark_recurring
from sayso.reading.saying import ATTITUDE, Coverage, attribution_values
from sayso.reading.syntax import Syntax, parse
from sayso.reading.times import filed_on, read_times
from sayso.reading.triggers import LAUNCH, Trigger, find_triggers, find_weapons

READER = f"rules-5, {VERSION}"
"""The version of the reading, kept in every account; a newer one supersedes the machine claims of an older."""
BATCH = 32
VAGUE = ([1, None], [2, None])
"""Figures that words without a number stand for."""
MENTION = 6
"""At most this many tokens from a weapon to the word for firing it are one mention."""
SETTLEMENTS = frozenset(
    {"city", "town", "village", "admin1", "admin2", "district", "capital", "region", "water", "border", "place"}
)


def read_report(report: Report, judge: Judge | None = None) -> Account:
    """Read one report. Pure: its publication date is the only now. ``judge`` refuses claims, by default as shipped.

    Raises ``S302`` where no paragraph of it is in a language that sayso reads, ``S301`` where the language model is
    missing, ``S214`` (with its cause) where the reading itself has a fault.
    """
    return next(read_reports([report], judge))


def read_reports(reports: Iterable[Report], judge: Judge | None = None) -> Iterator[Account]:
    """Read many reports, in batches, in their order. Raises what ``read_report`` raises, and ends there."""
    for found in read_each(reports, judge):
        if isinstance(found, SaysoError):
            raise found
        yield found


def read_each(reports: Iterable[Report], judge: Judge | None = None) -> Iterator[Account | SaysoError]:
    """Read many reports, in their order; in place of one that cannot be read stands the error, and the others go on.

    Raises ``S301`` alone, which every report would meet.
    """
    stream, judge, reader = iter(reports), judge or Judge(), load_reader()
    while batch := list(islice(stream, BATCH)):
        paragraphs = [read_paragraphs(r.text, r.body_start, r.title) for r in batch]
        texts = [as_read(r.text, p) for r, p in zip(batch, paragraphs, strict=True)]
        parsed = map(mended, parse(zip(texts, paragraphs, strict=True)))
        for report, parts, syntax, one in zip(batch, paragraphs, parsed, encode_each(texts, reader), strict=True):
            yield _read(report, parts, syntax, judge, reader, one)


def _read(
    report: Report, paragraphs: tuple[Paragraph, ...], s: Syntax, judge: Judge, reader: Reader, encoded: Encoded
) -> Account | SaysoError:
    name = report.title or f"report {report.id}"
    try:
        refuse_foreign(paragraphs, name)
        cased = report if s.text is report.text else msgspec.structs.replace(report, text=s.text)
        account = _compose(cased, paragraphs, s, judge, reader, encoded)
        account = msgspec.structs.replace(account, notes=account.notes + condition_notes(report, paragraphs, s))
        return account if cased is report else in_words_of(account, report)
    except SaysoError as error:
        return error
    except Exception as cause:  # A fault of ours in one report must not cost the user the others.
        fault = SaysoError("S214", exit_status=1, name=name, why=f"{type(cause).__name__}: {cause}")
        fault.__cause__ = cause
        return fault


def _compose(
    report: Report, paragraphs: tuple[Paragraph, ...], s: Syntax, judge: Judge, reader: Reader, encoded: Encoded
) -> Account:
    times = read_times(report.text, report.published, report.body_start, report.dateline)
    places = read_places(report.text, (), start=report.body_start, dateline=report.dateline)
    weapons = find_weapons(s)
    where, settlements = _place_tokens(s, places)
    beside = furniture(s)
    told = [t for t in find_triggers(s, weapons, frozenset(where)) if t.head not in beside]
    triggers = typed_by_means(s, told)
    acts = {k for t in triggers for k in range(t.lo, t.hi)}
    book = ActorBook(s, date.fromisoformat(report.published[:10]))
    readings = AttributionReader(s, book, encoded.spoken, acts).read()
    told_of = [r for r in readings if r.kind != ATTITUDE]
    coverage = Coverage(told_of)
    details = DetailReader(s, weapons, triggers, where, settlements)
    hedges = find_hedges(s)
    mentions = MentionReader(s, triggers, find_casualties(s), told_of, coverage, times, places, details, hedges).read()
    drafts = EventReader(s).read(mentions)
    links = find_links(drafts, coverage, s)
    bind_places(drafts, s)
    bind_times(drafts, links, s, report)
    fill_sides(drafts, role_fillers(report.text, encoded, reader.description), s, details.nouns, readings)
    mark_recurring(drafts, s, encoded, reader.description)
    made = ClaimReader(s, book, told_of, coverage, hedges, details.nouns).read(drafts)
    judged = judge.judge(s, drafts, made)
    values = tuple(zip(claim_values(made, [j.confidence for j in judged]), judged, strict=True))
    claims: dict[int, list[Made]] = {d.number: [] for d in drafts}
    for claim, j in zip(made, judged, strict=True):
        if j.refused is None:
            claims[claim.event.number].append(claim)
    events = tuple(_event(d, claims[d.number], s, book) for d in drafts)
    return Account(
        report=report,
        reader=judge.signed(READER),
        paragraphs=paragraphs,
        times=times,
        places=places,
        actors=book.actors(),
        attributions=attribution_values(readings, s),
        events=events,
        claims=tuple(claim for claim, j in values if j.refused is None),
        links=link_values(links, s),
        notes=(*_filing_notes(report), *_time_notes(times), *_language_notes(report, paragraphs)),
        refused=tuple(Refused(claim=claim, reason=j.refused) for claim, j in values if j.refused is not None),
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
    named = [c for c in claims if c.stance != "denies"]
    initiators = sides_of("initiator", claims, book)
    recipients = _recipients(d, claims, book)
    weapons = [c.named or c.evidence for c in named if c.slot == "weapon" and c.value]
    killed = _range([c.normalised for c in claims if c.slot == "killed" and c.normalised])
    if killed is None and recipients and d.type == "assassination" and d.modality == "actual":
        killed = (1, 1)
    return Event(
        id=d.id,
        type=d.type,
        mentions=tuple(_mention(s, m.trigger) for m in d.mentions),
        modality=d.modality,
        time=d.time,
        place=d.place.id if d.place else None,
        initiators=tuple(i for i in initiators if isinstance(i, str)),
        recipients=tuple(dict.fromkeys(recipients)),
        weapon=weapon_of(weapons, d.type),
        killed=killed,
        injured=_range([c.normalised for c in claims if c.slot == "injured" and c.normalised]),
        place_reason=d.place_reason,
    )


def _recipients(d: Draft, claims: list[Made], book: ActorBook) -> list[str | Span]:
    """Whom and what any claim names as hit; then those who are named only as users of the thing hit."""
    implied = [x.head for m in d.mentions for x in m.details if x.implied and x.head is not None]
    return sides_of("recipient", claims, book) + [book.mention(head) for head in implied]


def _mention(s: Syntax, t: Trigger) -> Span:
    """The words of a trigger; of firing, what was fired too, which alone tells the event ("rockets were fired")."""
    lo, hi = t.lo, t.hi
    if t.entry == LAUNCH and t.weapon is not None:
        first, last = min(lo, t.weapon[0]), max(hi, t.weapon[1])
        lo, hi = (first, last) if last - first <= MENTION else (lo, hi)
    return s.span(lo, hi)


def _range(counts: list[list[int | None]]) -> Count | None:
    """The range over all figures; open where one of them is open.

    "No soldier died" beside four dead is said of some of them, and "deadly" or a bare plural beside a figure adds none.
    """
    if not counts:
        return None
    told = [c for c in counts if c != [0, 0] and c not in VAGUE]
    counts = told or [c for c in counts if c != [0, 0]] or counts
    lows = [c[0] for c in counts if c[0] is not None]
    highs = [c[1] for c in counts]
    low = min(lows) if lows else None
    known = [h for h in highs if h is not None]
    return low, None if len(known) < len(highs) else max(known)


def _filing_notes(report: Report) -> tuple[Note, ...]:
    """The date that the beginning of the text gives, where it is not that of the report."""
    filed = filed_on(report.text, report.published, report.body_start, report.dateline)
    if filed is None:
        return ()
    text = f"the text is dated {filed[0]}, the report {report.published[:10]}: days are counted from {filed[0]}"
    return (Note(code="S305", text=text, span=filed[1]),)


def _time_notes(times: tuple[Time, ...]) -> tuple[Note, ...]:
    """Dates that were refused; lengths, habits and "now" date nothing, so that nothing is refused in them."""
    return tuple(
        Note(code="S304", text=t.reason or "a time that could not be resolved", span=t.span)
        for t in times
        if t.precision == "unknown" and t.relation is None
        if t.kind in {"DATE", "TIME"} and not t.value.endswith("_REF")
    )


def _language_notes(report: Report, paragraphs: tuple[Paragraph, ...]) -> tuple[Note, ...]:
    return tuple(
        Note(code="S303", text=p.reason or "not read", span=Span(p.start, p.end, report.text[p.start : p.end]))
        for p in paragraphs
        if not p.read
    )
