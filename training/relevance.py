"""Trains the relevance gate, and writes its weights.

    python -m training.relevance ../shared/data --cache READINGS.jsonl

Reads a part of the development data with the reader as it is (ten minutes on one core; kept in the cache by reader),
then fits the weights (two minutes) and writes the same bytes again. A passage is to be found where the reading has a
mention of an event that happened or is denied. The fifth of the data that is scored is not looked at, nor reports of
annotated accounts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from sayso.errors import SaysoError
from sayso.evaluation.gold import load_gold
from sayso.evaluation.relevance_sets import Sample, samples
from sayso.model import Account
from sayso.reading.account import READER, read_each
from sayso.reading.lexicon import inflect, load_lexicon
from sayso.reading.relevance import BIAS, SHORT, STRIDE, THRESHOLD, UNIT, WINDOW, title_words, words_of
from sayso.reading.triggers import plural
from training.annotate import ACCOUNTS

SHARE = {"Timeline17": 5, "Long tail": 5}
"""Of these sets one report in so many is read."""
LEAST_WORD, LEAST_PAIR = 3, 5
"""A word, or a pair of words, is known that this many reports have."""
PRUNED = 12
"""Pairs with weights nearer to zero, in hundredths, are left out of the file."""
STRENGTH, CLASS_STRENGTH = 0.01, 0.0005
"""How strongly weights are held near zero: of words and pairs, and of the lexicon's entries that words share."""
BESIDE = 0.1
"""What a passage without an event weighs in a report that has one elsewhere, where one in another report weighs 1."""
ITERATIONS = 80
"""The most steps of the fit."""
TRIES = 3
"""Parts for which the reports are scored by a model of the others."""
LOST = 0.002
"""The share of reports with events that the threshold may lose, where each is scored by a model of the others."""
OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "reading" / "relevance.tsv"
_WORD = re.compile(r"[A-Za-z]+")

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Read(NamedTuple):
    """A sample with its words, each passage's label (1 has an event, 0 none, -1 not used), and the report's own."""

    sample: Sample
    words: list[str]
    passages: list[int]
    relevant: bool


# What the reading says ------------------------------------------------------------------------------------------------


def chosen(data: Path) -> list[Sample]:
    """The samples to read: all of most sets, without reports of annotated accounts."""
    held = {json.loads(file.read_text("utf-8"))["report"]["id"] for file in ACCOUNTS.glob("*.json")}
    held |= {load_gold(file).report.id for file in (data.parent / "gold" / "accounts").glob("*.gold.json")}
    families = {f"{name} {key.removeprefix('fakes-')}" for key in held for name in ("FA-KES", "VOA")}
    return [
        s
        for s in samples(data)
        if s.family not in families and int(s.report.sha256[8:16], 16) % SHARE.get(s.set, 1) == 0
    ]


def readings(wanted: Sequence[Sample], cache: Path) -> dict[str, list[Any] | None]:
    """The events that the reading has in each sample, by the report's hash; null where it cannot be read."""
    known: dict[str, list[Any] | None] = {}
    if cache.exists():
        rows = (json.loads(line) for line in cache.read_text("utf-8").splitlines())
        known = {row["sha256"]: row["events"] for row in rows if row["reader"] == READER}
    missing = [s.report for s in wanted if s.report.sha256 not in known]
    with cache.open("a", encoding="utf-8") as out:
        for report, found in zip(missing, read_each(missing), strict=True):
            events = None if isinstance(found, SaysoError) else events_of(found)
            known[report.sha256] = events
            out.write(json.dumps({"sha256": report.sha256, "reader": READER, "events": events}) + "\n")
    return known


def events_of(account: Account) -> list[Any]:
    """Each event's modality, whether somebody denies it, and where its mentions begin."""
    denied = {claim.event for claim in account.claims if claim.stance == "denies"}
    return [[e.modality, e.id in denied, [span.start for span in e.mentions]] for e in account.events]


def labelled(sample: Sample, events: list[Any]) -> Read | None:
    """A sample with its labels; none where neither its annotators nor the reading tell what it is."""
    title = title_words(sample.report)
    words = [*title, *words_of(sample.report.text)]
    starts = [match.start() for match in _WORD.finditer(sample.report.text)]
    told = [start for modality, denied, mentions in events if modality == "actual" or denied for start in mentions]
    open_ = [start for _, _, mentions in events for start in mentions]
    at, maybe = (
        np.searchsorted(np.asarray(starts), np.asarray(where, dtype=int)) + len(title) for where in (told, open_)
    )
    relevant = bool(sample.told) or any(modality == "actual" for modality, _, _ in events)
    passages = []
    for lo, hi in edges(len(words)):
        inside = bool(((at >= lo) & (at < hi)).any())
        open_inside = bool(((maybe >= lo) & (maybe < hi)).any())
        # Annotators who see an event where the reading sees none do not say in which passage.
        passages.append(1 if inside else -1 if open_inside or (relevant and not told) else 0)
    return Read(sample, words, passages, relevant) if words else None


