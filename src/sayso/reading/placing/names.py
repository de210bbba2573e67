"""Names that may be where an act happened: capitalised runs of words, and the places that were read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.knowledge.placewords import type_word
from sayso.model import Place
from sayso.reading.lexicon import words
from sayso.reading.places.tokens import runs, tokens
from sayso.reading.syntax import Syntax

_AYN = "‘"
"""Stands inside and before Arabic names: "Al-‘Anbar"."""
_AYN_GAPS = frozenset({"-'", "-’", "-`"})
"""The same as other marks, between two runs."""
_QUALIFIED = re.compile(r"\S+-(?:held|controlled|majority|dominated|run|occupied|administered|backed|led)\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name in the text: tokens ``[lo, hi)``, its head token, code points ``[start, end)``, and the place if one was
    read there."""

    lo: int
    hi: int
    head: int
    start: int
    end: int
    place: Place | None = None


def names_of(s: Syntax, places: Iterable[Place] = ()) -> list[Name]:
    """All names of a text in their order, none overlapping; a run that holds several places is parted into them."""
    read = sorted(places, key=lambda p: p.span.start)
    starts, ends = [p.span.start for p in read], [p.span.end for p in read]
    found: list[Name] = []
    for start, end, whole in _stretches(s.text):
        inside = read[bisect_right(ends, start) : bisect_left(starts, end)]
        parts: list[tuple[int, int, Place | None]]
        parts = [(max(start, p.span.start), min(end, p.span.end), p) for p in inside]
        if whole or not parts:
            parts = [(start, end, inside[-1] if inside else None)]
        found += [n for a, b, p in parts if (n := _name(s, a, b, p)) is not None]
    taken = {n.place.id for n in found if n.place is not None}
    for p in read:
        if p.id not in taken and (n := _name(s, p.span.start, p.span.end, p)) is not None:
            found.append(n)
    return sorted(found, key=lambda n: n.lo)


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Capitalised runs without "Israeli-held" before them; those of one name ("Gulf of Aden", "Tal Al-‘Eiss") joined,
    which the last value tells."""
    all_words = tokens(text)
    held: tuple[int, int, bool] | None = None
    for first, last in runs(text, all_words):
        opened = first + 1 < last and all_words[first].lower in words("placing", "openers")
        start, end = all_words[first + opened].start, all_words[last - 1].end
        if start and text[start - 1] == _AYN:
            start -= 1
        if (qualified := _QUALIFIED.match(text, start, end)) is not None:
            start = qualified.end()
        if held is not None and _one_name(text, held[0], held[1], start):
            held = held[0], end, True
            continue
        if held is not None:
            yield held
        held = start, end, False
    if held is not None:
        yield held


def _one_name(text: str, start: int, end: int, following: int) -> bool:
    """Whether the run ``[start, end)`` and the one that begins at ``following`` are one name."""
    between = text[end:following]
    if between == " of ":
        return text[start:end].split()[-1].lower() in words("placing", "heads")
    return between in _AYN_GAPS or (between in {" ", "-", ""} and text[following] == _AYN)


def _name(s: Syntax, start: int, end: int, place: Place | None) -> Name | None:
    lo, hi = s.token_at(start), s.token_at(end - 1)
    if lo is None or hi is None or end <= start:
        return None
    hi += 1
    head = next((k for k in range(hi - 1, lo - 1, -1) if s.head[k] == k or not lo <= s.head[k] < hi), hi - 1)
    return Name(lo, hi, head, start, end, place)


def kind_of(name: Name) -> str:
    """What the gazetteer calls it; ``unknown`` where it has it not, ``none`` where no place was read."""
    if name.place is None:
        return "none"
    return str(name.place.kind) if name.place.gazetteer_id is not None else "unknown"


def type_class(word: str) -> str | None:
    """The class of a type word ("district", "air"), or none."""
    meaning = type_word(word)
    return meaning.cls if meaning is not None else None
