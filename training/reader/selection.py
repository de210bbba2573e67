"""Trains which names of a role are kept, on MUC-4's TST1 and TST2, on which papers tune: weights into reader.json.

    python -m training.reader.selection models/reader

The encoder was trained on MUC-4's development part, which it knows too well to tell how sure it is; these two sets it
has not seen. The figures printed are of five-fold cross-validation over reports.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.evaluation.muc4 import scores
from sayso.evaluation.muc4.mapping import ROLE
from sayso.evaluation.muc4.messages import Message, messages
from sayso.evaluation.muc4.template import Entity, Role, Template, plain
from sayso.reading.encoder.entities import FEATURES, Named, weighed
from sayso.reading.encoder.inference import encode
from sayso.reading.encoder.weights import DESCRIPTION, load_reader
from training.reader.tasks import SHARED

FOLDS = 5
STRENGTH = 0.3
Rows = list[tuple[int, Named, list[float], bool]]


def rows_of(found: Sequence[Message], folder: Path) -> dict[str, Rows]:
    """By role: the number of the report, the name, its features, and whether the key has it."""
    reader = load_reader(folder)
    rows: dict[str, Rows] = defaultdict(list)
    for start in range(0, len(found), 16):
        some = found[start : start + 16]
        for n, (message, one) in enumerate(zip(some, encode([m.report.text for m in some], reader), strict=True)):
            for name, features in weighed(message.report.text, one, reader.description):
                key = scores.merged(message.key, ROLE[name.role])
                right = any(plain(name.words) in entity.strings for entity in key)
                rows[name.role].append((start + n, name, [features[f] for f in FEATURES], right))
    return rows


def fit(rows: Rows) -> dict[str, float]:
    """The weights over plain features, and their bias."""
    x = np.array([r[2] for r in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((x - mean) / spread, [r[3] for r in rows])
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return {"bias": round(bias, 4)} | {f: round(float(w), 4) for f, w in zip(FEATURES, weights, strict=True)}


def shares(weights: dict[str, float], rows: Rows) -> list[float]:
    """The share of each row."""
    x = np.array([r[2] for r in rows])
    return list(1 / (1 + np.exp(-(x @ [weights[f] for f in FEATURES] + weights["bias"]))))


def score(found: Sequence[Message], kept: dict[int, dict[Role, list[str]]]) -> dict[str, scores.Hit]:
    """CEAF-REE by role, and of all of them."""
    total: dict[str, scores.Hit] = defaultdict(scores.Hit)
    for n, message in enumerate(found):
        roles = {role: tuple(Entity((w,)) for w in dict.fromkeys(words)) for role, words in kept.get(n, {}).items()}
        for role, hit in scores.ceaf_ree([Template(types=("ATTACK",), roles=roles)], message.key).items():
            total[role] += hit
            total["all"] += hit
    return total


def main() -> None:
    """Train, print what cross-validation gives, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    data = SHARED / "data/muc4"
    found = list(messages([data / "tst1", data / "tst2"]))
    rows = rows_of(found, args.folder)
    by_share: list[tuple[float, int, Role, str]] = []
    for role, some in rows.items():
        for fold in range(FOLDS):
            weights = fit([r for r in some if r[0] % FOLDS != fold])
            held = [r for r in some if r[0] % FOLDS == fold]
            by_share += [(s, r[0], ROLE[role], r[1].words) for s, r in zip(shares(weights, held), held, strict=True)]
    best, least = 0.0, 0.5
    for step in range(16, 50, 2):
        kept: dict[int, dict[Role, list[str]]] = defaultdict(lambda: defaultdict(list))
        for share, n, role, words in by_share:
            if share >= step / 100:
                kept[n][role].append(words)
        hits = score(found, kept)
        print(
            step / 100, {r: f"{100 * h.precision:.1f}/{100 * h.recall:.1f}/{100 * h.f1:.1f}" for r, h in hits.items()}
        )
        if hits["all"].f1 > best:
            best, least = hits["all"].f1, step / 100
    path = args.folder / DESCRIPTION
    description = json.loads(path.read_text(encoding="utf-8"))
    description["selection"] = {role: fit(some) for role, some in rows.items()}
    description["thresholds"]["named"] = least
    path.write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
    print(f"kept from {least}: CEAF-REE F1 {100 * best:.1f}")


if __name__ == "__main__":
    main()
