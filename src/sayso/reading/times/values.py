"""TIMEX3 values of calendar time and the days that they cover.

A value is ``2021-07-04`` (day), ``2021-07-04TNI`` (part of day), ``2021-07-04T05:30`` (minute), ``2021-W26`` (ISO
week), ``2021-W26-WE`` (weekend), ``2021-07`` (month), ``2021-Q3``, ``2021-SU`` (season), ``2021``, ``202`` (decade),
``20`` (century).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from sayso.model import TimePrecision

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
NIGHTS = ("NI", "24:00")


class Extent(NamedTuple):
    """First and last day (both inclusive) and the precision that the words have."""

    start: date
    end: date
    precision: TimePrecision


def extent(value: str) -> Extent | None:
    """The days that a TIMEX3 value covers; ``None`` where it names none (durations, sets, references)."""
    day, _, clock = value.partition("T")
    found = _DAY.fullmatch(day)
    if found:
        start = safe_date(*(int(part) for part in found.groups()))
        return _with_clock(start, clock) if start else None
    return _period(value)


def _with_clock(day: date, clock: str) -> Extent:
    if not clock:
        return Extent(day, day, "day")
    if clock in NIGHTS:
        return Extent(day, add_days(day, 1), "part_of_day")
    if clock[0].isdigit():
        return Extent(day, day, "minute" if ":" in clock else "hour")
    return Extent(day, day, "part_of_day")


def _period(value: str) -> Extent | None:
    year, _, rest = value.partition("-")
    if not year.isdigit() or len(year) > 4 or not 0 < int(year.ljust(4, "0")) <= MAXYEAR:
        return None
    if len(year) == 2:
        return Extent(date(int(year) * 100, 1, 1), date(int(year) * 100 + 99, 12, 31), "century") if int(year) else None
    if len(year) == 3:
        return Extent(date(int(year) * 10, 1, 1), date(int(year) * 10 + 9, 12, 31), "decade")
    return _within(int(year), rest)


def _within(year: int, rest: str) -> Extent | None:
    if not rest:
        return Extent(date(year, 1, 1), date(year, 12, 31), "year")
    if rest.isdigit() and len(rest) == 2 and 1 <= int(rest) <= 12:
        return Extent(*months(year, int(rest), int(rest)), "month")
    if rest[0] == "Q" and rest[1:] in "1234":
        return Extent(*months(year, int(rest[1]) * 3 - 2, int(rest[1]) * 3), "season")
    if rest[0] == "H" and rest[1:] in "12":
        return Extent(*months(year, int(rest[1]) * 6 - 5, int(rest[1]) * 6), "season")
    if rest in _SEASONS:
        return _season(year, rest)
    if re.fullmatch(r"W\d\d(-WE)?", rest):
        return _week(year, int(rest[1:3]), rest.endswith("WE"))
    return None


def _season(year: int, code: str) -> Extent | None:
    first, last = _SEASONS[code]
    if code != "WI":
        # Seasons are read with a month to spare on both sides: no one report says which calendar it follows.
        return Extent(months(year, first, first)[0], months(year, last + 1, last + 1)[1], "season")
    # "The winter of 2014" may begin or end in that year.
    start = safe_date(year - 1, 12, 1) or date(year, 1, 1)
    end = safe_date(year + 1, 3, 31) or date(year, 12, 31)
    return Extent(start, end, "season")


def _week(year: int, week: int, weekend: bool) -> Extent | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Extent(add_days(monday, 5 if weekend else 0), add_days(monday, 6), "days" if weekend else "week")


def narrowed(whole: Extent, mod: str | None) -> Extent:
    """The part of a period that ``mod`` (START, MID, END) names: thirds of a month, generous halves of longer ones."""
    if mod not in ("START", "MID", "END") or whole.precision in ("day", "part_of_day", "hour", "minute"):
        return whole
    if whole.precision == "month":
        first, last = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}[mod]
        end = min(last, whole.end.day)
        return Extent(whole.start.replace(day=first), whole.end.replace(day=end), "month")
    length = (whole.end - whole.start).days
    first, last = {"START": (0, length // 2), "MID": (length // 4, length - length // 4), "END": (length // 2, length)}[
        mod
    ]
    precision: TimePrecision = "season" if whole.precision == "year" else whole.precision
    return Extent(add_days(whole.start, first), add_days(whole.start, last), precision)


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """The first day of one month and the last day of another of the same year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or ``None`` where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, count: int) -> date:
    """A day later by ``count``, held within the years that a date can have."""
    ordinal = day.toordinal() + count
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months later, or the month's last day where it is shorter."""
    number = min(max(day.year * 12 + day.month - 1 + count, MINYEAR * 12), MAXYEAR * 12 + 11)
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day: ``2021-W26``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(day: date) -> str:
    """The quarter of a day: ``2021-Q3``."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"
