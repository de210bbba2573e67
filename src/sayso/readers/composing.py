"""Composing: quoted items become an account. What words mean is decided by sayso's own layers, never by the model.

Times and places are those that sayso finds in the quoted words, figures what its number layer reads there, and actors
whom its actor layer knows; where a layer finds nothing, the item is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from sayso.model import Account, Attribution, Claim, Count, Event, Interval, Paragraph, Place, Report, Span
from sayso.readers.answer import SLOTS, Quoted, QuotedAttribution, QuotedEvent, Refusal
from sayso.readers.cast import Cast, Role
from sayso.readers.claiming import Claimer, Stated, holds, length
from sayso.readers.nearby import Nearby
from sayso.reading.actors import ActorBook
from sayso.reading.dating.own import PRECISIONS
from sayso.reading.means import weapon_of
from sayso.reading.places import read_places
from sayso.reading.placing.settling import most_exact
from sayso.reading.sides import Named, one_initiator, one_recipient
from sayso.reading.syntax import Syntax
from sayso.reading.times import read_times

VAGUE = frozenset({(1, None), (2, None)})
"""Figures that words without a number stand for: "deadly", "soldiers"."""


def compose(report: Report, paragraphs: tuple[Paragraph, ...], s: Syntax, quoted: Quoted, reader: str) -> Account:
    """The account of a report from what a model quoted of it, without notes; adds to ``quoted.refused``.

    ``reader`` is the version that the account is signed with.
    """
    times = read_times(report.text, report.published, report.body_start, report.dateline)
    places = read_places(report.text, (), start=report.body_start, dateline=report.dateline)
    cast = Cast(s, ActorBook(s, date.fromisoformat(report.published[:10])), _asked(quoted))

    def refuse(what: str, why: str, span: Span | None) -> None:
        quoted.refused.append(Refusal(what, why, span))

    attributions = _attributions(quoted, cast)
    claimer = Claimer(s, cast, attributions, times, places, report.published, refuse)
    named = {p.id: p for p in places}
    events: list[Event] = []
    rows: list[tuple[int, Stated]] = []
    for found in sorted(quoted.events, key=lambda e: (e.mentions[0], e.evidence)):
        stated = claimer.read(found)
        if stated:
            events.append(_event(f"e{len(events) + 1}", found, stated, cast, named))
            rows += [(len(events), claim) for claim in stated]
        else:
            refuse(f"event “{found.evidence.text}”", "no claim on it stands", found.evidence)
    rows.sort(key=lambda row: (row[1].evidence, row[0], SLOTS.index(row[1].slot)))
    return Account(
        report=report,
        reader=reader,
        paragraphs=paragraphs,
        times=times,
        places=places,
        actors=cast.actors(),
        attributions=attributions,
        events=tuple(events),
        claims=tuple(_claim(f"c{n}", f"e{event}", claim) for n, (event, claim) in enumerate(rows, 1)),
    )


def _asked(quoted: Quoted) -> Iterator[tuple[Role, Span]]:
    """All words that are to name somebody, each with its role."""
    for a in quoted.attributions:
        yield from (("speaker", span) for span in a.source[:1])
        yield from (("via", span) for span in (a.via,) if span is not None)
    for event in quoted.events:
        yield from (("initiator", span) for span in event.words.get("initiator", []))
        yield from (("recipient", span) for span in event.words.get("recipient", []))
        for claim in event.claims:
            if claim.speaker is not None:
                yield "speaker", claim.speaker
            if claim.via is not None:
                yield "via", claim.via
            if claim.value is not None and claim.slot in ("initiator", "recipient"):
                yield claim.slot, claim.value


# Attributions -------------------------------------------------------------------------------------------------------


def _attributions(quoted: Quoted, cast: Cast) -> tuple[Attribution, ...]:
    """The attributions in the order of the text, none twice, each within the innermost whose content holds it."""
    once: dict[tuple[tuple[Span, ...], ...], Attribution] = {}
    for found in sorted(quoted.attributions, key=lambda a: (a.cue or a.source, a.content)):
        value = _attribution(found, cast, f"t{len(once) + 1}")
        if value is None:
            quoted.refused.append(
                Refusal(f"attribution to “{found.source[0].text}”", "these words name nobody", found.source[0])
            )
        else:
            once.setdefault((value.source, value.cue, value.content), value)
    made = list(once.values())
    near = Nearby((a, a.content) for a in made)
    return tuple(replace(a, within=_around(a, near.at(a.content[0]))) for a in made)


def _attribution(found: QuotedAttribution, cast: Cast, id_: str) -> Attribution | None:
    """One attribution; none where its source names nobody. Without a source its speaker is unknown."""
    speaker = cast.who("speaker", found.source[0]) if found.source else None
    if found.source and speaker is None:
        return None
    via = cast.who("via", found.via) if found.via is not None else None
    return Attribution(
        id=id_,
        source=tuple(found.source),
        cue=tuple(found.cue),
        content=tuple(found.content),
        speaker=speaker,
        via=via if via != speaker else None,
        stance=found.stance,
    )


def _around(a: Attribution, near: Sequence[Attribution]) -> str | None:
    """The shortest attribution whose content holds an attribution whole."""
    spans = (*a.source, *a.cue, *a.content)
    around = [o for o in near if o is not a and length(o) > length(a) and all(holds(o.content, x) for x in spans)]
    outer = min(around, key=length, default=None)
    return outer.id if outer is not None else None


# Events -------------------------------------------------------------------------------------------------------------


def _event(id_: str, found: QuotedEvent, stated: list[Stated], cast: Cast, places: Mapping[str, Place]) -> Event:
    """An event whose own fields sum up the claims on it, whoever makes them."""
    of: dict[str, list[Stated]] = {slot: [] for slot in SLOTS}
    for claim in stated:
        if claim.stance != "denies" and claim.what.value is not None:
            of[claim.slot].append(claim)
    place = most_exact(places[c.what.normalised] for c in of["place"])
    return Event(
        id=id_,
        type=found.type,
        mentions=tuple(found.mentions),
        modality=found.modality,
        time=_interval(of["time"]),
        place=place.id if place is not None else None,
        initiators=_initiators(of["initiator"], cast),
        recipients=_recipients(of["recipient"], cast),
        weapon=weapon_of([c.what.words for c in of["weapon"] if c.what.words is not None], found.type),
        killed=_range([c.what.normalised for c in of["killed"]]),
        injured=_range([c.what.normalised for c in of["injured"]]),
    )


def _interval(claims: Sequence[Stated]) -> Interval | None:
    """The most exact of the times claimed, one that begins before one that does not."""
    times = [c.what.time for c in claims if c.what.time is not None]
    if not times:
        return None
    t = min(times, key=lambda t: (t.start is None, PRECISIONS.index(t.precision), t.span.start))
    return Interval(start=t.start, end=t.end, precision=t.precision, time=t.id, evidence=t.span, reason=t.reason)


def _initiators(claims: Sequence[Stated], cast: Cast) -> tuple[str, ...]:
    actors: list[str] = [c.what.normalised for c in claims]
    return tuple(dict.fromkeys(actors[i] for i in one_initiator([cast.named(a) for a in actors])))


def _recipients(claims: Sequence[Stated], cast: Cast) -> tuple[str | Span, ...]:
    """Whom and what was hit: actors by id, things by their words."""
    hit: list[str | Span] = [c.what.normalised or c.what.words for c in claims if c.what.words is not None]
    kept = one_recipient([Named(x.text) if isinstance(x, Span) else cast.named(x) for x in hit])
    return tuple(dict.fromkeys(hit[i] for i in kept))


def _range(counts: Sequence[list[int | None]]) -> Count | None:
    """The range over all figures, open on a side where one is; words without a number count only by themselves."""
    some = [c for c in counts if c != [0, 0]]
    told = [c for c in some if tuple(c) not in VAGUE] or some or counts
    if not told:
        return None
    lows, highs = [c[0] for c in told], [c[1] for c in told]
    low = min((n for n in lows if n is not None), default=None)
    return low, None if None in highs else max(n for n in highs if n is not None)


def _claim(id_: str, event: str, c: Stated) -> Claim:
    return Claim(
        id=id_,
        event=event,
        slot=c.slot,
        value=c.what.value,
        normalised=c.what.normalised,
        stance=c.stance,
        speaker=c.speaker,
        via=c.via,
        attribution=c.attribution,
        evidence=c.evidence,
    )
