"""One to one: of all pairs that fit, those with the highest sum, no event used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Pairs = Mapping[tuple[int, int], float]
LARGEST = 400
"""Events of one side up to which a group is solved exactly; a larger one takes the best pair first."""


def one_to_one(pairs: Pairs) -> dict[int, int]:
    """Second by first, the sum of the scores highest within each group of pairs that hang together.

    The same pairs give the same result in whatever order they come.
    """
    chosen: dict[int, int] = {}
    for group in _groups(pairs):
        chosen.update(_single(group) or _solved(group, pairs))
    return chosen


def _groups(pairs: Pairs) -> list[list[tuple[int, int]]]:
    """The pairs in groups that share no event with each other."""
    firsts: dict[int, list[int]] = defaultdict(list)
    seconds: dict[int, list[int]] = defaultdict(list)
    for one, two in sorted(pairs):
        firsts[one].append(two)
        seconds[two].append(one)
    seen: set[int] = set()
    groups: list[list[tuple[int, int]]] = []
    for start in firsts:
        if start in seen:
            continue
        seen.add(start)
        group: list[tuple[int, int]] = []
        waiting = [start]
        while waiting:
            one = waiting.pop()
            for two in firsts[one]:
                group.append((one, two))
                fresh = [other for other in seconds[two] if other not in seen]
                seen.update(fresh)
                waiting += fresh
        groups.append(sorted(group))
    return groups


def _single(group: list[tuple[int, int]]) -> dict[int, int] | None:
    return dict(group) if len(group) == 1 else None


def _solved(group: list[tuple[int, int]], pairs: Pairs) -> dict[int, int]:
    ones, twos = sorted({one for one, _ in group}), sorted({two for _, two in group})
    if max(len(ones), len(twos)) > LARGEST:
        return _best_first(group, pairs)
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    table = np.zeros((len(ones), len(twos)))
    row, column = {one: n for n, one in enumerate(ones)}, {two: n for n, two in enumerate(twos)}
    for one, two in group:
        table[row[one], column[two]] = pairs[one, two]
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return {ones[r]: twos[c] for r, c in found if (ones[r], twos[c]) in pairs}


def _best_first(group: list[tuple[int, int]], pairs: Pairs) -> dict[int, int]:
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for one, two in sorted(group, key=lambda pair: (-pairs[pair], pair)):
        if one not in chosen and two not in taken:
            chosen[one] = two
            taken.add(two)
    return chosen
