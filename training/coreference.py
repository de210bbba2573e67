"""Trains the model of coreference, and writes its weights: `python -m training.coreference ../shared/data/ecbplus`.

Learns from the training topics of ECB+ (Cybulska and Vossen 2014, CC BY 3.0). The development topics are not looked at:
what has to be chosen is chosen by cross-validation over training topics. Some ten minutes on one core.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from torch.nn import functional

from sayso.evaluation import coreference
from sayso.evaluation.ecbplus import DEVELOPMENT, documents, given
from sayso.evaluation.ecbplus_joining import Given, mentions_told
from sayso.reading.coreference.company import FIGURES, Company, company_rows, scaled
from sayso.reading.coreference.features import COLUMNS, Floats, Pairs, pairs_of
from sayso.reading.coreference.joining import joined, parted
from sayso.reading.coreference.model import (
    LAYERS,
    PLAUSIBLE,
    SCALE,
    Projection,
    Table,
    Trees,
    Weights,
    inputs,
    learnt,
    likelihood,
    log_odds,
    square,
)
from sayso.reading.coreference.neighbours import NEIGHBOURS, neighbours
from sayso.reading.coreference.told import Told
from sayso.reading.coreference.words import Rarity, alike, stem, telling

SEED = 1
FOLDS = 5
WIDTH, SHORT, PAIR = 256, 128, 64
ROUNDS, RATE, DECAY, WARM = 20, 1e-3, 0.05, 50
DROP_IN, DROP = 0.3, 0.4
MOST = 1500
"""Pairs of one event, and as many of two, that a step of the projection takes."""
KEPT = 0.35
"""Share of the pairs of two events that the trees learn from, each weighed up."""
TREES = {"max_iter": 150, "min_samples_leaf": 80, "max_features": 0.3, "l2_regularization": 5}
FIRST = {**TREES, "learning_rate": 0.08, "max_leaf_nodes": 20}
SECOND = {**TREES, "learning_rate": 0.06, "max_leaf_nodes": 16}
FIRST_SEEDS, SECOND_SEEDS = (1, 2), (1, 2, 3, 4)
"""Trees that learnt with several seeds are used together, each for its share."""
LOOSE_COMPANY, FAVOUR = 1e-4, 5.0
"""How freely the model of company learns, and by what its figures are raised over what the encoder sees."""
LEAST = 2
"""Stems of fewer reports are left out of the counts; they are as rare as one that was never seen."""
LIKENESSES = np.arange(0.2, 0.7, 0.02)
PACKAGE = Path(__file__).parents[1] / "src" / "sayso" / "reading" / "coreference"


class Group(NamedTuple):
    """The mentions of a subtopic, and which two are of one event."""

    topic: int
    mentions: list[Told]
    chains: list[str]

    @property
    def same(self) -> np.ndarray:
        """[mentions, mentions], whether both are of one event."""
        names = {chain: n for n, chain in enumerate(dict.fromkeys(self.chains))}
        numbers = np.array([names[chain] for chain in self.chains])
        same: np.ndarray = numbers[:, None] == numbers[None, :]
        return same


class Net(nn.Module):
    """The projection while it learns; ``Projection`` computes the same."""

    def __init__(self, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.mean, self.spread = mean, spread
        self.into, self.out = nn.Linear(len(mean), WIDTH), nn.Linear(WIDTH, SHORT)
        self.pair, self.score = nn.Linear(2 * SHORT, PAIR), nn.Linear(PAIR, 1)
        self.cosine = nn.Parameter(torch.tensor([6.0, -4.0]))
        self.drop_in, self.drop = nn.Dropout(DROP_IN), nn.Dropout(DROP)

    def forward(self, rows: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Log-odds of pairs; ``rows`` are mentions, less their mean and by their spread."""
        short = self.out(self.drop(functional.gelu(self.into(self.drop_in(rows)))))
        short = functional.normalize(short, dim=1)
        a, b = short[first], short[second]
        both = torch.cat([a * b, (a - b).abs()], 1) * SCALE
        more = self.score(self.drop(functional.gelu(self.pair(both)))).squeeze(1)
        return self.cosine[0] * (a * b).sum(1) + self.cosine[1] + more

    def tables(self) -> dict[str, Floats]:
        """The tables that ``Projection`` takes, rounded as they are written."""
        found = {"mean": self.mean, "spread": self.spread, "cosine": self.cosine}
        for name, layer in (("in", self.into), ("out", self.out), ("pair", self.pair), ("score", self.score)):
            found |= {f"{name}_weight": layer.weight, f"{name}_bias": layer.bias}
        return {name: t.detach().numpy().astype("<f2").astype(np.float32) for name, t in found.items()}


