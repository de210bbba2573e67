"""Figures: how many were killed or injured by the words that a model quotes, as sayso's own layers read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.model import Count, Time
from sayso.reading.casualties import Casualty, find_casualties
from sayso.reading.lexicon import words
from sayso.reading.numbers import count_of, number_at
from sayso.reading.syntax import NOUN_TAGS, Syntax


class FigureReader:
    """Reads the tolls of one report from quoted words."""

    def __init__(self, s: Syntax, times: Sequence[Time]) -> None:
        self._s = s
        self._casualties: dict[int, list[Casualty]] = {}
        for casualty in find_casualties(s):
            self._casualties.setdefault(s.sentence_of[casualty.anchor], []).append(casualty)
        self._dated = {i for t in times for i in _tokens(s, t.span.start, t.span.end)}

    def read(self, slot: Literal["killed", "injured"], lo: int, hi: int) -> Count | str:
        """The range that tokens ``[lo, hi)`` give for a slot; where they give none, why."""
        sentences = range(self._s.sentence_of[lo], self._s.sentence_of[hi - 1] + 1)
        here = [c for sentence in sentences for c in self._casualties.get(sentence, [])]
        near = [c for c in here if c.lo < hi and lo < c.hi]
        own = {c.count for c in near if c.slot == slot}
        numbers = self._numbers(lo, hi)
        between = self._between(lo, hi)
        if between is not None:
            return between
        told = own & numbers
        if len(told) == 1:
            return next(iter(told))
        whole = {
            c.count for c in near if c.slot == slot and any(lo <= i < hi for i in (c.anchor, c.victim) if i is not None)
        }
        if len(whole) == 1 and len(numbers) != 1:
            return next(iter(whole))
        if len(numbers) > 1 or len(own) > 1:
            return "these words hold more than one figure"
        if {c.count for c in near if c.slot != slot} & numbers:
            return f"this figure is not of those {slot}"
        if numbers:
            return next(iter(numbers))
        return self._bare(slot, lo, hi) or "no figure stands in these words"

    def _numbers(self, lo: int, hi: int) -> set[Count]:
        """The numbers within some tokens, dates aside; "at least" counts also where it stands before them."""
        found: set[Count] = set()
        i = lo
        while i < hi:
            number = number_at(self._s, i) if i not in self._dated else None
            if number is not None and number[2] <= hi:
                found.add(number[0])
                i = number[2]
            else:
                i += 1
        return found

    def _between(self, lo: int, hi: int) -> Count | None:
        """ "Between 40 and 50", also where "between" stands right before the words."""
        s = self._s
        for i in range(max(lo - 1, 0), hi):
            low = number_at(s, i + 1) if s.low[i] == "between" and i + 1 < hi else None
            if low is not None and s.low[low[2] : low[2] + 1] == ["and"] and low[2] + 1 < hi:
                high = number_at(s, low[2] + 1)
                return (low[0][0], high[0][1]) if high is not None else None
        return None

    def _bare(self, slot: str, lo: int, hi: int) -> Count | None:
        """ "A woman", "no civilians", "soldiers", in a sentence that tells of people killed or injured."""
        s = self._s
        told = any(c.slot == slot for c in self._casualties.get(s.sentence_of[lo], []))
        head = next((i for i in range(lo, hi) if s.tag[i] in NOUN_TAGS and not lo <= s.head[i] < hi), None)
        if not told or head is None or s.low[head] in words("roles", "facility") | words("casualties", "not_people"):
            return None
        counted = count_of(s, lo, head + 1, head)
        return counted[0] if counted is not None else None


def _within(c: Casualty, lo: int, hi: int) -> bool:
    """Whether the words hold what a figure hangs on, or who was hit."""
    return any(i is not None and lo <= i < hi for i in (c.anchor, c.victim))


def _tokens(s: Syntax, start: int, end: int) -> range:
    lo, hi = s.token_at(start), s.token_at(max(end - 1, start))
    return range(lo, hi + 1) if lo is not None and hi is not None else range(0)
