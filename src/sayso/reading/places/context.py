"""What a report speaks of: the countries and first-level units among its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import plain
from sayso.model import Dateline
from sayso.reading.places.areas import neighbours_of
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.nearness import Nearness
from sayso.reading.places.tokens import Token

LARGE = 300_000
"""People of a place whose bare name is evidence of its country."""
SURE_RATIO = 10
"""How many times larger it must be than its namesakes elsewhere."""
NAMED, IMPLIED = 2, 1
"""Weight of a country's own name or demonym, and of a place in it or the dateline."""


SPOKEN_OF = 0.15
"""Share of the evidence from which the neighbours of a country count for something too."""


class Context(NamedTuple):
    """Shares of each country (alpha-3) and unit among the evidence, the neighbours, and whose words spoke for each."""

    shares: dict[str, float]
    units: dict[tuple[str, str], float]
    neighbours: set[str]
    voters: dict[str, set[str]]
    nearness: Nearness
    gazetteer: Gazetteer

    @staticmethod
    def of(
        words: list[Token],
        candidates: list[Candidate],
        beside: list[Candidate],
        dateline: Dateline | None,
        gazetteer: Gazetteer,
    ) -> Context:
        """Counts country names and demonyms in the words, and large places; the dateline counts as weak evidence.

        ``beside`` are names of places within other names, which tell where a report is at home.
        """
        return _Count(words, candidates, beside, dateline, gazetteer).context()

    def in_play(self, country: str | None, stem: str) -> bool:
        """Whether words other than the name itself speak for this country."""
        return country in self.shares and self.voters.get(country or "") != {stem}


class _Count:
    def __init__(
        self,
        words: list[Token],
        candidates: list[Candidate],
        beside: list[Candidate],
        dateline: Dateline | None,
        gazetteer: Gazetteer,
    ) -> None:
        self.gazetteer = gazetteer
        self.nearness = Nearness([*candidates, *beside])
        self.countries: Counter[str] = Counter()
        self.units: Counter[tuple[str, str]] = Counter()
        self.voters: defaultdict[str, set[str]] = defaultdict(set)
        shared = {plain(c.stem) for c in candidates if shares_name(c)}
        for word in words:
            lower = plain(word.text) if word.capital else ""
            code = None if lower in shared else country_names().get(lower)
            if code := code or demonyms().get(lower):
                self._add(code, NAMED, lower)
        for c in candidates:
            self._candidate(c)
        if dateline is not None and dateline.place:
            for record in gazetteer.lookup(dateline.place)[:1]:
                self._add(record.country, IMPLIED, "")
        if not self.countries:
            self._vote()

    def context(self) -> Context:
        """The counts as shares."""
        total, units = sum(self.countries.values()) or 1, sum(self.units.values()) or 1
        return Context(
            {k: v / total for k, v in self.countries.items()},
            {k: v / units for k, v in self.units.items()},
            neighbours_of({k for k, v in self.countries.items() if v >= total * SPOKEN_OF}),
            dict(self.voters),
            self.nearness,
            self.gazetteer,
        )

    def _add(self, country: str | None, weight: int, voter: str) -> None:
        if country:
            self.countries[country] += weight
            self.voters[country].add(voter)

    def _candidate(self, c: Candidate) -> None:
        stem = plain(c.stem)
        if c.country_hint:
            self._add(c.country_hint, IMPLIED, f"{stem} of")
        if c.country_hint and c.unit_hint:
            self.units[c.country_hint, c.unit_hint] += NAMED
        for record in _sure(c):
            self._add(record.country, IMPLIED if record.kind == "city" else NAMED, stem)
            if record.country and record.admin1:
                self.units[record.country, record.admin1] += 1

    def _vote(self) -> None:
        """Where no country is named, those that the names of the report most likely lie in."""
        votes = {country: sum(names.values()) for country, names in self.nearness.countries.items()}
        most = max(votes.values(), default=0.0)
        for country, count in votes.items():
            if count * 2 >= most:
                self.countries[country] += max(1, round(count * NAMED))
                self.voters[country].update(self.nearness.countries[country])


def shares_name(c: Candidate) -> bool:
    """Whether a country and a large unit of another country go by this name: Georgia."""
    stem = plain(c.stem)
    named = [r for r in c.records if r.tier == 0 and plain(r.name) == stem]
    return stem in country_names() and any(r.kind == "admin1" and r.population > LARGE for r in named)


def _sure(c: Candidate) -> list[PlaceRecord]:
    """The record that a large or unmistakable name means whatever the context."""
    named = [r for r in c.records if r.tier <= 1 and plain(r.name) == plain(c.stem)]
    countries = [r for r in named if r.kind == "country"]
    if countries:
        return countries if " " in c.stem else []
    large = sorted((r for r in named if r.population > LARGE), key=lambda r: -r.population)
    rivals = [r for r in named if large and (r.country, r.admin1) != (large[0].country, large[0].admin1)]
    return large[:1] if all(r.population * SURE_RATIO <= large[0].population for r in rivals) else []
