"""Clock times: put on the day that an event has, and given the time zone of its place or of the words."""

from __future__ import annotations

import re

import msgspec

from sayso.model import Interval, Time
from sayso.reading.events import Draft
from sayso.reading.lexicon import values
from sayso.reading.syntax import Syntax

CLOCKED = frozenset({"minute", "hour"})
_CLOCK = re.compile(r"XXXX-XX-XX(T\d\d(?::\d\d)?)")
BEHIND = 2
"""So many tokens behind a clock time may name its zone."""


def set_clocks(drafts: list[Draft], s: Syntax) -> None:
    """Put "at 0914 GMT" on the day that the event has from elsewhere, and give each clock time its zone."""
    for d in drafts:
        if d.time is not None and d.time.precision == "day" and d.time.start == d.time.end:
            clock = next((row for m in d.mentions for t in m.times if (row := _clock(t, s)) is not None), None)
            d.time = _at(d.time, *clock) if clock is not None else d.time
        if d.time is not None and d.time.precision in CLOCKED:
            d.time = msgspec.structs.replace(d.time, zone=_named(d.time, s) or _of_place(d))


def _clock(t: Time, s: Syntax) -> tuple[Time, str] | None:
    """A clock time without a day, with its ``T05:30``; none where it is only about then, or stands in a header."""
    found, first = _CLOCK.fullmatch(t.value), s.token_at(t.span.start)
    said = first is not None and first > 0 and s.tag[first - 1] == "IN"
    return (t, found[1]) if found and t.mod is None and said else None


def _at(day: Interval, t: Time, clock: str) -> Interval:
    return msgspec.structs.replace(
        day,
        start=f"{day.start}{clock}" if ":" in clock else day.start,
        end=f"{day.end}{clock}" if ":" in clock else day.end,
        precision="minute" if ":" in clock else "hour",
        time=t.id,
        evidence=t.span,
        reason=f"{t.span.text}, on {day.evidence.text}" if day.evidence else day.reason,
    )


def _named(time: Interval, s: Syntax) -> str | None:
    """The zone that the words of the time, or those right behind it, name."""
    if time.evidence is None:
        return None
    lo, hi = s.token_at(time.evidence.start), s.token_at(time.evidence.end - 1)
    if lo is None or hi is None:
        return None
    zones = values("dating", "zones")
    said = s.low[lo : min(hi + 1 + BEHIND, s.bounds(hi)[1])]
    return next((str(zones[word]) for word in said if word in zones), None)


def _of_place(d: Draft) -> str | None:
    """The zone of the event's place, where the gazetteer has one for the whole of it."""
    identity = d.place.gazetteer_id if d.place is not None else None
    if identity is None:
        return None
    from sayso.knowledge.gazetteer import Gazetteer

    record = Gazetteer.open().get(identity)
    return record.timezone if record is not None else None
