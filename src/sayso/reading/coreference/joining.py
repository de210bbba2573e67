"""How mentions, or reports, are joined to groups by how alike they are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


def joined(similarity: NDArray[np.floating], threshold: float) -> list[int]:
    """The group of each row: groups are joined, the most alike first, while their mean likeness is ``threshold``."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(similarity) < 2:
        return [0] * len(similarity)
    distance = 1.0 - similarity[np.triu_indices(len(similarity), 1)].astype(np.float64)
    tree = linkage(np.maximum(distance, 0.0), "average")
    return [int(number) - 1 for number in fcluster(tree, 1.0 - threshold, "distance")]


def parted(likely: NDArray[np.floating]) -> list[int]:
    """The group of each mention, such that mentions are expected to agree most with their groups.

    ``likely`` is [mentions, mentions], how likely two are of one event, 1 on the diagonal. A mention agrees with its
    group by twice those of its event in the group, by the size of the group and of its event together (Dice, 1945), as
    far as can be expected by the likelihoods. Groups are branches of the tree in which mentions are joined, the
    likeliest first.
    """
    from scipy.cluster.hierarchy import linkage

    size = len(likely)
    if size < 2:
        return [0] * size
    chances = likely.astype(np.float64)
    tree = linkage(np.maximum(1.0 - chances[np.triu_indices(size, 1)], 0.0), "average")
    event = chances.sum(axis=1)
    branches = [_Branch(np.array([n]), np.ones(1), [np.array([n])], 2 / (1 + event[n])) for n in range(size)]
    for left, right in tree[:, :2].astype(int):
        branches.append(_joined(branches[left], branches[right], chances, event))
    numbers = np.empty(size, dtype=int)
    for number, group in enumerate(branches[-1].groups):
        numbers[group] = number
    return [int(number) for number in numbers]


class _Branch(NamedTuple):
    """A branch: its mentions, how many of its event each can expect in it, and the best groups to part it in."""

    mentions: NDArray[np.intp]
    inside: NDArray[np.float64]
    groups: list[NDArray[np.intp]]
    agreement: float


def _joined(one: _Branch, two: _Branch, chances: NDArray[np.float64], event: NDArray[np.float64]) -> _Branch:
    between = chances[np.ix_(one.mentions, two.mentions)]
    mentions = np.concatenate([one.mentions, two.mentions])
    inside = np.concatenate([one.inside + between.sum(axis=1), two.inside + between.sum(axis=0)])
    whole = float((2 * inside / (len(mentions) + event[mentions])).sum())
    apart = one.agreement + two.agreement
    if whole > apart:
        return _Branch(mentions, inside, [mentions], whole)
    return _Branch(mentions, inside, one.groups + two.groups, apart)
