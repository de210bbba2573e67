"""The binder: weights for the features of a pair, then trees that compare the names of one sentence with each other.

``weights.json`` is written by ``training/placing.py``; docs/placing.md tells on what, and how well it does.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import TypeAlias

import msgspec

from sayso.reading.placing.features import act_features, among, name_features, tie
from sayso.reading.placing.forest import Forest
from sayso.reading.placing.names import Name
from sayso.reading.syntax import Syntax

SHA256 = "c47062325761aa33563ef5547e3627db8adef33373910799146f8962fd5159e7"
"""Of weights.json: another file is another model, whose figures are not those of the docs."""
NOBODY = -9.0
"""The score of a neighbour that is not there."""


PARTS = ("name", "act", "tie", "among")
"""What a feature speaks of; the trees see the first score of each part too."""


class Weights(msgspec.Struct, frozen=True):
    """The content of weights.json.

    ``weights`` score the features of a pair; ``columns`` name what the trees look at; a tree is a list of nodes
    ``[column, threshold, left, right]`` (left where the value is at most the threshold) and leaves ``[value]``.
    """

    version: int
    weights: dict[str, float]
    columns: list[str]
    governors: dict[str, int]
    prior: float
    trees: list[list[list[float]]]
    threshold: float


Memo: TypeAlias = "dict[tuple[int, int], list[str]]"
"""The features of the names of one report, by their tokens: they are the same beside every act."""


class Pairs(msgspec.Struct, frozen=True):
    """One act with the names of its sentence, to be scored: each pair's features, by ``PARTS``, and its counts."""

    features: list[tuple[list[str], ...]]
    counts: list[dict[str, float]]


class Binder:
    """Scores names as the place of an act."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.threshold = weights.threshold
        self.forest = Forest(weights.trees)

    def likelihoods(
        self, s: Syntax, act: int, names: list[Name], *, placed: bool = False, memo: Memo | None = None
    ) -> list[float]:
        """For each name, from 0 to 1, how likely it is that what token ``act`` tells happened there.

        ``names`` are those of one sentence (or of one text of a few), in their order. With ``placed`` only those where
        a place was read are scored to the end, and the others are 0. ``memo`` is kept by the caller over one report.
        """
        pairs, w = pairs_of(s, act, names, memo), self.weights
        rows = compared(pairs, [parts_of(w.weights, features) for features in pairs.features], w.governors)
        wanted = [k for k, n in enumerate(names) if n.place is not None or not placed]
        sums = self.forest.sums([[rows[k][c] for c in w.columns] for k in wanted])
        likely = [0.0] * len(names)
        for k, total in zip(wanted, sums, strict=True):
            likely[k] = sigmoid(w.prior + total)
        return likely


def pairs_of(s: Syntax, act: int, names: list[Name], memo: Memo | None = None) -> Pairs:
    """The features and counts of each name with the act."""
    told, known = act_features(s, act), {} if memo is None else memo
    ties = [tie(s, n, act) for n in names]
    features: list[tuple[list[str], ...]] = []
    counts = []
    for k, n in enumerate(names):
        beside, numbers = among(s, k, names, ties, act)
        if (n.lo, n.hi) not in known:
            known[n.lo, n.hi] = name_features(s, n)
        features.append((known[n.lo, n.hi], told, ties[k].features, beside))
        counts.append(ties[k].counts | numbers)
    return Pairs(features, counts)


def parts_of(weights: dict[str, float], features: tuple[list[str], ...]) -> list[float]:
    """The sum of the weights of each part of a pair's features; their sum is its first score."""
    # Added up in the order of the features: the last digits depend on it, and the trees on them.
    return [sum(weights.get(f, 0.0) for f in dict.fromkeys(part)) for part in features]


def compared(pairs: Pairs, parts: list[list[float]], governors: dict[str, int]) -> list[dict[str, float]]:
    """What the trees look at: each name's own first score beside those of the others and of its neighbours."""
    first = [sum(part) for part in parts]
    rows = []
    for k, (score, counts) in enumerate(zip(first, pairs.counts, strict=True)):
        others = first[:k] + first[k + 1 :]
        best = max(others, default=NOBODY)
        governor = next((f[4:] for f in pairs.features[k][0] if f.startswith("gov=")), "")
        rows.append(
            counts
            | {f"{part}_score": x for part, x in zip(PARTS, parts[k], strict=True)}
            | {
                "score": score,
                "best_other": best,
                "lead": score - best,
                "better": float(sum(o > score for o in others)),
                "mass": sum(sigmoid(o) for o in others),
                "names": float(len(first)),
                "left_score": first[k - 1] if k else NOBODY,
                "right_score": first[k + 1] if k + 1 < len(first) else NOBODY,
                "governor": float(governors.get(governor, len(governors))),
            }
        )
    return rows


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + exp(-x)) if x > -500 else 0.0


@lru_cache(maxsize=1)
def binder() -> Binder:
    """The binder that sayso ships, loaded once."""
    raw = files("sayso.reading.placing").joinpath("weights.json").read_bytes()
    return Binder(msgspec.json.decode(raw, type=Weights))


def digest(raw: bytes) -> str:
    """The SHA-256 of a file of weights."""
    return hashlib.sha256(raw).hexdigest()
