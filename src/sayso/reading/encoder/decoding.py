"""From scores of labels to spans: the best sequences of begin, inside and outside under a trained transition table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def best_labels(scores: Floats, lengths: Ints, transitions: Floats, first: Floats) -> Ints:
    """The labels of highest total score (Viterbi, 1967) of many sequences at once.

    ``scores`` is [sequences, words, labels], of which the first ``lengths`` words count; ``transitions`` goes from row
    to column. Words behind the end of a sequence are labelled 0.
    """
    count, words, labels = scores.shape
    back = np.zeros((words, count, labels), dtype=np.int8)
    total = first + scores[:, 0]
    for n in range(1, words):
        paths = total[:, :, None] + transitions
        back[n] = paths.argmax(axis=1)
        going_on = (n < lengths)[:, None]
        back[n] = np.where(going_on, back[n], np.arange(labels, dtype=np.int8))
        total = np.where(going_on, paths.max(axis=1) + scores[:, n], total)
    found = np.zeros((count, words), dtype=np.int64)
    label = total.argmax(axis=1)
    rows = np.arange(count)
    for n in range(words - 1, -1, -1):
        found[:, n] = np.where(n < lengths, label, 0)
        label = back[n, rows, label]
    return found


def runs(labels: Ints) -> list[tuple[int, int]]:
    """The spans of words ``[first, last)`` that the labels (outside, begin, inside) mark."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for n, label in enumerate(labels.tolist()):
        if first is not None and label != INSIDE:
            found.append((first, n))
            first = None
        if label == BEGIN or (label == INSIDE and first is None):
            first = n
    if first is not None:
        found.append((first, len(labels)))
    return found


def shares(scores: Floats) -> Floats:
    """Scores as shares that sum to one along the last axis (softmax)."""
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shared: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shared


def span_chain(labels: int) -> tuple[Floats, Floats]:
    """Transitions under which an inside follows only its own begin or inside: labels are O, B-1, I-1, B-2, I-2, …"""
    never = np.float32(-1e4)
    transitions = np.zeros((labels, labels), dtype=np.float32)
    first = np.zeros(labels, dtype=np.float32)
    for inside in range(2, labels, 2):
        transitions[:, inside] = never
        transitions[inside - 1, inside] = transitions[inside, inside] = 0
        first[inside] = never
    return transitions, first


def labelled_spans(scores: Floats, bias: float = 0.0) -> list[tuple[int, int, int, float]]:
    """The spans in one sequence of words: ``[first, last)``, the number of the label, and the mean share of it.

    ``bias`` is added to the score of being outside: below 0 more is found.
    """
    if not len(scores):
        return []
    biased = scores.copy()
    biased[:, 0] += np.float32(bias)
    labels = best_labels(biased[None], np.array([len(scores)]), *span_chain(scores.shape[1]))[0]
    share = shares(scores)
    found = []
    for number in range((scores.shape[1] - 1) // 2):
        begin, inside = 1 + 2 * number, 2 + 2 * number
        here = np.where(labels == begin, BEGIN, np.where(labels == inside, INSIDE, OUTSIDE))
        certain = share[:, begin] + share[:, inside]
        found += [(a, b, number, float(certain[a:b].mean())) for a, b in runs(here)]
    return sorted(found)
