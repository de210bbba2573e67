from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.incidents.dyads import Strike
from sayso.incidents.responses import AGAINST, ONE_SIDE, OPEN, between, responses, summary


def strike(identity: str, direction: Any, day: str | None, end: str | None = None, **facts: Any) -> Strike:
    facts = {"contested": False} | facts
    return Strike(
        incident_id=identity, direction=direction, said=1, denied=0, title=identity, type="shelling", start=day,
        end=end or day, time_precision="day", status="single_source", stub=False, killed_low=None, killed_high=None,
        **facts,
    )  # fmt: skip


def test_the_days_between_are_as_uncertain_as_the_dates() -> None:
    attack = strike("A", "a", "2020-01-01", "2020-01-03")
    answer = strike("B", "b", "2020-01-05", "2020-01-06")
    found = responses([attack, answer], [("retaliation_for", "B", "A")])
    assert [(one.by, one.days) for one in found.answers] == [("b", (2, 5))]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (strike("B", "b", None), OPEN),
        (strike("B", "b", "2019-12-01"), AGAINST),
        (strike("B", "a", "2020-01-05"), ONE_SIDE),
        (strike("B", "both", "2020-01-05"), ONE_SIDE),
    ],
)
def test_what_cannot_be_counted_is_left_out_with_its_reason(answer: Strike, reason: str) -> None:
    found = responses([strike("A", "a", "2020-01-01"), answer], [("follows", "B", "A")])
    assert found.answers == ()
    assert found.left_out == {reason: 1}


def test_a_pair_linked_twice_counts_once_as_an_answer() -> None:
    both = [strike("A", "a", "2020-01-01"), strike("B", "b", "2020-01-02")]
    found = responses(both, [("retaliation_for", "B", "A"), ("follows", "B", "A")])
    assert [one.kind for one in found.answers] == ["retaliation_for"]


def test_an_answer_to_an_attack_laid_on_both_sides_is_the_other_sides() -> None:
    both = [strike("A", way, "2020-01-01", contested=True) for way in ("a", "b")]
    found = responses([*both, strike("B", "b", "2020-01-02")], [("follows", "B", "A")])
    assert [(one.by, one.contested) for one in found.answers] == [("b", True)]


def test_few_pairs_are_not_summed_up() -> None:
    found = summary([(1, 2)] * 4)
    assert found.median is None
    assert "too few" in (found.why_not or "")


def test_a_summary_takes_all_dates_as_early_and_as_late_as_they_may_be() -> None:
    found = summary([(0, 1), (1, 4), (2, 2), (3, 9), (10, 10)])
    assert (found.shortest, found.median, found.longest) == ((0, 1), (2, 4), (10, 10))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.floats(0, 1)), min_size=5, max_size=40))
def test_the_true_median_is_never_outside_the_range_given(drawn: list[tuple[int, int, float]]) -> None:
    spans = [(min(a, b), max(a, b)) for a, b, _ in drawn]
    true = sorted(low + round(share * (high - low)) for (low, high), (_, _, share) in zip(spans, drawn, strict=True))
    low, high = summary(spans).median or (1, 0)
    assert low <= true[-(-len(true) // 2) - 1] <= high


def test_an_answer_on_the_same_days_may_have_come_at_once() -> None:
    assert between(strike("A", "a", "2020-01-01", "2020-01-07"), strike("B", "b", "2020-01-03")) == (0, 2)
