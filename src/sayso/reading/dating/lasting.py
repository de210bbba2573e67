"""Events that are told by how long they have lasted: "two days of fighting", "a 10-day-old assault"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.model import Interval, Span, Time, TimePrecision
from sayso.reading.events import Draft
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.numbers import number_at
from sayso.reading.syntax import Syntax

UNITS: dict[str, tuple[int, TimePrecision]] = {
    "D": (1, "days"),
    "W": (7, "week"),
    "M": (31, "month"),
    "Y": (366, "year"),
}
"""TIMEX3 unit to its longest length in days, and how exact a time in such units is."""
NEAR = 4
"""Within so many tokens behind the length the fighting is named."""
LONGEST = 100
"""More units than this are read as a mistake."""
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_DAY_LONG = re.compile(r"PT(24|48|72)H")
OLD_UNITS = frozenset({"day", "week", "month", "year"})


def set_lasting(drafts: list[Draft], s: Syntax, published: str) -> None:
    """From so long before publication up to it, for what happened and has no time yet."""
    for d in drafts:
        if d.time is None and d.modality == "actual":
            d.time = next((i for m in d.mentions if (i := _lasted(m, s, published)) is not None), None)


def _lasted(m: Mention, s: Syntax, published: str) -> Interval | None:
    for t in m.times:
        length = _length(t)
        if length is not None and (_of(t, m, s) or _before(t, m, s)):
            return _since(*length, published, t.span, t.id)
    return _old(m, s, published) if m.trigger.noun else None


def _length(t: Time) -> tuple[int, str] | None:
    """How many of which unit a length of time is, where the words put no bound on it."""
    if t.kind != "DURATION" or t.start is not None or t.end is not None or t.relation is not None or t.mod is not None:
        return None
    long = _DAY_LONG.fullmatch(t.value)
    if long is not None:
        return int(long[1]) // 24, "D"
    found = _LENGTH.fullmatch(t.value)
    return (int(found[1]), found[2]) if found is not None else None


def _of(t: Time, m: Mention, s: Syntax) -> bool:
    """Whether "of" and the trigger, or another word for fighting, follow: "two days of fierce fighting"."""
    i = s.token_at(t.span.end)
    if i is None or s.low[i] != "of":
        return False
    return i in s.ancestors(m.trigger.head, 2) or bool(set(s.low[i : i + NEAR]) & words("dating", "lasting"))


def _before(t: Time, m: Mention, s: Syntax) -> bool:
    """ "A three-day battle": a length before the noun; that of a truce is what it was to last."""
    i = s.token_at(t.span.start)
    if i is None or not m.trigger.noun or m.trigger.type == "ceasefire":
        return False
    return s.noun_phrase(m.trigger.head)[0] <= i < m.trigger.head


def _old(m: Mention, s: Syntax, published: str) -> Interval | None:
    """ "Their 10-day-old assault"."""
    for k in range(s.noun_phrase(m.trigger.head)[0] + 2, m.trigger.hi - 2):
        if s.low[k] in OLD_UNITS and s.low[k - 1 : k + 3] == ["-", s.low[k], "-", "old"]:
            number = number_at(s, k - 2)
            count = number[0][0] if number is not None else None
            return _since(count or 0, s.low[k][0].upper(), published, s.span(k - 2, k + 3), None)
    return None


def _since(count: int, unit: str, published: str, span: Span, time: str | None) -> Interval | None:
    days, precision = UNITS[unit]
    if not 0 < count <= LONGEST:
        return None
    start = date.fromisoformat(published) - timedelta(days=count * days)
    return Interval(
        start=start.isoformat(),
        end=published,
        precision=precision,
        time=time,
        evidence=span,
        reason=f"{span.text}, up to publication",
    )
