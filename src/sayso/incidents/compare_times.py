"""How the times of two events stand to each other, and to the days on which their reports were published."""

from __future__ import annotations

from datetime import date

from sayso.incidents.features import Features, day
from sayso.incidents.misread import Misread
from sayso.incidents.reason import Reason, found, refusal
from sayso.incidents.wording import english_day, english_days

CLOSE_DAYS = 3
"""Overlapping intervals no longer than this are nearly as good as one day ("overnight" spans two)."""
WIDE_DAYS = 7
"""An interval longer than this is vague: it joins only with an exact place and a shared side, or on shared names."""
WIDEST_DAYS = 31
"""An interval longer than this is as good as none."""
FEW_DAYS = 3
"""Times so many days apart are a slip of one report more often than further ones."""

Span = tuple[date, date]


def compare_times(one: Features, two: Features, allowed: Misread) -> Reason:
    """One reason: what the two times say for or against one occurrence.

    Times that do not fit rule the joining out, unless what is ``allowed`` has them: then they speak against it only.
    """
    span, other = _span(one), _span(two)
    if span is None or other is None:
        return _unknown(one, two, span or other, allowed)
    start, end = max(span[0], other[0]), min(span[1], other[1])
    if start > end:
        return _apart(one, two, span, other, allowed)
    longest = max(_days(span), _days(other))
    if longest > WIDE_DAYS:
        return found("time.vague", f"their times overlap, but one is no closer than {longest} days")
    if longest == 1:
        return found("time.same_day", f"both on {english_days(start, end)}")
    words = f"their times overlap ({english_days(start, end)})"
    return found("time.close" if longest <= CLOSE_DAYS else "time.week", words)


def vague(event: Features) -> bool:
    """Whether an event's time is known, but longer than a week."""
    span = _span(event)
    return span is not None and _days(span) > WIDE_DAYS


def _unknown(one: Features, two: Features, known: Span | None, allowed: Misread) -> Reason:
    if known is None:
        return found("time.unknown_both", "neither report says when")
    undated = one if _span(one) is None else two
    # What one report leaves undated had happened when it was published.
    latest = min((when for when in (day(undated.published), undated.last) if when is not None), default=None)
    if latest is not None and latest < known[0]:
        words = f"one report tells of it by {english_day(latest)}, before {english_days(*known)}"
        return _against("time.told_before", words, soft=allowed.near)
    if undated.first is not None and undated.first > known[1]:
        words = f"one report tells of it from {english_day(undated.first)} on, after {english_days(*known)}"
        return _against("time.apart", words, soft=allowed.time)
    return found("time.unknown", "one report does not say when")


def _apart(one: Features, two: Features, span: Span, other: Span, allowed: Misread) -> Reason:
    earlier, later = sorted((span, other))
    words = f"{english_days(*earlier)} and {english_days(*later)}"
    days = (later[0] - earlier[1]).days
    # "Late Sunday" and "early Monday" may be one night.
    if days == 1 and "part_of_day" in (one.time_precision, two.time_precision) and earlier[0] == earlier[1]:
        return found("time.night", f"{words} are neighbouring days, and one report speaks of a part of the day")
    finding = "time.next_day" if days == 1 else "time.few_days" if days <= FEW_DAYS else "time.apart"
    soft = allowed.time if finding == "time.apart" else allowed.near
    return _against(finding, f"different times: {words}", soft=soft)


def _against(finding: str, words: str, *, soft: bool) -> Reason:
    return found(finding, words) if soft else refusal(finding, words)


def _span(event: Features) -> Span | None:
    """The days of an event; null where they are not known, or are too many to tell anything."""
    if event.first is None or event.last is None or event.last < event.first:
        return None
    return None if (event.last - event.first).days >= WIDEST_DAYS else (event.first, event.last)


def _days(span: Span) -> int:
    return (span[1] - span[0]).days + 1
