"""Numbers in words as ranges: "at least 18" is ``(18, None)``, "dozens" ``(24, None)``, "no" ``(0, 0)``."""

from __future__ import annotations

import re

from sayso.model import Count
from sayso.reading.lexicon import phrases, values
from sayso.reading.syntax import Syntax

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+$|\d{1,9}$")
LEAD = 4
"""How many tokens before a number may make it open: "no fewer than 18"."""
LONGEST = 8
"""How many tokens a number in words may have."""
COUNTED_TAGS = frozenset({"CD", "NNS", "JJ", "DT", "NN"})


def number_at(s: Syntax, i: int) -> tuple[Count, int, int] | None:
    """The number that begins at token ``i``: its range, and the tokens of its words with "at least" and the like."""
    value, hi = _read(s, i)
    if value is None:
        return None
    least, most = _leading(s, i, "least"), _leading(s, i, "most")
    if most > least:
        return (None, value), i - most, hi
    if least or s.low[hi - 1] in values("numbers", "vague"):
        return (value, None), i - least, hi
    return (value, value), i, hi


def _leading(s: Syntax, i: int, entry: str) -> int:
    """How many words right before token ``i`` are a phrase of the entry; none is 0."""
    lead = tuple(s.low[max(0, i - LEAD) : i])
    return max((len(p) for p in phrases("numbers", entry) if lead[-len(p) :] == p), default=0)


def _read(s: Syntax, i: int) -> tuple[int | None, int]:
    """The number at token ``i`` and the token after it."""
    word, scales = s.low[i], values("numbers", "scales")
    if DIGITS.match(word):
        value, hi = int(word.replace(",", "")), i + 1
        return (value * scales[s.low[hi]], hi + 1) if hi < len(s.low) and s.low[hi] in scales else (value, hi)
    if word in (vague := values("numbers", "vague")):
        return vague[word], i + 1
    if s.low[i : i + 3] == ["half", "a", "dozen"]:
        return 6, i + 3
    if word in {"a", "an"} and i + 1 < len(s.low) and s.low[i + 1] in scales:
        return scales[s.low[i + 1]], i + 2
    return _in_words(s, i)


def _in_words(s: Syntax, i: int) -> tuple[int | None, int]:
    """ "Twenty-one", "two hundred and five"."""
    scales = values("numbers", "scales")
    below = values("numbers", "units") | values("numbers", "tens")
    total, k = 0, i
    while k < min(len(s.low), i + LONGEST):
        word = s.low[k]
        if word in below:
            total += below[word]
        elif word in scales and k > i:
            total = max(total, 1) * scales[word]
        elif not (k > i and k + 1 < len(s.low) and s.low[k + 1] in below and _joins(word, total)):
            break
        k += 1
    return (total, k) if k > i else (None, i)


def _joins(word: str, total: int) -> bool:
    return word == "-" or (word == "and" and total >= 100)


def count_of(s: Syntax, lo: int, hi: int, head: int) -> tuple[Count, int] | None:
    """How many a noun phrase ``[lo, hi)`` with this head names, and where its words of number begin.

    "two children and a woman" is counted by its first number; a bare plural is ``(2, None)``, a singular with an
    article ``(1, 1)``.
    """
    if s.low[lo] == "no" and not (lo + 1 < len(s.low) and s.low[lo + 1] in {"fewer", "less", "more"}):
        return (0, 0), lo
    for i in range(lo, min(hi, head + 3)):
        if s.low[i : i + 2] == ["many", "as"]:
            continue
        if s.tag[i] in COUNTED_TAGS and (found := number_at(s, i)) is not None:
            if s.low[i] in {"a", "an"} and i < head and s.low[i + 1] not in values("numbers", "scales"):
                continue
            return found[0], found[1]
    if (s.low[lo] in {"a", "an", "another"} or s.tag[lo] == "PRP$") and s.tag[head] in {"NN", "NNP"}:
        return (1, 1), lo
    return ((2, None), lo) if s.tag[head] == "NNS" else None
