"""A self-exciting point process fitted to the strikes of a dyad: a description of how they cluster, and no forecast.

Two Hawkes processes with one exponential kernel: a side strikes at a steady rate, and each strike of either side adds a
share of further strikes that fades by half in so many days. Fitted by expectation-maximisation, at several half-lives,
over dates drawn at random within their intervals. ``docs/analysis.md`` has the model and what it does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.incidents.dyads import Strike, by_incident
from sayso.incidents.features import day

if TYPE_CHECKING:
    import numpy as np

LEAST = 30
"""Strikes of each side, at least."""
LEAST_DAYS = 90
"""Days from the first to the last strike, at least."""
KNOWN_DAYS = 31
"""A strike whose date is known no closer than this is left out."""
MOST = 1000
"""Strikes that are fitted at most, the latest."""
DRAWS = 50
"""How many times the dates are drawn."""
HALF_LIVES = (1.0, 3.0, 7.0, 14.0)
"""Days after which the effect of a strike has halved: the best of these is taken in each draw."""
AGREED = 0.9
"""The share of draws in which the model must be better than steady rates, by AIC."""
_STEPS = 100

Band = tuple[float, float, float]
"""The 5th percentile, the median and the 95th percentile over the draws."""


class SideFit(msgspec.Struct, frozen=True, kw_only=True):
    """One side: its steady rate a week, and how many of its strikes the fit adds for each strike of either side."""

    strikes: int
    per_week: Band
    after_own: Band
    after_other: Band


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """The fit over all draws, or why there is none. ``better`` is the share of draws better than steady rates."""

    a: SideFit | None = None
    b: SideFit | None = None
    half_life: Band | None = None
    """Days."""
    better: float | None = None
    draws: int = DRAWS
    left_out: int = 0
    """Strikes without a date, or with one that is too vague."""
    why_not: str | None = None


def fit(strikes: Sequence[Strike], draws: int = DRAWS, seed: int = 7) -> Fit:
    """Fit the strikes of a dyad; the same strikes give the same fit. Refused, with the reason, where there are few."""
    known = [one for one in by_incident(strikes).values() if one.direction != "both"]
    dated = [(one, span) for one in known if (span := _days(one)) is not None]
    dated.sort(key=lambda item: (item[1], item[0].incident_id))
    dated = dated[-MOST:]
    left_out = len(known) - len(dated)
    sides = [sum(one.direction == way for one, _ in dated) for way in ("a", "b")]
    if min(sides) < LEAST:
        why = f"{sides[0]} and {sides[1]} dated strikes are too few: at least {LEAST} of each side are needed."
        return Fit(left_out=left_out, why_not=why)
    length = dated[-1][1][1] - dated[0][1][0] + 1
    if length < LEAST_DAYS:
        return Fit(left_out=left_out, why_not=f"{length} days are too short: at least {LEAST_DAYS} are needed.")
    return _fitted([span for _, span in dated], [one.direction == "a" for one, _ in dated], draws, seed, left_out)


def _days(strike: Strike) -> tuple[int, int] | None:
    first, last = day(strike.start), day(strike.end)
    if first is None or last is None or not 0 <= (last - first).days <= KNOWN_DAYS:
        return None
    return first.toordinal(), last.toordinal()


def _fitted(spans: Sequence[tuple[int, int]], by_a: Sequence[bool], draws: int, seed: int, left_out: int) -> Fit:
    import numpy as np

    random = np.random.default_rng(seed)
    starts, ends = (np.array([span[end] for span in spans], dtype=float) for end in (0, 1))
    first, length = starts.min(), float(ends.max() + 1 - starts.min())
    mine = np.array(by_a)
    found: list[dict[str, Any]] = []
    for _ in range(draws):
        drawn = random.uniform(starts, ends + 1) - first
        order = np.argsort(drawn, kind="stable")
        found.append(_best(drawn[order], mine[order], length))
    better = sum(one["aic"] < one["steady"] for one in found) / draws
    if better < AGREED:
        why = (
            "the dates do not tell these strikes from strikes at a steady rate: the model was better in only "
            f"{better:.0%} of the draws."
        )
        return Fit(better=better, draws=draws, left_out=left_out, why_not=why)

    def side(number: int) -> SideFit:
        return SideFit(
            strikes=int((mine == (number == 0)).sum()),
            per_week=_band([7 * one["rate"][number] for one in found]),
            after_own=_band([one["own"][number] for one in found]),
            after_other=_band([one["other"][number] for one in found]),
        )

    half_life = _band([one["half_life"] for one in found])
    return Fit(a=side(0), b=side(1), half_life=half_life, better=better, draws=draws, left_out=left_out)


def _best(times: np.ndarray, by_a: np.ndarray, length: float) -> dict[str, Any]:
    """The fit of one draw at the half-life that fits best, and its AIC beside that of two steady rates."""
    import math

    fits = []
    for half_life in HALF_LIVES:
        decay = math.log(2) / half_life
        excited = _excited(times, by_a, decay)
        sides = [_side(times, by_a == wanted, excited, by_a, decay, length) for wanted in (True, False)]
        fits.append((sum(one[0] for one in sides), half_life, sides))
    likelihood, half_life, ((_, rate_a, a_a, a_b), (_, rate_b, b_a, b_b)) = max(fits, key=lambda one: one[0])
    steady = sum(n * (math.log(n / length) - 1) for n in (int(by_a.sum()), int((~by_a).sum())))
    return {
        "aic": 2 * 7 - 2 * likelihood, "steady": 2 * 2 - 2 * steady, "half_life": half_life,
        "rate": (rate_a, rate_b), "own": (a_a, b_b), "other": (a_b, b_a),
    }  # fmt: skip


def _excited(times: np.ndarray, by_a: np.ndarray, decay: float) -> np.ndarray:
    """For each strike, what is left of all earlier strikes of A and of B: two rows."""
    import numpy as np

    left = np.zeros((2, len(times)))
    fade = np.exp(-decay * np.diff(times))
    a = b = 0.0
    for n in range(1, len(times)):
        a = (a + by_a[n - 1]) * fade[n - 1]
        b = (b + (not by_a[n - 1])) * fade[n - 1]
        left[0, n], left[1, n] = a, b
    return left * decay


def _side(
    times: np.ndarray, own: np.ndarray, excited: np.ndarray, by_a: np.ndarray, decay: float, length: float
) -> tuple[float, float, float, float]:
    """Log-likelihood, steady rate a day, and strikes added for each one of A and of B; by expectation-maximisation."""
    import numpy as np

    seen = 1 - np.exp(-decay * (length - times))
    reach = (max(float(seen[by_a].sum()), 1e-9), max(float(seen[~by_a].sum()), 1e-9))
    after_a, after_b = excited[0][own], excited[1][own]
    rate, a, b = 0.5 * len(after_a) / length, 0.25, 0.25
    for _ in range(_STEPS):
        at = rate + a * after_a + b * after_b
        rate, a, b = (
            float((rate / at).sum()) / length,
            float((a * after_a / at).sum()) / reach[0],
            float((b * after_b / at).sum()) / reach[1],
        )
    at = rate + a * after_a + b * after_b
    likelihood = float(np.log(at).sum()) - rate * length - a * reach[0] - b * reach[1]
    return likelihood, rate, a, b


def _band(values: Sequence[float]) -> Band:
    import numpy as np

    low, middle, high = np.percentile(np.array(values), (5, 50, 95))
    return round(float(low), 3), round(float(middle), 3), round(float(high), 3)
