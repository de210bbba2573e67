"""Narratives: which texts tell of bygone years, and which of their dates the telling goes on from."""

from __future__ import annotations

from datetime import date

from sayso.reading.times.context import Context
from sayso.reading.times.timex import Timex
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import extent

NARRATIVE_YEARS, MANY_YEARS, POINTING = 5, 20, 8
"""Years before that of publication by two or more that make a narrative where three in four of its years are such, or
where there are many and half are; words that point at publication ("Monday", "yesterday") must be this much rarer."""
OPENING = 3
"""A bare year is told on from where it opens a paragraph or, within so many words, a sentence; elsewhere it is an aside
("the highest since 1940")."""
SUMMER, WINTER = 6, 12
"""Told after a June or later one, a winter is that which runs into the next year."""
TURN = (11, 2)
"""A year turns in a narrative that told of its November or December and goes on with a January or February."""
_NOW = ("day_word", "night_word", "ago", "this", "last", "next", "coming", "current", "now")
_LONG = ("year", "decade", "century")
HEADING = 80
"""A heading has fewer letters."""
_OPEN = ("since", "until")


def is_narrative(tokens: list[Token], published: date) -> bool:
    """Whether the text tells of bygone years: most of its years are such, and few words point at publication."""
    years = [int(token.value) for token in tokens if token.name == "year4" and token.value > 1000]  # type: ignore[operator]
    ancient = sum(1 for token in tokens if token.name == "era" and token.value == "BC")
    old = ancient + sum(1 for year in years if year < published.year - 1)
    pointing = sum(1 for token in tokens if token.name in ("weekday", "day_word", "night_word"))
    mostly = old * 4 > (ancient + len(years)) * 3 or (old >= MANY_YEARS and old * 2 > ancient + len(years))
    return old >= NARRATIVE_YEARS and mostly and pointing * POINTING < old


def moves_story(context: Context, first: int, last: int, timex: Timex) -> bool:
    """Whether the telling goes on from this date: not from "today", from an open end, or from an aside.

    Under the heading of a year ("2003: Invasion") other years are asides, but for the first date of a paragraph.
    """
    tokens = context.tokens
    if any(token.name in _NOW for token in tokens[first:last]):
        return False
    if first and tokens[first - 1].name in _OPEN:
        return False
    told, days = context.told_extent(), extent(timex.value)
    if told is None or days is None:
        return True
    year = year_told(timex.value)
    if year == year_told(context.told) or "\n" in context.text[context.told_end : tokens[first].start]:
        return True
    if days.precision not in _LONG or context.section is not None:
        return context.section is None or year == context.section
    return any(token.name in ("dot", "paragraph") for token in tokens[max(0, first - OPENING) : first])


def heading(context: Context, first: int, last: int) -> bool:
    """Whether tokens ``first`` to ``last`` stand in a line of their own that is short and no sentence."""
    start, end = context.tokens[first].start, context.tokens[last - 1].end
    before = context.text[max(0, start - HEADING) : start].rpartition("\n")
    after = context.text[end : end + HEADING].partition("\n")
    line = before[2] + after[0]
    return bool(before[1] and after[1]) and len(line) < HEADING and not after[0].rstrip().endswith((".", '"'))


def keep_year(context: Context, first: int, last: int, timex: Timex) -> None:
    """Keep the year that partial dates go on from: one in figures, or one that the telling has moved on to."""
    year = year_told(context.told)
    if year is None:
        return
    said = any(token.name in ("year4", "era") for token in context.tokens[first:last])
    if said or (context.year is not None and year == context.year + 1 and timex.precision != "season"):
        context.year = year
    if said and timex.precision == "year" and heading(context, first, last):
        context.section = year
    elif said and context.section is not None and year > context.section:
        context.section = None


def year_told(value: str | None) -> int | None:
    """The year that a TIMEX3 value begins with; ``None`` where it begins with none."""
    digits = (value or "")[:4]
    return int(digits) if digits.isdigit() and len(digits) == 4 else None


def story_year(context: Context, month: int, season: bool = False) -> int | None:
    """The year of a month told without it in a narrative; ``None`` outside of one, or before its first date.

    The year that was said last in figures goes on until the telling passes from its end into the next January.
    """
    told = context.told_extent() if context.narrative else None
    if told is None:
        return None
    year = context.year or told.start.year
    if season and month == WINTER:
        return year + (told.precision in ("month", "day") and told.start.month >= SUMMER)
    fresh = told.precision not in ("year", "season") and told.start.year == year
    return year + 1 if fresh and told.start.month >= TURN[0] and month <= TURN[1] else year
