"""What the text says of one place lying in another: "A, B", "A in B", "B's A", "the B town of A", "A in the city"."""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import place_words, type_word
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.context import LARGE, shares_name
from sayso.reading.places.tokens import Token

GAP_WORDS = 12
"""Most words between a place and the one that it lies in."""
_LISTED = re.compile(r" ?,(?: the)? ?")
_WITHIN = re.compile(
    r"(?: in| of|, in|,? (?:a|an|the) [^.,;:()]{0,50}? (?:in|of)|,? (?:also )?in|,? (?:south|north|east|west)\w* of)"
    r"(?: the)?(?: [\w-]+){0,3}? ?"
)
_RECKONED = re.compile(
    r",?(?: [\w-]+){0,4}? [\d.,]+[ -](?:km|kilomet\w+|miles?)(?: \([^()]{1,25}\))?(?: away)?(?: to the)?"
    r"(?: (?:north|south|east|west)[\w-]*)? (?:of|from)(?: the)?(?: [\w-]+){0,3}?,? ?"
)
_UNIT = re.compile(r",? ((?:[A-Z]\.){2}|W\.Va\.|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)")
_IN_THE_CITY = re.compile(r" (?:in|of|inside) (?:the|that) (?:same )?(?:city|town|capital)\b")
_IN_CITIES = frozenset(("district", "hospital", "mosque", "church", "market", "square", "street"))
_WIDE = frozenset(("country", "admin1", "region"))


def contain(text: str, words: list[Token], candidates: list[Candidate]) -> None:
    """Sets container, country and unit that the text gives each candidate."""
    for inner in candidates:
        inner.country_hint = _demonym_before(words, inner)
        if short := _UNIT.match(text, inner.end):
            found = place_words().abbreviations.get(short[1])
            inner.country_hint, inner.unit_hint = found or (inner.country_hint, None)
    for outer, inner in pairwise(candidates):
        if text[outer.end : inner.start] == " of " and _type_is_of_next(outer, inner):
            _hand_over_type(words, outer, inner)
        elif words[outer.last - 1].possessive and _only_adjectives(words, outer.last, inner.first):
            inner.container = outer
    for index, (inner, outer) in enumerate(pairwise(candidates)):
        if inner.container is not None or outer.first - inner.last > GAP_WORDS:
            continue
        after = candidates[index + 2] if index + 2 < len(candidates) else None
        if _says_within(text[inner.end : outer.start], inner, outer):
            # "at A in B’s eastern province of C": A lies in C, and C in B.
            inner.container = after if after is not None and after.container is outer else outer
            outer.holds = outer.holds or bool(_LISTED.fullmatch(text, inner.end, outer.start))
    _in_the_city(text, candidates)