def groups(reports: Sequence[Given], chains: Mapping[object, str], rarity: Rarity) -> list[Group]:
    """The mentions by subtopic."""
    found: dict[str, list[Told]] = {}
    for mention in mentions_told(reports, rarity):
        topic = mention.report.partition("_")[0]
        found.setdefault(f"{topic}{'ecbplus' if mention.report.endswith('ecbplus') else 'ecb'}", []).append(mention)
    return [
        Group(int(some[0].report.partition("_")[0]), some, [chains[m.key] for m in some]) for some in found.values()
    ]


def counted(reports: Iterable[Given]) -> tuple[dict[str, int], int]:
    """In how many reports each stem stands, and how many reports there are."""
    sets = [set(map(stem, telling(report.words.words))) for report in reports]
    counts = Counter(s for some in sets for s in some)
    return {s: n for s, n in sorted(counts.items()) if n >= LEAST}, len(sets)


def train_projections(some: Sequence[Group]) -> dict[str, Projection]:
    """A projection for each layer of the encoder."""
    return {layer: train_projection(some, layer) for layer in LAYERS}


def train_projection(some: Sequence[Group], layer: str) -> Projection:
    """Learns from pairs of mentions of each subtopic."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    rows = [torch.from_numpy(inputs(group.mentions, layer)) for group in some]
    every = torch.cat(rows)
    net = Net(every.mean(0), every.std(0) + 1e-3)
    rows = [(r - net.mean) / net.spread for r in rows]
    same = [torch.from_numpy(np.ascontiguousarray(group.same)) for group in some]
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * len(some)
    for step in range(steps):
        if step % len(some) == 0:
            turn = order.permutation(len(some))
        n = int(turn[step % len(some)])
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM) * (1 - step / steps)
        first, second = torch.tril_indices(len(rows[n]), len(rows[n]), -1)
        gold = same[n][first, second]
        one, two = gold.nonzero()[:, 0][:MOST], (~gold).nonzero()[:, 0]
        drawn = two[torch.randperm(len(two))[:MOST]]
        chosen = torch.cat([one, drawn])
        weight = torch.cat([torch.ones(len(one)), torch.full((len(drawn),), len(two) / max(1, len(drawn)))])
        scores = net(rows[n], first[chosen], second[chosen])
        loss = functional.binary_cross_entropy_with_logits(scores, gold[chosen].float(), weight, reduction="sum")
        optimiser.zero_grad()
        (loss / weight.sum() * 3).backward()
        optimiser.step()
    return Projection(net.eval().tables())


class Wood:
    """Trees that learn which pairs are of one event by rows of figures, with one seed or several.

    Where ``narrow`` is given, every second seed sees no more than so many of the first columns.
    """

    def __init__(self, settings: Mapping[str, float], seeds: Sequence[int], narrow: int | None = None) -> None:
        self.settings, self.seeds = settings, seeds
        self.seen = [narrow if n % 2 else None for n in range(len(seeds))]
        self.learners: list[HistGradientBoostingClassifier] = []

    def learn(self, rows: Sequence[Floats], same: Sequence[np.ndarray]) -> Wood:
        """Learns from the figures of pairs, group by group, and whether each is of one event."""
        every, gold = np.concatenate(rows), np.concatenate(same)
        self.learners = []
        for seed, seen in zip(self.seeds, self.seen, strict=True):
            kept = gold | (np.random.default_rng(seed).random(len(gold)) < KEPT)
            learner = HistGradientBoostingClassifier(**self.settings, random_state=seed)
            self.learners.append(
                learner.fit(every[kept, :seen], gold[kept], sample_weight=np.where(gold[kept], 1, 1 / KEPT))
            )
        return self

    def scores(self, rows: Floats) -> np.ndarray:
        """Log-odds of rows."""
        if not len(rows):
            return np.zeros(0)
        found: np.ndarray = np.mean(
            [a.decision_function(rows[:, :seen]) for a, seen in zip(self.learners, self.seen, strict=True)], axis=0
        )
        return found

    def written(self, columns: Sequence[str], slope: float, shift: float) -> Trees:
        """The trees as they are written, with their calibration."""
        trees = []
        for learner in self.learners:
            for (predictor,) in learner._predictors:
                trees.append([self._node(node) for node in predictor.nodes])
        base = float(np.mean([learner._baseline_prediction.ravel()[0] for learner in self.learners]))
        return Trees(list(columns), slope, shift + slope * base, trees)

    def _node(self, node: np.void) -> list[float]:
        if node["is_leaf"]:
            return [round(float(node["value"]) / len(self.seeds), 5)]
        return [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"])]


def judged_apart(
    some: Sequence[Group], rows: Sequence[Floats], same: Sequence[np.ndarray], wood: Wood
) -> list[np.ndarray]:
    """Log-odds of the pairs of each group by trees that learnt from other topics."""
    scores: dict[int, np.ndarray] = {}
    for held in folds(some):
        kept = [n for n, group in enumerate(some) if group.topic not in held]
        wood.learn([rows[n] for n in kept], [same[n] for n in kept])
        scores |= {n: wood.scores(rows[n]) for n, group in enumerate(some) if group.topic in held}
        print(f"trees without {sorted(held)}", flush=True)
    return [scores[n] for n in range(len(some))]


def train_company(rows: Sequence[Floats], some: Sequence[Group]) -> Company:
    """Learns which mentions have another of their event in the group."""
    every, gold = np.concatenate(rows), np.concatenate([group.same.sum(axis=1) > 1 for group in some])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-3
    raised = np.where(np.arange(every.shape[1]) < len(FIGURES), FAVOUR, 1.0)
    fitted = LogisticRegression(C=LOOSE_COMPANY, max_iter=500).fit(scaled(every, mean, spread) * raised, gold)
    found = {"mean": mean, "spread": spread, "weight": fitted.coef_[0] * raised, "bias": fitted.intercept_}
    return Company({name: table.astype("<f2").astype(np.float32) for name, table in found.items()})


def folds(some: Sequence[Group]) -> list[set[int]]:
    """The topics in ``FOLDS`` parts."""
    topics = sorted({group.topic for group in some})
    return [set(topics[n::FOLDS]) for n in range(FOLDS)]


def calibration(scores: np.ndarray, same: np.ndarray) -> tuple[float, float]:
    """Slope and shift by which log-odds of pairs not learnt from are right as often as they say (Platt, 1999)."""
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], same)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def calibrated(scores: np.ndarray, slope_and_shift: tuple[float, float]) -> np.ndarray:
    """The likelihoods of log-odds."""
    slope, shift = slope_and_shift
    return likelihood(shift + slope * scores)


def written_tables(tables: Mapping[str, Floats]) -> dict[str, Table]:
    """Tables as they are written."""
    return {
        name: Table(list(t.shape), base64.b64encode(t.astype("<f2").tobytes()).decode()) for name, t in tables.items()
    }


def agreement(some: Sequence[Group], likely: Sequence[np.ndarray]) -> float:
    """The CoNLL F1 of the groups that likelihoods lead to."""
    key: dict[str, list[object]] = {}
    response: dict[tuple[int, int], list[object]] = {}
    for n, (group, table) in enumerate(zip(some, likely, strict=True)):
        for mention, chain, event in zip(group.mentions, group.chains, parted(table), strict=True):
            key.setdefault(chain, []).append(mention.key)
            response.setdefault((n, event), []).append(mention.key)
    return coreference.score(key.values(), response.values()).conll


def best_likeness(reports: Sequence[Given]) -> float:
    """The likeness at which reports are grouped most as the subtopics group them (B³)."""
    table = alike([report.words.words for report in reports])
    names = [report.words.report for report in reports]
    key: dict[str, list[str]] = {}
    for name in names:
        key.setdefault(re.sub(r"_\d+", "", name), []).append(name)
    found = []
    for likeness in LIKENESSES:
        response: dict[int, list[str]] = {}
        for name, number in zip(names, joined(table, likeness), strict=True):
            response.setdefault(number, []).append(name)
        found.append((coreference.score(key.values(), response.values()).b_cubed.f1, float(likeness)))
    f1, likeness = max(found)
    print(f"reports grouped by likeness {likeness:.2f}: B³ {f1:.3f}", flush=True)
    return round(likeness, 2)


class Data(NamedTuple):
    """The groups, the figures of their pairs, and which pairs are of one event."""

    some: list[Group]
    pairs: list[Pairs]
    same: list[np.ndarray]

    def tables(self, likely: Iterable[np.ndarray]) -> list[np.ndarray]:
        """Likelihoods of all pairs as [mentions, mentions]."""
        each = zip(self.some, self.pairs, likely, strict=True)
        return [square(len(group.mentions), found.first, found.second, values) for group, found, values in each]


def paired(some: list[Group], rarity: Rarity) -> Data:
    """The figures of all pairs; the projection in them learnt from other topics."""
    said: dict[int, Floats] = {}
    for held in folds(some):
        projections = train_projections([group for group in some if group.topic not in held])
        said |= {n: learnt(group.mentions, projections) for n, group in enumerate(some) if group.topic in held}
        print(f"projections without {sorted(held)}", flush=True)
    pairs = [pairs_of(group.mentions, rarity, said[n]) for n, group in enumerate(some)]
    same = [group.same[found.first, found.second] for group, found in zip(some, pairs, strict=True)]
    return Data(some, pairs, same)


def first_trees(data: Data) -> tuple[Trees, list[np.ndarray]]:
    """The trees over the figures of a pair, and how likely each pair is by such that learnt from other topics."""
    wood, rows = Wood(FIRST, FIRST_SEEDS), [found.figures for found in data.pairs]
    apart = judged_apart(data.some, rows, data.same, wood)
    right = calibration(np.concatenate(apart), np.concatenate(data.same))
    tables = data.tables(calibrated(scores, right) for scores in apart)
    return wood.learn(rows, data.same).written(COLUMNS, *right), tables


def second_trees(data: Data, tables: Sequence[np.ndarray]) -> tuple[Trees, list[np.ndarray]]:
    """The trees over the neighbours of a plausible pair, and the likelihoods with theirs in place of the first."""
    wood, rows, same, found = Wood(SECOND, SECOND_SEEDS, len(NEIGHBOURS)), [], [], [table.copy() for table in tables]
    places: list[tuple[np.ndarray, np.ndarray]] = []
    for group, pairs, gold, table in zip(data.some, data.pairs, data.same, tables, strict=True):
        kept = np.flatnonzero(table[pairs.first, pairs.second] > PLAUSIBLE)
        i, j = pairs.first[kept], pairs.second[kept]
        rows.append(np.concatenate([neighbours(group.mentions, table, i, j), pairs.figures[kept]], axis=1))
        same.append(gold[kept])
        places.append((i, j))
    apart = judged_apart(data.some, rows, same, wood)
    right = calibration(np.concatenate(apart), np.concatenate(same))
    for table, (i, j), scores in zip(found, places, apart, strict=True):
        table[i, j] = table[j, i] = calibrated(scores, right)
    return wood.learn(rows, same).written((*NEIGHBOURS, *COLUMNS), *right), found


def with_company(data: Data, tables: Sequence[np.ndarray]) -> tuple[Company, tuple[float, float], list[np.ndarray]]:
    """The model of company, slope and shift of log-odds with it, and the likelihoods of pairs not learnt from."""
    rows = [company_rows(group.mentions, table) for group, table in zip(data.some, tables, strict=True)]
    weighed: dict[int, np.ndarray] = {}
    for held in folds(data.some):
        kept = [n for n, group in enumerate(data.some) if group.topic not in held]
        company = train_company([rows[n] for n in kept], [data.some[n] for n in kept])
        for n, (group, found) in enumerate(zip(data.some, data.pairs, strict=True)):
            if group.topic in held:
                weighed[n] = company.weighed(log_odds(tables[n]), rows[n])[found.first, found.second]
    odds = [weighed[n] for n in range(len(data.some))]
    right = calibration(np.concatenate(odds), np.concatenate(data.same))
    return train_company(rows, data.some), right, data.tables(calibrated(scores, right) for scores in odds)


def train(path: Path, output: Path) -> None:
    """Learn, and write the weights."""
    torch.set_num_threads(1)
    found = [d for d in documents(path) if int(d.name.partition("_")[0]) not in DEVELOPMENT]
    chains: dict[object, str] = {m.key: m.chain for document in found for m in document.mentions}
    reports = list(given(found))
    counts, size = counted(reports)
    likeness = best_likeness(reports)
    data = paired(groups(reports, chains, Rarity(counts, size)), Rarity(counts, size))
    first, tables = first_trees(data)
    print(f"by the first trees, CoNLL F1: {agreement(data.some, tables):.4f}", flush=True)
    second, tables = second_trees(data, tables)
    print(f"and by the second trees: {agreement(data.some, tables):.4f}", flush=True)
    company, right, tables = with_company(data, tables)
    print(f"and with company: {agreement(data.some, tables):.4f}, on topics not learnt from, in gold subtopics")
    tell_calibration(data, tables)
    weights = Weights(
        version=3,
        reports=size,
        counts=counts,
        projections={layer: written_tables(found.tables) for layer, found in train_projections(data.some).items()},
        first=first,
        second=second,
        company=written_tables(company.tables),
        slope=right[0],
        prior=right[1],
        alike=likeness,
    )
    raw = msgspec.json.encode(weights) + b"\n"
    output.write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    file = PACKAGE / "model.py"
    file.write_text(re.sub(r'^SHA256 = ".*"', f'SHA256 = "{digest}"', file.read_text("utf-8"), flags=re.M), "utf-8")
    print(f"{output} {len(raw):,} bytes, {digest}")


def tell_calibration(data: Data, tables: Sequence[np.ndarray]) -> None:
    """Print how often pairs are of one event, by how likely that is said to be."""
    share = np.concatenate([table[p.first, p.second] for table, p in zip(tables, data.pairs, strict=True)])
    same = np.concatenate(data.same)
    for low in np.arange(0, 1, 0.1):
        inside = (share >= low) & (share < low + 0.1)
        if inside.any():
            said, right = share[inside].mean(), same[inside].mean()
            print(f"  {inside.sum():7} pairs of likelihood {said:.2f}: {right:.2f} are of one event", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the folder of ECB+")
    parser.add_argument("--output", type=Path, default=PACKAGE / "weights.json")
    arguments = parser.parse_args()
    train(arguments.path, arguments.output)


if __name__ == "__main__":
    main()
