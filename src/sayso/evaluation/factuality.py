"""Scores the trained reader against event factuality: how certain it is that what a word tells happened, −3 to 3.

UW (Lee et al. 2015) and UDS-IH2 (Rudinger et al. 2018) give the value of each predicate of a sentence. The reader has a
head for it. Beside it the modality and stance that an account would give stand for a value each (``factuality.yaml``).
Mean absolute error and Pearson's r are those of both papers. Predicates are scored that the reading takes for events,
and all, as if each were one.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, get_args
from unicodedata import category

import msgspec
import numpy as np
import yaml

from sayso.errors import SaysoError
from sayso.evaluation.timeml import Score
from sayso.evaluation.tokens import Written, written
from sayso.model import Modality, Paragraph, Stance
from sayso.reading.actors import ActorBook
from sayso.reading.attributions import AttributionReader
from sayso.reading.encoder.inference import Encoded, encode_each
from sayso.reading.encoder.weights import load_reader
from sayso.reading.hedges import find_hedges
from sayso.reading.modality import modality_of
from sayso.reading.saying import Coverage
from sayso.reading.syntax import NOUN_TAGS, Syntax, parse
from sayso.reading.telling import not_to_come, stance_of
from sayso.reading.triggers import OPEN, Trigger, find_triggers, find_weapons

PART = ".dev.jsonl.gz"
"""The files of a folder that are scored; another part is scored by its own file."""
HALFWAY = 1.5
"""Nearer to 3 than to 0 is certain, nearer to −3 certainly not."""
CERTAIN, UNCERTAIN, NOT = "certain", "uncertain", "certainly not"
CLASSES = (CERTAIN, UNCERTAIN, NOT)
TOP = 3.0
HEAD = "factuality"
"""The trained reader's head of one value, −3 to 3."""
SEEN, RULED = "read as events", "by modality and stance"

PUBLISHED = {
    "UW": (("Lee et al. (2015)", 0.511, 0.708),),
}
"""MAE and r on the test parts, by models trained on the train parts."""


class Target(msgspec.Struct, frozen=True):
    """A predicate: its tokens ``[start, end)``, and how certain it is that it happened, −3 to 3."""

    span1: tuple[int, int]
    label: float


class Sentence(msgspec.Struct, frozen=True):
    """One row: tokens parted by single spaces, and predicates."""

    text: str
    targets: tuple[Target, ...]

    @property
    def tokens(self) -> list[str]:
        """The tokens that predicates count."""
        return self.text.split(" ")


class Judged(NamedTuple):
    """One predicate: its value as annotated and as read, and whether the reading sees an event in it.

    ``ruled`` is the value of its modality and stance.
    """

    annotated: float
    read: float
    ruled: float
    modality: Modality
    stance: Stance
    seen: bool
    words: str
    """The sentence, its predicate in brackets."""


