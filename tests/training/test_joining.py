"""Learning the weights of the joining: grades that do not turn back, sides that are kept, likelihoods put right."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.evaluation.longtail import Row
from sayso.incidents.features import Features
from sayso.incidents.weights import Finding, Weights
from training.joining import Design, Pairs, between, fit, pairs, steepness


def finding(learnt: bool = True, weight: float = 0.0, passing: float = 0.0) -> Finding:
    return Finding(label="", weight=weight, passing=passing, learnt=learnt)


KNOWN = Weights(
    start=0.0,
    start_passing=0.0,
    findings={
        "ages.0": finding(),
        "ages.1": finding(),
        "ages.2": finding(),
        "days.shared": finding(),
        "type.rare": finding(learnt=False, weight=1.5, passing=0.5),
    },
)


def test_a_grade_has_the_steps_of_all_grades_below_it() -> None:
    design = Design(KNOWN, passing=False)
    assert design.steps("ages.2") == ["ages.0", "ages.1", "ages.2"]
    assert design.steps("days.shared") == ["days.shared"]


@pytest.mark.parametrize(("passing", "fixed"), [(False, 1.5), (True, 0.5)])
def test_what_is_set_by_judgement_is_no_column_and_adds_its_weight(passing: bool, fixed: float) -> None:
    matrix, offset = Design(KNOWN, passing=passing).matrix([("ages.1", "type.rare"), ("days.shared",)])
    assert matrix.toarray().tolist() == [[1, 1, 0, 0], [0, 0, 0, 1]]
    assert offset.tolist() == [fixed, 0.0]


def test_a_higher_grade_never_weighs_less_and_what_speaks_for_a_joining_never_against_it() -> None:
    # Taken at their word, these pairs would have two ages, and a day, in common speak against a joining.
    rows: list[tuple[str, ...]] = [("ages.0",)] * 20 + [("ages.1",)] * 20 + [("ages.2", "days.shared")] * 20
    same = [False] * 20 + [True] * 15 + [False] * 5 + [True] * 5 + [False] * 15
    design = Design(KNOWN, passing=False)
    weights = design.weights(fit(design, Pairs(rows, same))[1])
    assert weights["ages.0"] < weights["ages.1"] <= weights["ages.2"]
    assert weights["days.shared"] == 0.0


def test_sums_that_are_too_steep_are_made_flatter() -> None:
    odds = np.array([4.0] * 10 + [-4.0] * 10)
    same = np.array([1.0] * 7 + [0.0] * 3 + [1.0] * 3 + [0.0] * 7)
    steep, shift = steepness(odds, np.zeros(20), same)
    assert 1 / (1 + np.exp(-(4 * steep + shift))) == pytest.approx(0.7, abs=0.01)


def test_pairs_are_of_two_reports_and_know_whether_they_are_on_one_incident() -> None:
    events = [Features(id=f"r{n}:e1", report_id=f"r{n}", type="bombing") for n in (1, 2, 3)]
    made = pairs(events, {"r1": "a", "r2": "a", "r3": "b"}, met=False)
    assert made.same == [True, False, False]
    assert all("type.same" in shown for shown in made.findings)
    assert pairs(events, {"r1": "a", "r2": "a", "r3": "b"}, met=True).same == []


def test_months_are_from_the_first_to_before_the_last() -> None:
    days = ("2014-12-31", "2015-01-01", "2015-06-30", "2015-07-01")
    rows = [Row(number=n, incident="", title="", published="", url="", text="", happened=d) for n, d in enumerate(days)]
    assert [row.number for row in between(rows, ("2015-01", "2015-07"))] == [1, 2]
