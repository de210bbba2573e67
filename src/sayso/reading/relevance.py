"""The relevance gate: whether a report may tell of an event at all, so that those on other matters are not read.

A linear model adds up what each word and each pair of words of a passage says for an event in it; a report is as
relevant as its likeliest passage, so that one sentence on an attack in a long text on other matters is enough. Where
the words tell too little (a short text, an unknown language, garbled letters) the report is read. The weights are in
``relevance.tsv``, written by ``training/relevance.py``; docs/relevance.md tells on what, and what the gate loses.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, islice, pairwise
from math import exp
from typing import NamedTuple, TypeVar

from sayso.model import Account, Note, Report, Span

GATES = "relevance-"
GATE = f"{GATES}1"
"""The version of the gate: the reader that signs the account of a report that was not read."""
SKIPPED = "S309"
"""The code of the note that says why a report was not read."""
WINDOW, STRIDE = 40, 20
"""Words of a passage, and from the beginning of one to that of the next."""
SHORT = 60
"""A report with fewer words is always read."""
KNOWN = 0.87
"""A report with a smaller share of known words (another language, misread letters) is always read."""
UNIT = 100
"""Weights are whole hundredths, so that their sums are the same on every machine."""
BIAS, THRESHOLD = "*bias*", "*threshold*"
"""Rows of the file of weights that are no words: what every passage begins with, and the least sum that is read."""

_WORD = re.compile(r"[A-Za-z]+")
Found = TypeVar("Found")


class Judgement(NamedTuple):
    """What the gate makes of a report.

    ``score`` is how likely the report has an event, 0 to 1; null where its words tell too little. ``passage`` is the
    likeliest one, null where that is the title.
    """

    relevant: bool
    score: float | None = None
    passage: Span | None = None


class Gate:
    """Judges reports by the weights of words and of pairs of words ("a b"), in hundredths."""

    def __init__(self, weights: dict[str, int], bias: int, threshold: int) -> None:
        self.weights = weights
        self.bias = bias
        self.threshold = threshold

    def judge(self, report: Report) -> Judgement:
        """Whether a report is to be read; its likeliest passage is told only where it is not."""
        title = title_words(report)
        words = [*title, *words_of(report.text)]
        if len(words) < SHORT:
            return Judgement(relevant=True)
        found = list(map(self.weights.get, words))
        if found.count(None) > len(words) * (1 - KNOWN):
            return Judgement(relevant=True)
        sums = self._sums(words, found)
        best = max(sums)
        if best >= self.threshold:
            return Judgement(relevant=True, score=_likelihood(best))
        first = sums.index(best) * STRIDE - len(title)
        return Judgement(relevant=False, score=_likelihood(best), passage=_passage(report.text, first))

    def _sums(self, words: list[str], found: list[int | None]) -> list[int]:
        """The sum of each passage, in order; the last reaches the end of the text."""
        pairs = map(self.weights.get, map(" ".join, pairwise(words)))
        single = list(accumulate((value or 0 for value in found), initial=0))
        double = list(accumulate((value or 0 for value in pairs), initial=0))
        n = len(words)
        sums = []
        for lo in range(0, max(n - STRIDE, 1), STRIDE):
            hi = min(lo + WINDOW, n)
            sums.append(self.bias + single[hi] - single[lo] + double[hi - 1] - double[lo])
        return sums


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters: runs of A to Z."""
    return list(map(str.lower, _WORD.findall(text)))


def title_words(report: Report) -> list[str]:
    """The words of a report's title, none where its text begins with them."""
    if report.title is None or report.text.find(report.title, 0, len(report.title) + 200) >= 0:
        return []
    return words_of(report.title)


def _passage(text: str, first: int) -> Span | None:
    """The passage from a word on; null where it begins before the text, in the title."""
    if first < 0:
        return None
    found = list(islice(_WORD.finditer(text), first, first + WINDOW))
    start, end = found[0].start(), found[-1].end()
    return Span(start, end, text[start:end])


def _likelihood(total: int) -> float:
    return 1.0 / (1.0 + exp(-max(total / UNIT, -500.0)))


def gated(
    reports: Iterable[Report], read: Callable[[Iterable[Report]], Iterator[Found]], *, always: Collection[str] = ()
) -> Iterator[Found | Account]:
    """What ``read`` gives for each report that may have an event, and an empty account for each other, in their order.

    ``always`` holds ids of reports that are read whatever the gate says. Raises what ``read`` raises.
    """
    waiting: deque[Account | None] = deque()

    def passed() -> Iterator[Report]:
        for report in reports:
            skipped = None if report.id in always else held_back(report)
            waiting.append(skipped)
            if skipped is None:
                yield report

    for found in read(passed()):
        while (skipped := waiting.popleft()) is not None:
            yield skipped
        yield found
    yield from (skipped for skipped in waiting if skipped is not None)


def held_back(report: Report) -> Account | None:
    """The account of a report that is not read: no events, and a note with the reason; null for one that is read."""
    judgement = gate().judge(report)
    if judgement.relevant:
        return None
    text = (
        f"not read: its words are those of a report on other matters (likelihood of an event {judgement.score:.3f}, "
        f"read from {_likelihood(gate().threshold):.3f} on); 'sayso add --read-all' reads it"
    )
    return Account(report=report, reader=GATE, notes=(Note(code=SKIPPED, text=text, span=judgement.passage),))


def is_gate(reader: str) -> bool:
    """Whether an account with this reader was made by the gate, of this version or an older one."""
    return reader.startswith(GATES)


def is_skipped(account: Account) -> bool:
    """Whether the gate held the report back, so that nothing is known of its events."""
    return any(note.code == SKIPPED for note in account.notes)


@lru_cache(maxsize=1)
def gate() -> Gate:
    """The gate that sayso ships, loaded once."""
    return parsed(files("sayso.reading").joinpath("relevance.tsv").read_text(encoding="utf-8"))


def parsed(text: str) -> Gate:
    """The gate in a file of weights: one word or pair a line, a tab, hundredths; lines with ``#`` are remarks."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    weights = {words: int(value) for words, value in rows}
    return Gate(weights, weights.pop(BIAS), weights.pop(THRESHOLD))
