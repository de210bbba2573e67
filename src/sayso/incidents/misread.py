"""Whether a time or place that does not fit may be a misreading: only where what two reports share says who or when.

Reports of one war share names of ministers, commanders, towns and weapons though they tell of different days and towns.
Ages, which tell victims apart, a day named by both, and nearly the same words are what misread tellings of one
occurrence share.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sayso.incidents.reason import Reason

STRONG = 2.0
"""From this weight of shared names, ages and words on, a time or place that does not fit may be a misreading."""
_AGES = frozenset({"ages.1", "ages.2", "ages.3"})
_TOWNS = frozenset({"towns.1", "towns.2", "towns.3"})
_COPY = frozenset({"rare.4", "rare.5", "rare.6", "rare.7"})


class Misread(msgspec.Struct, frozen=True, kw_only=True):
    """What may have been misread; what may not rules a joining out where it does not fit.

    ``day``: times up to three days apart. ``time``: further apart, or told of before it happened. ``place``: places of
    one country. ``country``: different ones. ``both``: a ``time`` and a place at once.
    """

    day: bool
    time: bool
    place: bool
    country: bool
    both: bool


ANYTHING = Misread(day=True, time=True, place=True, country=True, both=True)


def misread(said: Iterable[Reason], *, main: bool) -> Misread:
    """What two events' names, ages and words allow to be a misreading; ``main``: both reports are mostly about them."""
    those = list(said)
    found = {reason.finding for reason in those}
    strong = sum(reason.weight or 0.0 for reason in those) >= STRONG
    copied = strong and "reports.7" in found and not _COPY.isdisjoint(found)
    ages, days = strong and not _AGES.isdisjoint(found), strong and "days.shared" in found
    towns = strong and main and not _TOWNS.isdisjoint(found)
    return Misread(
        day=strong,
        time=copied or ages or days,
        place=copied or ages or towns,
        country=copied or ages,
        both=copied or (ages and days),
    )
