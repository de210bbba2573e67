"""What a stand rests on: the event that it speaks to, who spoke before, the words of its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.model import Slot
from sayso.reading.actors import ActorBook
from sayso.reading.content import Range
from sayso.reading.events import Draft
from sayso.reading.lexicon import load_lexicon, words
from sayso.reading.mentions import Mention
from sayso.reading.questions import TOLLS
from sayso.reading.saying import Coverage, Reading
from sayso.reading.syntax import Syntax

NEAR = 2
"""A toll left open is that of the last act told, at most this many sentences before."""
LESS = 0.5
"""What a mention of fighting counts beside one of an attack, where the report's main event is looked for."""
REACH = 4
"""A stand without an event of its own speaks to the last one told, at most this many sentences before."""


@dataclass(frozen=True, slots=True)
class Ground:
    """All that is known of one report when its stands are read; ``put`` makes a claim."""

    s: Syntax
    book: ActorBook
    readings: list[Reading]
    coverage: Coverage
    mentions: list[tuple[Mention, Draft]]
    put: Callable[..., None]

    def event_at(self, lo: int, hi: int) -> Draft | None:
        """The event told in tokens ``[lo, hi)``, else the last one told before."""
        inside = next((d for m, d in self.mentions if lo <= m.trigger.head < hi), None)
        if inside is not None:
            return inside
        number = self.s.sentence_of[lo]
        here = [d for m, d in self.mentions if m.trigger.head < lo and m.sentence == number]
        if here:
            return here[-1]
        last = self._last(lo, REACH)
        if last is None or last.type in load_lexicon("stands")["struck"]["types"]:
            return last
        return self.main(lo)

    def open_event(self, lo: int, hi: int, slots: tuple[Slot, ...] = ()) -> Draft | None:
        """The event that tokens ``[lo, hi)`` leave open: one told there or in the sentence, else the report's own.

        A toll left open is that of the last act told, where it is not far before.
        """
        inside = next(((m, d) for m, d in self.mentions if lo <= m.trigger.head < hi), None)
        if inside is not None and not (inside[0].definite and not inside[0].details):
            return inside[1]
        here = [d for m, d in self.mentions if m.trigger.head < lo and m.sentence == self.s.sentence_of[lo]]
        if "weapon" in slots and (chemical := self.with_agent(lo, hi)) is not None:
            return chemical
        if here:
            return here[-1]
        last = self._last(lo, NEAR) if set(slots) & set(TOLLS) else None
        return last or self.main(lo) or (inside[1] if inside is not None else None)

    def _last(self, lo: int, reach: int) -> Draft | None:
        """The last act told before a token, at most so many sentences before: an attack rather than fighting."""
        number = self.s.sentence_of[lo]
        before = [
            d
            for m, d in self.mentions
            if m.trigger.head < lo and d.modality == "actual" and number - m.sentence <= reach
        ]
        struck = [d for d in before if d.type in load_lexicon("stands")["struck"]["types"]]
        return struck[-1] if struck else before[-1] if before else None

    def main(self, before: int) -> Draft | None:
        """What the report mostly tells of before a token: the act with the most mentions, the first of such."""
        told: dict[int, list[Draft]] = {}
        for m, d in self.mentions:
            if m.trigger.head < before and d.modality == "actual":
                told.setdefault(d.number, []).append(d)
        struck = load_lexicon("stands")["struck"]["types"]
        return max(told.values(), key=lambda ds: len(ds) * (1 if ds[0].type in struck else LESS))[0] if told else None

    def with_agent(self, lo: int, hi: int) -> Draft | None:
        """The chemical attack mostly told of so far, where tokens ``[lo, hi)`` speak of a gas or an agent."""
        if not words("stands", "agents") & set(self.s.low[lo:hi]):
            return None
        told: dict[int, list[Draft]] = {}
        for m, d in self.mentions:
            if m.trigger.head < hi and d.type == "chemical_attack" and d.modality == "actual":
                told.setdefault(d.number, []).append(d)
        return max(told.values(), key=len)[0] if told else None

    def accused(self, d: Draft) -> str | None:
        """Who is named as having done it, by the first words that name anybody."""
        for m in d.mentions:
            for detail in m.details:
                if detail.slot == "initiator" and detail.head is not None:
                    return self.book.name(self.book.mention(detail.head))
        return None

    def told_in(self, lo: int, hi: int) -> tuple[Mention, Draft] | None:
        """The first event that is told in tokens ``[lo, hi)``, with its mention."""
        return next(((m, d) for m, d in self.mentions if lo <= m.trigger.head < hi), None)

    def speaker_before(self, i: int) -> str | None:
        """Who spoke last before token ``i``."""
        return next((r.speaker for r in reversed(self.readings) if r.speaker and r.cue[0] < i), None)

    def trimmed(self, lo: int, hi: int) -> Range:
        """Tokens ``[lo, hi)`` without the stops at their end."""
        return lo, self.s.trimmed(lo + 1, hi)

    def add(self, reading: Reading) -> Reading:
        """Keep an attribution that a stand made, with its number."""
        reading.number = len(self.readings)
        self.readings.append(reading)
        return reading
