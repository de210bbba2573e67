"""The weights of the confidence, and how they are added up."""

from __future__ import annotations

from math import exp
from typing import get_args

import msgspec
import pytest

from sayso.model import Stance
from sayso.reading.confidence.model import SHA256, Likelihood, Step, digest, raw, shipped


def test_a_likelihood_is_the_logistic_of_the_weighted_sum() -> None:
    step = Likelihood(Step(0.5, {"slot=place": 1.0, "encoder.trigger": -2.0}))
    assert step.of({"slot=place": 1.0, "encoder.trigger": 0.25}) == pytest.approx(1 / (1 + exp(-1.0)))


def test_a_feature_without_a_weight_says_nothing() -> None:
    step = Likelihood(Step(0.0, {"slot=place": 1.0}))
    assert step.of({"never seen": 7.0}) == 0.5


def test_a_number_that_a_reader_does_not_give_is_not_taken_for_zero() -> None:
    step = Likelihood(Step(0.0, {"encoder.trigger": 2.0, "encoder.trigger?": -1.0}))
    assert step.of({}) == pytest.approx(1 / (1 + exp(1.0)))
    assert step.of({"encoder.trigger": 0.0}) == 0.5


def test_sums_far_from_zero_are_no_error() -> None:
    assert Likelihood(Step(-1e6, {})).of({}) == 0.0
    assert Likelihood(Step(1e6, {})).of({}) == 1.0


def test_the_shipped_weights_are_those_that_the_docs_speak_of() -> None:
    assert digest(raw()) == SHA256
    assert len(raw()) < 50_000


def test_every_stance_has_a_threshold_and_a_denial_is_not_asked_for_more() -> None:
    thresholds = shipped().thresholds
    assert set(thresholds) == set(get_args(Stance))
    assert all(0.0 <= least <= 1.0 for least in thresholds.values())
    assert max(thresholds["denies"], thresholds["uncertain"]) <= thresholds["asserts"]


def test_no_feature_is_a_name_or_word_of_a_report() -> None:
    weights = shipped()
    names = {*weights.event.weights, *weights.claim.weights}
    assert names
    assert not [name for name in names if name != name.lower() and not name.startswith(("dep=", "tied_by="))]


def test_the_weights_file_is_what_its_type_says() -> None:
    assert msgspec.json.decode(msgspec.json.encode(shipped()), type=type(shipped())) == shipped()
