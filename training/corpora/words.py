"""Where words stand in a text, and tokens as a text again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

CLOSING = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "..."})
OPENING = frozenset({"(", "[", "{", "$", "#", "“", "‘", "``", "`"})
CLITIC = re.compile(r"(?:'(?:s|S|re|ve|ll|d|m|t)|n't|N'T|'|’|”)")
WRITTEN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "`": "'"}
"""Tokens of treebanks, as reports write them."""
JOINED = frozenset({"-", "/", "’"})
"""Marks that stood inside a word: "closed - circuit", "Thailand ’ s"."""


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where whole words stand in a text, whatever their case and the white space between them."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    if pattern:
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            yield match.start(), match.end()


def nearest(words: str, text: str, to: int) -> tuple[int, int] | None:
    """The place of whole words that starts nearest to an offset; null where they stand nowhere."""
    return min(places_of(words, text), key=lambda place: abs(place[0] - to), default=None)


def joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens as running text, and where each of them stands in it."""
    text = ""
    places = []
    space = False
    quoted = False
    for at, token in enumerate(tokens):
        word = WRITTEN.get(token, token)
        within = token in JOINED and 0 < at < len(tokens) - 1 and _word(tokens[at - 1]) and _word(tokens[at + 1])
        opens = token in OPENING or (token == '"' and not quoted)
        closes = token in CLOSING or token in {"''", "-RRB-", "-RSB-"} or (token == '"' and quoted)
        if token == '"':
            quoted = not quoted
        if space and not (closes or within or CLITIC.fullmatch(token)):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        space = not (opens or within or token in {"-LRB-", "-LSB-"})
    return text, places


def _word(token: str) -> bool:
    return token[:1].isalnum() and token[-1:].isalnum()
