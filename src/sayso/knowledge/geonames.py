"""Places of the official GeoNames files (allCountries, single countries, alternateNamesV2), read as a stream."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.bundled import Bundled, settlement_kind, usable
from sayso.knowledge.countries import countries
from sayso.knowledge.data import load_yaml
from sayso.knowledge.names import fold
from sayso.knowledge.placefile import NewPlace

COLUMNS = 19
ALTERNATES_COLUMNS = 4
"""The least: those that say whose name it is; the flags after them may be cut off."""
MOST_OTHER_NAMES = 200
TOLD_EVERY = 500_000
"""Lines after which a reader is told how far it is."""
Tell = Callable[[Path, int], None]
UNIT_FILES = ("admin1CodesASCII.txt", "admin2Codes.txt")
ALTERNATES = "alternateNamesV2"
_NO_NAMES = frozenset(("link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "abbr", "phon", "piny"))
"""Pseudo-languages of the alternate names: web addresses, codes and spellings that no report uses."""


class FeatureKind(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """What a GeoNames feature code is called here: an entry of geonames_classes.yaml."""

    kind: str
    cls: str = ""
    radius_km: float | None = None
    default: bool = True
    help: str = ""


class Sources(msgspec.Struct, frozen=True):
    """The files that were found: places, alternate names, and names of units (each may be empty but the first)."""

    places: tuple[Path, ...]
    alternates: Path | None = None
    admin1: Path | None = None
    admin2: Path | None = None


@lru_cache(maxsize=1)
def feature_kinds() -> dict[str, FeatureKind]:
    """Kinds by feature class and code ("S.AIRB")."""
    return msgspec.convert(load_yaml("geonames_classes.yaml"), dict[str, FeatureKind])


def chosen_kinds(classes: Collection[str]) -> dict[str, FeatureKind]:
    """The kinds that are asked for: "default", "all", feature classes ("S") and codes ("AIRB", "S.AIRB").

    Raises ``SaysoError`` S361 on a class or code that geonames_classes.yaml has not.
    """
    known = feature_kinds()
    found: dict[str, FeatureKind] = {}
    for name in classes or ("default",):
        wanted = name.strip()
        taken = {
            key: kind
            for key, kind in known.items()
            if wanted.lower() == "all"
            or (wanted.lower() == "default" and kind.default)
            or (key.startswith(f"{wanted.upper()}.") and kind.default)
            or wanted.upper() in (key, key.partition(".")[2])
        }
        if not taken:
            raise SaysoError(
                "S361", what="feature class", value=name, allowed="default, all, A, P, S, L, T, H, AIRB, …"
            )
        found |= taken
    return found


def chosen_countries(names: Collection[str]) -> frozenset[str]:
    """Alpha-3 codes of the countries asked for (alpha-3 or alpha-2). Raises ``SaysoError`` S361 on an unknown one."""
    by_iso2 = {c.iso2: c.code for c in countries().values()}
    found = set()
    for name in names:
        code = name.strip().upper()
        code = by_iso2.get(code, code)
        if code not in countries():
            raise SaysoError("S361", what="country", value=name, allowed="ISO 3166-1 codes such as SYR or SY")
        found.add(code)
    return frozenset(found)


def find_sources(path: Path) -> Sources:
    """The GeoNames files of a folder, or one file of places with those beside it.

    allCountries is preferred to single countries; a .txt to a .zip of the same name. Raises ``SaysoError`` S360 where
    there is no file of places.
    """
    folder = path if path.is_dir() else path.parent
    beside = {p.stem: p for p in sorted(folder.glob("*.zip"))} | {p.stem: p for p in sorted(folder.glob("*.txt"))}
    if path.is_file():
        places: tuple[Path, ...] = (path,)
    elif "allCountries" in beside:
        places = (beside["allCountries"],)
    else:
        iso2 = {c.iso2 for c in countries().values()}
        places = tuple(p for stem, p in beside.items() if stem in iso2)
    if not places:
        raise SaysoError("S360", path=path)
    units = [beside.get(Path(name).stem) for name in UNIT_FILES]
    return Sources(places, beside.get(ALTERNATES), *units)


class Official:
    """One reading of the official files into the gazetteer that ``bundled`` fills."""

    def __init__(
        self,
        bundled: Bundled,
        sources: Sources,
        only: Collection[str],
        kinds: dict[str, FeatureKind],
        tell: Tell | None = None,
    ) -> None:
        self.bundled, self.sources, self.only, self.kinds = bundled, sources, only, kinds
        self.tell = tell
        self.covered: set[str] = set()
        self.admin2: dict[str, str] = {}

    def read(self) -> None:
        """Writes every place of the chosen countries and kinds, with its names; ``covered`` tells whose settlements."""
        if self.sources.admin1:
            self.bundled.admin1 |= {row[0]: (row[1], row[3]) for _, row in rows(self.sources.admin1, 4)}
        if self.sources.admin2:
            self.admin2 = {row[0]: row[1] for _, row in rows(self.sources.admin2, 4)}
        for path in self.sources.places:
            for number, row in self._told(path, COLUMNS):
                self._place(path, number, row)
        if self.sources.alternates:
            self._alternates(self.sources.alternates)

    def _told(self, path: Path, least: int) -> Iterator[tuple[int, list[str]]]:
        for number, row in rows(path, least):
            if self.tell and number % TOLD_EVERY == 0:
                self.tell(path, number)
            yield number, row

    def _place(self, path: Path, line: int, row: list[str]) -> None:
        kind = self.kinds.get(f"{row[6]}.{row[7]}")
        country = self.bundled.by_iso2.get(row[8])
        if kind is None or country is None or (self.only and country.code not in self.only):
            return
        number, lat, lon, people = _numbers(path, line, row)
        if self.bundled.file.has(number):
            return
        name, unit, zone = row[1], f"{row[8]}.{row[10]}", row[17]
        keys = {fold(name): 0}
        for other in row[3].split(",")[:MOST_OTHER_NAMES] if row[3] else ():
            if usable(other):
                keys.setdefault(fold(other), 1)
        if kind.cls not in ("", "settlement", "county"):
            keys |= {f"{key}#{kind.cls}": tier for key, tier in keys.items()}
        if kind.kind == "admin1":
            self.bundled.unit_points[number] = (lat, lon)
            self.bundled.file.name(number, keys.items())
            return
        settled = kind.kind == "settlement"
        label, radius = settlement_kind(people) if settled else (kind.kind, kind.radius_km)
        admin1 = self.bundled.admin1.get(unit, (None, ""))[0]
        admin2 = name if row[7] == "ADM2" else self.admin2.get(f"{unit}.{row[11]}")
        place = NewPlace(
            f"geonames:{number}", name, label, lat, lon, country.code, admin1, admin2, people, radius, zone or None
        )
        self.bundled.file.add(place, keys.items(), number)
        if settled:
            self.covered.add(country.code)
            self.bundled.settled_at(country.code, unit, number, keys, (lat, lon), people, zone)

    def _alternates(self, path: Path) -> None:
        """More names for the places taken; historic ones count as borrowed."""
        file = self.bundled.file
        for _, row in self._told(path, ALTERNATES_COLUMNS):
            if row[2] in _NO_NAMES or not row[1].isdigit():
                continue
            number, name = int(row[1]), row[3]
            if (file.has(number) or number in self.bundled.unit_points) and usable(name):
                historic = len(row) > 7 and row[7] == "1"
                file.name(number, [(fold(name), 2 if historic else 1)])


def rows(path: Path, least: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a tab-separated GeoNames file or zip with their line numbers, one by one.

    Raises ``SaysoError`` S362 on a line with fewer than ``least`` columns, S363 on a file that cannot be read.
    """
    try:
        with _text(path) as file:
            for number, line in enumerate(file, 1):
                row = line.rstrip("\r\n").split("\t")
                if len(row) < least:
                    raise SaysoError("S362", path=path, row=number, why=f"{len(row)} columns, not {least}")
                yield number, row
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, EOFError) as error:
        raise SaysoError("S363", path=path, why=error) from error


@contextmanager
def _text(path: Path) -> Iterator[io.TextIOBase]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        inside = f"{path.stem}.txt"
        if inside not in archive.namelist():
            raise SaysoError("S363", path=path, why=f"it holds no {inside}")
        with archive.open(inside) as raw:
            yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")


def _numbers(path: Path, line: int, row: list[str]) -> tuple[int, float, float, int]:
    try:
        number, lat, lon, people = int(row[0]), float(row[4]), float(row[5]), int(row[14] or 0)
    except ValueError as error:
        raise SaysoError("S362", path=path, row=line, why=error) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise SaysoError("S362", path=path, row=line, why=f"latitude {lat}, longitude {lon} are not on Earth")
    return number, round(lat, 5), round(lon, 5), people