def edges(n: int) -> list[tuple[int, int]]:
    """The passages of a text of so many words."""
    return [(lo, min(lo + WINDOW, n)) for lo in range(0, max(n - STRIDE, 1), STRIDE)]


# The model ------------------------------------------------------------------------------------------------------------


class Vocabulary:
    """The words, pairs and lexicon entries that have weights, each with its column."""

    def __init__(self, reports: Iterable[Read]) -> None:
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for report in reports:
            words.update(set(report.words))
            pairs.update(set(map(" ".join, pairwise(report.words))))
        lexicon = entries()
        kept = sorted({w for w, n in words.items() if n >= LEAST_WORD} | {w for w in lexicon if " " not in w})
        kept += sorted({p for p, n in pairs.items() if n >= LEAST_PAIR} | {w for w in lexicon if " " in w})
        self.column = {name: k for k, name in enumerate(kept)}
        names = sorted({entry for found in lexicon.values() for entry in found})
        self.entry = {name: len(kept) + k for k, name in enumerate(names)}
        # In one order, on which the last digits of the sums depend.
        pairs_of_entries = ((name, entry) for name in sorted(lexicon) for entry in sorted(lexicon[name]))
        self.shared = [(self.column[name], self.entry[entry]) for name, entry in pairs_of_entries]
        self.size = len(kept) + len(names) + 1

    def columns(self, words: list[str]) -> tuple[Whole, Whole]:
        """The columns of a text's words and of its pairs, -1 for the unknown."""
        get = self.column.get
        singles = np.fromiter((get(w, -1) for w in words), dtype=np.int64, count=len(words))
        doubles = np.fromiter(
            (get(p, -1) for p in map(" ".join, pairwise(words))), dtype=np.int64, count=max(len(words) - 1, 0)
        )
        return singles, doubles


def entries() -> dict[str, set[str]]:
    """Words and pairs of the lexicons of events and weapons, each with its entries: what is rare leans on them."""
    found: dict[str, set[str]] = {}
    for lexicon in ("triggers", "weapons"):
        for entry, row in load_lexicon(lexicon).items():
            forms = [form for noun in row.get("nouns") or [] for form in (noun, plural(noun))]
            forms += [form for verb in row.get("verbs") or [] for form in inflect(verb)]
            forms += row.get("phrases") or []
            forms += [form for word in (row["words"] if lexicon == "weapons" else []) for form in (word, plural(word))]
            for form in forms:
                words = words_of(form)
                for name in words if len(words) == 1 else map(" ".join, pairwise(words)):
                    found.setdefault(name, set()).add(f"{lexicon}.{entry}")
    return found


class Passages:
    """All passages of some reports as columns, with labels and weights."""

    def __init__(self, reports: Sequence[Read], vocabulary: Vocabulary) -> None:
        singles, doubles, lows, highs, labels, weights, self.first = [], [], [], [], [], [], [0]
        at = 0
        for report in reports:
            one, two = vocabulary.columns(report.words)
            singles.append(one)
            doubles.append(np.append(two, -1))
            for (lo, hi), label in zip(edges(len(report.words)), report.passages, strict=True):
                lows.append(at + lo)
                highs.append(at + hi)
                labels.append(label)
            n = max(report.passages.count(1), 1)
            # A report is lost with its likeliest passage: those of a report with few of them weigh more. What stands
            # beside an event may well be on the war, and need not look like other matters.
            without = BESIDE if report.relevant else 1.0
            weights += [4.0 / n + 0.25 if label == 1 else without * (label == 0) for label in report.passages]
            at += len(report.words)
            self.first.append(len(lows))
        self.singles, self.doubles = np.concatenate(singles), np.concatenate(doubles)
        self.lo, self.hi = np.asarray(lows), np.asarray(highs)
        self.labels, self.weights = np.asarray(labels, dtype=float), np.asarray(weights)
        self.vocabulary = vocabulary

    def sums(self, w: Floats) -> Floats:
        """The sum of each passage."""
        full = self._full(w)
        one = np.append(0.0, np.cumsum(full[self.singles]))
        two = np.append(0.0, np.cumsum(full[self.doubles]))
        total: Floats = w[-1] + one[self.hi] - one[self.lo] + two[self.hi - 1] - two[self.lo]
        return total

    def _full(self, w: Floats) -> Floats:
        """The weight of each column with those of its entries; the last is that of the unknown."""
        full = np.append(w[: len(self.vocabulary.column)], 0.0)
        for column, entry in self.vocabulary.shared:
            full[column] += w[entry]
        return full

    def best(self, w: Floats) -> Floats:
        """The sum of each report's likeliest passage."""
        found: Floats = np.maximum.reduceat(self.sums(w), self.first[:-1])
        return found

    def fit(self) -> Floats:
        """The weights."""
        v, used = self.vocabulary, self.weights > 0
        held = np.full(v.size, STRENGTH)
        held[len(v.column) : -1] = CLASS_STRENGTH
        held[-1] = 0.0
        scale = self.weights.sum()
        n = len(self.singles)
        columns, shared = len(v.column), np.asarray(v.shared)

        def loss(w: Floats) -> tuple[float, Floats]:
            z = self.sums(w)
            y = self.labels == 1
            value = float((self.weights * np.logaddexp(0.0, np.where(y, -z, z))).sum())
            rest = np.where(used, self.weights * (1 / (1 + np.exp(-z)) - y), 0.0)
            slope = np.zeros(v.size)
            for where, hi in ((self.singles, self.hi), (self.doubles, self.hi - 1)):
                change = np.bincount(self.lo, rest, n + 1) - np.bincount(hi, rest, n + 1)
                by = np.bincount(np.where(where < 0, columns, where), np.cumsum(change)[:n], columns + 1)
                slope[:columns] += by[:columns]
            np.add.at(slope, shared[:, 1], slope[shared[:, 0]])
            slope[-1] = rest.sum()
            # The penalty grows with the data, so that a part and the whole are held alike.
            value += 0.5 * float((held * w * w).sum()) * scale * 1e-3
            return value / scale, (slope + held * w * scale * 1e-3) / scale

        start = np.zeros(v.size)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 10})
        return np.asarray(found.x)


