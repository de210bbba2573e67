"""How the numbers of killed and injured of two tellings stand to each other."""

from __future__ import annotations

from sayso.incidents.features import Features
from sayso.incidents.reason import Reason, found
from sayso.incidents.wording import counted
from sayso.model import Count

MANY = 4
"""An equal number from here on is less often chance."""


def compare_tolls(one: Features, two: Features) -> list[Reason]:
    """At most one reason for the killed and one for the injured; none where a report gives no number."""
    earlier, later = sorted((one, two), key=lambda event: (event.published, event.id))
    dated = earlier.published[:10] < later.published[:10]
    killed = _toll("killed", earlier.killed, later.killed, dated=dated)
    injured = _toll("injured", earlier.injured, later.injured, dated=dated)
    return [reason for reason in (killed, injured) if reason is not None]


def _toll(slot: str, earlier: Count, later: Count, *, dated: bool) -> Reason | None:
    if earlier == (None, None) or later == (None, None):
        return None
    texts = f"{counted(*earlier)} and {counted(*later)} {slot}"
    if earlier == later:
        exact = earlier[0] is not None and earlier[0] == earlier[1] and earlier[0] > 0
        many = exact and (earlier[0] or 0) >= MANY
        return found(
            f"{slot}.{'many' if many else 'equal' if exact else 'both_open'}", f"both give {counted(*earlier)} {slot}"
        )
    low, high = _low(earlier), _low(later)
    if earlier[1] is None and later[1] is None:
        # "At least" beside "at least" contradicts nothing: only their nearness tells.
        near = 2 * abs(low - high) <= max(low, high)
        return found(f"{slot}.close", f"{texts} can both be true") if near else None
    if low <= _high(later) and high <= _high(earlier):
        return found(f"{slot}.overlap", f"{texts} can both be true")
    # Zero against some is what a denial looks like: it must not keep the denial from its incident.
    if 0 in (earlier[1], later[1]):
        return found(f"{slot}.none_or_some", f"{texts}: the reports differ on the toll")
    gap = max(low, high) - min(_high(earlier), _high(later))
    if gap <= 2 or gap <= 0.5 * max(low, high):
        return found(f"{slot}.close", f"{texts} are close")
    if dated and high > low:
        return found(f"{slot}.grown", f"{texts}: the later report gives more")
    return found(f"{slot}.far", f"{texts} are far apart")


def _low(count: Count) -> float:
    return 0 if count[0] is None else count[0]


def _high(count: Count) -> float:
    return float("inf") if count[1] is None else count[1]
