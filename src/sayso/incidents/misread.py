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


def misread(said: Iterable[Reason]) -> Misread:
    """What two events' names, ages and words allow to be a misreading."""
    those = list(said)
    found = {reason.finding for reason in those}
    strong = sum(reason.weight or 0.0 for reason in those) >= STRONG
    copied = strong and "reports.7" in found and not _MUCH.isdisjoint(found)
    ages, days = strong and not _AGES.isdisjoint(found), strong and "days.shared" in found
    known = copied or ages or days
    return Misread(near=strong, time=known, country=copied or ages, told=known, both=copied or (ages and days))
