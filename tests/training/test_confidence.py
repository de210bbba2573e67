"""Learning the confidence: the fit, the choice of features, and that it gives the same again."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.model import Claim, Span
from sayso.reading.confidence.judging import Known
from training.confidence import LEAST_REPORTS, Columns, Example, crossed, fit, learnt


def test_the_fit_stands_where_the_penalised_likelihood_is_flat() -> None:
    x = np.array([[1.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    y = np.array([1.0, 1.0, 0.0, 0.0, 0.0])
    w = fit(x, y, 0.5)
    p = 1 / (1 + np.exp(-(x @ w)))
    gradient = x.T @ (p - y) + np.array([2.0, 2.0, 0.0]) * w
    assert np.abs(gradient).max() < 1e-6


def test_without_features_the_fit_is_the_share_of_what_is_right() -> None:
    (bias,) = fit(np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0]), 1.0)
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75)


def test_a_feature_of_few_reports_is_left_out() -> None:
    rows = [{"often": 1.0, "here": 1.0}] * 3 + [{"often": 1.0}] * LEAST_REPORTS
    reports = ["one"] * 3 + [str(n) for n in range(LEAST_REPORTS)]
    assert Columns(rows, reports, 3).names == ["often"]


def test_a_number_that_is_not_always_given_has_a_column_for_its_absence() -> None:
    rows = [{"encoder.trigger": 0.25}, {"encoder.trigger": 0.75}, {}] * LEAST_REPORTS
    columns = Columns(rows, [str(n) for n in range(len(rows))], 1)
    assert columns.names == ["encoder.trigger", "encoder.trigger?"]
    assert columns.matrix(rows[:3]).tolist() == [[0.25, 0.0, 1.0], [0.75, 0.0, 1.0], [0.0, 1.0, 1.0]]


def example(report: int, good: bool) -> Example:
    known = Known({"placed" if good else "not_placed": 1.0}, {"row=1" if good else "row=2": 1.0})
    claim = Claim(id="c1", event="e1", slot="place", value=None, stance="asserts", evidence=Span(0, 1, "x"))
    return Example(f"r{report:03}", f"e{good}", known, claim, real=good, right=good, speaker=good)


def test_what_was_wrong_in_other_reports_is_less_likely_here() -> None:
    found = [example(report, good) for report in range(60) for good in (True, True, False)]
    likely = crossed(found)
    assert likely == crossed(found)
    right = [p for p, e in zip(likely, found, strict=True) if e.right]
    wrong = [p for p, e in zip(likely, found, strict=True) if not e.right]
    assert min(right) > max(wrong)
    assert learnt(found).event.weights["placed"] > 0 > learnt(found).event.weights["not_placed"]
