"""Figures of a pair of mentions by how the first trees judged all other pairs of the group.

Two mentions are likelier of one event where both are near to the same others, where what stands beside them in their
sentences is of one event too, and where neither has a better partner; a mention that is near to none is likely alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.reading.coreference.features import UNKNOWN, Floats, Ints
from sayso.reading.coreference.joining import joined
from sayso.reading.coreference.told import Told

Numbers = NDArray[np.float64]

LOOSE, TIGHT = 0.3, 0.5
"""Mean likelihoods at which mentions are joined for a first look at the groups that they may form."""
RIVALS = ("other_least", "other_most", "lead_least", "lead_most", "sum_least", "sum_most")
COMMON = ("ways", "ways_cosine")
LEMMAS = ("lemmas", "lemma_pairs", "to_lemma_least", "to_lemma_most")
JOINED = ("together", "size_least", "size_most", "to_joined_least", "to_joined_most", "joined")
BESIDE = ("beside_least", "beside_most", "better_here_least", "better_here_most")
REPORTS = ("reports_least", "reports_most", "better_there_least", "better_there_most", "reports", "mentions")
NEIGHBOURS = (
    *("likely", *RIVALS, *COMMON, *LEMMAS),
    *(f"{name}_{level}" for level in ("loose", "tight") for name in JOINED),
    *(*BESIDE, *REPORTS),
)
"""The columns of ``neighbours``."""


def neighbours(group: Sequence[Told], likely: Numbers, first: Ints, second: Ints) -> Floats:
    """The figures of ``NEIGHBOURS`` for some pairs of a group.

    ``likely`` is [mentions, mentions], how likely two are of one event by the first trees, 1 on the diagonal; ``first``
    and ``second`` are the numbers of the pairs' mentions.
    """
    others = likely - np.eye(len(group))
    pair = others[first, second]
    reports = _numbered([m.report for m in group])
    sentences = _numbered([(m.report, m.sentence) for m in group])
    figures = [
        np.log(pair / (1 - pair)),
        *_rivals(others, first, second, pair),
        *_common(others, first, second),
        *_lemmas(others, _numbered([m.lemma for m in group]), first, second, pair),
        *_joined(others, np.array(joined(likely, LOOSE)), first, second, pair),
        *_joined(others, np.array(joined(likely, TIGHT)), first, second, pair),
        *_beside(others, sentences, first, second, pair),
        *_reports(others, reports, first, second, pair),
    ]
    return np.stack(figures, axis=1).astype(np.float32)


def _numbered(values: Sequence[Hashable]) -> Ints:
    numbers = {value: n for n, value in enumerate(dict.fromkeys(values))}
    return np.array([numbers[value] for value in values], dtype=np.intp)


def _both(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """The lesser and the greater of two figures, so that the order of a pair says nothing."""
    return np.minimum(one, other), np.maximum(one, other)


def _members(number: Ints) -> Numbers:
    """[mentions, groups], 1 where a mention is in a group."""
    found = np.zeros((len(number), number.max() + 1))
    found[np.arange(len(number)), number] = 1
    return found


def _best(others: Numbers, number: Ints) -> Numbers:
    """[mentions, groups], how likely a mention is of one event with the likeliest of each group."""
    return np.stack([others[:, number == n].max(axis=1) for n in range(number.max() + 1)], axis=1)


def _rivals(others: Numbers, i: Ints, j: Ints, pair: Numbers) -> list[Numbers]:
    """How likely the best partner is that each has besides the other, and how far the pair is ahead of it."""
    order = np.argsort(-others, axis=1, kind="stable")[:, :2]
    best = np.take_along_axis(others, order, axis=1)
    one = np.where(order[i, 0] == j, best[i, -1], best[i, 0])
    two = np.where(order[j, 0] == i, best[j, -1], best[j, 0])
    least, most = _both(one, two)
    total = others.sum(axis=1)
    return [least, most, pair - most, pair - least, *_both(total[i], total[j])]


def _common(others: Numbers, i: Ints, j: Ints) -> list[Numbers]:
    """How much leads from one to the other by way of a third, and how alike all their likelihoods are."""
    ways = others @ others
    length = np.sqrt(np.diag(ways)) + 1e-6
    return [ways[i, j], ways[i, j] / (length[i] * length[j])]


def _lemmas(others: Numbers, lemma: Ints, i: Ints, j: Ints, pair: Numbers) -> list[Numbers]:
    """How likely other pairs of the same two lemmas are, and either mention with others of the other's lemma."""
    members = _members(lemma)
    count = members.sum(axis=0)
    between = members.T @ others @ members
    pairs = np.outer(count, count) - np.diag(count)
    one = lemma[i] == lemma[j]
    twice = np.where(one, 2, 1)
    mean = (between[lemma[i], lemma[j]] - twice * pair) / np.maximum(pairs[lemma[i], lemma[j]] - twice, 1)
    to = others @ members
    left, right = count[lemma[j]] - one - 1, count[lemma[i]] - one - 1
    return [
        mean,
        pairs[lemma[i], lemma[j]],
        *_both(
            np.where(left > 0, (to[i, lemma[j]] - pair) / np.maximum(left, 1), UNKNOWN),
            np.where(right > 0, (to[j, lemma[i]] - pair) / np.maximum(right, 1), UNKNOWN),
        ),
    ]


def _joined(others: Numbers, number: Ints, i: Ints, j: Ints, pair: Numbers) -> list[Numbers]:
    """Whether mentions joined at a first look are together, how many those are, and how near each is to the other's."""
    members = _members(number)
    count = members.sum(axis=0)
    between = members.T @ others @ members
    to = others @ members
    a, b = number[i], number[j]
    one = a == b
    inside = np.maximum(count[a] - 2, 1)
    to_second = np.where(one, (to[i, b] - pair) / inside, to[i, b] / count[b])
    to_first = np.where(one, (to[j, a] - pair) / inside, to[j, a] / count[a])
    mean = between[a, b] / np.where(one, np.maximum(count[a] * (count[a] - 1), 1), count[a] * count[b])
    return [one.astype(float), *_both(count[a], count[b]), *_both(to_second, to_first), mean]


def _beside(others: Numbers, sentence: Ints, i: Ints, j: Ints, pair: Numbers) -> list[Numbers]:
    """How near the other mentions of both sentences are, and how much better a partner the other's sentence has."""
    best = _best(others, sentence)
    members = _members(sentence)
    count = members.sum(axis=0)
    total = members.T @ best
    a, b = sentence[i], sentence[j]
    one = np.where(count[a] > 1, (total[a, b] - best[i, b]) / np.maximum(count[a] - 1, 1), UNKNOWN)
    two = np.where(count[b] > 1, (total[b, a] - best[j, a]) / np.maximum(count[b] - 1, 1), UNKNOWN)
    least, most = _both(best[i, b], best[j, a])
    return [*_both(one, two), least - pair, most - pair]


def _reports(others: Numbers, report: Ints, i: Ints, j: Ints, pair: Numbers) -> list[Numbers]:
    """How much of one report the other tells too, and how much better a partner the other's report has."""
    best = _best(others, report)
    members = _members(report)
    mean = (members.T @ best) / members.sum(axis=0)[:, None]
    a, b = report[i], report[j]
    least, most = _both(best[i, b], best[j, a])
    reports = members.shape[1]
    size = np.full(len(i), float(reports)), np.full(len(i), len(others) / reports)
    return [*_both(mean[a, b], mean[b, a]), least - pair, most - pair, *size]
