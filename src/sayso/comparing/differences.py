"""On which details two matched events differ, in words that call neither right."""

from __future__ import annotations

from sayso.comparing.foreign import DATASETS, ForeignEvent
from sayso.comparing.kinds import nearness
from sayso.comparing.ours import Ours
from sayso.comparing.result import Difference
from sayso.comparing.score import away_km, gap_days, one_name, shared_sides, their_toll, toll_gap
from sayso.comparing.telling import Telling
from sayso.incidents.wording import counted, english_days, listed

APART_KM = 5.0
"""From how far on two exact places differ, where the words of neither allow for it."""


def differences(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> tuple[Difference, ...]:
    """The details on which the two differ, in the order of ``DETAILS``."""
    found = (
        _time(ours, theirs, one, two),
        _place(ours, theirs, one, two),
        _type(ours, theirs),
        _sides(ours, theirs, one, two),
        _killed(ours, theirs, one, two),
    )
    return tuple(difference for difference in found if difference is not None)


def _beside(detail: str, ours: str, theirs: str, dataset: str, more: str = "") -> Difference:
    return Difference(detail, f"sayso: {ours}; {DATASETS[dataset]}: {theirs}{more}")


def _time(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> Difference | None:
    gap = gap_days(one, two)
    if not gap:
        return None
    days = english_days(ours.first, ours.last), english_days(theirs.first, theirs.last)
    return _beside("time", *days, theirs.dataset, f" ({gap} day{'s' if gap > 1 else ''} apart)")


def _place(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> Difference | None:
    away = away_km(one, two)
    if away is None or max(one.precision, two.precision) > 3:
        return None
    if away <= APART_KM or one_name(one.place_key, two.place_key, close=False):
        return None
    return _beside("place", ours.place or "?", theirs.place or "?", theirs.dataset, f" ({away:.0f} km apart)")


def _type(ours: Ours, theirs: ForeignEvent) -> Difference | None:
    if nearness(ours.type, theirs.types) in ("same", "family"):
        return None
    from sayso.vocabulary import load

    entry = load("event_types").get(ours.type)
    return _beside("type", entry.label if entry else ours.type, theirs.kind, theirs.dataset)


def _sides(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> Difference | None:
    if not one.sides or not two.sides or shared_sides(one, two):
        return None
    return _beside("sides", listed(ours.sides), listed(theirs.sides), theirs.dataset)


def _killed(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> Difference | None:
    if not toll_gap(one, two):
        return None
    return _beside("killed", counted(ours.killed_low, ours.killed_high), their_toll(theirs), theirs.dataset)
