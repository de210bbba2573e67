"""Whether the words around a name allow a place at all, and whether anything in them speaks for one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import TypeWord, place_words, type_word
from sayso.reading.places.candidates import FAMOUS, NEVER_PLACES, PLACE_LABELS, SELDOM_PLACES, Candidate
from sayso.reading.places.tokens import Token

_PARTY = re.compile(r"[A-Z]{1,3}-[A-Z]")
"""A lawmaker's party before his town: "R-Elbow Lake"."""

WITH_ARTICLE = frozenset(("country", "region", "water"))
"""Kinds of places whose names may have an article: "the Gulf"."""

Records = Mapping[tuple[int, int], tuple[PlaceRecord, ...]]


class Judge:
    """What the words of one report allow, with the surnames that it names: a place of a surname needs more."""

    def __init__(
        self,
        words: list[Token],
        runs: Sequence[tuple[int, int]],
        records: Records,
        typed: Mapping[int, tuple[str, TypeWord, int]],
    ) -> None:
        self.words, self.records, self.typed = words, records, typed
        self.surnames = {plain(words[b - 1].text) for a, b in runs if self._is_person(a, b)}

    def _is_person(self, first: int, last: int) -> bool:
        return self._looks_personal(first, last) or self._is_addressed(first, last) or self._is_quoted(first, last)

    def possible(self, c: Candidate, i: int, j: int) -> bool:
        """Whether the words allow a place at all."""
        lower = plain(c.stem)
        rules = place_words()
        if (
            lower in rules.never
            or lower in rules.seats
            or (c.type_text is not None and f"{lower} {c.type_text}" in rules.seats)
            or lower in rules.directions
            or len(lower) < 2
            or (c.label == "NORP" and not c.type)
        ):
            return False
        # "US troops", "Syrian", "Syrian desert" without the desert: an adjective is no place, save "in the US".
        if lower.removeprefix("the ") in demonyms() and not (
            lower in country_names() and c.governor and not self.noun_follows(j)
        ):
            return False
        if c.type is None and self._belongs_to_a_body(i):
            return False
        if lower in country_names():
            return True
        if c.type is None and self._names_an_actor(c):
            return False
        if _PARTY.match(c.stem):
            return False
        # "Kano State" is a place, "Ohio State" a team or a university.
        if c.type_text == "state" and self.words[c.last - 1].capital:
            units = [r for r in c.records if r.kind == "admin1" and plain(r.name) == lower]
            return bool(units) and all(r.country != "USA" for r in units)
        # An agency, a party or a force: "SANA", "SDF", "LoC".
        capitals = sum(letter.isupper() for letter in c.stem)
        if j - i == 1 and not c.type and ((c.stem.isupper() and 2 < len(c.stem) < 6) or 1 < capitals < len(c.stem) < 5):
            return False
        if not c.type and (self._is_kin(c, j) or self._small_with_article(c, i, j)):
            return False
        if j - i == 1 and lower in self.surnames and c.type is None and c.label not in PLACE_LABELS:
            return any(r.population >= FAMOUS and r.tier == 0 for r in c.records) and c.strong
        if (
            i
            and not self.words[i - 1].capital
            and self.words[i - 1].lower in rules.callings
            and not (self.noun_follows(c.last) and not self.words[c.last].capital)
        ):
            return False
        return not (i and self.words[i - 1].lower.rstrip(".") in rules.titles)

    def plausible(self, c: Candidate) -> bool:
        """Whether something in the words or the tagger's hints speaks for a place."""
        if plain(c.stem) in country_names():
            return c.alone or c.label in PLACE_LABELS or c.strong
        if c.type is not None and c.alone:
            return c.label != "PERSON" or bool(c.records)
        if not c.alone or (c.label in ("PERSON", "ORG") and not (c.strong and c.records)):
            return False
        return c.label in PLACE_LABELS or bool(c.governor) or famous(c)

    def verb_of_speech_follows(self, j: int) -> bool:
        return j < len(self.words) and self.words[j].lower in place_words().speech

    def noun_follows(self, j: int) -> bool:
        return j < len(self.words) and not self.words[j].mark and self.words[j].lower not in place_words().no_nouns

    def _looks_personal(self, first: int, last: int) -> bool:
        """Whether two to four capitalised words that name no place may be a person's name."""
        if not 2 <= last - first <= 4 or any(self.records.get((i, last)) for i in range(first, last - 1)):
            return False
        if plain(self.words[first].text) in place_words().never:
            return self._looks_personal(first + 1, last)
        return not is_context(self.words[first]) and last not in self.typed

    def _is_addressed(self, first: int, last: int) -> bool:
        """Whether a title or an initial before a run makes it a person's name: "Mrs. Parsons", "Charles H. Wilson"."""
        if last - first > 3 or last in self.typed or not first:
            return False
        stop = (
            first >= 2
            and self.words[first - 1].text == "."
            and self.words[first].start - self.words[first - 1].end == 1
        )
        before = self.words[first - 2] if stop else self.words[first - 1]
        if before.lower in place_words().titles and before.capital:
            return True
        return stop and len(before.text) == 1 and before.capital and first >= 3 and self.words[first - 3].capital

    def _is_quoted(self, first: int, last: int) -> bool:
        """Whether a name that is no large place speaks in plain words: "Huff said", "said Allen"."""
        if last - first > 2 or ((known := self.records.get((first, last), ())) and large(known)):
            return False
        after = self.words[last].lower if last < len(self.words) else ""
        before = self.words[first - 1].lower if first else ""
        return after in ("said", "says", "added", "recalled", "testified") or before in ("said", "says", "added")

    def _belongs_to_a_body(self, i: int) -> bool:
        """ "Voice of America", "Bank of America": "of" after a capitalised word that is no kind of place."""
        if i < 3 or self.words[i - 1].lower != "of" or not self.words[i - 2].capital:
            return False
        head, before = self.words[i - 2], self.words[i - 3]
        opens = before.mark and before.text not in ',“"('
        rules = place_words()
        place = type_word(head.lower) or head.lower in rules.directions or head.lower in rules.seized
        return not (opens or place or head.text.isupper())

    def _is_kin(self, c: Candidate, j: int) -> bool:
        """ "the Berri clan"."""
        small = not any(r.population >= FAMOUS for r in c.records)
        return (
            small and j < len(self.words) and self.words[j].lower in ("clan", "tribe", "brothers", "dynasty", "tribes")
        )

    def _small_with_article(self, c: Candidate, i: int, j: int) -> bool:
        """ "an Apache helicopter", "in the Duma": no settlement has an article, save "the Aleppo offensive"."""
        if not i or self.words[i - 1].lower not in ("the", "a", "an") or c.direction is not None:
            return False
        return not any(
            (r.kind in WITH_ARTICLE and r.tier <= 1)
            or (r.kind in ("admin1", "district") and plain(r.name) == plain(c.stem))
            or (r.population >= FAMOUS and plain(r.name) == f"the {plain(c.stem)}")
            or (self.noun_follows(j) and r.population >= FAMOUS and plain(r.name) == plain(c.stem))
            for r in c.records
        )

    @staticmethod
    def _names_an_actor(c: Candidate) -> bool:
        actor = ActorBase.open().named(c.stem)
        return actor is not None and (actor.kind in NEVER_PLACES or (actor.kind in SELDOM_PLACES and not c.strong))


def means_else(name: str) -> bool:
    """Whether a word within a name says nothing of a place: a direction, a kind of body, a common word."""
    rules = place_words()
    known = name in rules.never or name in rules.directions or name in rules.institutions or name in rules.types
    return known or len(name) < 2


def is_context(word: Token) -> bool:
    """A capitalised word before a place that is no part of its name: a demonym, a direction, an opening "In"."""
    lower = plain(word.text)
    rules = place_words()
    return (
        lower in demonyms() or lower in rules.directions or lower in rules.locative or word.lower in rules.passed_over
    )


def large(records: Sequence[PlaceRecord]) -> bool:
    return any(r.population >= FAMOUS or r.kind in ("country", "region") for r in records)


def wide(c: Candidate) -> bool:
    return any(r.kind in ("country", "admin1") and r.tier < 2 for r in c.records)


def famous(c: Candidate) -> bool:
    return any(
        r.gazetteer_id.startswith("region:")
        or (r.population >= FAMOUS and r.tier <= 1 and plain(r.name) == plain(c.stem))
        for r in c.records
    )
