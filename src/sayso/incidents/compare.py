"""Whether two events of two reports are one occurrence: a readable sum of reasons, each with its words and its weight.

A reason of weight null rules the joining out, whatever the rest adds up to. docs/incidents.md lists every rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from typing import Any

import msgspec

from sayso.incidents.compare_places import compare_places
from sayso.incidents.compare_sides import compare_sides
from sayso.incidents.features import Features, side_words
from sayso.incidents.reason import Reason, points, refusal
from sayso.incidents.wording import a, counted, english_days
from sayso.model import Count
from sayso.vocabulary import load

THRESHOLD = 6.0
"""What the reasons must add up to. Type, day and town alone just reach it; type, day and province do not."""
CLOSE_DAYS = 3
"""Overlapping intervals no longer than this are nearly as good as one day ("overnight" spans two)."""
WIDE_DAYS = 7
"""An interval longer than this is vague: it joins only with an exact place and a shared side."""
WIDEST_DAYS = 31
"""An interval longer than this joins nothing."""


class Comparison(msgspec.Struct, frozen=True):
    """Two events weighed against each other; ``reasons`` in the order of type, time, place, sides, toll, weapon."""

    reasons: tuple[Reason, ...]

    @property
    def refused(self) -> bool:
        """Whether one reason rules the joining out."""
        return any(reason.weight is None for reason in self.reasons)

    @property
    def score(self) -> float:
        """The sum of the weights; what rules out counts nothing here."""
        return sum(reason.weight or 0.0 for reason in self.reasons)

    @property
    def probability(self) -> float:
        """How likely the two are one occurrence, 0 to 1; 0 where something rules it out."""
        return 0.0 if self.refused else 1 / (1 + exp(THRESHOLD - self.score))

    @property
    def joins(self) -> bool:
        """Whether the two are held to be one occurrence."""
        return not self.refused and self.score >= THRESHOLD

    @property
    def why_not(self) -> str:
        """Why the two are not joined, in words; empty where they are."""
        if self.joins:
            return ""
        against = [r.words for r in self.reasons if r.weight is None]
        if not against:
            weak = [r.words for r in self.reasons if r.weight is not None and r.weight <= 1]
            against = [f"too little speaks for it ({self.score:g} of {THRESHOLD:g})", *weak]
        return "; ".join(against)

    def as_rows(self) -> list[dict[str, Any]]:
        """The reasons as plain rows, as ``joins.why`` keeps them."""
        return [msgspec.to_builtins(reason) for reason in self.reasons]


def compare(first: Features, second: Features) -> Comparison:
    """Weigh two events against each other; pure, and the same whichever comes first."""
    # One order, so that the words do not depend on which event was asked for first.
    one, two = sorted((first, second), key=lambda event: event.id)
    if one.report_id == two.report_id:
        return Comparison((refusal("report", "one report tells the two apart"),))
    copied = _copied(one, two)
    if copied is not None:
        return Comparison((copied,))
    kind = _type(one, two)
    when = _time(one, two)
    if kind.weight is None or when.weight is None:
        return Comparison((kind, when))
    where = compare_places(one, two)
    sides = compare_sides(one, two)
    reasons = [kind, when, where, *sides, *_tolls(one, two), *_weapon(one, two)]
    if (_vague(one) or _vague(two)) and not _exact_enough(where, sides):
        reasons.append(refusal("time", "one time is too vague to join on without an exact place and a shared side"))
    return Comparison(tuple(reasons))


def _copied(one: Features, two: Features) -> Reason | None:
    if one.copy_root != two.copy_root or one.type != two.type or not one.evidence & two.evidence:
        return None
    return points("copy", "one report nearly repeats the other, and tells this in the same words", THRESHOLD)


def _type(one: Features, two: Features) -> Reason:
    types = load("event_types")
    first, second = types.get(one.type), types.get(two.type)
    if first is None or second is None:
        return refusal("type", "one report tells of a kind of event that is not in the vocabulary")
    if one.type == two.type and first.rare:
        return points("type", f"both are {first.plural}, which are rare", 3.0)
    if one.type == two.type:
        return points("type", f"both are {first.plural}", 2.0)
    words = f"{a(first.noun or one.type)} and {a(second.noun or two.type)}"
    if first.family == second.family:
        return points("type", f"{words} may be one act in two reports' words", 1.5)
    if first.family in second.joins or second.family in first.joins:
        return points("type", f"{words} may be one act, where the means are unclear", 0.5)
    return refusal("type", f"{words} are different acts")


def _time(one: Features, two: Features) -> Reason:
    span, other = _span(one), _span(two)
    if span is None or other is None:
        return refusal("time", "one report does not say when")
    if max(_days(one), _days(two)) > WIDEST_DAYS:
        return refusal("time", "one report gives no closer time than a season or a year")
    start, end = max(span[0], other[0]), min(span[1], other[1])
    if start > end:
        return _neighbours(span, other, (one.time_precision, two.time_precision))
    if _days(one) == _days(two) == 1:
        return points("time", f"both on {english_days(start, end)}", 2.0)
    if _vague(one) or _vague(two):
        return points("time", f"their times overlap, but one is no closer than {max(_days(one), _days(two))} days", 0.0)
    close = max(_days(one), _days(two)) <= CLOSE_DAYS
    return points("time", f"their times overlap ({english_days(start, end)})", 1.5 if close else 1.0)


def _neighbours(one: tuple[date, date], two: tuple[date, date], precisions: tuple[str, str]) -> Reason:
    earlier, later = sorted((one, two))
    words = f"{english_days(*earlier)} and {english_days(*later)}"
    # "Late Sunday" and "early Monday" may be one night.
    if later[0] - earlier[1] == timedelta(days=1) and "part_of_day" in precisions and earlier[0] == earlier[1]:
        return points("time", f"{words} are neighbouring days, and one report speaks of a part of the day", 0.5)
    return refusal("time", f"different times: {words}")


def _span(event: Features) -> tuple[date, date] | None:
    if event.first is None or event.last is None or event.last < event.first:
        return None
    return event.first, event.last


def _days(event: Features) -> int:
    span = _span(event)
    return 0 if span is None else (span[1] - span[0]).days + 1


def _vague(event: Features) -> bool:
    return _days(event) > WIDE_DAYS


def _exact_enough(where: Reason, sides: list[Reason]) -> bool:
    return (where.weight or 0) >= 1.5 and any((side.weight or 0) > 0 for side in sides)


def _tolls(one: Features, two: Features) -> list[Reason]:
    return [
        reason
        for slot, pair, equal in (
            ("killed", (one.killed, two.killed), 1.0),
            ("injured", (one.injured, two.injured), 0.5),
        )
        if (reason := _toll(slot, *pair, equal)) is not None
    ]


def _toll(slot: str, one: Count, two: Count, equal: float) -> Reason | None:
    if one == (None, None) or two == (None, None):
        return None
    texts = f"{counted(*one)} and {counted(*two)} {slot}"
    if one == two:
        exact = one[0] is not None and one[0] == one[1] and one[0] > 0
        return points(slot, f"both give {counted(*one)} {slot}", equal if exact else equal / 2)
    if one[1] is None and two[1] is None:
        # "At least" beside "at least" contradicts nothing: only their nearness tells.
        near = 2 * abs(_low(one) - _low(two)) <= max(_low(one), _low(two))
        return points(slot, f"{texts} can both be true", equal / 4 if near else 0.0)
    if _low(one) <= _high(two) and _low(two) <= _high(one):
        return points(slot, f"{texts} can both be true", equal / 2)
    gap = max(_low(one), _low(two)) - min(_high(one), _high(two))
    if gap <= 2 or gap <= 0.5 * max(_low(one), _low(two)):
        return points(slot, f"{texts} are close", equal / 4)
    # Zero against some is what a denial looks like: it must not keep the denial from its incident.
    if 0 in (one[1], two[1]):
        return points(slot, f"{texts}: the reports differ on the toll", 0.0)
    return points(slot, f"{texts} are far apart", -equal)


def _low(count: Count) -> float:
    return 0 if count[0] is None else count[0]


def _high(count: Count) -> float:
    return float("inf") if count[1] is None else count[1]


def _weapon(one: Features, two: Features) -> list[Reason]:
    shared = sorted(side_words(one.weapon or "") & side_words(two.weapon or ""))
    return [points("weapon", f"both speak of {', '.join(shared)}", 0.25)] if shared else []
