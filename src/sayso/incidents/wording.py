"""Dates, places and lists in the words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def english_day(when: date) -> str:
    """A day as a sentence names it: "4 July 2021"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def english_days(first: date, last: date) -> str:
    """A stretch of days: "4 July 2021", "4–6 July 2021", "28 June – 4 July 2021"."""
    if first == last:
        return english_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{english_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {english_day(last)}"
    return f"{english_day(first)} – {english_day(last)}"


def english_month(when: date) -> str:
    """A month as a sentence names it: "July 2021"."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def listed(names: Sequence[str], limit: int = 3) -> str:
    """Names in a row: "A", "A and B", "A, B and C", "A, B and 2 others" where there are more than ``limit``."""
    others = len(names) - limit + 1
    shown = [*names[: limit - 1], f"{others} others"] if others > 1 else list(names)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def counted(low: int | None, high: int | None) -> str:
    """A range as people write it: "3", "3–5", "at least 3", "at most 5", "an unknown number"."""
    if low is None:
        return "an unknown number" if high is None else f"at most {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low}–{high}"


def a(noun: str) -> str:
    """A noun with its indefinite article."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"
