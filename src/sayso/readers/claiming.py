"""Claims from quoted words: each resolved by the layer of its slot, with its speaker, or refused with the reason.

What no speaker is named for is told by whoever's attributed words it stands in, else by the report's own narration. A
claim whose speaker or value was refused never becomes another's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from sayso.model import Attribution, Place, Slot, Span, Stance, Time
from sayso.readers.answer import Lost, QuotedClaim, QuotedEvent
from sayso.readers.cast import Cast
from sayso.readers.figures import FigureReader
from sayso.readers.nearby import Nearby
from sayso.reading.placing.settling import most_exact
from sayso.reading.syntax import Syntax

NAMING: frozenset[Slot] = frozenset({"initiator", "recipient", "weapon"})
"""Slots whose value is a name within the evidence, not the evidence itself."""

Refuse = Callable[[str, str, Span | None], None]


@dataclass(frozen=True, slots=True)
class Value:
    """What is claimed: the report's words, what stands in the account, and the same for machines."""

    words: Span | None = None
    value: str | None = None
    normalised: Any = None
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim on one event, before it has an id; ``attribution`` is the id of the one that it stands in."""

    slot: Slot
    stance: Stance
    evidence: Span
    what: Value
    speaker: str | None = None
    via: str | None = None
    attribution: str | None = None


class Claimer:
    """Makes the claims of one report's events."""

    def __init__(
        self,
        s: Syntax,
        cast_: Cast,
        attributions: Sequence[Attribution],
        times: Sequence[Time],
        places: Sequence[Place],
        published: str,
        refuse: Refuse,
    ) -> None:
        """``published`` is the day of the report, ISO 8601; ``refuse`` takes what was refused, why, and its words."""
        self._s = s
        self._cast = cast_
        self._attributions = Nearby((a, a.content) for a in sorted(attributions, key=length))
        self._times = Nearby((t, (t.span,)) for t in times)
        self._places = Nearby((p, (p.span,)) for p in places)
        self._published = published[:10]
        self._refuse = refuse
        self._figures = FigureReader(s, times)

    def read(self, event: QuotedEvent) -> list[Stated]:
        """The claims on one event, none twice."""
        made: list[Stated] = []
        lost = list(event.lost)
        for claim in event.claims:
            given = list(self._given(claim, event))
            made += given
            lost += [] if given else [Lost(claim.slot, claim.evidence, claim.value)]
        told = tuple(made)
        for slot, quotes in event.words.items():
            for words in quotes:
                made += self._implied(cast(Slot, slot), words, event, told, lost)
        if all(claim.slot != "occurrence" for claim in lost) and all(stated.slot != "occurrence" for stated in made):
            made += self._told(Stated("occurrence", "asserts", event.evidence, Value(normalised=True)))
        once: dict[tuple[Any, ...], Stated] = {}
        for stated in made:
            same = stated.what.normalised if stated.slot != "recipient" else stated.what.value
            value = stated.what.value if same is None else repr(same)
            once.setdefault((stated.slot, value, stated.stance, stated.speaker), stated)
        return list(once.values())

    # Whose claim ----------------------------------------------------------------------------------------------------

    def _given(self, claim: QuotedClaim, event: QuotedEvent) -> Iterator[Stated]:
        """A claim that the model makes, by whom it says."""
        speaker = self._cast.who("speaker", claim.speaker) if claim.speaker is not None else None
        via = self._cast.who("via", claim.via) if claim.via is not None else None
        for words, actor in ((claim.speaker, speaker), (claim.via, via)):
            if words is not None and actor is None:
                self._refuse(f"{claim.slot} claim by “{words.text}”", "these words name nobody", words)
                return
        for what in self._values(claim, event):
            stated = Stated(claim.slot, claim.stance, claim.evidence, what, speaker, via if via != speaker else None)
            yield self._attributed(stated)

    def _implied(
        self, slot: Slot, words: Span, event: QuotedEvent, told: Sequence[Stated], lost: Sequence[Lost]
    ) -> list[Stated]:
        """A claim for a quote that none of those told is on; none where a claim that may be on it was refused."""
        beside = [stated.what for stated in told if stated.slot == slot]
        if any(what.words is not None and touches((what.words,), words) for what in beside):
            return []
        if any(claim.slot == slot and touches((claim.evidence, claim.value), words) for claim in lost):
            self._refuse(
                f"{slot} “{words.text}”", "a claim on it was refused, so that nobody is known to say it", words
            )
            return []
        known = [what.normalised for what in beside if what.normalised is not None]
        return [
            stated
            for what in self._resolved(slot, words, event)
            if what.normalised not in known
            for stated in self._told(Stated(slot, "asserts", what.words or words, what))
        ]

    def _attributed(self, stated: Stated) -> Stated:
        """The claim with the attribution that it stands in; without a speaker, it is that attribution's speaker's."""
        if stated.speaker is None:
            around = self._around(stated)
            if around is None:
                return stated
            return replace(stated, speaker=around.speaker, via=stated.via or around.via, attribution=around.id)
        near = self._attributions.at(stated.evidence)
        own = (a for a in near if a.speaker == stated.speaker and touches(a.content, stated.evidence))
        inside = next(own, None)
        return stated if inside is None else replace(stated, attribution=inside.id)

    def _around(self, stated: Stated) -> Attribution | None:
        """The innermost attribution whose content holds a claim's evidence."""
        near = self._attributions.at(stated.evidence)
        return next((a for a in near if holds(a.content, stated.evidence)), None)

    def _told(self, stated: Stated) -> list[Stated]:
        """A claim by whoever's attributed words it stands in, the innermost; else the report's narration."""
        around = self._around(stated)
        if around is None:
            return [stated]
        if around.stance == "denies" and stated.slot != "occurrence":
            words = stated.evidence
            self._refuse(f"{stated.slot} “{words.text}”", "it stands only in what somebody denies", words)
            return []
        return [replace(stated, stance=around.stance, speaker=around.speaker, via=around.via, attribution=around.id)]

    # What is claimed ------------------------------------------------------------------------------------------------

    def _values(self, claim: QuotedClaim, event: QuotedEvent) -> Iterator[Value]:
        """What a claim is about; null where a speaker denies or doubts a detail without naming one."""
        if claim.slot == "occurrence":
            yield Value(normalised=True)
        elif claim.value is not None:
            yield from self._resolved(claim.slot, claim.value, event)
        elif claim.stance != "asserts":
            yield Value()
        elif claim.slot in NAMING:
            inside = [words for words in event.words.get(claim.slot, []) if holds((claim.evidence,), words)]
            if not inside:
                self._refuse(f"{claim.slot} claim “{claim.evidence.text}”", "it names no value", claim.evidence)
            for words in inside:
                yield from self._resolved(claim.slot, words, event)
        else:
            yield from self._resolved(claim.slot, claim.evidence, event)

    def _resolved(self, slot: Slot, words: Span, event: QuotedEvent) -> list[Value]:
        """What quoted words mean for a slot; a refusal and nothing where sayso's layer makes nothing of them."""
        found: list[Value] | str
        match slot:
            case "time":
                found = self._when(words, event)
            case "place":
                found = self._where(words)
            case "initiator" | "recipient":
                found = self._who(slot, words)
            case "killed" | "injured":
                found = self._figure(slot, words)
            case _:
                found = [Value(words, words.text)]
        if isinstance(found, str):
            self._refuse(f"{slot} “{words.text}”", found, words)
            return []
        return found

    def _when(self, words: Span, event: QuotedEvent) -> list[Value] | str:
        near = [t for t in self._times.at(words) if touches((t.span,), words)]
        if not near:
            return "sayso finds no time in these words"
        dated = [t for t in near if t.start is not None or t.end is not None]
        if event.modality == "actual":
            dated = [t for t in dated if t.start is None or t.start[:10] <= self._published]
            if not dated and any(t.start is not None for t in near):
                return "this time lies after publication"
        if not dated:
            return near[0].reason or "this time gives no date by itself"
        return [Value(t.span, t.span.text, _days(t), t) for t in dated]

    def _where(self, words: Span) -> list[Value] | str:
        place = most_exact(p for p in self._places.at(words) if touches((p.span,), words))
        return [Value(words, place.name, place.id)] if place is not None else "sayso finds no place in these words"

    def _who(self, slot: Literal["initiator", "recipient"], words: Span) -> list[Value] | str:
        if slot == "recipient" and self._cast.is_thing(words):
            return [Value(words, words.text)]
        actor = self._cast.who(slot, words)
        if actor is None:
            return "these words name nobody"
        return [Value(words, self._cast.name(actor) if slot == "initiator" else words.text, actor)]

    def _figure(self, slot: Literal["killed", "injured"], words: Span) -> list[Value] | str:
        lo, last = self._s.token_at(words.start), self._s.token_at(words.end - 1)
        if lo is None or last is None:
            return "no figure stands in these words"
        count = self._figures.read(slot, lo, last + 1)
        return count if isinstance(count, str) else [Value(words, words.text, list(count))]


def holds(spans: Sequence[Span], words: Span) -> bool:
    """Whether one of the spans holds all of the words."""
    return any(span.start <= words.start and words.end <= span.end for span in spans)


def touches(spans: Sequence[Span | None], words: Span) -> bool:
    """Whether one of the spans and the words overlap."""
    return any(span is not None and span.start < words.end and words.start < span.end for span in spans)


def length(a: Attribution) -> int:
    """How long the content of an attribution is, in code points."""
    return sum(span.end - span.start for span in a.content)


def _days(t: Time) -> str:
    """A day, or an interval of days with ".." for an open end."""
    first, last = (t.start or "..")[:10], (t.end or "..")[:10]
    return first if first == last else f"{first}/{last}"
