"""What a comparison found: entries of both sides, of one side alone, and of what could not be told."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.ours import Ours
from sayso.comparing.read import BadRow

OUTCOMES = {
    "both": "in both",
    "ours": "only in sayso",
    "theirs": "only in theirs",
    "also": "part of an event that is matched already",
    "unclear": "fits several equally well",
    "vague": "too vague to match",
}
"""Each outcome and its meaning. An entry of "also", "unclear" or "vague" has one side, either of the two."""
DETAILS = {"time": "date", "place": "place", "type": "type", "sides": "sides", "killed": "number of killed"}
"""The details on which two may differ, and what people call them."""


class Difference(msgspec.Struct, frozen=True):
    """One detail on which the two differ: ``detail`` is a key of ``DETAILS``, ``words`` says how."""

    detail: str
    words: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a comparison. ``why`` are the reasons of a match in words, ``score`` its points.

    ``near`` is the id of the event on the other side that comes closest or that is matched already, with ``note``
    saying why it is no match; ``also`` are ids of further events, of either side, that tell of parts of this match.
    """

    outcome: str
    ours: Ours | None = None
    theirs: ForeignEvent | None = None
    score: float | None = None
    why: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    also: tuple[str, ...] = ()
    near: str | None = None
    note: str | None = None

    @property
    def day(self) -> date:
        """The first day, ours where both have one."""
        event = self.ours or self.theirs
        assert event is not None
        return event.first


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What was compared: the span and countries that both have, and what of either side lies outside, by reason."""

    dataset: str
    file: str
    since: date
    until: date
    countries: tuple[str, ...]
    ours: int
    theirs: int
    counts: dict[str, int]
    """Entries by outcome; those with one side by "outcome:ours" and "outcome:theirs"."""
    differs: dict[str, int]
    """Matches that differ, by detail; "any" counts those that differ on at least one."""
    outside: dict[str, int]
    """Events left out, by "side:reason": theirs:time, theirs:country, ours:kind, ours:undated, ours:no_country."""
    bad_rows: int
    bad: tuple[BadRow, ...] = ()


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A comparison: what it is about, and its entries by outcome and day."""

    about: About
    entries: list[Entry]

    def of(self, outcome: str) -> list[Entry]:
        """The entries of one outcome, by day."""
        return [entry for entry in self.entries if entry.outcome == outcome]

    def rows(self) -> list[dict[str, Any]]:
        """The entries as flat rows: what the CSV holds (``sayso.comparing.rows.COLUMNS``)."""
        from sayso.comparing.rows import row_of

        return [row_of(entry) for entry in self.entries]