def units(text: str, candidates: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates, and the units after a comma as places of their own: "La." in "Alexandria, La."."""
    found = list(candidates)
    for c in candidates:
        short = _UNIT.match(text, c.end)
        if c.unit_hint is None or short is None:
            continue
        records = tuple(
            r
            for r in gazetteer.lookup(c.unit_hint)
            if r.kind == "admin1" and r.country == c.country_hint and r.tier == 0
        )
        unit = Candidate(c.last, c.last, short.start(1), short.end(1), c.unit_hint, records)
        unit.country_hint = c.country_hint
        found = [o for o in found if not short.start(1) <= o.start < short.end(1)] + [unit]
        c.weak = False
    return sorted(found, key=lambda c: c.start)


def _type_is_of_next(outer: Candidate, inner: Candidate) -> bool:
    """Whether "A town of B" means B, as in "the West Bank city of Jenin", and not A, as in "Sulu province of B"."""
    if outer.type is None or outer.type_text is None or outer.type.cls not in ("settlement", "province"):
        return False
    kinds = {r.kind for r in outer.records if r.tier < 2}
    wide = {"country", "region"} if outer.type.cls == "province" else _WIDE
    return bool(kinds & wide) and plain(inner.stem) not in country_names()


def _hand_over_type(words: list[Token], outer: Candidate, inner: Candidate) -> None:
    """ "the Philippines province of Sulu": the type word is Sulu's, and Sulu lies in the Philippines."""
    inner.type, inner.container = inner.type or outer.type, outer
    outer.last -= len((outer.type_text or "").split())
    outer.end = words[outer.last - 1].end
    outer.type = outer.type_text = None


def _only_adjectives(words: list[Token], first: int, last: int) -> bool:
    return last - first <= GAP_WORDS and all(_adjective(w) for w in words[first:last])


def _adjective(word: Token) -> bool:
    """Whether a word may stand between "B's" and A: no mark, no name but a demonym, no preposition but "of"."""
    if word.mark or (word.capital and plain(word.text) not in demonyms()):
        return False
    return word.lower == "of" or word.lower not in place_words().locative


def _says_within(gap: str, inner: Candidate, outer: Candidate) -> bool:
    wide = bool({r.kind for r in outer.records if r.tier < 2} & _WIDE) or plain(outer.stem) in country_names()
    if outer.type is not None:
        wide = outer.type.kind in ("admin1", "admin2", "region")
    if not _may_lie_in(inner, outer):
        return False
    if _LISTED.fullmatch(gap):
        return wide and not (inner.type_text or "").endswith("s")
    if outer.told is not None and _RECKONED.fullmatch(gap):
        return True
    if not _WITHIN.fullmatch(gap):
        return False
    if wide:
        return True
    small = inner.type is not None and inner.type.kind in ("district", "facility", "village")
    return small or any(r.kind in ("city", "town") for r in outer.records)


def _may_lie_in(inner: Candidate, outer: Candidate) -> bool:
    """Whether the inner name can be a part of the outer: no country lies in another, no unit abroad."""
    if plain(inner.stem) in country_names() and not shares_name(inner):
        return False
    abroad = {r.country for r in outer.records if r.kind == "country" and r.tier < 2}
    if shares_name(outer) and inner.records:
        units = {(r.country, r.admin1) for r in outer.records if r.kind == "admin1" and r.tier < 2}
        return any(r.country in abroad or (r.country, r.admin1) in units for r in inner.records)
    if abroad and inner.records:
        return any(r.country in abroad for r in inner.records)
    units = {(r.country, r.admin1) for r in outer.records if r.kind == "admin1" and r.tier < 2}
    bare = inner.type is None and bool(inner.records)
    if units and not abroad and bare and not any((r.country, r.admin1) in units for r in inner.records):
        return False
    named = [r for r in inner.records if r.tier == 0 and plain(r.name) == plain(inner.stem)]
    return bool(abroad) or not any(r.kind == "admin1" and r.population > LARGE for r in named)


def _demonym_before(words: list[Token], c: Candidate) -> str | None:
    """ "the Syrian town of X", "northwestern Syrian Idlib province": the country that an adjective before X gives."""
    rules = place_words()
    for k in range(c.first - 1, max(-1, c.first - 6), -1):
        word = words[k]
        if word.mark:
            return None
        code = demonyms().get(plain(word.text)) if word.capital else None
        if code:
            between = (w.lower for w in words[k + 1 : c.first])
            usual = all(b in rules.qualifiers or b in rules.directions or type_word(b) for b in between)
            return code if usual else None
    return None


def _in_the_city(text: str, candidates: list[Candidate]) -> None:
    """ "al-Qusour neighborhood in the city": the city is the one that the text named last."""
    city: Candidate | None = None
    for index, c in enumerate(candidates):
        if c.container is None and c.type is not None and c.type.cls in _IN_CITIES and city is not None:
            tail = candidates[index:]
            said = _IN_THE_CITY.match(text, c.end) or (
                len(tail) > 1 and tail[1].start - c.end < 6 and _IN_THE_CITY.match(text, tail[1].end)
            )
            c.container = city if said else None
            c.guessed = None if said else city
        elif _names_city(c):
            city = c


def _names_city(c: Candidate) -> bool:
    if c.weak or (c.type is not None and c.type.kind != "city"):
        return False
    return any(r.kind == "city" and r.tier <= 1 for r in c.records)
