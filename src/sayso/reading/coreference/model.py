"""The model: a projection of what the encoder sees, then trees over the figures of a pair; and how mentions are joined.

``weights.json`` is written by ``training/coreference.py``; docs/coreference.md tells on what, and how well it does.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Hashable, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.errors import SaysoError
from sayso.reading.coreference.features import COLUMNS, Pairs, pairs_of
from sayso.reading.coreference.told import Told
from sayso.reading.coreference.words import Rarity, alike
from sayso.reading.placing.forest import Forest

SHA256 = "ff0a99e4900f8749b3bfd2516aa56c78572d413e38becc5fb2dd77a31c64e816"
"""Of weights.json: another file is another model, whose figures are not those of the docs."""
ENCODER = "3a65a0ad480a3a90ee3543d4202055038f9989a48e32095431e65ccc5bf84811"
"""Of the encoder whose view of the mentions it learnt on: another one needs ``training/coreference.py`` run again."""
CERTAIN = 1e-5
"""No pair is likelier than 1 less this, nor less likely than this."""
SCALE = 8.0
"""By what products and differences of projected mentions are raised before they are weighed, since they are small."""
ROWS = 10_000
"""Pairs that the trees see at once."""

Floats = NDArray[np.float32]


class Table(msgspec.Struct, frozen=True):
    """A matrix: its shape, and its numbers as 16-bit floats in base64."""

    shape: list[int]
    numbers: str

    def array(self) -> Floats:
        """The matrix as 32-bit floats."""
        found = np.frombuffer(base64.b64decode(self.numbers), dtype="<f2")
        return found.astype(np.float32).reshape(self.shape)


class Weights(msgspec.Struct, frozen=True):
    """The content of weights.json.

    ``reports`` is how many reports the stems were counted in, ``counts`` in how many each stands; ``projection`` holds
    the tables of the projection by name; ``trees`` are as ``Forest`` takes them; ``threshold`` is the mean likelihood
    from which two groups of mentions are one event, ``alike`` the likeness from which two groups of reports are on one
    matter.
    """

    version: int
    reports: int
    counts: dict[str, int]
    projection: dict[str, Table]
    columns: list[str]
    slope: float
    """Log-odds of the trees are overly sure; times this, and with ``prior``, they are right as often as they say."""
    prior: float
    trees: list[list[list[float]]]
    threshold: float
    alike: float


class Projection:
    """Mentions as short vectors that are near where they are of one event, and what two of them say together."""

    def __init__(self, tables: dict[str, Floats]) -> None:
        self.tables = tables

    def scores(self, group: Sequence[Told]) -> Floats:
        """Log-odds of being one event by the projection alone, [mentions, mentions]; 0 of one with itself."""
        return self.compared(self.shortened(inputs(group)))

    def shortened(self, rows: Floats) -> Floats:
        """A vector of length 1 for each row of ``inputs``."""
        t = self.tables
        given = (rows - t["mean"]) / t["spread"]
        raised = _gelu(given @ t["in_weight"].T + t["in_bias"]) @ t["out_weight"].T + t["out_bias"]
        found: Floats = raised / np.maximum(np.linalg.norm(raised, axis=1, keepdims=True), 1e-12)
        return found

    def compared(self, short: Floats) -> Floats:
        """Log-odds of all pairs of such vectors."""
        t = self.tables
        first, second = np.tril_indices(len(short), -1)
        found = np.zeros((len(short), len(short)), dtype=np.float32)
        for start in range(0, len(first), ROWS):
            i, j = first[start : start + ROWS], second[start : start + ROWS]
            a, b = short[i], short[j]
            both = np.concatenate([a * b, np.abs(a - b)], axis=1) * SCALE
            more = _gelu(both @ t["pair_weight"].T + t["pair_bias"]) @ t["score_weight"].T + t["score_bias"]
            found[i, j] = found[j, i] = t["cosine"][0] * (a * b).sum(axis=1) + t["cosine"][1] + more[:, 0]
        return found


def inputs(group: Sequence[Told]) -> Floats:
    """What the projection takes of each mention: the mention, its head, its sentence, its lemma alone, its scores."""
    rows = [np.concatenate([m.mention, m.head, m.line, m.alone, m.scores]) for m in group]
    return np.stack(rows).astype(np.float32)


def _gelu(x: NDArray[np.floating]) -> Floats:
    from scipy.special import erf

    raised: Floats = (0.5 * x * (1 + erf(x / np.sqrt(2.0)))).astype(np.float32)
    return raised


class Model:
    """Judges pairs of mentions, and joins mentions that are of one event."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.rarity = Rarity(weights.counts, weights.reports)
        self.projection = Projection({name: table.array() for name, table in weights.projection.items()})
        self._forest = Forest(weights.trees)
        self._columns = [COLUMNS.index(name) for name in weights.columns]

    def pairs(self, group: Sequence[Told]) -> Pairs:
        """The figures of all pairs of a group."""
        return pairs_of(group, self.rarity, self.projection.scores(group))

    def probabilities(self, group: Sequence[Told]) -> NDArray[np.float64]:
        """How likely each two mentions of a group are of one event, [mentions, mentions], 1 on the diagonal.

        A group are mentions of reports on one matter (``matters``): some figures tell how near two mentions are by how
        near the others are, so that two mentions by themselves are judged worse than among others.
        """
        likely = np.eye(len(group))
        if len(group) < 2:
            return likely
        found = self.pairs(group)
        for start in range(0, len(found.first), ROWS):
            part = slice(start, start + ROWS)
            sums = self._forest.sums(found.figures[part][:, self._columns].tolist())
            odds = self.weights.prior + self.weights.slope * np.array(sums)
            share = np.clip(1 / (1 + np.exp(-odds)), CERTAIN, 1 - CERTAIN)
            likely[found.first[part], found.second[part]] = share
            likely[found.second[part], found.first[part]] = share
        return likely

    def matters(self, reports: Sequence[Sequence[str]]) -> list[int]:
        """Which of some reports, as words, are on one matter: the number of a group for each."""
        return joined(alike(reports), self.weights.alike)

    def events(self, group: Sequence[Told]) -> dict[Hashable, int]:
        """The event of each mention of a group, as a number, by the mention's key."""
        numbers = joined(self.probabilities(group), self.weights.threshold)
        return {mention.key: number for mention, number in zip(group, numbers, strict=True)}


def joined(similarity: NDArray[np.floating], threshold: float) -> list[int]:
    """The group of each row: groups are joined, the most alike first, while their mean likeness is ``threshold``."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(similarity) < 2:
        return [0] * len(similarity)
    distance = 1.0 - similarity[np.triu_indices(len(similarity), 1)].astype(np.float64)
    tree = linkage(np.maximum(distance, 0.0), "average")
    return [int(number) - 1 for number in fcluster(tree, 1.0 - threshold, "distance")]


@cache
def model() -> Model:
    """The shipped model, loaded once a process. Raises S735 where its weights are missing or other than trained."""
    file = files("sayso.reading.coreference") / "weights.json"
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SaysoError("S735", path=file) from error
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SaysoError("S735", path=file)
    return Model(msgspec.json.decode(raw, type=Weights))
