"""Attributions as the trained reader finds them, brought to the tokens of the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.reading.content import EDGE, Range
from sayso.reading.encoder.inference import Spoken
from sayso.reading.syntax import Syntax

NOUNS = ("N", "P")
STANDING = frozenset({"WP", "WDT", "DT", "CD"})
"""Tags of words that stand for a noun: "who", "that", "one"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One attribution in token ranges; ``heads`` are those of its source's conjuncts, none where nobody is named."""

    said: Spoken
    cue: Range
    source: Range | None
    heads: tuple[int, ...]
    content: tuple[Range, ...]


def heard(spoken: Sequence[Spoken], s: Syntax) -> list[Heard]:
    """The attributions in the order of their cues; those outside what was parsed are left out."""
    found = []
    for one in spoken:
        cue = tokens(s, one.cue)
        content = tuple(r for span in one.content if (r := tokens(s, span)) is not None)
        if cue is None or not content:
            continue
        ranges = [r for span in one.source if (r := tokens(s, span)) is not None]
        source = min(ranges, key=lambda r: (abs(r[0] - cue[0]), r)) if ranges else None
        found.append(Heard(one, cue, source, source_heads(s, source) if source else (), content))
    return sorted(found, key=lambda h: h.cue)


def tokens(s: Syntax, span: tuple[int, int]) -> Range | None:
    """The tokens that a span of the text touches; none where it lies in no parsed paragraph."""
    first, last = s.token_at(span[0]), s.token_at(span[1] - 1)
    if first is None or s.start[first] >= span[1]:
        return None
    if last is None or s.start[last] >= span[1]:
        last = (len(s.word) if last is None else last) - 1
    return first, last + 1


def source_heads(s: Syntax, source: Range) -> tuple[int, ...]:
    """The heads of a source: the noun or pronoun that the rest hangs on, and those coordinated with it within it."""
    lo, hi = source
    tops = [k for k in range(lo, hi) if s.head[k] == k or not lo <= s.head[k] < hi]
    nouns = [k for k in tops if s.tag[k][0] in NOUNS or s.tag[k] in STANDING]
    if not nouns:
        before = next((k for k in range(lo, hi) if s.tag[k] == "IN"), hi)
        nouns = [k for k in range(lo, before) if s.tag[k][0] in NOUNS][-1:]
    if not nouns:
        return ()
    return tuple(h for h in s.conjuncts(nouns[0]) if lo <= h < hi) or (nouns[0],)


def trimmed(s: Syntax, where: Range) -> Range:
    """A range without the marks at its edges."""
    lo, hi = where
    while lo < hi - 1 and s.word[lo] in EDGE:
        lo += 1
    while hi > lo + 1 and s.word[hi - 1] in EDGE:
        hi -= 1
    return lo, hi
