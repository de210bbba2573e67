"""Notes on the condition of a text where the reading of it is degraded: capitals, lost commas, OCR noise, no sentences.

Each note has its code and one line in ``sayso.errors``; pages and ``sayso read`` show it with the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.model import Note, Paragraph, Report, Span
from sayso.reading.language import is_other_language
from sayso.reading.recase import in_capitals
from sayso.reading.syntax import MAX_SENTENCE, Syntax
from sayso.sources.report import note

CAPITALS = 0.2
"""Share of the text in capitals from which that is noted; a headline in capitals is nothing unusual."""
ENOUGH = 150
"""Words from which the commas of a text are counted."""
COMMAS = 0.004
"""Commas a word below which they were lost: news has one in twenty words."""
NOISE = 0.01
"""Share of words that recognition garbled from which that is noted."""
GARBLED = 3
"""So many garbled words at least."""
LONG = 20_000
"""Words of a report that is longer than the reading was checked on."""
VERBLESS = 0.7
"""Share of words in sentences without a verb from which a text is mostly no sentences."""
TOLD = 30
"""Words from which that is counted."""
_WORD = re.compile(r"[^\W\d_]")
_GARBLED = re.compile(
    r"\b(?!\d+(?:st|nd|rd|th|s|k|m|bn|km|kms|mm|cm|kg|am|pm|h|hrs?|min)\b)"
    r"(?:[a-z]+\d+[a-z]+|\d+[a-z]{2,}|[a-z]{2,}\d+[a-z]*)\b|\b[A-Za-z]+[|\\\]{}~^][A-Za-z]+|\ufffd"
)


def condition_notes(report: Report, paragraphs: Sequence[Paragraph], s: Syntax) -> tuple[Note, ...]:
    """The notes on a report's text; ``s`` is its words as they were read, in mixed case."""
    read = [p for p in paragraphs if p.read]
    text = "\n".join(report.text[p.start : p.end] for p in read)
    if not _WORD.search(text):
        return (note("S315"),)
    return (*_capitals(report.text, paragraphs), *_marks(s), *_sentences(s), *_switched(report.text, s))


def _capitals(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Note]:
    capitals = in_capitals(text, paragraphs)
    length = sum(p.end - p.start for p in capitals)
    if length and length >= CAPITALS * sum(p.end - p.start for p in paragraphs if p.read):
        yield note("S310")


def _marks(s: Syntax) -> Iterator[Note]:
    """Commas that were lost, and words that recognition garbled."""
    count = len(s.word)
    if count >= ENOUGH and sum(w in {",", "،", ";"} for w in s.word) < COMMAS * count:
        yield note("S311")
    first = s.start[0] if s.start else 0
    garbled = list(_GARBLED.finditer(s.text, first))
    if len(garbled) >= GARBLED and len(garbled) >= NOISE * count:
        lo, hi = garbled[0].span()
        yield _at(note("S312", count=str(len(garbled))), Span(lo, hi, s.text[lo:hi]))


def _sentences(s: Syntax) -> Iterator[Note]:
    count = len(s.word)
    if count > LONG:
        yield note("S313", count=f"{count:,}")
    verbless = sum(hi - lo for lo, hi in s.sentences if not any(map(s.is_verb, range(lo, hi))))
    endless = sum(hi - lo for lo, hi in s.sentences if hi - lo >= MAX_SENTENCE)
    if count >= TOLD and verbless + endless > VERBLESS * count:
        yield note("S314")


def _switched(text: str, s: Syntax) -> Iterator[Note]:
    """The first sentence in another language inside a paragraph that is read."""
    for lo, hi in s.sentences:
        words = s.words(lo, hi)
        if is_other_language(words):
            start, end = s.start[lo], s.end[hi - 1]
            yield _at(note("S316"), Span(start, end, text[start:end]))
            return


def _at(plain: Note, span: Span) -> Note:
    return Note(code=plain.code, text=plain.text, span=span)
