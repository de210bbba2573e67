"""The best sequence of labels, and the spans that it marks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.encoder.decoding import best_labels, labelled_spans, runs, shares

NONE, FIRST = np.zeros((3, 3), dtype=np.float32), np.zeros(3, dtype=np.float32)


def rows(*scores: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(scores, dtype=np.float32)


def test_without_transitions_each_word_has_its_best_label() -> None:
    scores = rows([3, 0, 0], [0, 2, 0], [0, 0, 1])
    assert best_labels(scores[None], np.array([3]), NONE, FIRST).tolist() == [[0, 1, 2]]


def test_a_transition_that_is_punished_is_not_taken() -> None:
    transitions = NONE.copy()
    transitions[0, 2] = -10
    scores = rows([1, 0, 0], [0, 0, 1])
    assert best_labels(scores[None], np.array([2]), transitions, FIRST)[0, 1] != 2


def test_words_behind_the_end_of_a_sequence_do_not_count() -> None:
    scores = np.stack([rows([0, 1, 0], [0, 0, 1], [9, 0, 0]), rows([0, 1, 0], [0, 0, 9], [0, 0, 9])])
    transitions = NONE.copy()
    transitions[2, 0] = -100
    found = best_labels(scores, np.array([2, 3]), transitions, FIRST)
    assert found.tolist() == [[1, 2, 0], [1, 2, 2]]


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_best_sequence_is_the_best_of_all(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(count, 3)).astype(np.float32)
    transitions, first = rng.normal(size=(3, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32)

    def total(labels: tuple[int, ...]) -> float:
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(labels))
        return float(first[labels[0]] + sum(scores[n, label] for n, label in enumerate(labels)) + steps)

    found = tuple(best_labels(scores[None], np.array([count]), transitions, first)[0].tolist())
    best = max(itertools.product(range(3), repeat=count), key=total)
    assert total(found) == pytest.approx(total(best), abs=1e-4)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ([0, 1, 2, 0], [(1, 3)]),
        ([1, 1, 2], [(0, 1), (1, 3)]),
        ([2, 2, 0, 2], [(0, 2), (3, 4)]),
        ([0, 0], []),
        ([0, 1], [(1, 2)]),
    ],
)
def test_spans_begin_at_a_begin_and_end_before_what_is_not_inside(
    labels: list[int], spans: list[tuple[int, int]]
) -> None:
    assert runs(np.array(labels)) == spans


def test_an_inside_of_another_label_does_not_go_on_with_a_span() -> None:
    scores = rows([0, 5, 0, 0, 0], [0, 0, 1, 0, 2], [9, 0, 0, 0, 0])
    ((first, last, number, share),) = labelled_spans(scores)
    assert (first, last, number) == (0, 2, 0)
    assert 0 < share < 1


def test_a_negative_bias_finds_more() -> None:
    scores = rows([1.0, 0.5, 0, 0, 0])
    assert labelled_spans(scores) == []
    assert [span[:3] for span in labelled_spans(scores, bias=-1)] == [(0, 1, 0)]


def test_shares_sum_to_one_and_do_not_overflow() -> None:
    assert shares(rows([1000, 0, -1000])).sum() == pytest.approx(1)
