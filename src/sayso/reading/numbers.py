"""Numbers in words as ranges: "at least 18" is ``(18, None)``, "dozens" ``(24, None)``, "no" ``(0, 0)``."""

from __future__ import annotations

import re

from sayso.model import Count
from sayso.reading.syntax import Syntax

UNITS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "several": 2,
    "many": 2,
    "tens": 20,
    "numerous": 2,
    "multiple": 2,
}
"""Open numbers by the annotation guide: at least this many."""
LEAST = re.compile(r"(?:at least|more than|over|no (?:fewer|less) than|upwards? of|not less than)$")
MOST = re.compile(r"(?:as many as|up to|at most|fewer than|less than|no more than|not more than)$")
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+$|\d{1,9}$")


def number_at(s: Syntax, i: int) -> tuple[Count, int, int] | None:
    """The number whose words begin at token ``i``: its range and the token range of its words with "at least" and the like."""
    value, hi = _read(s, i)
    if value is None:
        return None
    lo = i
    lead = " ".join(s.low[max(0, i - 4) : i])
    low: int | None = value
    high: int | None = value
    if s.low[hi - 1] in VAGUE:
        high = None
    if match := LEAST.search(lead):
        high, lo = None, i - len(match[0].split())
    elif match := MOST.search(lead):
        low, lo = None, i - len(match[0].split())
    return (low, high), lo, hi


def _read(s: Syntax, i: int) -> tuple[int | None, int]:
    word = s.low[i]
    if DIGITS.match(word):
        value, hi = int(word.replace(",", "")), i + 1
        if hi < len(s.low) and s.low[hi] in SCALES:
            return value * SCALES[s.low[hi]], hi + 1
        return value, hi
    if word in VAGUE:
        return VAGUE[word], i + 1
    if word == "half" and s.low[i + 1 : i + 3] == ["a", "dozen"]:
        return 6, i + 3
    if word in {"a", "an"} and i + 1 < len(s.low) and s.low[i + 1] in SCALES:
        return SCALES[s.low[i + 1]], i + 2
    total, k, seen = 0, i, False
    while k < len(s.low) and k < i + 8:
        w = s.low[k]
        if w in UNITS:
            total += UNITS[w]
        elif w in TENS:
            total += TENS[w]
        elif w in SCALES and seen:
            total = max(total, 1) * SCALES[w]
        elif (
            w in {"-", "and"}
            and seen
            and k + 1 < len(s.low)
            and (s.low[k + 1] in UNITS or s.low[k + 1] in TENS)
            and (w == "-" or total >= 100)
        ):
            k += 1
            continue
        else:
            break
        seen = True
        k += 1
    return (total, k) if seen else (None, i)


def count_of(s: Syntax, lo: int, hi: int, head: int) -> tuple[Count, int] | None:
    """How many a noun phrase ``[lo, hi)`` with this head names, and where its words of number begin.

    "two children and a woman" is counted by its first number; a bare plural is ``(2, None)``, a singular with an article ``(1, 1)``.
    """
    for i in range(lo, min(hi, head + 3)):
        if s.tag[i] in {"CD", "NNS", "JJ", "DT", "NN"} and (found := number_at(s, i)) is not None:
            if s.low[i] in {"a", "an"} and i < head and s.low[i + 1] not in SCALES:
                continue
            return found[0], found[1]
    if s.low[lo] in {"no"}:
        return (0, 0), lo
    if s.low[lo] in {"a", "an", "another"} and s.tag[head] in {"NN", "NNP"}:
        return (1, 1), lo
    if s.tag[head] == "NNS":
        return (2, None), lo
    return None
