"""Facilities and city quarters that war reports name, from facilities.yaml, laid into the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, floor, hypot, radians

import msgspec

from sayso.knowledge.data import load_yaml
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placefile import NewPlace, PlaceFile, Settlement
from sayso.knowledge.placewords import place_words, split_type, stem_keys

SHORTEST_BARE = 6
"""Letters of a folded name from which a facility goes by its bare name too; "Dora" and "Sabri" need their type word."""
SETTLEMENT = "settlement"
QUARTER = "neighborhood"
CITY_KM = 12.0
Cell = tuple[int, int]


class Facility(msgspec.Struct, frozen=True):
    """An entry of facilities.yaml, with the type word under which it stands."""

    type: str
    country: str
    name: str
    lat: float
    lon: float
    aliases: tuple[str, ...]


def facilities() -> list[Facility]:
    """All entries, in the order of the file."""
    return [
        Facility(type_, country, row[0], float(row[1]), float(row[2]), tuple(map(str, row[3:])))
        for type_, countries in load_yaml("facilities.yaml").items()
        for country, rows in countries.items()
        for row in rows
    ]


def write_facilities(file: PlaceFile) -> None:
    """Writes them all; each gets the first-level unit of the settlement nearest to it in its country."""
    found = facilities()
    slugs: set[str] = set()
    for facility, admin1 in zip(found, _units(file, found), strict=True):
        meaning = place_words().types[facility.type]
        slug = plain(facility.name).replace(" ", "-")
        slug = f"{slug}-{facility.country.lower()}" if slug in slugs else slug
        slugs.add(slug)
        place = NewPlace(
            f"facility:{slug}",
            facility.name,
            meaning.kind,
            facility.lat,
            facility.lon,
            facility.country,
            admin1,
            None,
            0,
            meaning.radius_km,
            file.zone_near(facility.lat, facility.lon, facility.country, meaning.radius_km),
        )
        file.add(place, _keys(facility, meaning.cls).items())


def _keys(facility: Facility, cls: str) -> dict[str, int]:
    keys: dict[str, int] = {}
    for tier, name in enumerate((facility.name, *facility.aliases)):
        stem = split_type(name)
        found = stem_keys(stem, bare=False)[stem.cls is None :]
        if stem.cls is None:
            found.append(f"{fold(name)}#{cls}")
        if stem.cls is not None or len(fold(name)) >= SHORTEST_BARE or cls == SETTLEMENT:
            found.append(fold(name))
        for key in found:
            keys.setdefault(key, min(tier, 1))
    return keys


def _units(file: PlaceFile, found: list[Facility]) -> Iterator[str | None]:
    near: dict[Cell, list[Settlement]] = {c: [] for f in found for c in _around(f.lat, f.lon)}
    for settlement in file.settlements():
        if (cell := _cell(settlement.lat, settlement.lon)) in near:
            near[cell].append(settlement)
    for f in found:
        yield _unit(f, [s for cell in _around(f.lat, f.lon) for s in near[cell] if s.country == f.country])


def _unit(f: Facility, settled: list[Settlement]) -> str | None:
    """The unit of the nearest settlement; a quarter's that of the largest city it can be a part of."""
    away = {s: hypot(s.lat - f.lat, (s.lon - f.lon) * cos(radians(f.lat))) * 111.2 for s in settled}
    around = [s for s in settled if away[s] <= CITY_KM] if f.type == QUARTER else []
    if around:
        return max(around, key=lambda s: s.population).admin1
    return min(settled, key=lambda s: away[s]).admin1 if settled else None


def _cell(lat: float, lon: float) -> Cell:
    return floor(lat), floor(lon)


def _around(lat: float, lon: float) -> list[Cell]:
    row, column = _cell(lat, lon)
    return [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
