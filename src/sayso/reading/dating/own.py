"""The interval that an event's own words give it."""

from __future__ import annotations

from typing import get_args

from sayso.model import Interval, Report, Time, TimePrecision
from sayso.reading.events import Draft
from sayso.reading.fitting import spoken

PRECISIONS: tuple[TimePrecision, ...] = get_args(TimePrecision)
"""From the most exact to the least."""


def own_interval(d: Draft, report: Report) -> Interval | None:
    """The most exact time of its mentions, one that begins before one that does not; else the time since which it is.

    A quoted "today" counts only where there is no other time.
    """
    times = [(m, t) for m in d.mentions for t in m.times if t.start is not None or t.end is not None]
    times = [(m, t) for m, t in times if not (spoken(m, t) and len(times) > 1)]
    if not times:
        return _since(d, report)
    best = min((t for _, t in times), key=lambda t: (t.start is None, PRECISIONS.index(t.precision), t.span.start))
    return Interval(
        start=best.start,
        end=best.end,
        precision=best.precision,
        time=best.id,
        evidence=best.span,
        reason=best.reason or counted_from(best, report),
    )


def drop_future(d: Draft, published: str) -> None:
    """Take from what happened the times that lie ahead: they are another's, or read the wrong way."""
    for m in d.mentions:
        if d.modality == "actual":
            m.times = [t for t in m.times if t.start is None or t.start[:10] <= published]


def _since(d: Draft, report: Report) -> Interval | None:
    # Only where the event is first told so: a toll "since the war began" is taken into the event told before it.
    t = d.mentions[0].since
    if t is None or t.start is None:
        return None
    return Interval(
        start=t.start[:10],
        end=report.published[:10],
        precision=t.precision,
        time=t.id,
        evidence=t.span,
        reason=f"since {t.span.text}, up to publication",
    )


def counted_from(t: Time, report: Report) -> str | None:
    """Says so where a time is counted from a dateline's date that is not the publication date."""
    line = report.dateline.date if report.dateline else None
    if not line or line[:10] == report.published[:10] or _full(t):
        return None
    return f"counted from the dateline's {line[:10]}; the report is dated {report.published[:10]}"


def _full(t: Time) -> bool:
    """Whether the words hold their own year."""
    return any(word.strip(".,'s").isdigit() and len(word.strip(".,'s")) == 4 for word in t.span.text.split())
