"""Small regression trees, walked side by side: every tree and every row takes one step at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class Forest:
    """Trees as arrays. A tree is a list of nodes ``[column, threshold, left, right]`` (left where the row's value is
    at most the threshold) and leaves ``[value]``, the root first."""

    def __init__(self, trees: Sequence[Sequence[Sequence[float]]]) -> None:
        shape = (len(trees), max((len(tree) for tree in trees), default=0))
        self._column, self._left, self._right = (np.zeros(shape, dtype=np.intp) for _ in range(3))
        self._threshold, self._value = np.zeros(shape), np.zeros(shape)
        for t, tree in enumerate(trees):
            for n, node in enumerate(tree):
                if len(node) == 1:
                    # A leaf leads to itself, so that rows with a short way wait there.
                    self._left[t, n] = self._right[t, n] = n
                    self._value[t, n] = node[0]
                else:
                    self._column[t, n], self._threshold[t, n] = int(node[0]), node[1]
                    self._left[t, n], self._right[t, n] = int(node[2]), int(node[3])
        self._depth = max((_depth(tree) for tree in trees), default=0)
        self._trees = np.arange(len(trees))

    def sums(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row the sum of the leaves that it comes to."""
        if not rows or not len(self._trees):
            return [0.0] * len(rows)
        values = np.asarray(rows, dtype=float)
        every = np.arange(len(rows))[:, None]
        at = np.zeros((len(rows), len(self._trees)), dtype=np.intp)
        for _ in range(self._depth):
            low = values[every, self._column[self._trees, at]] <= self._threshold[self._trees, at]
            at = np.where(low, self._left[self._trees, at], self._right[self._trees, at])
        return [float(x) for x in self._value[self._trees, at].sum(axis=1)]


def _depth(tree: Sequence[Sequence[float]], node: int = 0) -> int:
    if len(tree[node]) == 1:
        return 0
    return 1 + max(_depth(tree, int(tree[node][2])), _depth(tree, int(tree[node][3])))
