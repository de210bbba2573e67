"""The words around a place's name: "field", "district", "eastern" — read from place_words.yaml."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.data import load_yaml
from sayso.knowledge.names import fold, plain


class TypeWord(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """What a type word says of a place: kind, class of words that mean the same, UCDP where_prec, radius in km."""

    kind: str
    cls: str
    precision: int
    radius_km: float


class Stem(msgspec.Struct, frozen=True):
    """A name parted from its type word: "Al-Omar" and "field"; all but ``stem`` empty where there is none."""

    stem: str
    word: str = ""
    kind: str | None = None
    cls: str | None = None
    radius_km: float | None = None


class PlaceWords(msgspec.Struct, frozen=True):
    """The content of place_words.yaml."""

    types: dict[str, TypeWord]
    leading: frozenset[str]
    directions: dict[str, tuple[int, int]]
    seats: frozenset[str]
    speech: frozenset[str]
    never: frozenset[str]
    locative: frozenset[str]
    strong: frozenset[str]
    near: frozenset[str]
    passed_over: frozenset[str]
    qualifiers: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    openers: frozenset[str]
    institutions: frozenset[str]
    given: frozenset[str]
    belonging: frozenset[str]
    streets: frozenset[str]
    governments: frozenset[str]
    told: frozenset[str]
    sided: frozenset[str]
    offices: frozenset[str]
    dealings: frozenset[str]
    seized: frozenset[str]
    callings: frozenset[str]
    helpers: frozenset[str]
    minded: frozenset[str]
    months: frozenset[str]
    no_nouns: frozenset[str]
    abbreviations: dict[str, tuple[str, str]]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The place words, read once."""
    return msgspec.convert(load_yaml("place_words.yaml"), PlaceWords)


def type_word(word: str) -> TypeWord | None:
    """What this type word means, singular or plural; null where it is none."""
    types = place_words().types
    if word.endswith("ies"):
        return types.get(word[:-3] + "y")
    return types.get(word) or (types.get(word[:-1]) if word.endswith("s") else None)


@lru_cache(maxsize=4096)
def split_type(name: str) -> Stem:
    """The name without its trailing type word of one to three words."""
    words = name.split()
    for count in (3, 2, 1):
        if len(words) > count:
            word = " ".join(words[-count:])
            meaning = type_word(plain(word))
            if meaning:
                stem = " ".join(words[:-count])
                return Stem(stem, word, meaning.kind, meaning.cls, meaning.radius_km)
    return Stem(name)


def stem_keys(stem: Stem, *, bare: bool) -> list[str]:
    """Keys of a name with its type word: the whole, ``stem#class``, and the stem alone where that is usual."""
    keys = [fold(f"{stem.stem} {stem.word}")]
    # "Syrian" is no name of the Syrian desert, nor "Syria" of a place on its border.
    bare = bare and plain(stem.stem) not in demonyms() and plain(stem.stem) not in country_names()
    if stem.cls:
        keys.append(f"{fold(stem.stem)}#{stem.cls}")
    if bare:
        keys.append(fold(stem.stem))
    return keys
