"""The gazetteer file as it is being made: places, their keys, and what the areas gather from the places in them."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from math import cos, radians, sqrt
from pathlib import Path
from typing import NamedTuple

import msgspec

from sayso.knowledge.gazetteer import VERSION, class_skeleton
from sayso.knowledge.shapes import Point, Ring, convex, hull

FIRST_OWN_NUMBER = 100_000_000
"""Row numbers below are GeoNames ids, so that names of a place can be written without looking it up."""
CACHE_KIB = 65_536
MOST_SAMPLED = 4096
"""Points that an area keeps for its box and middle; of more, an even sample."""
ZONE_RADIUS_KM = 60.0
"""Greatest radius of a place that takes the time zone of the settlement nearest to its point."""
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE places (id INTEGER PRIMARY KEY, gazetteer_id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, country TEXT,
                     admin1 TEXT, admin2 TEXT, population INTEGER, radius_km REAL, timezone TEXT, pcode TEXT);
CREATE TABLE raw (key TEXT, place INTEGER, tier INTEGER);
CREATE TABLE keys (key TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE skeletons (skeleton TEXT, key TEXT, PRIMARY KEY (skeleton, key)) WITHOUT ROWID;
CREATE TABLE extents (gazetteer_id TEXT PRIMARY KEY, south REAL, north REAL, west REAL, east REAL);
CREATE TABLE hulls (area TEXT PRIMARY KEY, ring TEXT) WITHOUT ROWID;
CREATE TABLE borders (pair TEXT PRIMARY KEY, line TEXT) WITHOUT ROWID;
"""
_INDEX = """
INSERT INTO keys SELECT key, place, min(tier) FROM raw WHERE true GROUP BY key, place
    ON CONFLICT DO UPDATE SET tier = min(tier, excluded.tier);
INSERT OR IGNORE INTO skeletons
    SELECT DISTINCT skeleton(key) AS bones, key FROM raw WHERE tier < 2 AND length(key) > 4 ORDER BY bones, key;
DELETE FROM raw;
"""
_FINISH = """
DROP TABLE raw;
CREATE INDEX places_by_id ON places (gazetteer_id);
CREATE INDEX places_by_pcode ON places (pcode) WHERE pcode IS NOT NULL;
"""


class NewPlace(msgspec.Struct, frozen=True):
    """A place as it is written: the fields of ``PlaceRecord`` without the tier."""

    gazetteer_id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float | None = None
    timezone: str | None = None
    pcode: str | None = None


class Settlement(NamedTuple):
    """A settlement's point in degrees, country and first-level unit, and its people."""

    lat: float
    lon: float
    country: str
    admin1: str
    population: int


class Namesake(NamedTuple):
    """A place found by name: row number, point, first-level unit, P-code, and how many of the keys it has."""

    number: int
    lat: float | None
    lon: float | None
    admin1: str | None
    pcode: str | None
    keys: int


