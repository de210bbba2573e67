"""How the two reports stand to each other: when they were published, and by whom."""

from __future__ import annotations

from bisect import bisect_right

from sayso.incidents.features import Features, day
from sayso.incidents.reason import Reason, found

LAG_STEPS = (1, 2, 4, 8, 31, 121, 366)
"""Days between the publications are graded at these."""
_LAGS = ("the same day", "neighbouring days", "days", "days", "days", "days", "days", "days")


def compare_reports(one: Features, two: Features, *, alike: bool) -> list[Reason]:
    """The reasons that the two publications give; ``alike`` tells whether they share many words."""
    return [*_lag(one, two), *_outlet(one, two, alike=alike)]


def _lag(one: Features, two: Features) -> list[Reason]:
    first, second = day(one.published), day(two.published)
    if first is None or second is None:
        return []
    days = abs((first - second).days)
    grade = bisect_right(LAG_STEPS, days)
    words = f"published on {_LAGS[grade]}" if grade < 2 else f"published {days} days apart"
    return [found(f"lag.{grade}", words)]


def _outlet(one: Features, two: Features, *, alike: bool) -> list[Reason]:
    if one.outlet is None or two.outlet is None or one.outlet != two.outlet:
        return []
    if alike:
        return [found("outlet.alike", f"both by {one.outlet}, whose pages may repeat what stands beside a report")]
    return [found("outlet.same", f"both by {one.outlet}")]
