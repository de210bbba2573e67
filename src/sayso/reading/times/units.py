"""Units of time: numbers in words, periods, durations."""

from __future__ import annotations

from datetime import date

from sayso.model import TimePrecision
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import (
    add_days,
    add_months,
    quarter_value,
    week_value,
)

STEP = {"D": 1, "W": 7, "2W": 14}
BLANK = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE"}
"""The value of a day, week, … that is not known."""
UNIT_PRECISION: dict[str, TimePrecision] = {
    "D": "day", "W": "week", "2W": "week", "M": "month", "Q": "season", "Y": "year", "E": "decade", "C": "century",
    "WE": "days",
}  # fmt: skip


def unit_value(day: date, unit: str) -> str | None:
    """The value of the period of a unit in which a day lies."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        return week_value(day)
    if unit == "WE":
        return week_value(day) + "-WE"
    return {
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": quarter_value(day),
        "Y": f"{day.year:04d}",
        "E": f"{day.year // 10:03d}",
        "C": f"{day.year // 100:02d}",
    }.get(unit)


def shifted(day: date, unit: str, count: int) -> date:
    """A day moved by whole units."""
    count = max(min(count, 100_000), -100_000)
    if unit in STEP:
        return add_days(day, STEP[unit] * count)
    if unit == "WE":
        return add_days(day, 7 * count)
    return add_months(day, {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit] * count)


def count_of(tokens: list[Token]) -> float | None:
    """The number that tokens say; ``None`` where they say that there are several, or nothing."""
    total, current, seen = 0.0, 0.0, False
    for token in tokens:
        if token.name == "vague":
            return None
        if token.name in ("hyphen", "of", "and", "full", "the"):
            continue
        if token.name == "fraction":
            above, below = token.text.split("/")
            current, seen = current + (int(above) / int(below) if int(below) else 0), True
        elif token.name == "scale":
            current, seen = (current or 1) * int(token.value), True
        elif token.name == "half":
            current, seen = current + 0.5, True
        elif token.name == "another" or token.name == "a":
            current, seen = current or (1 if len(tokens) == 1 or token.name == "a" else 0), True
        elif token.name == "couple":
            current, seen = 2, True
        elif not isinstance(token.value, str):
            current, seen = current + float(token.value), True
    total += current
    return total if seen else None


def _plain(number: float) -> str:
    return f"{number:g}" if number < 1e15 else "X"


_HALF_OF = {"TH": "PT30M", "TM": "PT30S", "Y": "P6M", "D": "PT12H", "E": "P5Y", "C": "P50Y"}


def duration_value(count: float | None, unit: str) -> str | None:
    """The TIMEX3 duration: P3D, PT2H, PT5H30M, PXY; ``None`` for units without a length."""
    if unit == "TX":
        return None
    if unit == "2W":
        unit, count = "W", count * 2 if count is not None else None
    if unit == "E" and count is not None:
        unit, count = "Y", count * 10
    letter = {"E": "DE", "C": "CE"}.get(unit, unit[-1] if unit.startswith("T") else unit)
    head = "PT" if unit.startswith("T") else "P"
    if count == 0.5 and unit in _HALF_OF:
        return _HALF_OF[unit]
    halves = {"TH": "30M", "TM": "30S", "Y": "6M", "D": "T12H"}
    if count is not None and count % 1 == 0.5 and unit in halves and count > 1:
        return f"{head}{_plain(count - 0.5)}{letter}{halves[unit]}"
    return f"{head}{'X' if count is None else _plain(count)}{letter}"


def unit_code(token: Token) -> str:
    return "TS" if token.name == "second" else str(token.value)


def days_of(count: float, unit: str) -> tuple[int, int]:
    """How many days a number of units can be; months and years are as long as the calendar lets them be."""
    count = min(count, 1e6)
    short = {"TS": 0.0, "TM": 0.0, "TH": count / 24}
    if unit in short:
        return int(short[unit]), int(short[unit]) + 1
    if unit in STEP:
        return int(count * STEP[unit]), int(count * STEP[unit])
    low, high = {
        "WE": (2, 9),
        "M": (28, 31),
        "Q": (90, 92),
        "Y": (365, 366),
        "E": (3652, 3653),
        "C": (36524, 36525),
    }.get(unit, (0, 0))
    return int(count * low), int(count * high + 0.999)


FARTHEST_DAYS = 36525
"""A length beyond a century hangs on nothing that a report tells: no offset is given for it."""


def offset_of(count: float | None, unit: str) -> tuple[int, int] | None:
    """The offset in days that a number of units is; ``None`` where no number is said or the length is too great."""
    offset = days_of(count, unit) if count is not None else None
    return offset if offset is not None and offset[1] <= FARTHEST_DAYS else None
