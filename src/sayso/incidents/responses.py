"""How long the sides of a dyad took to answer each other, where somebody says that the one answered the other.

A description of what was said, with the uncertainty of the dates carried through. It predicts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from sayso.incidents.dyads import Strike
from sayso.incidents.features import day

LEAST = 5
"""Fewer pairs than this are listed, not summarised."""

Span = tuple[int, int]
"""Whole days, from the least to the most that the dates allow, inclusive."""


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One strike that is said to answer or follow one of the other side: the days between, as far as they are known."""

    kind: str
    from_incident: str
    to_incident: str
    by: Literal["a", "b"]
    """The side that answered."""
    days: Span
    contested: bool
    """Whether who struck is contested, in either of the two."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Response times in numbers. Each figure is a range: all dates as early, and as late, as their words allow."""

    n: int
    shortest: Span | None = None
    lower_quartile: Span | None = None
    median: Span | None = None
    upper_quartile: Span | None = None
    longest: Span | None = None
    why_not: str | None = None
    """Why there is no summary, in words."""


class Responses(msgspec.Struct, frozen=True, kw_only=True):
    """All answers within a dyad, and what could not be counted, by reason."""

    answers: tuple[Response, ...]
    left_out: dict[str, int]
    by_a: Summary
    by_b: Summary
    either: Summary


OPEN = "a date is open or not stated"
AGAINST = "the dates have the answer before what it answers"
ONE_SIDE = "both are attributed to the same side, or it was a clash"


def responses(strikes: Sequence[Strike], links: Iterable[tuple[str, str, str]]) -> Responses:
    """The answers among these strikes of a dyad; ``links`` are kind, answering incident, answered incident.

    A pair that is linked both as an answer and as following counts once, as an answer.
    """
    ways: dict[str, set[str]] = {}
    known = {one.incident_id: one for one in strikes}
    for one in strikes:
        ways.setdefault(one.incident_id, set()).add(one.direction)
    contested = {one.incident_id for one in strikes if one.contested}
    pairs: dict[tuple[str, str], str] = {}
    for kind, source, target in sorted(links):
        if source in known and target in known and pairs.get((source, target)) != "retaliation_for":
            pairs[source, target] = kind
    found: list[Response] = []
    left_out: dict[str, int] = {}
    for (source, target), kind in sorted(pairs.items()):
        by = _answering(ways[source], ways[target])
        span = between(known[target], known[source])
        reason = ONE_SIDE if by is None else span if isinstance(span, str) else None
        if reason is not None or by is None or isinstance(span, str):
            left_out[str(reason)] = left_out.get(str(reason), 0) + 1
            continue
        found.append(
            Response(
                kind=kind, from_incident=source, to_incident=target, by=by, days=span,
                contested=bool({source, target} & contested),
            )
        )  # fmt: skip
    return Responses(
        answers=tuple(found),
        left_out=left_out,
        by_a=summary([one.days for one in found if one.by == "a"]),
        by_b=summary([one.days for one in found if one.by == "b"]),
        either=summary([one.days for one in found]),
    )


def _answering(source: set[str], target: set[str]) -> Literal["a", "b"] | None:
    """Which side answers the other; null where that cannot be said."""
    if source == {"a"} and "b" in target:
        return "a"
    if source == {"b"} and "a" in target:
        return "b"
    if len(source) == 2 and len(target) == 1:  # Contested between the two: the answer is the other side's.
        return "a" if target == {"b"} else "b" if target == {"a"} else None
    return None


def between(earlier: Strike, later: Strike) -> Span | str:
    """The days from one strike to another as the dates allow, none below 0; or why they cannot be told."""
    edges: list[date] = []
    for one in (earlier.start, earlier.end, later.start, later.end):
        found = day(one)
        if found is None:
            return OPEN
        edges.append(found)
    most = (edges[3] - edges[0]).days
    if most < 0:
        return AGAINST
    return max(0, (edges[2] - edges[1]).days), most


def summary(spans: Sequence[Span]) -> Summary:
    """The plain statistics of some spans, refused below ``LEAST``.

    The median (or any quantile) of numbers that are each known within a range lies between the median of the lower and
    the median of the upper ends, and may be anything between.
    """
    if len(spans) < LEAST:
        return Summary(n=len(spans), why_not=f"{len(spans)} pairs are too few to sum up: at least {LEAST} are needed.")
    lows, highs = sorted(low for low, _ in spans), sorted(high for _, high in spans)

    def at(share: float) -> Span:
        return _quantile(lows, share), _quantile(highs, share)

    return Summary(
        n=len(spans), shortest=at(0), lower_quartile=at(0.25), median=at(0.5), upper_quartile=at(0.75), longest=at(1)
    )


def _quantile(ordered: Sequence[int], share: float) -> int:
    """The smallest value with at least this share of all at or below it: a number of days that occurred."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
