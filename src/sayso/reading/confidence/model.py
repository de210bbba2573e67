"""The weights: how likely it is that an event is one, and that a claim on it is right if it is.

``weights.json`` is written by ``training/confidence.py``; docs/confidence.md tells on what, and how well it does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import exp

import msgspec

from sayso.model import Stance

SHA256 = "6fac8d4f2f221e7f0f1a63f6ff63ab4f5a2a9e3155cc1ff6594ad487c74f31fe"
"""Of weights.json: another file is another model, whose figures are not those of the docs."""
DIGITS = 2
"""A likelihood is kept to so many digits: more would say more than is known, and differ from machine to machine."""
ABSENT = "?"
"""Behind the name of a feature that not every reader gives: the weight of its not being there."""


class Step(msgspec.Struct, frozen=True):
    """The bias and, by feature, the weights of one logistic regression."""

    bias: float
    weights: dict[str, float]


class Weights(msgspec.Struct, frozen=True):
    """The content of weights.json; ``thresholds`` are the least confidence, by stance, with which a claim is kept."""

    version: int
    thresholds: dict[Stance, float]
    event: Step
    claim: Step


class Likelihood:
    """One step, ready to be asked."""

    def __init__(self, step: Step) -> None:
        self.bias = step.bias
        self.weights = step.weights
        self.graded = tuple(name.removesuffix(ABSENT) for name in step.weights if name.endswith(ABSENT))

    def of(self, features: Mapping[str, float]) -> float:
        """From 0 to 1. A feature without a weight says nothing; the features are added up in their order."""
        weights, total = self.weights, self.bias
        for name, value in features.items():
            if name in weights:
                total += weights[name] * value
        for name in self.graded:
            if name not in features:
                total += weights[name + ABSENT]
        return sigmoid(total)


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + exp(-x)) if x > -500 else 0.0


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that sayso ships, loaded once."""
    return msgspec.json.decode(raw(), type=Weights)


def raw() -> bytes:
    """The bytes of the weights that sayso ships."""
    return files("sayso.reading.confidence").joinpath("weights.json").read_bytes()


def digest(data: bytes) -> str:
    """The SHA-256 of a file of weights."""
    return hashlib.sha256(data).hexdigest()
