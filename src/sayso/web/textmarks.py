"""A text cut into pieces at the edges of the spans that lie over it, so that overlapping spans can be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

WITHHELD = "[name withheld]"


class Mark(msgspec.Struct, frozen=True):
    """A span ``[start, end)`` (code points) with what it marks: ``kind`` (a class name) and ``key`` (whose it is)."""

    start: int
    end: int
    kind: str
    key: str = ""
    label: str = ""


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text with all the marks that cover it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """The kinds of the marks, each once, in order."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))

    def mark(self, kind: str) -> Mark | None:
        """The first mark of a kind over this piece; ``None`` where there is none."""
        return next((mark for mark in self.marks if mark.kind == kind), None)

    @property
    def shown(self) -> str:
        """The text as a page may show it: a name that is to be withheld is replaced, once, where it begins."""
        withheld = self.mark("withheld")
        if withheld is None:
            return self.text
        return WITHHELD if withheld.start == self.start else ""


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """``text[start:end]`` in pieces; their texts joined give it back. Marks outside are left out, empty ones too."""
    end = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    inside.sort(key=lambda mark: (mark.start, -mark.end))
    edges = sorted({start, end, *(min(max(e, start), end) for mark in inside for e in (mark.start, mark.end))})
    found: list[Piece] = []
    active: list[Mark] = []
    upcoming = 0
    for left, right in pairwise(edges):
        active = [mark for mark in active if mark.end > left]
        while upcoming < len(inside) and inside[upcoming].start <= left:
            if inside[upcoming].end > left:
                active.append(inside[upcoming])
            upcoming += 1
        found.append(Piece(left, text[left:right], tuple(active)))
    return found


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The paragraphs of ``text[start:end]`` as ``(start, end)``, blank ones left out."""
    end = len(text) if end is None else min(end, len(text))
    position = start
    for gap in re.finditer(r"\s*\n\s*\n\s*|\Z", text[start:end]):
        left, right = position, start + gap.start()
        if text[left:right].strip():
            yield left, right
        position = start + gap.end()


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence about ``[start, end)``: to the nearest stop or paragraph edge on each side."""
    before = [match.end() for match in re.finditer(r"[.!?][\"”’')]*\s+|\n\s*\n", text[:start])]
    after = re.search(r"[.!?][\"”’')]*(?=\s|$)|\n\s*\n", text[max(end - 1, start) :])
    right = max(end - 1, start) + after.end() if after else len(text)
    return (before[-1] if before else 0), max(right, end)