class Scores(msgspec.Struct, frozen=True):
    """Over some predicates: mean absolute error, Pearson's r, both null where there is nothing to tell them by.

    ``constant`` is the error of a reader that takes all for certain; ``confusion`` counts (annotated, read) classes.
    """

    predicates: int
    mae: float | None
    r: float | None
    constant: float | None
    confusion: dict[tuple[str, str], int]

    def of(self, name: str) -> Score:
        """The counts of one class."""
        read = sum(self.confusion[row, name] for row in CLASSES)
        annotated = sum(self.confusion[name, column] for column in CLASSES)
        return Score(self.confusion[name, name], read, annotated)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the three classes."""
        return sum(self.of(name).f1 for name in CLASSES) / len(CLASSES)


class Parts(NamedTuple):
    """The scores of one set: all predicates, those read as events, and all by modality and stance."""

    every: Scores
    seen: Scores
    ruled: Scores


Sets = Mapping[str, Parts]


@cache
def values() -> dict[tuple[Modality, Stance], float]:
    """The value of each modality and stance, from ``factuality.yaml``."""
    text = files("sayso.evaluation").joinpath("factuality.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {
        (modality, stance): float(table[modality][stance]["value"])
        for modality in get_args(Modality)
        for stance in get_args(Stance)
    }


def class_of(value: float) -> str:
    """Which of 3, 0 and −3 a value is nearest to; one halfway is uncertain."""
    if abs(value) <= HALFWAY:
        return UNCERTAIN
    return CERTAIN if value > 0 else NOT


def sentences(file: Path) -> Iterator[Sentence]:
    """The rows of a gzipped JSONL file. Raises ``S730`` with the line that is none."""
    for number, line in enumerate(_lines(file), 1):
        try:
            row = msgspec.json.decode(line, type=Sentence)
        except msgspec.DecodeError as cause:
            raise SaysoError("S730", path=file, number=number, reason=cause) from cause
        if not all(_has_words(row.tokens, *target.span1) for target in row.targets):
            raise SaysoError("S730", path=file, number=number, reason="a predicate has no words in the text")
        yield row


def _lines(file: Path) -> list[bytes]:
    try:
        return gzip.decompress(file.read_bytes()).splitlines()
    except (OSError, EOFError) as cause:
        raise SaysoError("S730", path=file, number=1, reason=cause) from cause


def _has_words(tokens: list[str], start: int, end: int) -> bool:
    """Whether a predicate begins with a token that shows: a letter, a number, a mark or a sign."""
    return 0 <= start < end <= len(tokens) and any(category(c)[0] in "LNPS" for c in tokens[start])


def told(s: Syntax, t: Trigger, coverage: Coverage, open_tokens: set[int]) -> tuple[Modality, Stance]:
    """How a trigger is told, by its own clause and by whoever it is attributed to, as an occurrence claim would be.

    ``open_tokens`` are those of clauses that are said not to be known.
    """
    attribution = coverage.at(t.head)
    stances = {stance_of(s, t), attribution.stance if attribution is not None else None}
    modality = modality_of(s, t)
    if stance_of(s, t) == "denies" and not_to_come(s, t):
        modality = "planned"
    if "denies" in stances:
        return modality, "denies"
    return modality, "uncertain" if "uncertain" in stances or t.head in open_tokens else "asserts"


def judge(rows: Sequence[Sentence]) -> list[Judged]:
    """All predicates of some sentences, in order, each as the reading takes it."""
    laid_out = [written(row.tokens) for row in rows]
    parsed = parse((one.text, [Paragraph(0, len(one.text), "en")]) for one in laid_out)
    encoded = encode_each([one.text for one in laid_out], load_reader())
    together = zip(rows, laid_out, parsed, encoded, strict=True)
    return [judged for row, one, s, made in together for judged in _sentence(row, one, s, made)]


def value_at(encoded: Encoded, start: int) -> float:
    """The value that the reader gives to the first word that ends behind a code point of a text with words."""
    ends = encoded.words()[:, 1]
    word = min(int(np.searchsorted(ends, start, side="right")), len(ends) - 1)
    return min(TOP, max(-TOP, float(encoded.scores[HEAD][word, 0])))


def _sentence(row: Sentence, text: Written, s: Syntax, encoded: Encoded) -> Iterator[Judged]:
    triggers = {k: t for t in find_triggers(s, find_weapons(s)) for k in range(t.lo, t.hi)}
    coverage = Coverage(AttributionReader(s, ActorBook(s), encoded.spoken).read())
    open_tokens = {k for hedge in find_hedges(s) for k in range(hedge.lo, hedge.hi)}
    for target in row.targets:
        start, end = text.spans[target.span1[0]][0], text.spans[target.span1[1] - 1][1]
        i = s.token_at(start)
        assert i is not None  # The parser leaves out spaces alone.
        # A predicate of any kind is read as the most open word for an attack would be.
        trigger = triggers.get(i) or Trigger(i, i + 1, i, OPEN, "armed_attack", s.tag[i] in NOUN_TAGS)
        how = told(s, trigger, coverage, open_tokens)
        words = f"{text.text[:start]}[{text.text[start:end]}]{text.text[end:]}"
        yield Judged(target.label, value_at(encoded, start), values()[how], *how, i in triggers, words)


def measure(pairs: Sequence[tuple[float, float]]) -> Scores:
    """The scores over some predicates, each as annotated and as read."""
    confusion = {(row, column): 0 for row in CLASSES for column in CLASSES}
    for annotated, read in pairs:
        confusion[class_of(annotated), class_of(read)] += 1
    n = len(pairs)
    return Scores(
        predicates=n,
        mae=sum(abs(annotated - read) for annotated, read in pairs) / n if n else None,
        r=pearson([annotated for annotated, _ in pairs], [read for _, read in pairs]),
        constant=sum(TOP - annotated for annotated, _ in pairs) / n if n else None,
        confusion=confusion,
    )


def parts(judged: Sequence[Judged]) -> Parts:
    """The scores of the predicates of one set."""
    return Parts(
        measure([(one.annotated, one.read) for one in judged]),
        measure([(one.annotated, one.read) for one in judged if one.seen]),
        measure([(one.annotated, one.ruled) for one in judged]),
    )


def pearson(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's correlation of two columns, −1 to 1; null where one of them does not vary."""
    from statistics import StatisticsError, correlation

    try:
        return correlation(left, right)
    except StatisticsError:
        return None


# Sets, and how they are shown ------------------------------------------------------------------------------------


def sets_of(path: Path) -> dict[str, list[Sentence]]:
    """The sentences of each set in a folder (its development part), or of one file, by name ("UW").

    Raises ``S731`` where the folder has none, ``S730`` for a line that is no sentence.
    """
    found = sorted(path.glob(f"*{PART}")) if path.is_dir() else [path]
    if not found:
        raise SaysoError("S731", path=path)
    return {file.name.split(".")[0]: list(sentences(file)) for file in found}


def score_sets(path: Path) -> dict[str, Parts]:
    """The scores of each set. Raises what ``sets_of`` and ``load_reader`` raise."""
    return {name: parts(judge(rows)) for name, rows in sets_of(path).items()}


