"""Quotes: where the words that a model gives stand in a report, and nothing where they do not stand there.

Words match exactly, but for white space (a run of it is one space) and typographic quotation marks. They begin and end
where words and numbers do, within one paragraph: ``18`` does not stand in ``1,018``. Of several places the one nearest
to an anchor is meant, the earlier of two that are equally near; without an anchor, the first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from sayso.model import Span

LONGEST = 4_000
"""Code points of the longest quote that is looked for; a longer one is no quote."""
MARKS = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`", "'"))
BREAK = "\0"
"""Stands between two paragraphs, so that no quote runs over both."""


class Quotes:
    """The words of some paragraphs of a report, ready to be looked up."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        """``ranges`` are offsets ``[start, end)`` of ``text``, in their order and apart from each other."""
        self._text = text
        letters: list[str] = []
        self._at: list[int] = []
        for start, end in ranges:
            for i, letter in enumerate(text[start:end].translate(MARKS), start):
                if letter == BREAK or (letter.isspace() and (not letters or letters[-1] in (" ", BREAK))):
                    continue
                letters.append(" " if letter.isspace() else letter)
                self._at.append(i)
            letters.append(BREAK)
            self._at.append(end)
        self._folded = "".join(letters)
        self._known: dict[str, list[Span]] = {}

    def places(self, quote: str) -> list[Span]:
        """Every place where the quote stands, in order; none where it is empty, too long or not the report's."""
        wanted = " ".join(quote.translate(MARKS).split())
        if not wanted or len(quote) > LONGEST or BREAK in wanted:
            return []
        if wanted not in self._known:
            self._known[wanted] = self._search(wanted)
        return self._known[wanted]

    def _search(self, wanted: str) -> list[Span]:
        found = []
        at = self._folded.find(wanted)
        while at >= 0:
            start, end = self._at[at], self._at[at + len(wanted) - 1] + 1
            if not _cuts(self._text, start) and not _cuts(self._text, end):
                found.append(Span(start, end, self._text[start:end]))
            at = self._folded.find(wanted, at + 1)
        return found

    def nearest(self, quote: str, anchor: Span | None = None, taken: Collection[Span] = ()) -> Span | None:
        """The place of a quote that is nearest to the anchor and not yet ``taken``; none where there is none."""
        free = [span for span in self.places(quote) if span not in taken]
        if anchor is None:
            return free[0] if free else None
        return min(free, key=lambda span: (distance(span, anchor), span.start), default=None)


def distance(span: Span, other: Span) -> int:
    """How many code points lie between two spans; 0 where they touch or overlap."""
    return max(span.start - other.end, other.start - span.end, 0)


def _cuts(text: str, at: int) -> bool:
    """Whether offset ``at`` lies within a word or a number."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    if unicodedata.combining(behind):
        return True
    if (before.isalnum() or before == "_") and (behind.isalnum() or behind == "_"):
        return True
    left = before in ".," and behind.isdigit() and at > 1 and text[at - 2].isdigit()
    right = behind in ".," and before.isdigit() and at + 1 < len(text) and text[at + 1].isdigit()
    return left or right
