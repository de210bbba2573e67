"""How well a place fits its report's other names: namesakes near each other are likelier than scattered ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import floor

from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import plain
from sayso.reading.places.candidates import Candidate

TIER_WEIGHT = (1.0, 0.4, 0.3, 0.1)
"""Weight of a record that a name finds as its own, as another name, as a borrowed one, by likeness."""
LEAST_PEOPLE = 500
COUNTY_PEOPLE = 20_000
"""People that a second-level unit counts as, for the gazetteer has no number."""
MOST_RECORDS = 60
MOST_NAMES = 200
"""Names of a report that count for others; a list of thousands tells no more."""
PARTED = frozenset(("country", "region", "water"))
"""Kinds too wide to lie near anything."""

Cell = tuple[int, int]


class Nearness:
    """How likely each place of every name of a report is by size alone, summed by square degree and by unit."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.cells: defaultdict[Cell, dict[str, float]] = defaultdict(dict)
        self.units: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self.countries: defaultdict[str, dict[str, float]] = defaultdict(dict)
        seen: set[str] = set()
        for c in candidates:
            name = plain(c.stem)
            if name in seen or c.weak or len(seen) >= MOST_NAMES:
                continue
            seen.add(name)
            for record, share in shares_of(c):
                self._add(name, record, share)

    def _add(self, name: str, record: PlaceRecord, share: float) -> None:
        if record.country:
            known = self.countries[record.country]
            known[name] = known.get(name, 0.0) + share
            if record.admin1:
                unit = self.units[record.country, record.admin1]
                unit[name] = unit.get(name, 0.0) + share
        if record.lat is not None and record.lon is not None and record.kind not in PARTED | {"admin1"}:
            cell = self.cells[floor(record.lat), floor(record.lon)]
            cell[name] = cell.get(name, 0.0) + share

    def support(self, name: str, record: PlaceRecord) -> float:
        """How many other names of the report, each by its likelihood, mean a place near this one or in its unit."""
        best: dict[str, float] = {}
        if record.lat is not None and record.lon is not None and record.kind not in PARTED:
            y, x = floor(record.lat), floor(record.lon)
            for cell in ((y + a, x + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
                for other, share in self.cells.get(cell, {}).items():
                    best[other] = best.get(other, 0.0) + share
        for other, share in self.units.get((record.country or "", record.admin1 or ""), {}).items():
            best[other] = max(best.get(other, 0.0), share)
        best.pop(name, None)
        return sum(min(1.0, share) for share in best.values())


def shares_of(c: Candidate) -> list[tuple[PlaceRecord, float]]:
    """The places that a name may mean, each with its share of the likelihood by size and kind of name."""
    records = [r for r in c.records if _allowed(c, r)][:MOST_RECORDS]
    weights = [_weight(r, plain(c.stem)) for r in records]
    total = sum(weights)
    return [(r, w / total) for r, w in zip(records, weights, strict=True)] if total else []


def _allowed(c: Candidate, r: PlaceRecord) -> bool:
    if c.unit_hint:
        return r.admin1 == c.unit_hint
    if c.type is not None and c.type.kind == "admin2":
        return r.kind == "admin2"
    return c.country_hint is None or r.country == c.country_hint


def _weight(r: PlaceRecord, name: str) -> float:
    people = COUNTY_PEOPLE if r.kind == "admin2" else max(r.population, LEAST_PEOPLE)
    exact = 1.0 if plain(r.name) == name or r.kind == "admin2" else 0.5
    return float(people**0.5) * TIER_WEIGHT[r.tier] * exact
