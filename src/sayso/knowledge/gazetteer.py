"""The gazetteer: places by name, read-only, from one compact SQLite file that is mapped into memory."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.names import fold, plain, skeleton
from sayso.knowledge.placewords import place_words
from sayso.knowledge.shapes import Point, Ring
from sayso.knowledge.shapes import part as part_of

Line = tuple[Point, ...]

VERSION = "14"
"""Of the file's layout and of the folding; a file of another version is built anew."""

MMAP_BYTES = 256 * 1024 * 1024
FUZZY_FLOOR = 78.0
"""Least likeness (rapidfuzz ratio, 0 to 100) of two folded names that share a skeleton."""
FUZZY_LEAST_LETTERS = 5
FUZZY_LEAST_CONSONANTS = 3
"""Of a shorter key: "al-Qseir" has enough of Qusayr, "Ana" of nothing."""
BATCH = 400

_COLUMNS = "gazetteer_id, name, kind, lat, lon, country, admin1, admin2, population, radius_km"
_ZONE = "timezone, pcode"


class PlaceRecord(msgspec.Struct, frozen=True):
    """A place of the gazetteer: WGS 84 degrees, country as ISO alpha-3, radius in kilometres; unknown is null.

    ``tier`` tells how the name was found: 0 its own name, 1 another name, 2 a name it borrows, 3 a likeness.
    ``timezone`` is the IANA name; null for an area whose settlements have several. ``pcode`` is the place code of the
    humanitarian data sets, where a layer gives one.
    """

    gazetteer_id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    radius_km: float | None
    tier: int = 0
    timezone: str | None = None
    pcode: str | None = None


class Extent(msgspec.Struct, frozen=True):
    """The box that holds nearly all places of a country or first-level unit, in degrees."""

    south: float
    north: float
    west: float
    east: float


def default_path() -> Path:
    """Where the gazetteer lives: ``SAYSO_GAZETTEER``, or the user's cache folder."""
    if given := os.environ.get("SAYSO_GAZETTEER"):
        return Path(given)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "sayso" / f"gazetteer-{VERSION}.sqlite"


