"""From scores of labels to spans: the best sequence of begin, inside and outside under a trained transition table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
Floats = NDArray[np.float32]


def best_labels(scores: Floats, transitions: Floats, first: Floats) -> NDArray[np.int64]:
    """The labels of highest total score (Viterbi): ``scores`` by word and label, ``transitions`` from row to column."""
    count, labels = scores.shape
    back = np.zeros((count, labels), dtype=np.int64)
    total = first + scores[0]
    for n in range(1, count):
        paths = total[:, None] + transitions
        back[n] = paths.argmax(axis=0)
        total = paths.max(axis=0) + scores[n]
    found = np.zeros(count, dtype=np.int64)
    found[-1] = int(total.argmax())
    for n in range(count - 1, 0, -1):
        found[n - 1] = back[n, found[n]]
    return found


def runs(labels: NDArray[np.int64]) -> list[tuple[int, int]]:
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
