"""Second-level units (districts, counties, raions): their names without the unit's word, their seats, their reach."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import pi, sqrt

import msgspec

from sayso.knowledge.countries import Country
from sayso.knowledge.data import load_csv, load_yaml
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placefile import NewPlace, PlaceFile

CLASS = "county"
"""Of the type words that a unit's bare name may stand before; "district" is a quarter's too."""
SEATS = ("city", "town", "village")
ROUNDNESS = 1.5
"""How much farther than a circle of its mean area a unit may reach from its seat, which is seldom in its middle."""
LEAST_KM, MOST_KM = 8.0, 200.0
LEAST_BARE_LETTERS = 4


class UnitWords(msgspec.Struct, frozen=True):
    """The content of unit_words.yaml."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    bare_in: frozenset[str]


class Unit(msgspec.Struct, frozen=True):
    """A second-level unit of GeoNames, with its first-level unit's code ("IQ.15") and country."""

    number: int
    name: str
    unit: str
    country: Country


@lru_cache(maxsize=1)
def unit_words() -> UnitWords:
    """The words, read once, the longest first."""
    found = msgspec.convert(load_yaml("unit_words.yaml"), UnitWords)
    before = sorted((plain(w) for w in found.before), key=len, reverse=True)
    after = sorted((plain(w) for w in found.after), key=len, reverse=True)
    return UnitWords(tuple(before), tuple(after), found.bare_in)


def unit_stem(name: str) -> str:
    """The plain name without the word for the unit: "Qaḑā’ Sāmarrā’" is "samarra"; whole where nothing else is left."""
    stem = plain(name)
    words = unit_words()
    stem = next((stem[len(w) + 1 :] for w in words.before if stem.startswith(f"{w} ")), stem)
    return next((stem[: -len(w) - 1] for w in words.after if stem.endswith(f" {w}")), stem)


def bundled_units(by_iso2: dict[str, Country]) -> list[Unit]:
    """The units of admin2.csv.gz, by countries that are known."""
    rows = [row for row in load_csv("admin2.csv.gz") if row["code"][:2] in by_iso2]
    return [
        Unit(int(row["geonameid"]), row["name"], row["code"].rpartition(".")[0], by_iso2[row["code"][:2]])
        for row in rows
    ]


def write_units(file: PlaceFile, units: list[Unit], admin1: dict[str, tuple[str, str]]) -> None:
    """Writes the units that are not there yet; all settlements must be indexed.

    A unit takes the point of the settlement of its first-level unit that bears its name; else it has none.
    """
    many = Counter(unit.country.code for unit in units)
    for unit in units:
        if file.has(unit.number):
            continue
        name1, stem = admin1.get(unit.unit, (None, ""))[0], unit_stem(unit.name)
        key, country = fold(stem), unit.country
        if not key or file.namesakes([key], country.code, ("admin2",)):
            continue
        alike = file.namesakes([key], country.code, SEATS)
        lat, lon = next(((s.lat, s.lon) for s in alike if s.admin1 == name1), (None, None))
        keys = {f"{key}#{CLASS}": 0, fold(f"{stem} district"): 1}
        if plain(unit.name) != stem:
            keys[fold(unit.name)] = 0
        if not alike and country.code in unit_words().bare_in and len(key) >= LEAST_BARE_LETTERS:
            keys[key] = 1
        reach = ROUNDNESS * sqrt(country.area_km2 / max(many[country.code], 1) / pi)
        place = NewPlace(
            f"geonames:{unit.number}",
            unit.name,
            "admin2",
            lat,
            lon,
            country.code,
            name1,
            unit.name,
            0,
            round(min(max(reach, LEAST_KM), MOST_KM), 1),
            file.zone(unit.unit, country.code),
        )
        file.add(place, keys.items(), unit.number)