def differences(path: Path) -> Iterator[str]:
    """Each predicate that is read in another class than annotated, worst first within its set, in words."""
    for name, rows in sets_of(path).items():
        wrong = [one for one in judge(rows) if class_of(one.annotated) != class_of(one.read)]
        for one in sorted(wrong, key=lambda one: -abs(one.annotated - one.read)):
            yield f"{name} {one.annotated:+.1f}, read {one.read:+.1f} ({one.modality}, {one.stance}): {one.words}"


def as_figures(sets: Sets) -> dict[str, float | int | None]:
    """The scores as plain numbers: ``UW.mae``, ``UW.seen.r``, ``UW.ruled.r``, ``UW.certain.f1``."""
    figures: dict[str, float | int | None] = {}
    for lead, scores in _rows(sets, ("{}", "{}.seen", "{}.ruled")):
        figures |= {f"{lead}.{key}": getattr(scores, key) for key in ("predicates", "mae", "r", "constant", "macro_f1")}
        for name in CLASSES:
            shares = {share: getattr(scores.of(name), share) for share in ("precision", "recall", "f1")}
            figures |= {f"{lead}.{name.replace(' ', '_')}.{share}": value for share, value in shares.items()}
    return figures


def _rows(sets: Sets, forms: tuple[str, str, str]) -> list[tuple[str, Scores]]:
    return [(form.format(name), scores) for name, of in sets.items() for form, scores in zip(forms, of, strict=True)]


def as_text(sets: Sets) -> str:
    """The scores as a table in text, and the three classes of each set."""
    heads = ("predicates", "MAE", "r", "MAE of +3", "certain", "uncertain", "not", "macro F1")
    rows = _rows(sets, ("{}", f"{{}}, {SEEN}", f"{{}}, {RULED}"))
    width = max(len(name) for name, _ in rows)
    lines = [f"{'':{width}}" + "".join(f"{head:>11}" for head in heads)]
    for name, scores in rows:
        lines.append(f"{name:{width}}" + "".join(f"{cell:>11}" for cell in _cells(scores)))
    for name, (scores, _, _) in sets.items():
        lines += ["", f"{name}: rows as annotated, columns as read"]
        lines.append(f"{'':{width}}" + "".join(f"{column:>15}" for column in CLASSES))
        for row in CLASSES:
            lines.append(f"{row:{width}}" + "".join(f"{scores.confusion[row, column]:15}" for column in CLASSES))
    return "\n".join(lines)


def _cells(scores: Scores) -> list[str]:
    shares = [scores.mae, scores.r, scores.constant, *(scores.of(name).f1 for name in CLASSES), scores.macro_f1]
    return [str(scores.predicates), *("–" if share is None else f"{share:.3f}" for share in shares)]


INTRODUCTION = """How certain it is that what a word tells happened: 3 certainly, −3 certainly not, 0 not known; the
annotated value is the mean of several people's. The trained reader gives each word a value; it learnt them from the
training parts of these sets, and the development parts are scored. *Read as events* are those predicates in which the
reading sees an event of armed conflict. MAE and Pearson's r are those of the papers, *MAE of +3* is the error of taking
everything for certain. The last columns are F1 in three classes, each value counted to the nearest of 3, 0 and −3.

*By modality and stance* shows what an account tells by itself: each predicate is read as a mention of an event would
be, and its modality and stance stand for a value each (`factuality.yaml`: told as having happened 3, denied −3,
planned, supposed or doubted 0, and so on), fitted to no set. People put what is planned at about 1.7 in one set and at
−0.8 in the other, which fixed values cannot follow; so of these rows r is comparable with care, and MAE hardly.

The published figures are of models scored on the test parts, those in the table on the development parts."""


def as_page(sets: Sets, command: str) -> str:
    """The scores as a section of a page (Markdown), beside the published."""
    heads = ["", "predicates", "MAE", "r", "MAE of +3", *CLASSES, "macro F1"]
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    for name, of in sets.items():
        for title, scores in _rows({name: of}, ("{}, all predicates", f"{{}}, {SEEN}", f"{{}}, all {RULED}")):
            lines.append("| " + " | ".join([title, *_cells(scores)]) + " |")
        for title, mae, r in PUBLISHED.get(name, ()):
            lines.append(f"| {name} test, {title} | | {mae:.3f} | {r:.3f} | | | | | |")
    found = ["## Factuality", f"Made by `{command}`.", INTRODUCTION, "\n".join(lines)]
    for name, (scores, _, _) in sets.items():
        grid = [f"| {name}: annotated, in columns as read | " + " | ".join(CLASSES) + " |", "|---" + "|--:" * 3 + "|"]
        for row in CLASSES:
            grid.append("| " + " | ".join([row, *(str(scores.confusion[row, column]) for column in CLASSES)]) + " |")
        found.append("\n".join(grid))
    return "\n\n".join(found)
