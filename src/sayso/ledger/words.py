"""Words of a report for comparison, and how rare each is: from document frequencies that are shipped and never change.

What is compared must not depend on which reports a ledger has, nor on the order in which they came.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
FREQUENCIES = "word_frequencies.tsv"
LEAST = 2
"""A word has at least so many letters."""
CACHED = 65_536
"""Of so many words what was found is kept: an archive has more names than fit into memory."""


@lru_cache(maxsize=CACHED)
def folded(word: str) -> str:
    """A word as it is compared: without case, accents, possessive and plural s."""
    low = word.casefold().replace("’", "'")
    if not low.isascii():
        from anyascii import anyascii

        low = anyascii(low).casefold()
    low = low.removesuffix("'s").replace("'", "")
    return low[:-1] if len(low) > 4 and low.endswith("s") and not low.endswith("ss") else low


def words(text: str) -> Iterator[str]:
    """The words of a text, folded, in their order; figures are none."""
    for found in WORD.findall(text):
        word = folded(found)
        if len(word) >= LEAST:
            yield word


@cache
def frequencies() -> tuple[int, dict[str, int]]:
    """Of how many reports the frequencies are, and in how many of them each word stands; rarer words are left out."""
    lines = files("sayso.ledger").joinpath(FREQUENCIES).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    known = {word: int(count) for word, count in rows}
    return known.pop(""), known


@lru_cache(maxsize=CACHED)
def rarity(word: str) -> float:
    """How rare a folded word is: the natural logarithm of all reports by those that have it; greatest if unknown."""
    reports, known = frequencies()
    return math.log(reports / known.get(word, 1))
