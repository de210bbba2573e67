"""Where the spans of an attribution end, as PARC and PolNeAR cut them, so that a trained reader gives the same."""

from __future__ import annotations

from sayso.reading.content import QUOTES, Range
from sayso.reading.syntax import Syntax

MARKS = " \n\t\"“”'‘’,.;:—–-"
"""Characters at the ends of a span on which nothing hangs."""


def whole_cue(cue: Range, s: Syntax) -> Range:
    """The cue with its auxiliaries and the adverbs before it: "has repeatedly said"."""
    lo, hi = cue
    while lo > 0 and s.head[lo - 1] == cue[0] and s.dep[lo - 1] in {"aux", "auxpass", "neg", "advmod"}:
        lo -= 1
    return lo, hi


def whole_content(content: Range, s: Syntax) -> Range:
    """The content with the "that" or "But" that it begins with."""
    lo, hi = content
    first = s.bounds(lo)[0]
    mark = lo
    while mark > first and not s.word[mark - 1].isalnum() and lo - mark < 2:
        mark -= 1
    if mark > first and (s.low[mark - 1] == "that" or (mark - 1 == first and s.tag[first] == "CC")):
        lo = mark - 1
    return lo, hi


def joined(ranges: list[Range], s: Syntax) -> list[Range]:
    """Stretches of a quotation with nothing but marks between them as one."""
    made: list[Range] = []
    for lo, hi in ranges:
        between = s.word[made[-1][1] : lo] if made else []
        if made and lo >= made[-1][1] and not any(word.isalnum() for word in between):
            made[-1] = (made[-1][0], hi)
        else:
            made.append((lo, hi))
    return made


def unquoted(content: Range, s: Syntax) -> Range:
    """The content without the quotation marks around it."""
    lo, hi = content
    if hi - lo > 2 and s.word[lo] in QUOTES and s.word[hi - 1] in QUOTES:
        lo, hi = lo + 1, hi - 1
        while hi > lo + 1 and s.word[hi - 1] in {",", "."}:
            hi -= 1
    return lo, hi


def unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of the text, in code points, without the quotation marks, commas and stops at its ends."""
    words = text[start:end]
    if not words.strip(MARKS):
        return start, end
    return start + len(words) - len(words.lstrip(MARKS)), end - len(words) + len(words.rstrip(MARKS))
