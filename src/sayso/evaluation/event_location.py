"""Scores event and place on sentences with a verb and the places where that act happened (Halterman 2019).

A row is a sentence, a verb and the spans of its places, none where the sentence does not say. The tenth that is scored
is fixed by the text alone (``tenth``); the other nine trained the binder. Spans count as right where they are the same
(exact) or overlap, each at most once; tokens count as in the published work. Rows of one text and verb whose
annotators disagree are all scored: ``agreement`` tells how far people agree on the set.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.timeml import Score
from sayso.model import Paragraph
from sayso.reading.places import read_places
from sayso.reading.placing import binder, names_of
from sayso.reading.syntax import Syntax, parse

FILE = "labelled.jsonl.gz"
TENTHS = 10
HELD_OUT = 0
"""The tenth that is scored."""
_TOKEN = re.compile(r"\w+")
_EDGE = " ,.;:\n\t\xa0"

Span = tuple[int, int]


class Row(NamedTuple):
    """A labelled sentence: its text, the verb's code points, the code points of the places where that act happened."""

    text: str
    verb: Span
    places: tuple[Span, ...]


class Scores(msgspec.Struct, frozen=True):
    """Micro counts over all rows: same span, overlapping span, tokens; overlapping spans on rows that have a place."""

    rows: int
    located: int
    exact: Score
    overlapping: Score
    tokens: Score
    overlapping_located: Score
    right_rows: int
    """Rows whose places, or whose want of any, are read right (by overlap)."""


def tenth(text: str) -> int:
    """The tenth, 0 to 9, of a sentence: 32 bits of the SHA-256 of its text without outer spaces, modulo 10."""
    return int(hashlib.sha256(text.strip().encode()).hexdigest()[:8], 16) % TENTHS


def labelled(path: Path) -> Iterator[Row]:
    """The rows of ``labelled.jsonl.gz``, or of the folder that holds it, without rejected ones and those with no verb.

    Some rows give tokens in place of code points; their own ``text`` tells where the place is. Raises ``S728`` for a
    line that is no such row.
    """
    file = path / FILE if path.is_dir() else path
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = _row(json.loads(line))
            except (ValueError, KeyError, TypeError) as cause:
                raise SaysoError("S728", path=file, number=number, reason=cause) from cause
            if row is not None:
                yield row


def _row(entry: dict[str, Any]) -> Row | None:
    text, spans = entry["text"], entry["spans"] or []
    verbs = [_span(text, s) for s in spans if s["label"] == "VERB"]
    if entry.get("answer") in {"reject", "ignore"} or not verbs:
        return None
    places = {_trimmed(text, _span(text, s)) for s in spans if s["label"] == "LOCATION"}
    return Row(text, verbs[0], tuple(sorted((a, b) for a, b in places if a < b)))


def _span(text: str, span: dict[str, Any]) -> Span:
    start, end, words = int(span["start"]), int(span["end"]), span.get("text")
    if words is None or text[start:end] == words:
        return start, end
    # Offsets are tokens here: of the places where the words stand, the one with about as many tokens before it.
    found = [m.start() for m in re.finditer(re.escape(words), text)]
    first = min(found, key=lambda at: abs(len(re.findall(r"\w+|[^\w\s]", text[:at])) - start), default=0)
    return (first, first + len(words)) if found else (0, 0)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def parsed(texts: Iterable[str]) -> Iterator[Syntax]:
    """The parses of sentences, in their order."""
    return parse((text, [Paragraph(0, len(text), "en")]) for text in texts)


def located(s: Syntax, verb: Span) -> list[Span]:
    """The code points of the places where the binder puts the act that a verb tells."""
    act = s.token_at(verb[0])
    if act is None:
        return []
    names = [n for n in names_of(s, read_places(s.text)) if not n.lo <= act < n.hi]
    bound = binder()
    likely = zip(names, bound.likelihoods(s, act, names), strict=True)
    return [(n.start, n.end) for n, p in likely if p >= bound.threshold]


def score(path: Path, every: int = 1) -> Scores:
    """The scores of the binder on the held-out tenth, or on one row in ``every`` of it."""
    rows = [row for row in labelled(path) if tenth(row.text) == HELD_OUT][::every]
    return count(rows, [located(s, row.verb) for row, s in zip(rows, parsed(r.text for r in rows), strict=True)])


def count(rows: Sequence[Row], read: Sequence[Sequence[Span]]) -> Scores:
    """The scores of what was read, row by row."""
    exact, overlapping, tokens, where = (Tally() for _ in range(4))
    right = 0
    for row, spans in zip(rows, read, strict=True):
        exact.add(len(set(row.places) & set(spans)), len(spans), len(row.places))
        met = _overlaps(row.places, spans)
        overlapping.add(met, len(spans), len(row.places))
        if row.places:
            where.add(met, len(spans), len(row.places))
        right += met == len(spans) == len(row.places)
        mine, theirs = _tokens(row.text, spans), _tokens(row.text, row.places)
        tokens.add(len(mine & theirs), len(mine), len(theirs))
    return Scores(
        rows=len(rows),
        located=sum(bool(row.places) for row in rows),
        exact=exact.score(),
        overlapping=overlapping.score(),
        tokens=tokens.score(),
        overlapping_located=where.score(),
        right_rows=right,
    )


class Tally:
    """Counts while rows are scored."""

    def __init__(self) -> None:
        self.right = self.read = self.labelled = 0

    def add(self, right: int, read: int, labelled: int) -> None:
        """One row's counts."""
        self.right += right
        self.read += read
        self.labelled += labelled

    def score(self) -> Score:
        """The counts so far."""
        return Score(self.right, self.read, self.labelled)


def _overlaps(labelled: Sequence[Span], read: Sequence[Span]) -> int:
    """How many labelled spans overlap one that was read, each of which counts once."""
    free = list(read)
    met = 0
    for start, end in labelled:
        hit = next((span for span in free if span[0] < end and start < span[1]), None)
        if hit is not None:
            free.remove(hit)
            met += 1
    return met


def _tokens(text: str, spans: Sequence[Span]) -> set[int]:
    return {m.start() for m in _TOKEN.finditer(text) if any(a < m.end() and m.start() < b for a, b in spans)}


def agreement(path: Path) -> Score:
    """How far people agree: over rows of one text and verb, the same spans of the first two of them."""
    seen: dict[tuple[str, Span], Row] = {}
    done: set[tuple[str, Span]] = set()
    tally = Tally()
    for row in labelled(path):
        key = row.text.strip(), row.verb
        if key in seen and key not in done:
            done.add(key)
            tally.add(len(set(seen[key].places) & set(row.places)), len(row.places), len(seen[key].places))
        seen.setdefault(key, row)
    return tally.score()
