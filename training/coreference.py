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
from sayso.reading.coreference.features import COLUMNS, Floats, Pairs, pairs_of
from sayso.reading.coreference.model import SCALE, Projection, Table, Weights, inputs, joined
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
TREES = {"max_iter": 150, "learning_rate": 0.08, "max_leaf_nodes": 20, "min_samples_leaf": 80, "max_features": 0.3}
LEAST = 2
"""Stems of fewer reports are left out of the counts; they are as rare as one that was never seen."""
THRESHOLDS = np.arange(0.20, 0.62, 0.02)
LIKENESSES = np.arange(0.05, 0.25, 0.01)
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


def train_projection(some: Sequence[Group]) -> Projection:
    """Learns from pairs of mentions of each subtopic."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    rows = [torch.from_numpy(inputs(group.mentions)) for group in some]
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


def train_trees(some: Sequence[Group], pairs: Sequence[Pairs]) -> HistGradientBoostingClassifier:
    """Learns from the figures of pairs."""
    draw = np.random.default_rng(SEED)
    figures, gold = [], []
    for group, found in zip(some, pairs, strict=True):
        same = group.same[found.first, found.second]
        kept = same | (draw.random(len(same)) < KEPT)
        figures.append(found.figures[kept])
        gold.append(same[kept])
    y = np.concatenate(gold)
    learner = HistGradientBoostingClassifier(**TREES, l2_regularization=5, random_state=SEED)
    return learner.fit(np.concatenate(figures), y, sample_weight=np.where(y, 1, 1 / KEPT))


def folds(some: Sequence[Group]) -> list[set[int]]:
    """The topics in ``FOLDS`` parts."""
    topics = sorted({group.topic for group in some})
    return [set(topics[n::FOLDS]) for n in range(FOLDS)]


def written_trees(learner: HistGradientBoostingClassifier) -> tuple[float, list[list[list[float]]]]:
    """The prior and the trees as ``Forest`` takes them."""
    trees = []
    for (predictor,) in learner._predictors:
        nodes = predictor.nodes
        trees.append(
            [
                [round(float(n["value"]), 5)]
                if n["is_leaf"]
                else [int(n["feature_idx"]), float(n["num_threshold"]), int(n["left"]), int(n["right"])]
                for n in nodes
            ]
        )
    return float(learner._baseline_prediction.ravel()[0]), trees


def calibration(scores: np.ndarray, same: np.ndarray) -> tuple[float, float]:
    """Slope and shift by which log-odds of pairs not learnt from are right as often as they say (Platt, 1999)."""
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], same)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def best_threshold(some: Sequence[Group], likely: Sequence[np.ndarray]) -> tuple[float, float]:
    """The threshold with the best CoNLL F1, and that."""
    found = []
    for threshold in THRESHOLDS:
        key: dict[str, list[object]] = {}
        response: dict[tuple[int, int], list[object]] = {}
        for n, (group, table) in enumerate(zip(some, likely, strict=True)):
            for mention, chain, event in zip(group.mentions, group.chains, joined(table, threshold), strict=True):
                key.setdefault(chain, []).append(mention.key)
                response.setdefault((n, event), []).append(mention.key)
        conll = coreference.score(key.values(), response.values()).conll
        print(f"threshold {threshold:.2f}: CoNLL F1 {conll:.4f}")
        found.append((conll, -float(threshold)))
    conll, threshold = max(found)
    return round(-threshold, 2), conll


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


def square(count: int, found: Pairs, values: np.ndarray) -> np.ndarray:
    """Values of pairs as [mentions, mentions]."""
    table = np.eye(count)
    table[found.first, found.second] = table[found.second, found.first] = values
    return table


def train(path: Path, output: Path) -> None:
    """Learn, and write the weights."""
    torch.set_num_threads(1)
    found = [d for d in documents(path) if int(d.name.partition("_")[0]) not in DEVELOPMENT]
    chains: dict[object, str] = {m.key: m.chain for document in found for m in document.mentions}
    reports = list(given(found))
    counts, size = counted(reports)
    rarity = Rarity(counts, size)
    some = groups(reports, chains, rarity)
    likeness = best_likeness(reports)
    learnt: dict[int, Floats] = {}
    for held in folds(some):
        projection = train_projection([group for group in some if group.topic not in held])
        learnt |= {n: projection.scores(group.mentions) for n, group in enumerate(some) if group.topic in held}
        print(f"projection without {sorted(held)}", flush=True)
    pairs = [pairs_of(group.mentions, rarity, learnt[n]) for n, group in enumerate(some)]
    scores: dict[int, np.ndarray] = {}
    for held in folds(some):
        kept = [n for n, group in enumerate(some) if group.topic not in held]
        learner = train_trees([some[n] for n in kept], [pairs[n] for n in kept])
        for n, group in enumerate(some):
            if group.topic in held:
                scores[n] = learner.decision_function(pairs[n].figures)
        print(f"trees without {sorted(held)}", flush=True)
    same = np.concatenate([g.same[p.first, p.second] for g, p in zip(some, pairs, strict=True)])
    slope, shift = calibration(np.concatenate([scores[n] for n in range(len(some))]), same)
    share = [1 / (1 + np.exp(-shift - slope * scores[n])) for n in range(len(some))]
    tables = [square(len(g.mentions), p, x) for g, p, x in zip(some, pairs, share, strict=True)]
    threshold, conll = best_threshold(some, tables)
    print(f"threshold {threshold:.2f}: CoNLL F1 {conll:.4f} on topics not learnt from, in gold subtopics")
    tell_calibration(np.concatenate(share), same)
    projection = train_projection(some)
    base, trees = written_trees(train_trees(some, pairs))
    written = {
        name: Table(list(t.shape), base64.b64encode(t.astype("<f2").tobytes()).decode())
        for name, t in projection.tables.items()
    }
    prior = shift + slope * base
    weights = Weights(1, size, counts, written, list(COLUMNS), slope, prior, trees, threshold, likeness)
    raw = msgspec.json.encode(weights) + b"\n"
    output.write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    file = PACKAGE / "model.py"
    file.write_text(re.sub(r'^SHA256 = ".*"', f'SHA256 = "{digest}"', file.read_text("utf-8"), flags=re.M), "utf-8")
    print(f"{output} {len(raw):,} bytes, {digest}")


def tell_calibration(share: np.ndarray, same: np.ndarray) -> None:
    """Print how often pairs are of one event, by how likely that is said to be."""
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
