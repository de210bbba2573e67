"""Rare names of a text: of people, streets and facilities, as keys by which tellings of one event find each other.

Left out are names that belong to the report and not to what it tells: of officials who speak about many events, of
reporters and photographers. What is found is never shown: private persons' names are among it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sayso.ledger.words import rarity, words

MOST_NAMES = 12
NAME_RARITY = 4.0
"""A word of a name is at least so rare (natural logarithm): it stands in one report of fifty or fewer."""
ALONE_RARITY = 7.0
"""A name of one word is at least so rare: it stands in one report of a thousand or fewer."""
STREET_RARITY = 1.5
"""Of a street's name any word but the commonest is enough."""

_CAPITALS = r"[A-Z][\w'’-]*(?:[ \t]+(?:(?:al|el|bin|ibn|de|la|von|van|abu|of)[ \t]+)?[A-Z][\w'’-]*)*"
_NAME = re.compile(_CAPITALS)
_PERSON = r"[A-Z][\w'’-]+(?:[ \t]+[A-Z](?:\.|[\w'’-]+)){0,2}"
_OFFICIAL = re.compile(
    r"\b(?:Sgt|Lt|Cpl|Capt|Col|Maj|Gen|Det|Cmdr|Gov|Sen|Rep|Dr)\b\.?[ \t]+(?:(?:Col|Gen)\.?[ \t]+)?(" + _PERSON + ")"
    r"|\b(?:Sergeant|Lieutenant|Corporal|Captain|Colonel|Major|General|Detective|Commander|Commissioner|Chief|Sheriff|"
    r"Deputy|Officer|Mayor|Governor|Senator|President|Minister|Prosecutor|Attorney|Judge|Coroner|Examiner|Director|"
    r"[Ss]pokes(?:man|woman|person))[ \t]+(" + _PERSON + ")"
)  # fmt: skip
_MAKER = re.compile(
    r"\(?\b(?:Photos?|PHOTOS?|Image|Video|Credit|Courtesy)(?:[ \t]+(?:by|courtesy of))?:?[ \t]+(" + _PERSON + ")"
    r"|\b(?:[Bb]y|BY|Written by|Posted by)[ \t]+(" + _PERSON + r")[ \t]*(?:[,|/]|\n|\bPosted\b|\bPublished\b|$)"
)
_BLOCK = re.compile(r"\b(\d{3,5})(?:th)? block of ((?:[NSEW]\.? |North |South |East |West )?[A-Z]\w+|\d+\w*)")
_STREETS = {
    "st": "street", "ave": "avenue", "av": "avenue", "dr": "drive", "rd": "road", "blvd": "boulevard", "ln": "lane",
    "ct": "court", "pl": "place", "hwy": "highway", "pkwy": "parkway", "apt": "apartment",
}  # fmt: skip
_STREET_WORDS = frozenset(_STREETS.values())


def tellers(text: str) -> frozenset[str]:
    """The words of names of officials and of the report's makers, folded."""
    found = {name for pattern in (_OFFICIAL, _MAKER) for groups in pattern.findall(text) for name in groups if name}
    return frozenset(word for name in found for word in words(name))


def rare_names(texts: Iterable[str], without: frozenset[str]) -> list[str]:
    """Two rare words that stand beside each other in a name, and single very rare words; the likeliest first.

    ``without`` are folded words that are passed over.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_named(text, without))
    score = {name: sum(map(name_rarity, name.split())) * (1 + math.log(n)) for name, n in counts.items()}
    return sorted(score, key=lambda name: (-score[name], name))[:MOST_NAMES]


def name_rarity(word: str) -> float:
    """How rare a word of a name is; a house number counts as a plain one."""
    return NAME_RARITY if word.isdigit() else rarity(word)


def is_street(name: str) -> bool:
    """Whether a name (folded) is one of a street, or of a block of one."""
    return name[:1].isdigit() or name.rpartition(" ")[2] in _STREET_WORDS


def _named(text: str, without: frozenset[str]) -> Iterator[str]:
    for number, street in _BLOCK.findall(text):
        yield f"{number} {' '.join(words(street)) or street.casefold()}"
    for found in _NAME.finditer(text):
        run = [_STREETS.get(word, word) for word in words(found.group())]
        for one, two in pairwise(run):
            if without.isdisjoint((one, two)) and _rare(one, two):
                yield f"{one} {two}"
        yield from (word for word in run if word not in without and rarity(word) >= ALONE_RARITY)


def _rare(one: str, two: str) -> bool:
    if two in _STREET_WORDS:
        return rarity(one) >= STREET_RARITY
    return min(rarity(one), rarity(two)) >= NAME_RARITY
