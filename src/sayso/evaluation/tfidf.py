"""The baseline of the joining: reports that are alike and were published within a window are one incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sayso.evaluation.longtail import Row
from sayso.ledger.words import words

ALIKE = 0.19
"""The least cosine of two reports' TF-IDF weights, tuned on the incidents of 2015 (CoNLL F1)."""
DAYS = 14
"""The most days between their publications, tuned there too."""


def clusters(rows: Sequence[Row], alike: float = ALIKE, days: int = DAYS) -> list[list[int]]:
    """The rows' numbers in groups: what can be reached by pairs that are alike and near in time."""
    groups = {row.number: [row.number] for row in rows}
    for one, two in _pairs(rows, alike, days):
        first, second = groups[one], groups[two]
        if first is not second:
            first += second
            groups |= dict.fromkeys(second, first)
    return [list(group) for group in {id(group): group for group in groups.values()}.values()]


def _pairs(rows: Sequence[Row], alike: float, days: int) -> list[tuple[int, int]]:
    import numpy as np
    from scipy.sparse import csr_matrix

    known: dict[str, int] = {}
    at: list[int] = []
    ends = [0]
    for row in rows:
        at += [known.setdefault(word, len(known)) for word in words(row.written)]
        ends.append(len(at))
    counts = csr_matrix((np.ones(len(at)), at, ends), shape=(len(rows), len(known)))
    counts.sum_duplicates()
    having = np.bincount(counts.indices, minlength=len(known))
    counts.data = (1 + np.log(counts.data)) * np.log(len(rows) / having)[counts.indices]
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    # A report whose words all others have too has no length: it is like none.
    scaled = counts.multiply(1 / np.maximum(length, 1e-9)[:, None]).tocsr()
    found = (scaled @ scaled.T).tocoo()
    published = [date.fromisoformat(row.published[:10]).toordinal() for row in rows]
    return [
        (rows[i].number, rows[j].number)
        for i, j, value in zip(found.row, found.col, found.data, strict=True)
        if i < j and value >= alike and abs(published[i] - published[j]) <= days
    ]