class Cloud:
    """The settlements of an area, so kept that millions of them stay small."""

    def __init__(self) -> None:
        self.count = 0
        self.people = 0
        self.zones: Counter[str] = Counter()
        self._step = 1
        self._lats, self._lons = array("d"), array("d")
        self._zone_of: list[str] = []
        # East and west apart: across the date line one hull of both would lose the corners.
        self._sides: tuple[list[Point], list[Point]] = ([], [])

    def add(self, lat: float, lon: float, people: int, zone: str) -> None:
        """One settlement, in degrees, with its IANA time zone (may be empty)."""
        if self.count % self._step == 0:
            self._lats.append(lat)
            self._lons.append(lon)
            self._zone_of.append(zone)
            if len(self._lats) > MOST_SAMPLED:
                self._lats, self._lons, self._zone_of = self._lats[::2], self._lons[::2], self._zone_of[::2]
                self._step *= 2
        self.count += 1
        self.people += people
        if zone:
            self.zones[zone] += 1
        side = self._sides[lon < 0]
        side.append((lon, lat))
        if len(side) > MOST_SAMPLED:
            side[:] = convex(side)

    def box(self) -> tuple[float, float, float, float] | None:
        """South, north, west and east edge of all but the outermost hundredth of the points; null for no points."""
        if not self._lats:
            return None
        lats, lons = sorted(self._lats), sorted(self._lons)
        edge = len(lats) // 100
        return lats[edge], lats[-1 - edge], lons[edge], lons[-1 - edge]

    def centre(self) -> tuple[float | None, float | None]:
        """The middle of the box, for the mean would lie where people live, not in the middle of the area."""
        box = self.box()
        if box is None:
            return None, None
        south, north, west, east = box
        return round((south + north) / 2, 4), round((west + east) / 2, 4)

    def spread(self, lat: float | None, lon: float | None) -> float | None:
        """The kilometres from a point within which 95 % of the settlements lie, at least 10; null for none."""
        if not self._lats or lat is None or lon is None:
            return None
        scale = cos(radians(lat))
        away = sorted(
            sqrt((a - lat) ** 2 + ((b - lon) * scale) ** 2) * 111.2 for a, b in zip(self._lats, self._lons, strict=True)
        )
        return round(max(away[int(len(away) * 0.95)], 10.0), 1)

    def hull(self, room: float) -> Ring | None:
        """A ring that holds all settlements, with ``room`` km around them."""
        return hull([*self._sides[0], *self._sides[1]], room=room)

    def zone_near(self, lat: float, lon: float) -> str | None:
        """The time zone of the settlement nearest to a point."""
        if not self._lats:
            return None
        points = zip(self._lats, self._lons, self._zone_of, strict=True)
        return min(points, key=lambda p: (p[0] - lat) ** 2 + (p[1] - lon) ** 2)[2] or None


