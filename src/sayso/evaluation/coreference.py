"""Coreference metrics over clusterings: MUC, B³, CEAF-e, their mean (CoNLL F1), and pairs.

Definitions: MUC of Vilain et al. (1995), B³ of Bagga and Baldwin (1998), CEAF with entity similarity φ4 of Luo (2005),
all as the reference scorer has them (Pradhan et al. 2014): sides may differ in their mentions, and one that the other
side lacks is with no other mention there. A clustering is any collection of clusters, a
cluster any collection of mentions, a mention any hashable value; nothing here knows whether mentions are words, events
or reports. Every measure is a sum, so that scores of several documents or topics add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

import msgspec

Cluster = frozenset[Hashable]
Clustering = Iterable[Iterable[Hashable]]


class Measure(msgspec.Struct, frozen=True):
    """One metric: what is found of what the key has, and what is right of what the response has."""

    found: float = 0.0
    key: float = 0.0
    right: float = 0.0
    response: float = 0.0

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.found + other.found,
            self.key + other.key,
            self.right + other.right,
            self.response + other.response,
        )

    @property
    def recall(self) -> float:
        """Share of the key that is found; 0 where the key has nothing to find, as in the reference scorer."""
        return self.found / self.key if self.key else 0.0

    @property
    def precision(self) -> float:
        """Share of the response that is right; 0 where it has nothing."""
        return self.right / self.response if self.response else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Scores(msgspec.Struct, frozen=True):
    """All metrics of one response, or of several taken together."""

    muc: Measure = Measure()
    b_cubed: Measure = Measure()
    ceaf_e: Measure = Measure()
    pairs: Measure = Measure()

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))

    @property
    def conll(self) -> float:
        """The mean F1 of MUC, B³ and CEAF-e, 0 to 1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def score(key: Clustering, response: Clustering) -> Scores:
    """All metrics at once. Raises ``ValueError`` where a mention is in two clusters of one side."""
    k, r = _clusters(key), _clusters(response)
    return Scores(_muc(k, r), _b_cubed(k, r), _ceaf_e(k, r), _pairs(k, r))


def muc(key: Clustering, response: Clustering) -> Measure:
    """The links that join a cluster's mentions, fewest possible, and those missing for it; clusters of one have none.

    Raises what ``score`` raises.
    """
    return _muc(_clusters(key), _clusters(response))


def b_cubed(key: Clustering, response: Clustering) -> Measure:
    """For each mention the share of its cluster that is with it on the other side too. Raises what ``score`` raises."""
    return _b_cubed(_clusters(key), _clusters(response))


def ceaf_e(key: Clustering, response: Clustering) -> Measure:
    """The similarity φ4, twice the shared mentions by all mentions of both, of the best one-to-one match of clusters.

    The match is exact (no greedy one). Raises what ``score`` raises.
    """
    return _ceaf_e(_clusters(key), _clusters(response))


def pairs(key: Clustering, response: Clustering) -> Measure:
    """Pairs of mentions that are in one cluster. Raises what ``score`` raises."""
    return _pairs(_clusters(key), _clusters(response))


def _clusters(clustering: Clustering) -> list[Cluster]:
    clusters = [cluster for members in clustering if (cluster := frozenset(members))]
    mentions = sum(map(len, clusters))
    if mentions != len(frozenset().union(*clusters)):
        raise ValueError("a mention is in two clusters")
    return clusters


def _overlaps(clusters: list[Cluster], others: list[Cluster]) -> list[Counter[int]]:
    """For each cluster how many of its mentions each of the others has, by number; those in none are left out."""
    where = {mention: number for number, other in enumerate(others) for mention in other}
    return [Counter(where[mention] for mention in cluster if mention in where) for cluster in clusters]


def _muc(key: list[Cluster], response: list[Cluster]) -> Measure:
    return Measure(*_links(key, response), *_links(response, key))


def _links(clusters: list[Cluster], others: list[Cluster]) -> tuple[float, float]:
    kept = 0
    for cluster, shared in zip(clusters, _overlaps(clusters, others), strict=True):
        parts = len(shared) + len(cluster) - shared.total()
        kept += len(cluster) - parts
    return float(kept), float(sum(len(cluster) - 1 for cluster in clusters))


def _b_cubed(key: list[Cluster], response: list[Cluster]) -> Measure:
    return Measure(*_together(key, response), *_together(response, key))


def _together(clusters: list[Cluster], others: list[Cluster]) -> tuple[float, float]:
    rows = zip(clusters, _overlaps(clusters, others), strict=True)
    kept = sum(sum(n * n for n in shared.values()) / len(cluster) for cluster, shared in rows)
    return float(kept), float(sum(map(len, clusters)))


def _pairs(key: list[Cluster], response: list[Cluster]) -> Measure:
    both = float(sum(_couples(n) for shared in _overlaps(key, response) for n in shared.values()))
    asked, given = (float(sum(_couples(len(cluster)) for cluster in side)) for side in (key, response))
    return Measure(both, asked, both, given)


def _couples(n: int) -> int:
    return n * (n - 1) // 2


def _ceaf_e(key: list[Cluster], response: list[Cluster]) -> Measure:
    overlaps = _overlaps(key, response)
    alike = sum(_best_match(group, overlaps, key, response) for group in _connected(overlaps))
    return Measure(alike, float(len(key)), alike, float(len(response)))


def _connected(overlaps: list[Counter[int]]) -> list[list[int]]:
    """The keys in groups that share no response with one another, so that each is matched by itself."""
    holders: dict[int, list[int]] = {}
    for k, shared in enumerate(overlaps):
        for r in shared:
            holders.setdefault(r, []).append(k)
    groups: list[list[int]] = []
    seen: set[int] = set()
    for first, _ in enumerate(overlaps):
        if first in seen:
            continue
        seen.add(first)
        group = [first]
        for k in group:
            fresh = {other for r in overlaps[k] for other in holders.pop(r, ())} - seen
            seen |= fresh
            group += sorted(fresh)
        groups.append(group)
    return groups


def _best_match(group: list[int], overlaps: list[Counter[int]], key: list[Cluster], response: list[Cluster]) -> float:
    """The greatest total φ4 of the keys in a group with the responses that they share mentions with."""
    columns = {r: column for column, r in enumerate(sorted({r for k in group for r in overlaps[k]}))}
    alike = {
        (row, columns[r]): 2 * shared / (len(key[k]) + len(response[r]))
        for row, k in enumerate(group)
        for r, shared in overlaps[k].items()
    }
    if len(group) == 1 or len(columns) == 1:
        return max(alike.values(), default=0.0)
    import numpy
    from scipy.optimize import linear_sum_assignment

    weights = numpy.zeros((len(group), len(columns)))
    for cell, similarity in alike.items():
        weights[cell] = similarity
    return float(weights[linear_sum_assignment(weights, maximize=True)].sum())
