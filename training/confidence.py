"""Trains the confidence of claims on the further annotated accounts, and writes its weights.

    python -m training.confidence                                    # figures by cross-validation; writes the weights
    python -m training.confidence --write docs/confidence.md         # and puts the figures into that page

Needs sayso alone; takes a minute on one core, and writes the same bytes again. To be run again whenever the reading
changes: the confidence is of the claims of one reader. The accounts of ../shared/gold are not looked at.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.evaluation.accounts import as_source, compare, gold_files
from sayso.evaluation.confidence import Said, as_tables, reliability
from sayso.evaluation.gold import load_gold
from sayso.evaluation.report import replace_section
from sayso.model import Claim, Stance
from sayso.reading.account import read_report
from sayso.reading.claims import Made
from sayso.reading.confidence.judging import Judge, Judged, Known, Signals, known_of
from sayso.reading.confidence.model import ABSENT, Step, Weights, digest
from sayso.reading.events import Draft
from sayso.reading.syntax import Syntax
from training.annotate import expand

OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "reading" / "confidence" / "weights.json"
FOLDS = 9
LEAST_EVENTS, LEAST_CLAIMS = 8, 20
"""A feature is kept that so many events or claims have …"""
LEAST_REPORTS = 5
"""… in so many reports."""
EVENT_STRENGTH, CLAIM_STRENGTH = 0.1, 0.05
"""Inverse regularisation (C) of the two steps."""
THRESHOLDS: dict[Stance, float] = {"asserts": 0.3, "denies": 0.2, "uncertain": 0.2}
"""The least confidence with which a claim is kept: what is refused below it lowers F1 by cross-validation no more. A
denial or a doubt is rare and what the ledger is for, so that less is asked of it."""
ROUNDS = 50
DIGITS = 3

Matrix = NDArray[np.float64]


class Example(NamedTuple):
    """A claim that was read: what is known of it, whether its event is one, and whether an annotator made it too."""

    report: str
    event: str
    known: Known
    claim: Claim
    real: bool
    right: bool
    speaker: bool


class Recorder(Judge):
    """A judge that refuses nothing and remembers what it was told."""

    def __init__(self) -> None:
        nothing = Step(0.0, {})
        super().__init__(0.0, Weights(0, dict.fromkeys(get_args(Stance), 0.0), nothing, nothing))
        self.known: list[Known] = []

    def judge(
        self, s: Syntax, drafts: Sequence[Draft], made: Sequence[Made], signals: Signals | None = None
    ) -> list[Judged]:
        """Keeps every claim."""
        self.known = list(known_of(s, drafts, made, signals))
        return [Judged(1.0) for _ in self.known]


def examples(folder: Path) -> tuple[list[Example], int]:
    """Every claim read in the annotated accounts of a folder, and how many claims are annotated."""
    found: list[Example] = []
    claims = 0
    for path in [path for paths in gold_files(folder).values() for path in paths]:
        annotated, judge = load_gold(path), Recorder()
        account = read_report(as_source(annotated.report), judge)
        compared = compare(account, annotated)
        claims += len(annotated.claims)
        for claim, known in zip(account.claims, judge.known, strict=True):
            right = claim.id in compared.claims
            row = (annotated.report.id, claim.event, known, claim, claim.event in compared.events, right)
            found.append(Example(*row, right and compared.claims[claim.id]))
    return found, claims


class Columns:
    """The features of one step that are learnt from, and rows of them as a matrix."""

    def __init__(self, rows: Sequence[Mapping[str, float]], reports: Sequence[str], least: int) -> None:
        seen = Counter(name for row in rows for name in row)
        told = Counter(name for name, _ in {(name, r) for row, r in zip(rows, reports, strict=True) for name in row})
        kept = sorted(name for name in seen if seen[name] >= least and told[name] >= LEAST_REPORTS)
        # A number that some reader does not give must not stand for one that is 0.
        graded = {name for row in rows for name, value in row.items() if value not in {0.0, 1.0}}
        self.names = [*kept, *(name + ABSENT for name in kept if name in graded)]

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> Matrix:
        """One row each, with a last column of ones for the bias."""
        values = [[_value(row, name) for name in self.names] + [1.0] for row in rows]
        return np.array(values, dtype=np.float64).reshape(len(rows), len(self.names) + 1)


def _value(row: Mapping[str, float], name: str) -> float:
    if name.endswith(ABSENT):
        return float(name.removesuffix(ABSENT) not in row)
    return row.get(name, 0.0)


def fit(x: Matrix, y: Matrix, strength: float) -> Matrix:
    """The weights of a logistic regression with a ridge penalty on all but the last column, by Newton's steps."""
    penalty = np.full(x.shape[1], 1.0 / strength)
    penalty[-1] = 1e-9
    w = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1.0 / (1.0 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) + penalty * w
        change = np.linalg.solve((x.T * (p * (1.0 - p))) @ x + np.diag(penalty), gradient)
        w -= change
        if float(np.abs(change).max()) < 1e-9:
            break
    return w


