"""Trains the binder of event and place, and writes its weights.

    python training/placing.py ../shared

Needs sayso and scikit-learn (1.7 or newer) in one environment; takes some three minutes on one core, and writes the
same bytes again. Rows of the held-out tenth are not looked at, nor reports of the annotated accounts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from sayso.evaluation.event_location import HELD_OUT, Row, labelled, parsed, tenth
from sayso.reading.places import read_places
from sayso.reading.placing.model import Pairs, Weights, compared, digest, pairs_of, parts_of
from sayso.reading.placing.names import Name, names_of
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import find_triggers, find_weapons

SEED = 20
ARGUMENTS = frozenset({"pobj", "prep", "agent", "dobj", "nsubj", "nsubjpass"})
"""How a noun that tells the act of a verb hangs on it."""
LEAST = 5
"""A feature is kept that this many pairs have."""
PRUNED = 0.12
"""Weights nearer to zero are left out of the file."""
STRENGTH = 0.3
"""Inverse regularisation (C) of the first step."""
TREES, LEAVES, RATE, LEAST_LEAF, SHARE = 300, 8, 0.05, 40, 0.5
GOVERNORS = ["in", "at", "on", "near", "of", "to", "from", "into", "over", "around", "outside", "inside", "by", "for"]
GOVERNORS += ["against", "through", "toward", "with", "between", "across", "dobj", "nsubj", "nsubjpass", "attr"]
VIOLENT = ("Conflict", "Life", "Justice.Arrest", "Justice:Arrest")
"""Beginnings of the event types of other sets that are acts of the kinds that reports of war tell."""
LONGEST = 80
"""Tokens of a sentence that is looked at."""
STOPS = frozenset({".", "!", "?"})
THRESHOLD = 0.45
"""The least likelihood with which a name is taken: the best of two training tenths, when trained on the other seven."""
OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "reading" / "placing" / "weights.json"


class Example(NamedTuple):
    """A labelled row with the names for one act: features and counts of each pair, and which names overlap a place."""

    row: Row
    names: list[Name]
    pairs: Pairs
    right: list[bool]


def examples(rows: list[Row]) -> list[Example]:
    """All rows with the pairs of their verb, and again with those of each noun that tells the same act."""
    found = []
    for row, s in zip(rows, parsed(r.text for r in rows), strict=True):
        verb = s.token_at(row.verb[0])
        if verb is None:
            continue
        every = names_of(s, read_places(s.text))
        for act in (verb, *same_act(s, verb)):
            names = [n for n in every if not n.lo <= act < n.hi]
            right = [any(n.start < b and a < n.end for a, b in row.places) for n in names]
            found.append(Example(row, names, pairs_of(s, act, names), right))
    return found


def same_act(s: Syntax, verb: int) -> list[int]:
    """Nouns that tell the act of a verb beside it: "carried out an attack", "killed in an air strike"."""
    nouns = [t.head for t in find_triggers(s, find_weapons(s)) if t.noun]
    return [n for n in nouns if _of_verb(s, n, verb)]


def _of_verb(s: Syntax, noun: int, verb: int) -> bool:
    for below, above in pairwise([noun, *s.ancestors(noun)]):
        if s.dep[below] not in ARGUMENTS:
            return False
        if above == verb:
            return True
    return False


def without_contradicted(rows: list[Row]) -> list[Row]:
    """Rows without a place fall out where another annotator gave one for the same text and verb."""
    placed = {(r.text.strip(), r.verb) for r in rows if r.places}
    return [r for r in rows if r.places or (r.text.strip(), r.verb) not in placed]


def told_elsewhere(shared: Path) -> list[Row]:
    """Violent acts of VOA reports and of WikiEvents with the names where they happened: most are told by nouns."""
    annotated = {file.name.split(".gold")[0] for file in (shared / "gold" / "accounts").glob("*.gold.json")}
    rows: list[Row] = []
    for report in _json_lines(shared / "data" / "voa" / "text_only_event.jsonl.gz"):
        if report["id"] not in annotated:
            rows += [r for part in report["sentences"] for e in part["events"] if (r := _voa_row(part["text"], e))]
    for report in _json_lines(shared / "data" / "wikievents" / "train.jsonl.gz"):
        rows += [r for e in report["event_mentions"] if (r := _wikievents_row(report["tokens"], e))]
    return rows


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _voa_row(text: str, event: dict[str, Any]) -> Row | None:
    """An act of a VOA sentence that names its place, or as its target a place."""
    word = event["trigger"]["text"]
    if not event["type"].startswith(VIOLENT) or len(re.findall(rf"\b{re.escape(word)}\b", text)) != 1:
        return None
    read = [p.span.text for p in read_places(text)]
    where = [a["text"] for a in event["arguments"] if a["role"] == "Place" and any(c.isupper() for c in a["text"])]
    where += [
        a["text"] for a in event["arguments"] if a["role"] == "Target" and any(a["text"] in name for name in read)
    ]
    return _row(text, text.index(word), word, where)


def _row(text: str, at: int, word: str, where: list[str]) -> Row | None:
    places = tuple((text.index(w), text.index(w) + len(w)) for w in where if text.count(w) == 1)
    return Row(text, (at, at + len(word)), places) if places and text[at : at + 3] == word[:3] else None


def _wikievents_row(tokens: list[str], event: dict[str, Any]) -> Row | None:
    """An act of WikiEvents whose own sentence names the place, the sentence put together again from its tokens."""
    lo, hi = event["trigger"]["start_idx"], event["trigger"]["end_idx"]
    where = [a["text"] for a in event["arguments"] if a["role"] == "Place" and any(c.isupper() for c in a["text"])]
    while lo > 0 and tokens[lo - 1] not in STOPS:
        lo -= 1
    while hi < len(tokens) and tokens[hi] not in STOPS:
        hi += 1
    before = _joined(tokens[lo : event["trigger"]["start_idx"]])
    text = _joined(tokens[lo:hi])
    at = len(before) + (1 if before else 0)
    if not event["event_type"].startswith(VIOLENT) or hi - lo > LONGEST:
        return None
    return _row(text, at, event["trigger"]["text"], where)


def _joined(tokens: list[str]) -> str:
    text = " ".join(tokens)
    text = re.sub(r" ([,.;:!?)])", r"\1", text)
    text = re.sub(r" ([’']) s\b", r"\1s", text)
    return re.sub(r"(\w) - (\w)", r"\1-\2", text)


class First:
    """The first step: a logistic regression over the features of a pair."""

    def __init__(self, data: list[Example]) -> None:
        counts = Counter(f for e in data for features in e.pairs.features for f in all_of(features))
        self.number = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= LEAST))}
        model = LogisticRegression(C=STRENGTH, max_iter=1000, solver="liblinear", random_state=SEED)
        model.fit(self._matrix(data), labels(data))
        weights = model.coef_[0]
        self.weights = {f: round(float(weights[n]), 2) for f, n in self.number.items() if abs(weights[n]) >= PRUNED}

    def _matrix(self, data: list[Example]) -> Any:
        starts, columns = [0], []
        for e in data:
            for features in e.pairs.features:
                columns += sorted({self.number[f] for f in all_of(features) if f in self.number})
                starts.append(len(columns))
        shape = (len(starts) - 1, len(self.number))
        return csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)

    def parts(self, e: Example) -> list[list[float]]:
        """The first scores of each name of a row, as they are computed when a report is read."""
        return [parts_of(self.weights, features) for features in e.pairs.features]


def all_of(features: tuple[list[str], ...]) -> set[str]:
    """The features of all parts."""
    return {f for part in features for f in part}


def labels(data: list[Example]) -> Any:
    """1 for every pair of which the name is where the act happened."""
    return np.array([r for e in data for r in e.right], dtype=int)


def out_of_fold(data: list[Example]) -> list[list[list[float]]]:
    """First scores of every row from a model that has not seen its tenth."""
    folds = sorted({tenth(e.row.text) for e in data})
    firsts = {fold: First([e for e in data if tenth(e.row.text) != fold]) for fold in folds}
    return [firsts[tenth(e.row.text)].parts(e) for e in data]


def table(data: list[Example], parts: list[list[list[float]]]) -> tuple[list[str], Any]:
    """What the trees look at: names of the columns, and one row a pair."""
    governors = {g: n for n, g in enumerate(GOVERNORS)}
    rows = [row for e, p in zip(data, parts, strict=True) for row in compared(e.pairs, p, governors)]
    columns = sorted(rows[0])
    return columns, np.array([[row[c] for c in columns] for row in rows])


def nodes(tree: Any) -> list[list[float]]:
    """A tree of scikit-learn as nodes ``[column, threshold, left, right]`` and leaves ``[value]``."""
    made: list[list[float]] = []
    for n in range(tree.node_count):
        if tree.children_left[n] < 0:
            made.append([round(RATE * float(tree.value[n][0][0]), 4)])
        else:
            threshold = round(float(tree.threshold[n]), 3)
            made.append([int(tree.feature[n]), threshold, int(tree.children_left[n]), int(tree.children_right[n])])
    return made


def train(data: list[Example]) -> Weights:
    """Both steps; the second sees first scores from models that have not seen the row."""
    columns, values = table(data, out_of_fold(data))
    right = labels(data)
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=LEAST_LEAF,
        subsample=0.8,
        max_features=SHARE,
        random_state=SEED,
    ).fit(values, right)
    first = First(data)
    prior = float(np.log(right.mean() / (1 - right.mean())))
    return Weights(
        version=1,
        weights=first.weights,
        columns=columns,
        governors={g: n for n, g in enumerate(GOVERNORS)},
        prior=round(prior, 4),
        trees=[nodes(stage[0].tree_) for stage in model.estimators_],
        threshold=THRESHOLD,
    )


def as_text(weights: Weights) -> str:
    """The file of weights: JSON with one weight or tree a line."""
    fields = msgspec.to_builtins(weights)
    lines = []
    for name, value in fields.items():
        if name == "weights":
            rows = ",\n".join(f"{json.dumps(f, ensure_ascii=False)}:{w}" for f, w in value.items())
            lines.append(f'"{name}":{{\n{rows}\n}}')
        elif name == "trees":
            rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value)
            lines.append(f'"{name}":[\n{rows}\n]')
        else:
            lines.append(f'"{name}":{json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Train on the nine tenths, write the weights, print their digest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="The folder that holds data and gold.")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    rows = [row for row in labelled(arguments.shared / "data" / "event_location") if tenth(row.text) != HELD_OUT]
    rows = without_contradicted(rows) + told_elsewhere(arguments.shared)
    weights = train(examples(rows))
    raw = as_text(weights).encode()
    arguments.output.write_bytes(raw)
    print(f"{len(rows)} rows, {len(weights.weights)} weights, {len(raw)} bytes, threshold {weights.threshold}")
    print(f"SHA-256 {digest(raw)}")


if __name__ == "__main__":
    main()
