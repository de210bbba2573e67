"""What an expression says (``Timex``) and what its pattern matched (``Found``), with what every form needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from sayso.model import TimePrecision
from sayso.reading.times.context import Context
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import extent, narrowed

HANGS = "hangs on an event or time that the reading must find"
VAGUE = "the words give no date"
Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["after", "before", "since", "until"]


class Timex(NamedTuple):
    """What an expression says: a TIMEX3 and, where the words allow one, an extent with open ends as ``None``."""

    kind: Kind
    value: str
    mod: str | None = None
    start: date | None = None
    end: date | None = None
    precision: TimePrecision = "unknown"
    reason: str | None = None
    relation: Relation | None = None
    offset: tuple[int, int] | None = None
    future: bool = False
    """The words speak of what is to come: the extent may lie after publication."""


class Found(NamedTuple):
    """A pattern's match: token indexes of the whole and of its named groups."""

    rule: str
    first: int
    last: int
    match: re.Match[str]
    context: Context

    def tokens(self, group: str) -> list[Token]:
        """The tokens of a group; none where the group is absent."""
        if group not in self.match.re.groupindex:
            return []
        start, end = self.match.span(group)
        return self.context.tokens[start:end] if start >= 0 else []

    def token(self, group: str, *names: str) -> Token | None:
        """The first token of a group, of one of the classes where any are given."""
        return next((token for token in self.tokens(group) if not names or token.name in names), None)

    def number(self, group: str, *names: str) -> int | None:
        """The lexicon's number of a group's first token."""
        token = self.token(group, *names)
        return int(token.value) if token is not None and not isinstance(token.value, str) else None

    def text(self, group: str) -> str:
        """The lower-case words of a group."""
        return " ".join(token.text for token in self.tokens(group))

    def within(self, group: str) -> Timex | None:
        """What the words of a group say by themselves."""
        from sayso.reading.times.scan import read_range

        start, end = self.match.span(group)
        return read_range(self.context, start, end)

    def direction(self) -> Literal["past", "future"] | None:
        """Tense of the clause."""
        return self.context.direction(self.first, self.last)


Build = Callable[[Found], Timex | None]


def dated(value: str, mod: str | None = None, kind: Kind | None = None, future: bool = False) -> Timex | None:
    """A timex whose extent is that of its value, narrowed by its mod."""
    days = extent(value)
    if days is None:
        return None
    days = narrowed(days, mod)
    kind = kind or ("TIME" if "T" in value else "DATE")
    return Timex(kind, value, mod, days.start, days.end, days.precision, future=future)


def day_value(day: date, part: str = "") -> str:
    """The value of a day, and of a part of it."""
    return f"{day.isoformat()}T{part}" if part else day.isoformat()


def dated_day(day: date | None) -> Timex | None:
    return dated(day.isoformat()) if day else None


MONTHS = ("month", "month_weak", "month_short")


ANCIENT = 10_000
"""A year before the common era is kept as so many years less: later years are larger, as everywhere."""
OLDEST = 4_999
ANCIENT_REASON = "before the calendar that intervals are kept in"


def era_year(figure: Token, era: Token) -> int | None:
    """The year of a figure with its era, those before the common era counted back from ``ANCIENT``."""
    number = 0 if isinstance(figure.value, str) else int(figure.value)
    if era.value == "AD":
        return number if 0 < number <= OLDEST else None
    return ANCIENT - number if 0 < number <= OLDEST else None


def year_of(found: Found, group: str = "year") -> int | None:
    """The year of a group, in figures or as "last year"; ``None`` where it is absent or says another unit."""
    token = found.token(group)
    if token is None:
        return None
    era = found.token(group, "era")
    if era is not None:
        return era_year(token, era)
    if token.name == "year4":
        return int(token.value)
    if token.name == "number_word":
        return _spoken([item for item in found.tokens(group) if item.name != "hyphen"])
    unit = found.token(group, "unit")
    if unit is None or unit.value != "Y":
        return None
    names = {token.name for token in found.tokens(group)}
    if names & {"that", "same", "previous", "following"}:
        told = found.context.told_extent()
        return told.start.year + told_shift(found.tokens(group)) if told is not None else None
    return found.context.published.year + (found.number(group, "last", "this", "next", "coming", "current") or 0)


def with_mod(found: Found, value: str) -> Timex | None:
    mods = {"early": "START", "late": "END", "mid": "MID"}
    tokens = found.context.tokens[found.first : found.last]
    mod = next((mods[token.name] for token in tokens if token.name in mods), None)
    return dated(value, mod)


def relation_of(shift: int) -> Relation | None:
    """Which way a shift from what was told goes."""
    return "after" if shift > 0 else "before" if shift < 0 else None


def half_of(mod: Token | None) -> str | None:
    return str(mod.value) if mod is not None else None


def told_shift(tokens: list[Token]) -> int:
    names = {token.name for token in tokens}
    return 1 if names & {"next", "following"} else -1 if "previous" in names else 0


def mod_of(found: Found) -> str | None:
    tokens = found.tokens("mod")
    lexicon = found.context.lexicon
    if any(token.text in lexicon.cue("more") for token in tokens):
        return "EQUAL_OR_LESS" if tokens[0].text in lexicon.cue("no") else "MORE_THAN"
    return next((str(token.value) for token in tokens if str(token.value).isupper()), None)


def _spoken(tokens: list[Token]) -> int | None:
    """A year in words: nineteen ninety-six, two thousand; ``None`` for other numbers."""
    first, *rest = [int(token.value) for token in tokens]
    if rest == [1000]:
        return first * 1000 if first <= 2 else None
    tens, ones = rest[0], rest[1] if len(rest) > 1 else 0
    if not 15 <= first <= 20 or not 10 <= tens <= 90 or (ones and not (tens >= 20 and ones < 10)):
        return None
    return first * 100 + tens + ones


def plain(timex: Timex) -> Timex:
    """A timex as it is given out: one before the common era says its years as such and has no interval."""
    value = _ANCIENT_YEAR.sub(_before_era, timex.value)
    if value == timex.value:
        return timex
    return timex._replace(value=value, start=None, end=None, precision="unknown", reason=ANCIENT_REASON)


_ANCIENT_YEAR = re.compile(r"(?:^|(?<=/))(?:[5-9]\d{3}|[5-9]\d{2}|[5-9]\d)(?![\dX])")


def _before_era(match: re.Match[str]) -> str:
    digits = match.group()
    years = (ANCIENT - int(digits.ljust(4, "0"))) // 10 ** (4 - len(digits))
    return f"BC{years:0{len(digits)}d}"
