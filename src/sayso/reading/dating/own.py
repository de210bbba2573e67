"""The interval that an event's own words give it."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import get_args

from msgspec.structs import replace

from sayso.model import Interval, Report, Time, TimePrecision
from sayso.reading.events import Draft
from sayso.reading.fitting import spoken
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax
from sayso.reading.times import filed_on
from sayso.reading.times.filing import filed_day
from sayso.reading.times.values import extent

PRECISIONS: tuple[TimePrecision, ...] = get_args(TimePrecision)
"""From the most exact to the least."""
DAYLIKE = frozenset({"day", "part_of_day", "minute", "hour"})
"""Precisions of one day."""
_MONTH = re.compile(r"(\d{4})(-\d{2}(?:-\d{2})?)")


def days_from(report: Report) -> tuple[str, str | None]:
    """The day (ISO 8601) that the report's days are counted from; with its origin where that is not its publication."""
    line = report.dateline.date if report.dateline else None
    if line and line[:10] != report.published[:10]:
        return line[:10], "the dateline's"
    filed = filed_on(report.text, report.published, report.body_start, report.dateline)
    return (filed[0], "the text's") if filed is not None else (report.published[:10], None)


def drop_filing(drafts: list[Draft], report: Report) -> None:
    """Take from every event the date at the beginning of the text on which it was filed."""
    day = date.fromisoformat(report.published[:10])
    filed = filed_day(report.text, day, report.body_start)
    if filed is None:
        return
    for m in (m for d in drafts for m in d.mentions):
        m.times = [t for t in m.times if t.span.end <= filed[1].start or filed[1].end <= t.span.start]


def own_interval(d: Draft, report: Report, now: tuple[str, str | None]) -> Interval | None:
    """The most exact time of its mentions, one that begins before one that does not; else the time since which it is.

    A quoted "today" counts only where there is no other time. ``now`` is what ``days_from`` gives.
    """
    times = [(m, t) for m in d.mentions for t in m.times if t.start is not None or t.end is not None]
    told = [t for m, t in times if not spoken(m, t)]
    times = [(m, t) for m, t in times if not (spoken(m, t) and len(times) > 1) or any(_on_day(t, o) for o in told)]
    if d.modality != "actual":
        times = [(m, t) for m, t in times if not _past_day(t, report.published[:10])]
    if not times:
        return _since(d, max(report.published[:10], now[0]))
    several = next((row for m in d.mentions if (row := _in_turn(m, report.text)) is not None), None)
    if several is not None:
        start, end = several
        return Interval(start.start, end.end, "days", start.id, start.span, f"and again {end.span.text}")
    best = min((t for _, t in times), key=lambda t: (t.start is None, PRECISIONS.index(t.precision), t.span.start))
    return Interval(
        start=best.start,
        end=best.end,
        precision=best.precision,
        time=best.id,
        evidence=best.span,
        reason=best.reason or _counted_from(best, report, now),
    )


def _in_turn(m: Mention, text: str) -> tuple[Time, Time] | None:
    """Two days of one mention, told one behind the other: "on Friday and again on Sunday"."""
    single = [t for t in m.times if t.precision == "day" and t.relation is None and t.start == t.end and t.start]
    for first, last in pairwise(sorted(single, key=lambda t: t.span.start)):
        between = set(text[first.span.end : last.span.start].lower().split())
        if (first.start or "") < (last.start or "") and between and between <= words("dating", "again"):
            return first, last
    return None


def _on_day(t: Time, other: Time) -> bool:
    """Whether a time lies on the one day of another."""
    day = (other.start or "")[:10]
    return bool(day) and {(other.end or "")[:10], (t.start or "")[:10], (t.end or "")[:10]} == {day}


def _past_day(t: Time, published: str) -> bool:
    """A day that is over, which is not that of a habit or of what is to come."""
    return t.precision in DAYLIKE and t.relation is None and t.end is not None and t.end[:10] < published


def part_future(d: Draft, s: Syntax, published: str) -> None:
    """Take from what happened the times that lie ahead: they are another's, or read the wrong way.

    Where such a time hangs on the very noun that opens an event ("the way for a truce on Thursday"), that is planned.
    """
    first = d.mentions[0]
    ahead = [t for t in first.times if _is_ahead(t, published)]
    if d.modality == "actual" and first.trigger.noun and any(_hangs_on(t, first, s) for t in ahead):
        d.modality = "planned"
    for m in d.mentions:
        if d.modality == "actual":
            m.times = [_year_back(t) if _is_ahead(t, published) else t for t in m.times]
            # What still lies ahead is kept among the bounds without an end, so that no day is carried in its place.
            m.bounds += [replace(t, end=None) for t in m.times if _is_ahead(t, published)]
            m.times = [t for t in m.times if not _is_ahead(t, published)]


def _year_back(t: Time) -> Time:
    """A month or a day of a month without its year: since it happened, that of the year before."""
    found = _MONTH.fullmatch(t.value)
    if found is None or _full(t) or words("grammar", "weekdays") & set(t.span.text.lower().split()):
        return t
    days = extent(f"{int(found[1]) - 1:04d}{found[2]}")
    if days is None or t.start is None or t.start[:7] != t.value[:7]:
        return t
    return replace(t, start=days.start.isoformat(), end=days.end.isoformat(), reason="it happened, so the year before")


def _is_ahead(t: Time, published: str) -> bool:
    return t.start is not None and t.start[:10] > published


def _hangs_on(t: Time, m: Mention, s: Syntax) -> bool:
    """Whether a time hangs on a noun, but for a preposition between."""
    i = s.token_at(t.span.start)
    above = list(s.ancestors(i, 2)) if i is not None else []
    return m.trigger.head in above and not any(s.is_verb(a) for a in above)


def _since(d: Draft, until: str) -> Interval | None:
    # Only where the event is first told so: a toll "since the war began" is taken into the event told before it.
    t = d.mentions[0].since
    if t is None or t.start is None or _is_ahead(t, until):
        return None
    return Interval(
        start=t.start[:10],
        end=until,
        precision=t.precision,
        time=t.id,
        evidence=t.span,
        reason=f"since {t.span.text}, up to publication",
    )


def _counted_from(t: Time, report: Report, now: tuple[str, str | None]) -> str | None:
    """Says so where a time is counted from a date that is not that of publication."""
    day, origin = now
    if origin is None or _full(t):
        return None
    return f"counted from {origin} {day}; the report is dated {report.published[:10]}"


def _full(t: Time) -> bool:
    """Whether the words hold their own year."""
    return any(word.strip(".,'s").isdigit() and len(word.strip(".,'s")) == 4 for word in t.span.text.split())
