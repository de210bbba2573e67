"""Words of a report for the places layer: where they stand, and whether they may belong to a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.placewords import place_words

_WORD = re.compile(r"(?:St|Mt|Ft)\.(?= [A-Z])|(?:[A-Z]\.){2,}|[^\W_]+(?:[’'‘ʼ`-][^\W_]+)*|[.!?…;:,()“”\"—–]")
_POSSESSIVE = re.compile(r"['’]s$", re.I)
_QUALIFIER = re.compile(
    r"-(?:held|controlled|backed|led|run|based|majority|administered|dominated|linked|affiliated|occupied|ruled|allied"
    r"|born|made|sponsored|era|style|aligned|bastion|stronghold)$"
)
_ARTICLE_JOINED = re.compile(r"^(?:al|el|ad|ar|as|ash|at|az|an|ed|er|es|ez|ul|il)[-‘’'`]\w", re.I)
_HYPHEN_GAP = re.compile(r"-? ")


class Token(NamedTuple):
    """One word or mark: offsets in the report's text, the words without a possessive, and what it looks like."""

    start: int
    end: int
    text: str
    lower: str
    possessive: bool
    capital: bool
    mark: bool


def tokens(text: str, start: int = 0) -> list[Token]:
    """The words and marks of ``text`` from ``start`` on; ``end`` excludes a possessive ending."""
    return [token for token in _tokens(text) if token.start >= start]


@lru_cache(maxsize=2)
def _tokens(text: str) -> tuple[Token, ...]:
    # Two layers ask for the words of one report, one right after the other.
    return tuple(_read(text))


def _read(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word = match[0]
        begin, mark = match.start(), not (word[0].isalnum())
        possessive = False
        if not mark and word[-1] == "s" and word[:-1].lower() in country_names() and word.lower() not in demonyms():
            # Some publishers lose the apostrophe: "Syrias Idlib province".
            word, possessive = word[:-1], True
        elif not mark:
            short = _POSSESSIVE.sub("", word) if word[-1] in "sS" else word
            # "Damascus' airport": the apostrophe of a plural-like possessive stands outside the word.
            possessive = short != word or (word.endswith("s") and text[match.end() : match.end() + 2] in ("' ", "’ "))
            word = short
        yield Token(begin, begin + len(word), word, word.lower(), possessive, not mark and _is_capital(word), mark)


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return "-" not in word or _QUALIFIER.search(word) is None
    if word[0].isdigit():
        return word[-1].isupper() and _QUALIFIER.search(word) is None
    return _ARTICLE_JOINED.match(word) is not None and _QUALIFIER.search(word) is None


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether two words stand side by side in one name: a space, or a hyphen and a space ("al- Mogambo")."""
    return not left.possessive and _HYPHEN_GAP.fullmatch(text, left.end, right.start) is not None


def runs(text: str, words: list[Token]) -> list[tuple[int, int]]:
    """Stretches ``[first, last)`` of words that may form names: capitals side by side, particles between them."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        if not _opens(text, words, i):
            i += 1
            continue
        j = i + 1
        while j < len(words) and joined(text, words[j - 1], words[j]):
            if words[j].lower in place_words().openers and not words[j].text.isupper():
                break
            if words[j].lower in place_words().months and j + 1 < len(words) and words[j + 1].text[0].isdigit():
                break
            if words[j].capital:
                j += 1
            elif (
                words[j].lower in place_words().particles
                and j + 1 < len(words)
                and words[j + 1].capital
                and joined(text, words[j], words[j + 1])
            ):
                j += 2
            else:
                break
        found.append((i, j))
        i = j
    return found


def _opens(text: str, words: list[Token], i: int) -> bool:
    word = words[i]
    if word.capital:
        return word.lower not in ("the", "a", "an")
    # "al- Mogambo", "al Mogambo": the article in small letters opens the name.
    return (
        word.lower in ("al", "el", "ad", "ar", "as", "ash", "at", "az", "an")
        and i + 1 < len(words)
        and words[i + 1].capital
        and word.lower not in ("as", "at", "an", "ad")
        and joined(text, word, words[i + 1])
    )