def step_of(
    rows: Sequence[Mapping[str, float]], right: Sequence[bool], reports: Sequence[str], least: int, strength: float
) -> Step:
    """One step learnt from these rows."""
    columns = Columns(rows, reports, least)
    w = fit(columns.matrix(rows), np.array(right, dtype=np.float64), strength)
    weights = {name: round(float(v), DIGITS) for name, v in zip(columns.names, w[:-1], strict=True)}
    return Step(round(float(w[-1]), DIGITS), {name: v for name, v in weights.items() if v})


def learnt(found: Sequence[Example]) -> Weights:
    """The weights that these claims teach: of events, each once, and of the claims on events that are ones."""
    events = {(e.report, e.event): e for e in found}.values()
    event = step_of(
        [e.known.event for e in events],
        [e.real for e in events],
        [e.report for e in events],
        LEAST_EVENTS,
        EVENT_STRENGTH,
    )
    on = [e for e in found if e.real]
    claim = step_of(
        [e.known.claim for e in on], [e.right for e in on], [e.report for e in on], LEAST_CLAIMS, CLAIM_STRENGTH
    )
    return Weights(1, THRESHOLDS, event, claim)


def crossed(found: Sequence[Example]) -> list[float]:
    """The confidence of each claim by weights that were learnt on other reports."""
    reports = sorted({e.report for e in found})
    fold = {report: n % FOLDS for n, report in enumerate(reports)}
    likely = [0.0] * len(found)
    for k in range(FOLDS):
        judge = Judge(0.0, learnt([e for e in found if fold[e.report] != k]))
        for n, e in enumerate(found):
            if fold[e.report] == k:
                likely[n] = judge.confidence(e.known)
    return likely


def as_section(found: Sequence[Example], annotated: int) -> str:
    """The figures by cross-validation, as a section of a page."""
    said = [
        Said(e.claim.stance, confidence, e.right, e.speaker)
        for e, confidence in zip(found, crossed(found), strict=True)
    ]
    told = (
        f"Made by `python -m training.confidence`: {len({e.report for e in found})} further accounts in {FOLDS} parts, "
        "the confidence of each part learnt on the others."
    )
    return "\n\n".join(["## Cross-validated", told, as_tables(reliability(said, annotated))])


def main(page: Path | None) -> None:
    """Learn, and write the weights; into the page the figures by cross-validation."""
    with tempfile.TemporaryDirectory() as folder:
        expand(Path(folder))
        found, annotated = examples(Path(folder))
    weights = learnt(found)
    data = msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n"
    OUTPUT.write_bytes(data)
    print(
        f"{OUTPUT.name}: {len(weights.event.weights)} and {len(weights.claim.weights)} weights; model.py pins them by"
    )
    print(digest(data))
    section = as_section(found, annotated)
    print(section)
    if page is not None:
        page.write_text(replace_section(page.read_text(encoding="utf-8"), "cross-validated", section), encoding="utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", type=Path, help="the page that the figures by cross-validation go into")
    main(arguments.parse_args().write)
