"""Figures: how many were killed or injured by the words that a model quotes, as sayso's own layers read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.model import Count, Time
from sayso.reading.casualties import find_casualties
from sayso.reading.numbers import count_of, number_at
from sayso.reading.syntax import NOUN_TAGS, Syntax


class FigureReader:
    """Reads the tolls of one report from quoted words."""

    def __init__(self, s: Syntax, times: Sequence[Time]) -> None:
        self._s = s
        self._casualties = find_casualties(s)
        self._dated = {i for t in times for i in _tokens(s, t.span.start, t.span.end)}

    def read(self, slot: Literal["killed", "injured"], lo: int, hi: int) -> Count | str:
        """The range that tokens ``[lo, hi)`` give for a slot; where they give none, why."""
        near = [c for c in self._casualties if c.lo < hi and lo < c.hi]
        own = {c.count for c in near if c.slot == slot}
        numbers = self._numbers(lo, hi)
        told = own & numbers
        if len(told) == 1:
            return next(iter(told))
        if len(own) == 1 and len(numbers) != 1:
            return next(iter(own))
        if len(numbers) > 1 or len(own) > 1:
            return "these words hold more than one figure"
        if {c.count for c in near if c.slot != slot} & numbers:
            return f"this figure is not of those {slot}"
        if numbers:
            return next(iter(numbers))
        return self._bare(lo, hi) or "no figure stands in these words"

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

    def _bare(self, lo: int, hi: int) -> Count | None:
        """ "A woman", "no civilians", "soldiers"."""
        head = next((i for i in range(hi - 1, lo - 1, -1) if self._s.tag[i] in NOUN_TAGS), None)
        counted = count_of(self._s, lo, head + 1, head) if head is not None else None
        return counted[0] if counted is not None else None


def _tokens(s: Syntax, start: int, end: int) -> range:
    lo, hi = s.token_at(start), s.token_at(max(end - 1, start))
    return range(lo, hi + 1) if lo is not None and hi is not None else range(0)
