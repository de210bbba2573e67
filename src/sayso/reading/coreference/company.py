"""How likely a mention has any other mention of its event in the group: most that have none are told in passing.

A pair is the less likely the less either mention looks like one that has company; by its own figures a pair does not
show that. What the encoder sees of the mention and its sentence tells much of it: what is told as it happens, and what
is background, general, or somebody's comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.reading.coreference.features import Floats
from sayso.reading.coreference.told import Told

Numbers = NDArray[np.float64]

WEIGHT = 0.6
"""By what the log-odds of company, of the mention that has less, are added to those of a pair; by cross-validation."""
NEAREST = 4
NEAR = 0.3
"""Mentions that are likelier than this to be of one event are near."""
LEAST = 1e-3
FAR = 4.0
"""No figure counts for more than so many times its spread."""
FIGURES = (
    *("best", "second_best", "third_best", "fourth_best", "sum", "near", "best_elsewhere", "best_in_report"),
    *("lemma", "verb", "noun", "saying", "negated", "modal", "length", "line_best", "line_bests", "line_mean"),
    *("words", "arguments", "names", "beside_mean", "beside_most", "beside"),
)
"""The first columns of ``company_rows``; what the encoder sees follows."""


class Company:
    """A linear model over ``company_rows``."""

    def __init__(self, tables: Mapping[str, Floats]) -> None:
        self.tables = dict(tables)

    def scores(self, rows: Floats) -> Numbers:
        """The log-odds that each mention has company."""
        t = self.tables
        found: Numbers = scaled(rows, t["mean"], t["spread"]).astype(np.float64) @ t["weight"] + t["bias"][0]
        return found

    def weighed(self, odds: Numbers, rows: Floats) -> Numbers:
        """Log-odds of all pairs, [mentions, mentions], with those of company added."""
        scores = self.scores(rows)
        found: Numbers = odds + WEIGHT * np.minimum(scores[:, None], scores[None, :])
        return found


def scaled(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    """Rows less their mean, by their spread, none further out than ``FAR``."""
    found: Floats = np.clip((rows - mean) / spread, -FAR, FAR)
    return found


def company_rows(group: Sequence[Told], likely: Numbers) -> Floats:
    """What tells whether each mention of a group of two or more has company, [mentions, columns].

    ``likely`` is [mentions, mentions], how likely two are of one event, 1 on the diagonal.
    """
    seen = [np.concatenate([m.mention, m.line, m.scores]) for m in group]
    return np.concatenate([_figures(group, likely), np.stack(seen)], axis=1).astype(np.float32)


def _figures(group: Sequence[Told], likely: Numbers) -> Numbers:
    others = likely - np.eye(len(group))
    names = np.array([m.report for m in group])
    elsewhere = names[:, None] != names[None, :]
    reports = len(set(names.tolist()))
    lemmas = Counter(m.lemma for m in group)
    near = others > NEAR
    ordered = -np.sort(-others, axis=1)[:, :NEAREST]
    ordered = np.pad(ordered, ((0, 0), (0, NEAREST - ordered.shape[1])))
    own = [
        (
            np.log(lemmas[m.lemma] / reports),
            m.kind == "VERB",
            m.kind == "NOUN",
            m.saying,
            m.negated,
            m.modal,
            np.log(m.length),
        )
        for m in group
    ]
    held = [(np.log1p(len(m.said.split())), np.log1p(len(m.every)), np.log1p(len(m.names))) for m in group]
    columns = [
        _odds(ordered),
        np.log(others.sum(axis=1) + 0.01),
        np.sqrt(near.sum(axis=1) / reports),
        _odds((others * elsewhere).max(axis=1)),
        _odds((others * ~elsewhere).max(axis=1)),
        np.array(own, dtype=float),
        _lines(group, elsewhere),
        np.array(held, dtype=float),
        _beside(group, others.max(axis=1)),
    ]
    return np.column_stack(columns)


def _odds(likely: Numbers) -> Numbers:
    bounded = np.clip(likely, LEAST, 1 - LEAST)
    found: Numbers = np.log(bounded / (1 - bounded))
    return found


def _lines(group: Sequence[Told], elsewhere: NDArray[np.bool_]) -> Numbers:
    """How alike the sentence is to those of mentions in other reports: the most, the three most, all; 0 where none."""
    lines = np.stack([m.line for m in group])
    lines = lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-6)
    alike = np.where(elsewhere, lines @ lines.T, 0.0)
    best = -np.sort(-alike, axis=1)[:, :3]
    return np.column_stack([best[:, 0], best.mean(axis=1), alike.sum(axis=1) / np.maximum(elsewhere.sum(axis=1), 1)])


def _beside(group: Sequence[Told], best: Numbers) -> Numbers:
    """How near the other mentions of the sentence are to any: on average, at most, and how many there are."""
    sentences: dict[tuple[str, int], list[int]] = {}
    for n, mention in enumerate(group):
        sentences.setdefault((mention.report, mention.sentence), []).append(n)
    rows = []
    for n, mention in enumerate(group):
        beside = [k for k in sentences[mention.report, mention.sentence] if k != n]
        rows.append((best[beside].mean(), best[beside].max(), len(beside)) if beside else (0.0, 0.0, 0))
    found = np.array(rows, dtype=float)
    found[:, :2] = _odds(found[:, :2])
    return found
