"""Words as they are compared: cut to their stems, weighed by how rare they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

EMPTY = frozenset(
    "a an the of in on at to for from by with and or but is was were are be been has have had it its he she his her "  # noqa: SIM905
    "they their that this as which who not will would said say after before s http www com us".split()
)
ENDINGS = (
    *("ations", "ation", "ings", "ing", "ments", "ment", "ions", "ion", "ers", "er", "ors", "or", "ies", "es"),
    *("ed", "al", "s", "e", "y"),
)
SHORTEST = 3
"""Letters that stay when an ending is cut off."""
NAME = 2.0
"""A word with a capital counts as often as this where reports are compared."""
NEAREST = 10
"""A report is compared by the words of so many that are most like it too, as far as they are: two that share few
words may be on one matter when both are near to the same others."""

Vector = dict[str, float]


def stem(word: str) -> str:
    """A word in small letters without its ending: "bombed", "bombing" and "bombs" are "bomb"."""
    word = word.lower()
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST), "")
    return word.removesuffix(ending)


def telling(words: Iterable[str]) -> Iterable[str]:
    """The words that say anything, in their order: no marks, no grammar."""
    return (word for word in words if len(word) > 1 and word[0].isalnum() and word.lower() not in EMPTY)


class Rarity:
    """How rare a stem is in news, as the logarithm of reports by reports with it (IDF)."""

    def __init__(self, counts: Mapping[str, int], reports: int) -> None:
        self._counts, self._reports = counts, reports

    def of(self, stemmed: str) -> float:
        """The weight of a stem, 0 for one that every report has."""
        return math.log((self._reports + 1) / (self._counts.get(stemmed, 0) + 1))

    def vector(self, words: Iterable[str]) -> Vector:
        """Words as a vector of length 1 by stem."""
        counts = Counter(map(stem, telling(words)))
        found = {s: (1 + math.log(n)) * self.of(s) for s, n in counts.items()}
        length = math.sqrt(sum(x * x for x in found.values())) or 1.0
        return {s: x / length for s, x in found.items()}


def cosine(first: Vector, second: Vector) -> float:
    """How alike two vectors of length 1 are, 0 to 1."""
    if len(second) < len(first):
        first, second = second, first
    return sum(x * second[s] for s, x in first.items() if s in second)


def _weighed(words: Iterable[str]) -> dict[str, float]:
    """How often each stem stands among some words, names counted more."""
    found: dict[str, float] = {}
    for word in telling(words):
        key = stem(word)
        found[key] = found.get(key, 0.0) + (NAME if word[0].isupper() else 1.0)
    return found


def alike(reports: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """How alike reports are in their words, each with each, 0 to 1; rare is what is rare among these reports.

    Rarity counts squared, and names twice, since it is names that tell one occurrence from another of its kind.
    """
    counts = [_weighed(words) for words in reports]
    holding = Counter(s for counter in counts for s in counter)
    columns = {s: n for n, s in enumerate(sorted(s for s, n in holding.items() if n > 1))}
    table = np.zeros((len(reports), len(columns)), dtype=np.float32)
    for row, counter in enumerate(counts):
        for s, n in counter.items():
            if s in columns:
                table[row, columns[s]] = (1 + math.log(n)) * math.log(len(reports) / holding[s]) ** 2
    table = _unit(_with_nearest(_unit(table)))
    similarity: NDArray[np.float32] = table @ table.T
    return similarity


def _unit(table: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return found


def _with_nearest(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row with those of the nearest others, times how near they are; as many more as are as near as the last."""
    near: NDArray[np.float32] = np.round(table @ table.T, 5).astype(np.float32)
    np.fill_diagonal(near, 0.0)
    if len(near) > NEAREST:
        near[near < np.sort(near, axis=1)[:, -NEAREST][:, None]] = 0.0
    found: NDArray[np.float32] = table + near @ table
    return found
