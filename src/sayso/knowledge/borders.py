"""Derives the table of land borders from country outlines that share their points; run when the outlines change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, radians, sqrt

from sayso.knowledge.shapes import Point, simplified

MOST_POINTS = 24
"""Of a border; enough to tell which stretch of country lies along it."""


def border_lines(outlines: Mapping[str, Sequence[Sequence[Point]]]) -> dict[str, list[Point]]:
    """The longest common line of every two neighbours, under their sorted codes ("IRQ-SYR"), as (lon, lat) degrees.

    ``outlines`` holds the rings of each country by ISO alpha-3 code.
    """
    owners: defaultdict[tuple[Point, Point], set[str]] = defaultdict(set)
    for code, rings in outlines.items():
        for ring in rings:
            for one, other in pairwise(ring):
                owners[min(one, other), max(one, other)].add(code)
    shared: defaultdict[str, list[tuple[Point, Point]]] = defaultdict(list)
    for edge, codes in owners.items():
        if len(codes) == 2 and edge[0] != edge[1]:
            shared["-".join(sorted(codes))].append(edge)
    return {pair: simplified(max(_chains(edges), key=_length), MOST_POINTS) for pair, edges in sorted(shared.items())}


def _chains(edges: Sequence[tuple[Point, Point]]) -> list[list[Point]]:
    """The edges joined end to end."""
    beside: defaultdict[Point, list[Point]] = defaultdict(list)
    for one, other in edges:
        beside[one].append(other)
        beside[other].append(one)
    # From the loose ends first, so that no line is begun in its middle.
    starts = sorted(beside, key=lambda p: (len(beside[p]) != 1, p))
    chains: list[list[Point]] = []
    for start in starts:
        chain = [start]
        while beside[chain[-1]]:
            following = min(beside[chain[-1]])
            beside[chain[-1]].remove(following)
            beside[following].remove(chain[-1])
            chain.append(following)
        if len(chain) > 1:
            chains.append(chain)
    return chains


def _length(line: Sequence[Point]) -> float:
    return sum(sqrt(((b[0] - a[0]) * cos(radians(a[1]))) ** 2 + (b[1] - a[1]) ** 2) for a, b in pairwise(line))
