"""Names of places that the text uses for something else: adjectives, and parts of longer names.

"Syrian", "Americans", "the Hopkinton Police Department", "Iowa-based": no place is meant, and so ``read_places`` leaves
them out; but they tell which places a report speaks of, and geoparsing corpora count them as toponyms.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import place_words
from sayso.reading.places.candidates import ADJECTIVE, FAMOUS, LONGEST_NAME, PART, Candidate, Finder
from sayso.reading.places.tokens import Token

LARGE_UNIT = 300_000
"""People of a first-level unit whose name inside another name is taken for it."""


def asides(text: str, words: list[Token], finder: Finder, gazetteer: Gazetteer) -> list[Candidate]:
    """The adjectives and the parts of longer names, in order; they may overlap what else was found."""
    found = [*_adjectives(text, words), *_hyphened(text, words, gazetteer), *_parts(text, words, finder)]
    return sorted(_with_countries(found, gazetteer), key=lambda c: (c.start, -c.end))


def _adjectives(text: str, words: list[Token]) -> Iterator[Candidate]:
    for i, word in enumerate(words):
        if not word.capital:
            continue
        for last in (i + 2, i + 1):
            end = words[last - 1].end if last <= len(words) else 0
            if end and plain(text[word.start : end]) in demonyms() and "\n" not in text[word.start : end]:
                yield _aside(text, i, last, word.start, end, ADJECTIVE)
                break


def _hyphened(text: str, words: list[Token], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The halves of "Iowa-based", "Arab-Israeli", "R-Elbow Lake", "Athens-Clarke"."""
    halves: list[tuple[int, int, int]] = []
    for i, word in enumerate(words):
        if "-" not in word.text or not word.capital:
            continue
        start = word.start
        for half in word.text.split("-"):
            if len(half) > 1 and half[0].isupper():
                halves.append((i, start, start + len(half)))
            start += len(half) + 1
    keys = {(s, e): fold(text[s:e]) for _, s, e in halves}
    records = gazetteer.by_keys(k for k in keys.values() if k)
    for i, start, end in halves:
        name = plain(text[start:end])
        if name in place_words().never:
            continue
        if name in demonyms():
            yield _aside(text, i, i + 1, start, end, ADJECTIVE)
        elif found := records.get(keys[start, end], ()):
            yield _aside(text, i, i + 1, start, end, PART, found)


def _parts(text: str, words: list[Token], finder: Finder) -> Iterator[Candidate]:
    """Names within longer names: at the start ("Hopkinton Police Department"), or a country's or unit's anywhere."""
    for first, last in finder.runs:
        i = first
        while i < last:
            found = _part_at(text, words, finder, i, last)
            if found is not None:
                yield found
            i = found.last if found is not None else i + 1


def _part_at(text: str, words: list[Token], finder: Finder, i: int, last: int) -> Candidate | None:
    for j in range(min(last, i + LONGEST_NAME), i, -1):
        records = finder.records.get(finder.keys.get((i, j), ""), ())
        if not records:
            continue
        part = _aside(text, i, j, words[i].start, words[j - 1].end, PART, records)
        part.alone = j == last
        if plain(part.stem) not in place_words().never:
            return part
    return None


def _aside(
    text: str, first: int, last: int, start: int, end: int, role: str, records: tuple[PlaceRecord, ...] = ()
) -> Candidate:
    return Candidate(first, last, start, end, text[start:end], records, role=role)


def _with_countries(found: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The adjectives with the countries that they belong to."""
    known: dict[str, tuple[PlaceRecord, ...]] = {}
    for c in found:
        if c.role == ADJECTIVE:
            code = demonyms()[plain(c.stem)]
            if code not in known:
                record = gazetteer.get(f"country:{code}")
                known[code] = (record,) if record else ()
            c.records = known[code]
    return found
