"""A Bayesian Dawid–Skene model of two answers: which incidents happened, where speakers assert and deny them.

Each incident happened or not; each speaker asserts what happened with one unknown rate and what did not with another.
Both rates and the share of incidents that happened are drawn together with the incidents by Gibbs sampling (Dawid and
Skene, 1979; the priors keep asserting likelier where something happened). What it assumes is in docs/estimate.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

VERSION = "dawid-skene-1"


class Parameters(msgspec.Struct, frozen=True, kw_only=True):
    """The priors, as pairs of a beta distribution, and how long is drawn."""

    asserts_if_happened: tuple[float, float] = (8.0, 2.0)
    asserts_if_not: tuple[float, float] = (2.0, 4.0)
    happened: tuple[float, float] = (1.0, 1.0)
    draws: int = 400
    burn_in: int = 200
    seed: int = 1979
    interval: float = 0.9
    """The share of the draws between the ends of an interval."""


class Fitted(msgspec.Struct, frozen=True):
    """The chance that an incident happened, under the model, with the interval over the draws."""

    probability: float
    low: float
    high: float


def fit(
    incidents: Sequence[int], speakers: Sequence[int], asserts: Sequence[bool], parameters: Parameters | None = None
) -> list[Fitted]:
    """The estimates of incidents 0 … n-1 from labels: who (0 … m-1) asserts or denies which. The same input gives the
    same result; nothing is returned on speakers, since a rate of theirs would be a score of truth."""
    import numpy as np

    wanted = parameters or Parameters()
    rng = np.random.default_rng(wanted.seed)
    item, who = np.asarray(incidents, dtype=np.int64), np.asarray(speakers, dtype=np.int64)
    yes = np.asarray(asserts, dtype=bool)
    size, many = int(item.max()) + 1, int(who.max()) + 1
    votes = np.bincount(item, np.where(yes, 1.0, -1.0), size)
    happened = votes >= 0  # Begins with what most say.
    kept: list[Any] = []
    for turn in range(wanted.burn_in + wanted.draws):
        on = happened[item]
        true_rate = _rates(rng, np, who, yes, on, many, wanted.asserts_if_happened)
        false_rate = _rates(rng, np, who, yes, ~on, many, wanted.asserts_if_not)
        one, two = wanted.happened
        share = rng.beta(one + happened.sum(), two + size - happened.sum())
        said = np.where(
            yes,
            np.log(true_rate[who]) - np.log(false_rate[who]),
            np.log1p(-true_rate[who]) - np.log1p(-false_rate[who]),
        )
        odds = np.log(share) - np.log1p(-share) + np.bincount(item, said, size)
        chance = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
        happened = rng.random(size) < chance
        if turn >= wanted.burn_in:
            kept.append(chance.astype(np.float32))
    drawn = np.stack(kept)
    edge = (1 - wanted.interval) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=0)
    found = zip(drawn.mean(axis=0), low, high, strict=True)
    return [Fitted(float(middle), float(first), float(last)) for middle, first, last in found]


def _rates(rng: Any, np: Any, who: Any, yes: Any, on: Any, many: int, prior: tuple[float, float]) -> Any:
    """A rate of asserting for each speaker, drawn from what it says of the incidents that are ``on``."""
    said = np.bincount(who, on & yes, many)
    denied = np.bincount(who, on & ~yes, many)
    return np.clip(rng.beta(prior[0] + said, prior[1] + denied), 1e-6, 1 - 1e-6)
