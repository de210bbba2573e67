"""Whether a time or place that does not fit may be a misreading: only where what two reports share says who or when.

Reports of one war share names of ministers, commanders, towns and weapons though they tell of different days and towns.
Ages, which tell victims apart, a day named by both, and nearly the same words are what misread tellings of one
occurrence share. An act that no force is named in is another matter: a shooting is told again as its victim dies and as
courts sit, each time under another date, and nobody shoots in one town every day under one name.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sayso.incidents.features import Features
from sayso.incidents.reason import Reason

STRONG = 2.0
"""From this weight of shared names, ages and words on, a time or place that does not fit may be a misreading."""
CLEAR = 5.0
"""The same of an act that no force is named in, whatever else they share."""
FORCES = frozenset({"state", "government", "military", "intelligence", "coalition", "rebel", "militia", "opposition"})
"""Kinds of actors that do the like day after day (``actor_kinds``)."""
_ALONE = frozenset({"armed_attack"})
"""The types of acts that people commit without a force's weapons."""
_AGES = frozenset({"ages.1", "ages.2", "ages.3"})
_MUCH = frozenset({"rare.4", "rare.5", "rare.6", "rare.7"})


class Misread(msgspec.Struct, frozen=True, kw_only=True):
    """What may have been misread; what may not rules a joining out where it does not fit.

    ``near``: times up to three days apart, a report told before the other's day, places of one country. ``time``: times
    further apart. ``country``: places of different countries. With a place that does not fit: ``told`` before the
    other's day, and ``both``, times further apart.
    """

    near: bool
    time: bool
    country: bool
    told: bool
    both: bool


ANYTHING = Misread(near=True, time=True, country=True, told=True, both=True)


def no_force(event: Features) -> bool:
    """Whether an event is an act of the kind that people commit by themselves, and no force is named in it."""
    sides = (*event.initiators, *event.recipients)
    return event.type in _ALONE and not any(party.kind in FORCES for party in sides)


def misread(said: Iterable[Reason], *, told_again: bool = False) -> Misread:
    """What two events' names, ages and words allow to be a misreading.

    ``told_again``: two reports are mostly about them, and neither names a force.
    """
    those = list(said)
    found = {reason.finding for reason in those}
    share = sum(reason.weight or 0.0 for reason in those)
    if told_again and share >= CLEAR:
        return ANYTHING
    strong = share >= STRONG
    copied = strong and "reports.7" in found and not _MUCH.isdisjoint(found)
    ages, days = strong and not _AGES.isdisjoint(found), strong and "days.shared" in found
    known = copied or ages or days
    return Misread(near=strong, time=known, country=copied or ages, told=known, both=copied or (ages and days))
