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
    drawn = np.array([random.uniform(starts, ends + 1) for _ in range(draws)]) - first
    order = np.argsort(drawn, axis=1, kind="stable")
    found = _best(np.take_along_axis(drawn, order, axis=1), mine[order], length)
    better = float((found["aic"] < found["steady"]).mean())
    if better < AGREED:
        why = (
            "the dates do not tell these strikes from strikes at a steady rate: the model was better in only "
            f"{better:.0%} of the draws."
        )
        return Fit(better=better, draws=draws, left_out=left_out, why_not=why)

    def side(number: int) -> SideFit:
        return SideFit(
            strikes=int((mine == (number == 0)).sum()),
            per_week=_band(7 * found["rate"][number]),
            after_own=_band(found["own"][number]),
            after_other=_band(found["other"][number]),
        )

    half_life = _band(found["half_life"])
    return Fit(a=side(0), b=side(1), half_life=half_life, better=better, draws=draws, left_out=left_out)


def _best(times: np.ndarray, by_a: np.ndarray, length: float) -> dict[str, Any]:
    """The fit of each draw (a row) at the half-life that fits it best, and its AIC beside that of two steady rates."""
    import math

    import numpy as np

    # All half-lives of all draws are fitted at once: a row for each.
    draws, total = times.shape
    half_lives = np.repeat(np.array(HALF_LIVES), draws)
    times, by_a = np.tile(times, (len(HALF_LIVES), 1)), np.tile(by_a, (len(HALF_LIVES), 1))
    decay = math.log(2) / half_lives[:, None]
    excited = _excited(times, by_a, decay)
    reach = _reach(times, by_a, decay, length)
    sides = [_side(excited, by_a == wanted, reach, length) for wanted in (True, False)]
    likelihoods = (sides[0][0] + sides[1][0]).reshape(len(HALF_LIVES), draws)
    rows = likelihoods.argmax(axis=0) * draws + np.arange(draws)
    (_, rate_a, a_a, a_b), (_, rate_b, b_a, b_b) = ([value[rows] for value in side] for side in sides)
    count = int(by_a[0].sum())
    steady = sum(n * (math.log(n / length) - 1) for n in (count, total - count))
    return {
        "aic": 2 * 7 - 2 * likelihoods.max(axis=0), "steady": 2 * 2 - 2 * steady, "half_life": half_lives[rows],
        "rate": (rate_a, rate_b), "own": (a_a, b_b), "other": (a_b, b_a),
    }  # fmt: skip


def _excited(times: np.ndarray, by_a: np.ndarray, decay: np.ndarray) -> np.ndarray:
    """For each strike of each row, what is left of all earlier strikes of A and of B: rows × strikes × 2."""
    import numpy as np

    left = np.zeros((*times.shape, 2))
    fade = np.exp(-decay * np.diff(times, axis=1))
    struck = np.stack([by_a, ~by_a], axis=2)
    for n in range(1, times.shape[1]):
        left[:, n] = (left[:, n - 1] + struck[:, n - 1]) * fade[:, n - 1, None]
    found: np.ndarray = left * decay[:, :, None]
    return found


def _reach(times: np.ndarray, by_a: np.ndarray, decay: np.ndarray, length: float) -> tuple[np.ndarray, np.ndarray]:
    """How much of the effect of all strikes of A, and of B, falls into the time that is looked at."""
    import numpy as np

    seen = 1 - np.exp(-decay * (length - times))
    a, b = ((seen * own).sum(axis=1) for own in (by_a, ~by_a))
    return np.maximum(a, 1e-9), np.maximum(b, 1e-9)


def _side(
    excited: np.ndarray, own: np.ndarray, reach: tuple[np.ndarray, np.ndarray], length: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each row: log-likelihood, steady rate a day, and strikes added for each one of A and of B.

    By expectation-maximisation.
    """
    import numpy as np

    rows = len(own)
    after = excited[own].reshape(rows, -1, 2)
    after_a, after_b = np.ascontiguousarray(after[:, :, 0]), np.ascontiguousarray(after[:, :, 1])
    rate = np.full(rows, 0.5 * after_a.shape[1] / length)
    a, b = np.full(rows, 0.25), np.full(rows, 0.25)
    for _ in range(_STEPS):
        share = 1 / (rate[:, None] + a[:, None] * after_a + b[:, None] * after_b)
        rate, a, b = (
            rate * share.sum(axis=1) / length,
            a * np.einsum("ij,ij->i", after_a, share) / reach[0],
            b * np.einsum("ij,ij->i", after_b, share) / reach[1],
        )
    at = rate[:, None] + a[:, None] * after_a + b[:, None] * after_b
    likelihood = np.log(at).sum(axis=1) - rate * length - a * reach[0] - b * reach[1]
    return likelihood, rate, a, b


def _band(values: np.ndarray) -> Band:
    import numpy as np

    low, middle, high = np.percentile(values, (5, 50, 95))
    return round(float(low), 3), round(float(middle), 3), round(float(high), 3)
