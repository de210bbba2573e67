"""Scores the times layer against TimeML files as TempEval-3: strict and relaxed spans, values of relaxed matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from sayso.reading.times import read_timexes


class Score(NamedTuple):
    """Counts of one measure: what was right, what the reading gave, what the annotation has."""

    right: int
    predicted: int
    annotated: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found; 0 where nothing is annotated."""
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.annotated) if self.predicted + self.annotated else 0.0


class Scores(NamedTuple):
    """The measures over all files: same span, overlapping span, overlapping span with the same value (and type)."""

    documents: int
    strict: Score
    relaxed: Score
    value: Score
    type: Score
    unreadable: tuple[str, ...] = ()


class Expression(NamedTuple):
    """An annotated or predicted TIMEX3 with its code-point offsets in the document's text."""

    start: int
    end: int
    kind: str
    value: str
    text: str = ""
    mod: str | None = None


class Document(NamedTuple):
    """A TimeML document: its text, its creation date (ISO 8601), its annotated expressions in order."""

    name: str
    text: str
    published: str
    expressions: tuple[Expression, ...]


def documents(path: str | Path) -> Iterator[Document | str]:
    """The documents of a ``.tml`` file or of a folder of them, in order of name; for an unreadable file its name."""
    root = Path(path)
    for file in sorted(root.rglob("*.tml")) if root.is_dir() else [root]:
        try:
            yield document(file)
        except (ElementTree.ParseError, UnicodeDecodeError, ValueError, OSError):
            yield file.name


def document(file: Path) -> Document:
    """One TimeML file. Raises ``ValueError`` without ``TEXT`` or creation date, ``ParseError`` where it is no XML."""
    root = ElementTree.fromstring(file.read_bytes())
    body, created = root.find("TEXT"), root.find("DCT/TIMEX3")
    if body is None or created is None:
        raise ValueError(f"{file.name} has no TEXT or no DCT")
    parts: list[str] = []
    found: list[Expression] = []
    _walk(body, parts, found)
    return Document(file.stem, "".join(parts), created.get("value", "")[:10], tuple(found))


def _walk(element: ElementTree.Element, parts: list[str], found: list[Expression]) -> None:
    start = sum(map(len, parts)) if element.tag == "TIMEX3" else 0
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, found)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        text = "".join(parts)[start:]
        found.append(
            Expression(
                start, start + len(text), element.get("type", ""), element.get("value", ""), text, element.get("mod")
            )
        )


def predicted(document: Document) -> tuple[Expression, ...]:
    """What the times layer reads in a document."""
    times = read_timexes(document.text, document.published)
    return tuple(Expression(t.span.start, t.span.end, t.kind, t.value, t.span.text, t.mod) for t in times)


def pairs(document: Document, guess: tuple[Expression, ...]) -> Iterator[tuple[Expression | None, Expression | None]]:
    """Annotated beside predicted expression where they overlap, each at most once; ``None`` where one has no match."""
    used: set[int] = set()
    for gold in document.expressions:
        hits = [n for n, one in enumerate(guess) if n not in used and one.start < gold.end and gold.start < one.end]
        best = max(hits, key=lambda n: min(guess[n].end, gold.end) - max(guess[n].start, gold.start), default=None)
        if best is not None:
            used.add(best)
        yield gold, guess[best] if best is not None else None
    for n, one in enumerate(guess):
        if n not in used:
            yield None, one


def score(path: str | Path, read: Callable[[Document], tuple[Expression, ...]] = predicted) -> Scores:
    """Scores of a reader over a ``.tml`` file or a folder of them. Files that cannot be read are named, never counted.

    ``read`` gives the expressions that a document holds; by default it is the times layer.
    """
    right: Counter[str] = Counter()
    unreadable: list[str] = []
    counted = guessed = annotated = 0
    for entry in documents(path):
        if isinstance(entry, str):
            unreadable.append(entry)
            continue
        counted += 1
        guess = read(entry)
        guessed += len(guess)
        annotated += len(entry.expressions)
        for gold, one in pairs(entry, guess):
            if gold is not None and one is not None:
                right["relaxed"] += 1
                right["strict"] += _words(gold) == _words(one)
                right["value"] += _value(gold.value) == _value(one.value)
                right["type"] += gold.kind == one.kind
    strict, relaxed, value, kind = (
        Score(right[name], guessed, annotated) for name in ("strict", "relaxed", "value", "type")
    )
    return Scores(counted, strict, relaxed, value, kind, tuple(unreadable))


def _words(one: Expression) -> tuple[int, int]:
    """Offsets without the space, quotes and full stops at the ends, on which annotators differ."""
    lead = len(one.text) - len(one.text.lstrip(" \n\t\"'`"))
    tail = len(one.text) - len(one.text.rstrip(" \n\t\"'`.,"))
    return one.start + lead, one.end - tail


