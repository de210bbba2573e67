"""Names of places that the text uses for something else: adjectives, and parts of longer names.

"Syrian", "Americans", "the Hopkinton Police Department", "Iowa-based": no place is meant, and so ``read_places`` leaves
them out; but they tell which places a report speaks of, and geoparsing corpora count them as toponyms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from sayso.knowledge.countries import demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import place_words
from sayso.reading.places.candidates import ADJECTIVE, LONGEST_NAME, PART, Candidate
from sayso.reading.places.finder import Finder
from sayso.reading.places.judging import means_else
from sayso.reading.places.tokens import Token

_SHORT = re.compile(
    r"(?<![\w.])(?:(?:[A-Z]\.){2}|W\. ?Va\.|(?!Miss|Wash|Ore|La|Del|Va|Ark|Pa|Ala|Mo|Ind|Ill)[A-Z][a-z]{1,4}\.)(?=\s)"
)
"""Short forms of units that are nothing else without a comma before them: "Mich.", "N.J.", but not "Miss." or "Pa."."""


def asides(text: str, words: list[Token], finder: Finder, gazetteer: Gazetteer) -> list[Candidate]:
    """The adjectives and the parts of longer names, in order; they may overlap what else was found."""
    found = [
        *_adjectives(text, words),
        *_hyphened(text, words, gazetteer),
        *_abbreviated(text, words, gazetteer),
        *_parts(text, words, finder),
    ]
    return sorted(_settle_adjectives(found, gazetteer), key=lambda c: (c.start, -c.end))


def _adjectives(text: str, words: list[Token]) -> Iterator[Candidate]:
    for i, word in enumerate(words):
        if not word.capital:
            continue
        for last in (i + 2, i + 1):
            end = words[last - 1].end if last <= len(words) and not words[last - 1].mark else 0
            if end and plain(text[word.start : end]) in demonyms() and "\n" not in text[word.start : end]:
                yield _aside(text, i, last, word.start, end, ADJECTIVE)
                break


def _hyphened(text: str, words: list[Token], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The halves of "Iowa-based", "Arab-Israeli", "R-Elbow Lake", "Athens-Clarke"."""
    halves = [
        half
        for i, word in enumerate(words)
        if "-" in word.text and word.text[0].isupper()
        for half in _halves(words, i)
    ]
    keys = {half: fold(text[half[2] : half[3]]) for half in halves}
    records = gazetteer.by_keys(k for k in keys.values() if k)
    reached = 0
    for half in sorted(halves, key=lambda h: (h[2], -h[3])):
        i, last, start, end = half
        name = plain(text[start:end])
        if start < reached or name in place_words().never or name in place_words().directions:
            continue
        if name in demonyms():
            yield _aside(text, i, last, start, end, ADJECTIVE)
        elif found := records.get(keys[half], ()):
            yield _aside(text, i, last, start, end, PART, found)
        else:
            continue
        reached = end


def _halves(words: list[Token], i: int) -> Iterator[tuple[int, int, int, int]]:
    """First and last word, start and end of each capitalised half; the last half may go on in the words after it."""
    word = words[i]
    start = word.start
    pieces = word.text.split("-")
    for number, piece in enumerate(pieces):
        if len(piece) > 1 and piece[0].isupper():
            yield i, i + 1, start, start + len(piece)
            if number == len(pieces) - 1:
                for k in range(i + 1, min(i + 3, len(words))):
                    if not words[k].capital or words[k].start != words[k - 1].end + 1:
                        break
                    yield i, k + 1, start, words[k].end
        start += len(piece) + 1


def _abbreviated(text: str, words: list[Token], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Units in short by themselves: "Mich. utilities", "D-N.J."."""
    for match in _SHORT.finditer(text, words[0].start if words else 0):
        known = place_words().abbreviations.get(match[0])
        if known is None:
            continue
        i = bisect_left(words, match.start(), key=lambda w: w.end - 1)
        unit = _aside(text, i, i + 1, match.start(), match.end(), PART)
        records = [r for r in gazetteer.lookup(known[1]) if r.kind == "admin1" and r.country == known[0]]
        if records:
            unit.chosen, unit.country, unit.reason = records[0], known[0], "a first-level unit in short"
            yield unit


def _parts(text: str, words: list[Token], finder: Finder) -> Iterator[Candidate]:
    """Names within longer names ("Hopkinton Police Department"), and before people and things ("Clinton couple")."""
    for first, last in finder.runs:
        i = first
        while i < last:
            found = _part_at(text, words, finder, i, last)
            if found is not None:
                yield found
            i = max(found.last, i + 1) if found is not None else i + 1


def _part_at(text: str, words: list[Token], finder: Finder, i: int, last: int) -> Candidate | None:
    for j in range(min(last, i + LONGEST_NAME), i, -1):
        start, end = words[i].start, words[j - 1].end
        name = plain(text[start:end])
        records = finder.records.get(finder.keys.get((i, j), ""), ())
        typed = finder.typed.get(j)
        unit = typed is not None and typed[1].kind == "admin2" and words[j].text[0].isupper() and j - i <= 3
        if not (records or unit) or means_else(name):
            continue
        if j < last and words[j].lower.rstrip(".") in place_words().streets:
            return None
        part = _aside(text, i, j, start, end, PART, records)
        part.alone = j == last
        if unit and typed is not None:
            part.type_text, part.type, part.last = typed
            part.end = words[part.last - 1].end
        return part
    return None


def _aside(
    text: str, first: int, last: int, start: int, end: int, role: str, records: tuple[PlaceRecord, ...] = ()
) -> Candidate:
    return Candidate(first, last, start, end, text[start:end], records, role=role)


def _settle_adjectives(found: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """An adjective belongs to its country, whatever the report speaks of."""
    for c in found:
        if c.role == ADJECTIVE:
            c.country = demonyms()[plain(c.stem)]
            c.chosen = gazetteer.get(f"country:{c.country}")
            c.reason = "an adjective or a people's name: whose something is, not where it is"
    return found
