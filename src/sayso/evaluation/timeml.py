"""Scores the times layer against TimeML files as TempEval-3: strict and relaxed spans, values of relaxed matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
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


def evaluate(path: str) -> str:
    """What ``sayso evaluate timeml PATH`` prints."""
    return report(score(path))