class Gazetteer:
    """Look-up by any usual spelling of a name; open it with ``Gazetteer.open()``."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._db = connection
        self._found: dict[str, tuple[PlaceRecord, ...]] = {}

    @staticmethod
    def open(path: Path | str | None = None) -> Gazetteer:
        """The gazetteer at ``path``, or the default one, which is built on first use; one object for each file.

        Raises ``SaysoError`` S350 where a given file is missing, S351 where it is damaged or of another version.
        """
        if path is None:
            target = default_path()
            if not target.exists():
                from sayso.knowledge.build import build

                build(target, if_missing=True)
        else:
            target = Path(path)
        try:
            written = target.stat().st_mtime_ns
        except OSError as error:
            raise SaysoError("S350", path=target) from error
        return _opened(str(target.resolve()), written, os.getpid())

    def lookup(self, name: str, *, fuzzy: bool = False) -> list[PlaceRecord]:
        """Places that go by ``name`` in any usual spelling, the likeliest first; with ``fuzzy``, near spellings too.

        ``"Tabqa#air"`` looks among the facilities of one class of place_words.yaml only.
        """
        stem, _, cls = name.partition("#")
        key = fold(stem) + (f"#{cls}" if cls else "")
        if not key.strip("#"):
            return []
        found = list(self.by_keys([key])[key])
        if not found and fuzzy:
            found = self._alike(key)
        wanted = plain(name)
        return sorted(found, key=lambda r: _rank(r, wanted))

    def by_keys(self, keys: Iterable[str]) -> dict[str, tuple[PlaceRecord, ...]]:
        """Places under each folded key (``names.fold``), in one query for those not seen yet."""
        wanted = list(dict.fromkeys(keys))
        missing = [k for k in wanted if k not in self._found]
        if len(self._found) > 50_000:
            self._found.clear()
            missing = wanted
        read = list(self._read(missing))
        self._found.update(dict.fromkeys(missing, ()))
        for key, record in read:
            self._found[key] = (*self._found[key], record)
        return {k: self._found[k] for k in wanted}

    def get(self, gazetteer_id: str) -> PlaceRecord | None:
        """The place with this id, or null."""
        rows = self._query(f"SELECT {_COLUMNS}, 0, {_ZONE} FROM places WHERE gazetteer_id = ?", gazetteer_id)
        return PlaceRecord(*rows[0]) if rows else None

    def extent(self, gazetteer_id: str) -> Extent | None:
        """The box of a country (``country:SYR``) or first-level unit, or null."""
        rows = self._query("SELECT south, north, west, east FROM extents WHERE gazetteer_id = ?", gazetteer_id)
        return Extent(*rows[0]) if rows else None

    def by_pcode(self, pcode: str) -> list[PlaceRecord]:
        """The places with this P-code, in upper or lower case; a code may stand for a unit and for its seat."""
        rows = self._query(f"SELECT {_COLUMNS}, 0, {_ZONE} FROM places WHERE pcode = ?", pcode.strip().upper())
        return [PlaceRecord(*row) for row in rows]

    def hull(self, country: str, admin1: str | None = None, part: str | None = None) -> Ring | None:
        """The area where the settlements of a country (alpha-3), first-level unit or part of either lie, or null.

        A closed ring of at most 24 corners, (longitude, latitude) in degrees, with room around the settlements.
        ``admin1`` is a record's word for the unit; ``part`` a word of direction ("eastern", "north-west", "central").
        """
        found = self._query("SELECT ring FROM hulls WHERE area = ?", f"{country}/{admin1}" if admin1 else country)
        if not found:
            return None
        ring = tuple((lon, lat) for lon, lat in json.loads(found[0][0]))
        if part is None:
            return ring
        direction = place_words().directions.get(part.lower())
        return part_of(ring, direction) if direction else None

    def border(self, country: str, other: str) -> Line | None:
        """The land border of two countries (alpha-3), coarsely, as (longitude, latitude) in degrees, or null.

        Where it is in several pieces, the longest.
        """
        found = self._query("SELECT line FROM borders WHERE pair = ?", "-".join(sorted((country, other))))
        return tuple((lon, lat) for lon, lat in json.loads(found[0][0])) if found else None

    def count(self) -> int:
        """How many places it holds."""
        return int(self._query("SELECT count(*) FROM places")[0][0])

    def sources(self) -> tuple[str, ...]:
        """What it was made from: "bundled", and the names of the GeoNames files and layers."""
        return tuple(json.loads(self._query("SELECT value FROM meta WHERE key = 'sources'")[0][0]))

    def _query(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise SaysoError("S351", path=self.path, why=error) from error

    def _read(self, keys: list[str]) -> Iterator[tuple[str, PlaceRecord]]:
        for start in range(0, len(keys), BATCH):
            part = keys[start : start + BATCH]
            marks = ",".join("?" * len(part))
            rows = self._query(
                f"SELECT k.key, {_COLUMNS}, k.tier, {_ZONE} FROM keys k JOIN places p ON p.id = k.place"
                f" WHERE k.key IN ({marks})",
                *part,
            )
            for key, *values in rows:
                yield key, PlaceRecord(*values)

    def _alike(self, key: str) -> list[PlaceRecord]:
        from rapidfuzz import fuzz, process

        stem = key.partition("#")[0]
        if len(stem) < FUZZY_LEAST_LETTERS and len(skeleton(stem)) < FUZZY_LEAST_CONSONANTS:
            return []
        rows = self._query("SELECT key FROM skeletons WHERE skeleton = ? LIMIT 500", class_skeleton(key))
        near = process.extract(key, [r[0] for r in rows], scorer=fuzz.ratio, score_cutoff=FUZZY_FLOOR, limit=3)
        found = self.by_keys([n[0] for n in near])
        return [msgspec.structs.replace(r, tier=3) for n in near for r in found[n[0]]]


def class_skeleton(key: str) -> str:
    """The skeleton of a key whose class, where it has one, is kept: ``tbk#air``."""
    stem, mark, cls = key.partition("#")
    return skeleton(stem) + mark + cls


def _rank(record: PlaceRecord, wanted: str) -> tuple[int, int, int]:
    same = plain(record.name) == wanted
    return (record.tier - (1 if same else 0), 0 if record.kind == "country" else 1, -record.population)


@lru_cache(maxsize=4)
def _opened(path: str, written: int, process: int) -> Gazetteer:
    # The process id is part of the key: a connection must not cross a fork. So is the time of writing: a file that was
    # built anew is another file.
    file = Path(path)
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        connection.execute(f"PRAGMA mmap_size = {MMAP_BYTES}")
        row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise SaysoError("S351", path=path, why=error) from error
    if not row or row[0] != VERSION:
        raise SaysoError("S351", path=path, why=f"version {row[0] if row else 'none'}, not {VERSION}")
    return Gazetteer(connection, file)
