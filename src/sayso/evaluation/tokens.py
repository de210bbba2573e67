"""Tokens of a test set as the text that they were cut from, as near as can be told, with the offset of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WRITTEN = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
"""Treebank signs and what stood in the text."""
OPENING = frozenset({"``", "(", "[", "{", "“", "‘", "$", "£", "#", "-LRB-", "-LSB-", "-LCB-"})
"""Nothing stands between these and the next token."""
CLOSING = frozenset(
    {".", ",", ";", ":", "?", "!", "%", ")", "]", "}", "''", "”", "...", "n't", "n’t", "-RRB-", "-RSB-", "-RCB-"}
)
"""Nothing stands between these and the token before."""
APOSTROPHES = ("'", "’")
JOINING = frozenset({"-", "/"})
"""Between two words these are within one: "Cuban - Americans" was "Cuban-Americans"."""


class Written(NamedTuple):
    """A text, and the code points ``[start, end)`` of each token in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def written(tokens: Sequence[str]) -> Written:
    """The text of a sentence's tokens."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at, quoted = 0, False
    for i, token in enumerate(tokens):
        words = WRITTEN.get(token, token)
        if i and not _clings(tokens, i, quoted):
            parts.append(" ")
            at += 1
        quoted ^= token == '"'
        parts.append(words)
        spans.append((at, at + len(words)))
        at += len(words)
    return Written("".join(parts), tuple(spans))


def _clings(tokens: Sequence[str], i: int, quoted: bool) -> bool:
    """Whether no space stands before token ``i``; ``quoted``: an odd number of plain quotation marks stand before."""
    before, here = tokens[i - 1], tokens[i]
    if here in CLOSING or before in OPENING or (here == '"' and quoted) or (before == '"' and quoted):
        return True
    if here.startswith(APOSTROPHES) and len(here) <= len("'ll"):
        return True
    if before in JOINING:
        return i > 1 and _is_word(tokens[i - 2]) and _is_word(here)
    return here in JOINING and i + 1 < len(tokens) and _is_word(before) and _is_word(tokens[i + 1])


def _is_word(token: str) -> bool:
    return token[:1].isalnum() and token not in WRITTEN
