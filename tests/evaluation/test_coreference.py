"""Coreference metrics on the examples of the papers that define them, computed by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.coreference import Measure, Scores, b_cubed, ceaf_e, muc, pairs, score

KEY = ["12345", "67", "89ABC"]
"""Bagga and Baldwin (1998), figure 1: three chains of five, two and five mentions."""
FEWER, MORE = ["12345", "6789ABC"], ["1234589ABC", "67"]
"""Their two responses: the chain of two joined with one of five, and the two of five joined."""
TOGETHER, APART = ["123456789ABC"], list("123456789ABC")
"""Luo (2005), table 1, systems (c) and (d)."""


def shares(measure: Measure) -> tuple[float, float, float]:
    return measure.recall, measure.precision, measure.f1


@pytest.mark.parametrize("response", [FEWER, MORE])
def test_muc_of_bagga_and_baldwin_sees_no_difference(response: list[str]) -> None:
    assert muc(KEY, response) == Measure(9, 9, 9, 10)
    assert muc(KEY, response).f1 == pytest.approx(18 / 19)


@pytest.mark.parametrize(
    ("response", "precision"),
    [(FEWER, (5 * 1 + 2 * 2 / 7 + 5 * 5 / 7) / 12), (MORE, (10 * 5 / 10 + 2 * 1) / 12), (TOGETHER, 54 / 144)],
)
def test_b_cubed_of_bagga_and_baldwin_does(response: list[str], precision: float) -> None:
    found = b_cubed(KEY, response)
    assert (found.recall, found.precision) == pytest.approx((1.0, precision))


@pytest.mark.parametrize(
    ("response", "recall", "precision", "f1"),
    [
        (FEWER, (1 + 10 / 12) / 3, (1 + 10 / 12) / 2, 0.733),
        (MORE, (1 + 10 / 15) / 3, (1 + 10 / 15) / 2, 0.667),
        (TOGETHER, 10 / 17 / 3, 10 / 17, 0.294),
        (APART, (2 / 6 + 2 / 3 + 2 / 6) / 3, (2 / 6 + 2 / 3 + 2 / 6) / 12, 0.178),
    ],
)
def test_ceaf_e_of_luo(response: list[str], recall: float, precision: float, f1: float) -> None:
    found = ceaf_e(KEY, response)
    assert (found.recall, found.precision) == pytest.approx((recall, precision))
    assert round(found.f1, 3) == f1


def test_singletons_have_no_links_and_b_cubed_of_one_mention_each() -> None:
    assert muc(KEY, APART) == Measure(0, 9, 0, 0)
    assert muc(KEY, APART).f1 == 0.0
    assert b_cubed(KEY, APART).f1 == pytest.approx(0.4)


def test_mentions_of_one_side_alone_count_as_in_the_reference_scorer() -> None:
    # Pradhan et al. (2014), figure 1: the key has {a b c} and {d e f g}, the response knows h and i besides.
    found = score(["abc", "defg"], ["ab", "cd", "fghi"])
    assert shares(found.muc) == pytest.approx((0.4, 0.4, 0.4))
    assert found.b_cubed.recall == pytest.approx((4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7)
    assert found.b_cubed.precision == pytest.approx((4 / 2 + 1 / 2 + 1 / 2 + 4 / 4) / 8)
    assert shares(found.ceaf_e) == pytest.approx((1.3 / 2, 1.3 / 3, 0.52))
    assert found.pairs == Measure(2, 9, 2, 8)
    assert found.conll == pytest.approx((0.4 + found.b_cubed.f1 + 0.52) / 3)


def test_the_match_of_clusters_is_the_best_one_not_a_greedy_one() -> None:
    # The closest pair is {a b c d e}–{a b c f}, 6/9; but {a b c d e}–{d e} and {f}–{a b c f} are 4/7 and 2/5.
    assert ceaf_e(["abcde", "f"], ["abcf", "de"]).found == pytest.approx(4 / 7 + 2 / 5)


def test_pairs_count_every_pair_of_a_cluster() -> None:
    assert pairs(KEY, FEWER) == Measure(21, 21, 21, 31)
    assert pairs(KEY, APART) == Measure(0, 21, 0, 0)


def test_scores_of_documents_add_up() -> None:
    assert score(["ab"], ["a", "b"]) + score(["cd"], ["cd"]) == score(["ab", "cd"], ["a", "b", "cd"])
    assert Scores() + score(KEY, FEWER) == score(KEY, FEWER)
    assert Scores().conll == 0.0


def test_a_mention_in_two_clusters_is_refused() -> None:
    with pytest.raises(ValueError, match="two clusters"):
        score(["ab", "bc"], ["abc"])


def clustered(labels: list[int]) -> list[set[int]]:
    return [{i for i, label in enumerate(labels) if label == one} for one in set(labels)]


LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@given(LABELS)
def test_ceaf_e_is_the_best_of_all_matches(labels: list[tuple[int, int]]) -> None:
    key, response = (clustered(list(side)) for side in zip(*labels, strict=True))
    few, many = sorted((key, response), key=len)
    best = max(
        sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(few, order, strict=True))
        for order in permutations(many, len(few))
    )
    assert ceaf_e(key, response).found == pytest.approx(best)


@given(LABELS)
def test_a_clustering_is_all_right_against_itself_and_sides_swap(labels: list[tuple[int, int]]) -> None:
    key, response = (clustered(list(side)) for side in zip(*labels, strict=True))
    same = score(key, key)
    assert same.b_cubed.f1 == same.ceaf_e.f1 == pytest.approx(1.0)
    there, back = score(key, response), score(response, key)
    for name in ("muc", "b_cubed", "ceaf_e", "pairs"):
        assert getattr(there, name).recall == pytest.approx(getattr(back, name).precision)
