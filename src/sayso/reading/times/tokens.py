"""Tokens of a text for the times layer: words and figures, each with the class that the lexicon gives it.

Every token has one class, written as one character, so that a text is also a string of classes over which the
lexicon's patterns are ordinary regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

FIGURES = (
    "isodate", "numdate", "clock", "ordinal", "decade_digits", "short_year", "fraction", "decimal",
    "n0", "n12", "n24", "n31", "n59", "n99", "year4", "big",
)  # fmt: skip
"""Classes of figures; ``n12`` is 1 to 12 (an hour, a month), ``n24`` 13 to 24, ``n31`` 25 to 31 and so on."""

MARKS = {",": "comma", ".": "dot", "%": "percent"}
MARKS |= dict.fromkeys("-‐‑", "hyphen") | dict.fromkeys("–—", "dash") | dict.fromkeys("$€£#", "money")
"""Classes of marks; any other mark is ``x``."""
OTHERS = ("word", "x", "paragraph", "possessive", "oclock", "holiday", *dict.fromkeys(MARKS.values()))

_TOKEN = re.compile(
    r"""(?P<meridiem>[AaPp]\.\ ?[Mm]\b\.?|[Bb]\.\ ?[Cc]\b\.?|[Aa]\.[Dd]\b\.?)
      |(?P<oclock>[Oo]['’]clock\b)
      |(?P<word>[^\W\d_]+)
      |(?P<isodate>(?<!\d)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?![\d-]))
      |(?P<numdate>(?<![\d/.-])(?:\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})|\d{4}/\d{1,2}/\d{1,2})(?![\d/-]))
      |(?P<clock>(?<![\d:])(?:\d{1,2}:\d{2}|\d{2}:\d{2}:\d{2})(?![\d:])|\d{1,2}\.\d{2}(?=\ ?[AaPp]\.?[Mm]\b))
      |(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
      |(?P<decade_digits>\d{3}0['’]?s\b|\d{2}0s(?=\ B\.?C)|['’‘`]\d0s\b)
      |(?P<short_year>['’‘`]\d{2}\b)
      |(?P<fraction>\d/\d(?![\d/]))
      |(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
      |(?P<possessive>['’]s\b)
      |(?P<paragraph>\n[^\S\n]*\n\s*)
      |(?P<other>\S)""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token: its offsets in the text, its lower-case words, its class and what the lexicon says it is worth."""

    start: int
    end: int
    text: str
    name: str
    value: str | int | float
    capital: bool = False


Words = Mapping[str, tuple[str, str | int | float, bool]]
"""Lower-case word to (class, value, whether it must begin with a capital)."""


def tokenize(text: str, start: int, words: Words) -> list[Token]:
    """The tokens of ``text`` from offset ``start`` on, in order. Linear in the length of the text."""
    return [_token(match, words) for match in _TOKEN.finditer(text, start)]


def _token(match: re.Match[str], words: Words) -> Token:
    kind, raw = match.lastgroup or "other", match.group()
    text = raw.lower()
    name: str = kind
    value: str | int | float = text
    if kind in ("word", "meridiem"):
        found = words.get(text if kind == "word" else text.replace(" ", ""))
        name = "word"
        capital = raw[0].isupper()
        if found is not None and (capital or not found[2]):
            return Token(match.start(), match.end(), text, found[0], found[1], capital)
        return Token(match.start(), match.end(), text, name, value, capital)
    if kind == "number":
        name, value = _figure(raw)
    elif kind == "other":
        name = MARKS.get(raw, "x")
    elif kind == "ordinal":
        value = int(text[:-2])
    return Token(match.start(), match.end(), text, name, value)


def _figure(raw: str) -> tuple[str, int | float]:
    if "." in raw:
        return "decimal", float(raw.replace(",", "")) if len(raw) < 40 else 0.0
    if len(raw) > 12:
        return "big", 0
    number = int(raw.replace(",", ""))
    if len(raw) == 4 and 1000 <= number <= 2100:
        return "year4", number
    for name, top in (("n0", 0), ("n12", 12), ("n24", 24), ("n31", 31), ("n59", 59), ("n99", 99)):
        if number <= top and len(raw) <= 2:
            return name, number
    return "big", number