# From reports to the file ---------------------------------------------------------------------------------------------


def fitted(reports: Sequence[Read]) -> tuple[Vocabulary, Floats]:
    """The words and pairs of some reports, and their weights."""
    vocabulary = Vocabulary(reports)
    return vocabulary, Passages(reports, vocabulary).fit()


def scored_by_others(reports: Sequence[Read]) -> Floats:
    """The sum of each report's likeliest passage, by a model of the other parts."""
    part = np.asarray([int(r.sample.report.sha256[16:24], 16) % TRIES for r in reports])
    found = np.zeros(len(reports))
    for k in range(TRIES):
        vocabulary, w = fitted([r for r, p in zip(reports, part, strict=True) if p != k])
        found[part == k] = Passages([r for r, p in zip(reports, part, strict=True) if p == k], vocabulary).best(w)
    return found


def calibrated(best: Floats, relevant: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift by which the sums become log odds of a report with an event."""

    def loss(p: Floats) -> float:
        z = p[0] * best + p[1]
        return float(np.logaddexp(0.0, np.where(relevant, -z, z)).mean())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(shift)


def threshold(best: Floats, reports: Sequence[Read]) -> float:
    """The least sum that is read: of no large set, nor of all, more than ``LOST`` of those with events is lost."""
    sums: dict[str, list[float]] = {}
    for total, report in zip(best, reports, strict=True):
        if report.relevant and len(report.words) >= SHORT:
            for name in (report.sample.set, "all"):
                sums.setdefault(name, []).append(float(total))
    return min(sorted(those)[int(LOST * len(those))] for those in sums.values() if len(those) >= 1 / LOST)


def rows(vocabulary: Vocabulary, w: Floats, slope: float) -> Iterator[tuple[str, int]]:
    """Words and pairs with their weights in hundredths, the strongest first."""
    full = w[: len(vocabulary.column)].copy()
    for column, entry in vocabulary.shared:
        full[column] += w[entry]
    found = {name: round(float(full[k]) * slope * UNIT) for name, k in vocabulary.column.items()}
    kept = {name: value for name, value in found.items() if " " not in name or abs(value) >= PRUNED}
    yield from sorted(kept.items(), key=lambda row: (-row[1], row[0]))


def main() -> None:
    """Trains and writes the gate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the public sets")
    parser.add_argument("--cache", type=Path, required=True, help="where the readings are kept")
    arguments = parser.parse_args()
    wanted = [s for s in chosen(arguments.data) if not s.checked]
    events = readings(wanted, arguments.cache)
    reports = [
        r for s in wanted if (found := events[s.report.sha256]) is not None and (r := labelled(s, found)) is not None
    ]
    best = scored_by_others(reports)
    relevant = np.asarray([r.relevant for r in reports])
    slope, shift = calibrated(best, relevant)
    least = threshold(best, reports)
    vocabulary, w = fitted(reports)
    print(f"{len(reports)} reports, {relevant.sum()} with events; read from {least * slope + shift:.2f} on")
    lines = [
        "# The relevance gate: what each word, or pair of words, adds to the log odds of an event, in hundredths.",
        "# Written by training/relevance.py; docs/relevance.md tells on what. A word with 0 is known and says nothing.",
        f"{BIAS}\t{round((w[-1] * slope + shift) * UNIT)}",
        f"{THRESHOLD}\t{round((least * slope + shift) * UNIT)}",
        *(f"{name}\t{value}" for name, value in rows(vocabulary, w, slope)),
    ]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
