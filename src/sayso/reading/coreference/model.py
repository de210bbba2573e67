"""The model: projections of what the encoder sees, then trees over the figures of a pair, then over its neighbours.

``weights.json`` is written by ``training/coreference.py``; docs/coreference.md tells on what, and how well it does.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.errors import SaysoError
from sayso.reading.coreference.company import Company, company_rows
from sayso.reading.coreference.features import COLUMNS, Ints, Pairs, pairs_of
from sayso.reading.coreference.joining import joined, parted
from sayso.reading.coreference.neighbours import NEIGHBOURS, neighbours
from sayso.reading.coreference.told import Told
from sayso.reading.coreference.words import Rarity, alike
from sayso.reading.placing.forest import Forest

SHA256 = "9729c0dab06a26436fa27b3f431408ef468a91cebe1f0ea2e5247e2c36b58949"
"""Of weights.json: another file is another model, whose figures are not those of the docs."""
ENCODER = "3a65a0ad480a3a90ee3543d4202055038f9989a48e32095431e65ccc5bf84811"
"""Of the encoder whose view of the mentions it learnt on: another one needs ``training/coreference.py`` run again."""
LAYERS = ("second", "fourth", "last")
"""Layers of the encoder that have a projection each: they see different things, and err apart."""
CERTAIN = 1e-5
"""No pair is likelier than 1 less this, nor less likely than this."""
SCALE = 8.0
"""By what products and differences of projected mentions are raised before they are weighed, since they are small."""
PLAUSIBLE = 0.02
"""Pairs that the first trees find less likely than this are not judged again."""
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


class Trees(msgspec.Struct, frozen=True):
    """Trees as ``Forest`` takes them, and how their sum is made right as often as it says."""

    columns: list[str]
    slope: float
    """Log-odds of the trees are overly sure; times this, and with ``prior``, they are right as often as they say."""
    prior: float
    trees: list[list[list[float]]]


class Weights(msgspec.Struct, frozen=True):
    """The content of weights.json.

    ``reports`` is how many reports the stems were counted in, ``counts`` in how many each stands; ``projections`` holds
    by layer the tables of each projection, ``company`` those of ``Company``; ``first`` judges a pair by itself,
    ``second`` by its neighbours too; log-odds with those of company in them are right as often as they say times
    ``slope`` and with ``prior``; ``alike`` is the likeness from which two groups of reports are on one matter.
    """

    version: int
    reports: int
    counts: dict[str, int]
    projections: dict[str, dict[str, Table]]
    first: Trees
    second: Trees
    company: dict[str, Table]
    slope: float
    prior: float
    alike: float


class Projection:
    """Mentions as short vectors that are near where they are of one event, and what two of them say together."""

    def __init__(self, tables: dict[str, Floats]) -> None:
        self.tables = tables

    def scores(self, rows: Floats) -> Floats:
        """Log-odds of being one event, [mentions, mentions], of mentions as ``inputs``; 0 of one with itself."""
        return self.compared(self.shortened(rows))

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


def learnt(group: Sequence[Told], projections: Mapping[str, Projection]) -> Floats:
    """The mean of what the projections of all ``LAYERS`` say of all pairs, as ``Projection.scores``."""
    scores = [projections[layer].scores(inputs(group, layer)) for layer in LAYERS]
    found: Floats = np.mean(scores, axis=0, dtype=np.float32)
    return found


def inputs(group: Sequence[Told], layer: str) -> Floats:
    """What a projection takes of each mention: what a layer has of it, its head and its sentence; its lemma; scores."""
    return np.stack([np.concatenate([*_layer(m, layer), m.alone, m.scores]) for m in group]).astype(np.float32)


def _layer(mention: Told, layer: str) -> tuple[Floats, ...]:
    if layer == "last":
        return mention.mention, mention.head, mention.line
    return (mention.early if layer == "second" else mention.middle,)


def _gelu(x: NDArray[np.floating]) -> Floats:
    from scipy.special import erf

    raised: Floats = (0.5 * x * (1 + erf(x / np.sqrt(2.0)))).astype(np.float32)
    return raised


class Judge:
    """Trees that say how likely a pair is of one event by its row of figures."""

    def __init__(self, trees: Trees, columns: Sequence[str]) -> None:
        self._forest = Forest(trees.trees)
        self._slope, self._prior = trees.slope, trees.prior
        self._columns = [columns.index(name) for name in trees.columns]

    def likely(self, rows: Floats) -> NDArray[np.float64]:
        """The likelihood of each row."""
        parts = [rows[start : start + ROWS, self._columns] for start in range(0, len(rows), ROWS)]
        sums = np.array([value for part in parts for value in self._forest.sums(part.tolist())])
        return likelihood(self._prior + self._slope * sums)


class Model:
    """Judges pairs of mentions, and joins mentions that are of one event."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.rarity = Rarity(weights.counts, weights.reports)
        self.projections = {
            layer: Projection({name: table.array() for name, table in tables.items()})
            for layer, tables in weights.projections.items()
        }
        self._first = Judge(weights.first, COLUMNS)
        self._second = Judge(weights.second, (*NEIGHBOURS, *COLUMNS))
        self._company = Company({name: table.array() for name, table in weights.company.items()})

    def pairs(self, group: Sequence[Told]) -> Pairs:
        """The figures of all pairs of a group."""
        return pairs_of(group, self.rarity, learnt(group, self.projections))

    def probabilities(self, group: Sequence[Told]) -> NDArray[np.float64]:
        """How likely each two mentions of a group are of one event, [mentions, mentions], 1 on the diagonal.

        A group are mentions of reports on one matter (``matters``): much of what is known of two mentions is known by
        the others, so that two mentions by themselves are judged worse than among others.
        """
        if len(group) < 2:
            return np.eye(len(group))
        order = _ordered(group)
        likely = np.empty((len(group), len(group)))
        likely[np.ix_(order, order)] = self._judged([group[n] for n in order])
        return likely

    def _judged(self, group: Sequence[Told]) -> NDArray[np.float64]:
        found = self.pairs(group)
        likely = square(len(group), found.first, found.second, self._first.likely(found.figures))
        again = np.flatnonzero(likely[found.first, found.second] > PLAUSIBLE)
        i, j = found.first[again], found.second[again]
        rows = np.concatenate([neighbours(group, likely, i, j), found.figures[again]], axis=1)
        likely[i, j] = likely[j, i] = self._second.likely(rows)
        odds = self._company.weighed(log_odds(likely), company_rows(group, likely))
        likely = likelihood(self.weights.prior + self.weights.slope * odds)
        np.fill_diagonal(likely, 1.0)
        return likely

    def matters(self, reports: Sequence[Sequence[str]]) -> list[int]:
        """Which of some reports, as words, are on one matter: the number of a group for each."""
        return joined(alike(reports), self.weights.alike)

    def events(self, group: Sequence[Told]) -> dict[Hashable, int]:
        """The event of each mention of a group, as a number, by the mention's key."""
        order = _ordered(group)
        numbers = parted(self.probabilities([group[n] for n in order]))
        return {group[n].key: number for n, number in zip(order, numbers, strict=True)}


def _ordered(group: Sequence[Told]) -> list[int]:
    """The order in which mentions are judged: what is as near is joined as it comes, so one order serves for all."""
    return sorted(range(len(group)), key=lambda n: (group[n].report, repr(group[n].key)))


def likelihood(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Likelihoods of log-odds, never quite certain."""
    found: NDArray[np.float64] = np.clip(1 / (1 + np.exp(-odds)), CERTAIN, 1 - CERTAIN)
    return found


def log_odds(likely: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds of likelihoods, as far as ``CERTAIN``."""
    bounded = np.clip(likely, CERTAIN, 1 - CERTAIN)
    found: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return found


def square(count: int, first: Ints, second: Ints, values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Values of pairs as [mentions, mentions], 1 on the diagonal."""
    table = np.eye(count)
    table[first, second] = table[second, first] = values
    return table


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