def _value(value: str) -> str:
    """A value as compared: seconds of zero and a trailing Z say nothing."""
    return re.sub(r"(T\d\d:\d\d):00$", r"\1", value.strip().rstrip("Z"))


NEWS = ("TimeBank", "AQUAINT")
"""Folders that are one news set: their figures are given together as well."""
MEASURES, SHARES = ("strict", "relaxed", "value", "type"), ("precision", "recall", "f1")
Figures = dict[str, float | int]


def score_sets(path: str | Path) -> dict[str, Scores]:
    """Scores of every folder of ``.tml`` files below a path, and of the news folders together.

    The one set of a file, or of a folder that holds its files itself, has no name.
    """
    root = Path(path)
    folders = sorted({file.parent for file in root.rglob("*.tml")}) if root.is_dir() else []
    if folders in ([], [root]):
        return {"": score(root)}
    sets = {folder.name: score(folder) for folder in folders}
    if all(name in sets for name in NEWS):
        sets[" + ".join(NEWS)] = together([sets[name] for name in NEWS])
    return sets


def together(parts: Sequence[Scores]) -> Scores:
    """The scores of several sets as of one."""

    def added(measure: str) -> Score:
        each: list[Score] = [getattr(part, measure) for part in parts]
        return Score(*(sum(column) for column in zip(*each, strict=True)))

    unreadable = tuple(name for part in parts for name in part.unreadable)
    strict, relaxed, value, kind = map(added, MEASURES)
    return Scores(sum(part.documents for part in parts), strict, relaxed, value, kind, unreadable)


def as_figures(sets: Mapping[str, Scores]) -> Figures:
    """The scores as plain numbers: ``strict.f1``, or ``TimeBank.strict.f1`` where sets have names."""
    figures: Figures = {}
    for name, scores in sets.items():
        lead = f"{name}." if name else ""
        counts = {"documents": scores.documents, "unreadable": len(scores.unreadable)}
        counts |= {"annotated": scores.strict.annotated, "predicted": scores.strict.predicted}
        figures |= {f"{lead}{key}": count for key, count in counts.items()}
        for measure in MEASURES:
            score: Score = getattr(scores, measure)
            figures |= {f"{lead}{measure}.{share}": getattr(score, share) for share in SHARES}
    return figures


def as_text(sets: Mapping[str, Scores]) -> str:
    """The scores as a table in text, a row a set; one unnamed set has its own small table."""
    if list(sets) == [""]:
        return report(sets[""])
    width = max(map(len, sets)) + 2
    lines = [f"{'':{width}}documents  expressions" + "".join(f"{f'{measure} F1':>12}" for measure in MEASURES)]
    for name, scores in sets.items():
        shares = "".join(f"{getattr(scores, measure).f1:12.3f}" for measure in MEASURES)
        lines.append(f"{name:{width}}{scores.documents:9}  {scores.strict.annotated:11}{shares}")
    lines += [f"not read: {name}" for name in sorted({name for scores in sets.values() for name in scores.unreadable})]
    return "\n".join(lines)


INTRODUCTION = """Scored as TempEval-3 does: a *strict* span has the same words, a *relaxed* one shares some, *value*
is a relaxed span with the same TIMEX3 value, *type* one with the same type. Percentages of F1 over all expressions of
all documents; precision and recall of the value in their own columns. The rules were written while looking at these
sets, so new text scores lower. [times.md](times.md) compares the figures with HeidelTime's."""


def as_page(sets: Mapping[str, Scores], command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    heads = ["set", "documents", "expressions", *MEASURES, "value precision", "value recall"]
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    for name, scores in sets.items():
        shares = [getattr(scores, measure).f1 for measure in MEASURES] + [scores.value.precision, scores.value.recall]
        row = [name or "all", str(scores.documents), str(scores.strict.annotated)]
        lines.append("| " + " | ".join(row + [f"{100 * share:.1f}" for share in shares]) + " |")
    unread = sorted({name for scores in sets.values() for name in scores.unreadable})
    lines += ["", *(f"Not read: {name}." for name in unread)] if unread else []
    return "\n\n".join(["## Times (TimeML)", f"Made by `{command}`.", INTRODUCTION, "\n".join(lines)])


def report(scores: Scores) -> str:
    """The scores as a small table in text."""
    lines = [f"{'':8}  precision  recall      F1"]
    for name, one in (
        ("strict", scores.strict),
        ("relaxed", scores.relaxed),
        ("value", scores.value),
        ("type", scores.type),
    ):
        lines.append(f"{name:8}  {one.precision:9.3f}  {one.recall:6.3f}  {one.f1:6.3f}")
    counts = scores.strict
    lines.append(
        f"{scores.documents} documents; {counts.annotated} expressions annotated, {counts.predicted} predicted"
    )
    lines += [f"not read: {name}" for name in scores.unreadable]
    return "\n".join(lines)