class PlaceFile:
    """A gazetteer file that is being written. Areas are named as in ``clouds``: "SYR", or "SY.07" for a unit."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.create_function("skeleton", 1, class_skeleton, deterministic=True)
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.db.executescript(_SCHEMA)
        self.clouds: dict[str, Cloud] = {}
        self.homes: dict[str, str] = {}
        self._next = FIRST_OWN_NUMBER
        self._taken = bytearray()

    def add(self, place: NewPlace, keys: Iterable[tuple[str, int]], number: int | None = None) -> int:
        """Writes a place with its keys and their tiers, and returns its row number."""
        if number is None:
            number, self._next = self._next, self._next + 1
        else:
            self._take(number)
        self.db.execute(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", (number, *msgspec.structs.astuple(place))
        )
        self.name(number, keys)
        return number

    def has(self, number: int) -> bool:
        """Whether the place with this GeoNames id is written."""
        byte = number >> 3
        return byte < len(self._taken) and bool(self._taken[byte] >> (number & 7) & 1)

    def _take(self, number: int) -> None:
        # One bit an id: GeoNames has some 13 million of them.
        byte = number >> 3
        if byte >= len(self._taken):
            self._taken.extend(bytes(byte + 1 - len(self._taken)))
        self._taken[byte] |= 1 << (number & 7)

    def name(self, number: int, keys: Iterable[tuple[str, int]]) -> None:
        """More keys of a place."""
        self.db.executemany("INSERT INTO raw VALUES (?,?,?)", [(k, number, tier) for k, tier in keys if k.strip("#")])

    def settle(self, area: str, lat: float, lon: float, people: int, zone: str) -> None:
        """Counts a settlement for an area."""
        cloud = self.clouds.get(area)
        if cloud is None:
            cloud = self.clouds[area] = Cloud()
        cloud.add(lat, lon, people, zone)

    def extent(self, identity: str, area: str) -> None:
        """Writes the box of an area that has two settlements or more."""
        cloud = self.clouds.get(area)
        if cloud is not None and cloud.count >= 2 and (box := cloud.box()):
            self.db.execute("INSERT OR REPLACE INTO extents VALUES (?,?,?,?,?)", (identity, *box))

    def hull(self, name: str, area: str, room: float) -> None:
        """Writes the hull of an area's settlements under "SYR" or "SYR/Deir ez-Zor"."""
        cloud = self.clouds.get(area)
        ring = cloud.hull(room) if cloud else None
        if ring:
            self.db.execute("INSERT OR REPLACE INTO hulls VALUES (?,?)", (name, json.dumps(ring)))

    def borders(self, lines: Iterable[tuple[str, object]]) -> None:
        """Writes the lines of borders, under pairs as "IRQ-SYR"."""
        self.db.executemany("INSERT INTO borders VALUES (?,?)", [(pair, json.dumps(line)) for pair, line in lines])

    def find_homes(self, countries: Iterable[str]) -> None:
        """Learns the country with the most settlements in each time zone, once all settlements are counted."""
        most: dict[str, tuple[int, str]] = {}
        for country in countries:
            for zone, count in self._zones(country).items():
                most[zone] = max(most.get(zone, (0, "")), (count, country))
        self.homes = {zone: country for zone, (_, country) in most.items()}

    def zone(self, area: str, country: str) -> str | None:
        """The one time zone of an area, or null where it has several."""
        # A zone at home in another country is a settlement at the border that was assigned by its point.
        found = list(self._zones(area))
        own = [z for z in found if self.homes.get(z) == country] or found
        return own[0] if len(own) == 1 else None

    def zone_near(self, lat: float, lon: float, country: str | None, radius_km: float) -> str | None:
        """The country's one zone; else, for a small place, that of the settlement nearest to it."""
        if country is None:
            return None
        if one := self.zone(country, country):
            return one
        cloud = self.clouds.get(country)
        return cloud.zone_near(lat, lon) if cloud and radius_km <= ZONE_RADIUS_KM else None

    def index(self) -> None:
        """Makes the names written so far findable for ``namesakes``."""
        self.db.executescript(_INDEX)

    def namesakes(
        self, keys: Iterable[str], country: str, kinds: Iterable[str], *, borrowed: bool = False
    ) -> list[Namesake]:
        """The places under these keys, once they are indexed; those with most of the keys first.

        With ``borrowed``, also those that have a key only from another place (a province from its seat).
        """
        found, wanted = list(dict.fromkeys(keys)), list(kinds)
        rows = self.db.execute(
            "SELECT p.id, p.lat, p.lon, p.admin1, p.pcode, count(*) FROM keys k JOIN places p ON p.id = k.place"
            f" WHERE k.key IN ({','.join('?' * len(found))}) AND k.tier < ? AND p.country = ?"
            f" AND p.kind IN ({','.join('?' * len(wanted))})"
            " GROUP BY p.id ORDER BY count(*) DESC, min(k.tier), p.population DESC, p.id",
            [*found, 3 if borrowed else 2, country, *wanted],
        )
        return [Namesake(*row) for row in rows]

    def settlements(self) -> Iterator[Settlement]:
        """The settlements written so far that have a first-level unit."""
        rows = self.db.execute(
            "SELECT lat, lon, country, admin1, population FROM places"
            " WHERE kind IN ('city', 'town', 'village') AND admin1 NOT NULL"
        )
        yield from (Settlement(*row) for row in rows)

    def enrich(self, number: int, pcode: str | None) -> None:
        """Gives a place its P-code."""
        if pcode:
            self.db.execute("UPDATE places SET pcode = ? WHERE id = ?", (pcode, number))

    def finish(self, sources: Iterable[str] = ()) -> None:
        """Makes the look-up tables, notes what the file was made from, and closes it."""
        self.index()
        self.db.executescript(_FINISH)
        self.db.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
        self.db.execute("INSERT INTO meta VALUES ('sources', ?)", (json.dumps(list(sources)),))
        self.db.commit()
        self.db.execute("ANALYZE")
        self.db.close()

    def _zones(self, area: str) -> Counter[str]:
        cloud = self.clouds.get(area)
        return cloud.zones if cloud else Counter()
