"""A user's own places: CSV files laid over the gazetteer, also OCHA's tables of units with P-codes (COD-AB)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, isfinite, radians
from pathlib import Path

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.bundled import settlement_kind
from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.data import load_csv, load_yaml
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placefile import NewPlace, PlaceFile
from sayso.knowledge.placewords import place_words, split_type, stem_keys
from sayso.knowledge.units import CLASS as UNIT_CLASS

COLUMNS = (
    "name",
    "lat",
    "lon",
    "kind",
    "country",
    "admin1",
    "admin2",
    "aliases",
    "pcode",
    "radius_km",
    "population",
    "timezone",
    "source",
    "id",
)
"""The columns that are read; ``name`` is needed, and ``country`` but for regions and waters. Others are ignored."""
KINDS = ("city", "town", "village", "district", "facility", "region", "water", "admin1", "admin2")
WIDE = ("region", "water")
UNITS = ("admin1", "admin2")
SETTLED = ("city", "town", "village")
DEFAULT_RADIUS_KM = {
    "city": 15.0,
    "town": 5.0,
    "village": 3.0,
    "district": 3.0,
    "facility": 3.0,
    "region": 50.0,
    "water": 50.0,
    "admin1": 80.0,
    "admin2": 30.0,
}
MOST_RADIUS_KM = 10_000.0
MOST_NOTES = 20
TWIN_KM = {"admin1": 400.0, "admin2": 120.0, "facility": 5.0, "district": 5.0}
"""How far apart two places of one name, kind and country may lie and be one; settlements 15 km."""


class LayerPlace(msgspec.Struct, frozen=True):
    """A row of a layer that was understood. ``cls`` is the class of its type word, empty for none."""

    place: NewPlace
    aliases: tuple[str, ...]
    cls: str
    row: int


class Layer(msgspec.Struct, frozen=True):
    """A layer: its places, and what is wrong with the rows that are bad, one line each."""

    path: Path
    places: tuple[LayerPlace, ...]
    bad: tuple[str, ...]


class BadRowsError(SaysoError):
    """S353: rows of a layer that cannot be used; ``notes`` tells of each of the first 20."""

    def __init__(self, layer: Layer) -> None:
        more = f", and {len(layer.bad) - 1} more" if len(layer.bad) > 1 else ""
        super().__init__("S353", path=layer.path, why=f"{layer.bad[0][:120]}{more}")
        self.notes = notes(layer)


class _RowError(Exception):
    """What is wrong with one row: the column and the reason."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"{column}: {why}")


def notes(layer: Layer) -> list[str]:
    """The bad rows in words, the first 20 and how many follow."""
    more = len(layer.bad) - MOST_NOTES
    return [*layer.bad[:MOST_NOTES], *([f"and {more} more rows"] if more > 0 else [])]


def read_layer(path: Path) -> Layer:
    """Reads a layer whole, with its bad rows told; row 1 is the header, a row of HXL tags after it is passed over.

    Raises ``SaysoError`` S359 where the file cannot be read as CSV in UTF-8 or lacks a needed column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SaysoError("S359", path=path, why=error) from error
    header = [h.strip().lower().replace(" ", "_") for h in (table[0] if table else [])]
    unit_level = _unit_level(header)
    if "name" not in header and unit_level is None:
        raise SaysoError("S359", path=path, why=f"it has no column 'name', only {', '.join(header) or 'none'}")
    if len(set(header)) < len(header):
        raise SaysoError("S359", path=path, why="two columns have one name")
    places: dict[NewPlace, LayerPlace] = {}
    bad: list[str] = []
    for number, cells in enumerate(table[1:], 2):
        if not any(c.strip() for c in cells) or _is_tags(cells):
            continue
        try:
            if len(cells) > len(header):
                raise _RowError("columns", f"{len(cells)} of them, where the header has {len(header)}")
            row = dict(zip(header, (" ".join(c.split()) for c in cells), strict=False))
            for found in _unit_rows(row, unit_level) if unit_level else [row]:
                read = _place(found, number, path)
                places.setdefault(read.place, read)
        except _RowError as error:
            bad.append(f"row {number}, {error}")
    return Layer(path, tuple(places.values()), tuple(bad))


def apply(file: PlaceFile, layer: Layer) -> list[str]:
    """Lays the places over those of the file: one that is there gets P-code and names, others are added.

    Returns what is wrong with rows that need a place that is not there.
    """
    bad = []
    for read in layer.places:
        names = (read.place.name, *read.aliases)
        keys = _keys(names, read)
        twin = _twin(file, read, [fold(name) for name in names])
        if twin is not None:
            file.name(twin, [(key, max(tier, 1)) for key, tier in keys.items()])
            file.enrich(twin, read.place.pcode)
        elif read.place.lat is None and read.place.kind not in UNITS:
            bad.append(f"row {read.row}, lat: none given, and the gazetteer has no {read.place.name} to take it from")
        else:
            file.add(_completed(file, read.place), keys.items())
    return bad


def _completed(file: PlaceFile, place: NewPlace) -> NewPlace:
    zone = place.timezone
    if zone is None and place.lat is not None and place.lon is not None:
        zone = file.zone_near(place.lat, place.lon, place.country, place.radius_km or 0.0)
    return msgspec.structs.replace(place, timezone=zone)


def _twin(file: PlaceFile, read: LayerPlace, keys: Sequence[str]) -> int | None:
    """The place of the gazetteer that a row means: of its name, kind and country, and near its point if it has one."""
    place = read.place
    if place.country is None or place.kind in WIDE:
        return None
    kinds = SETTLED if place.kind in SETTLED else (place.kind,)
    most = TWIN_KM.get(place.kind, 15.0)
    if place.kind == "admin2":
        keys = [*keys, *(f"{key}#{UNIT_CLASS}" for key in keys)]
    options = []
    for other in file.namesakes(keys, place.country, kinds, borrowed=place.kind == "admin1"):
        if other.pcode and other.pcode != place.pcode:
            continue
        away = 0.0
        if place.lat is not None and place.lon is not None and other.lat is not None and other.lon is not None:
            away = hypot(place.lat - other.lat, (place.lon - other.lon) * cos(radians(other.lat))) * 111.2
        elif place.kind == "admin2" and place.admin1 and other.admin1 and fold(place.admin1) != fold(other.admin1):
            continue
        if away <= most:
            options.append((away, -other.keys, other.number))
    return min(options)[-1] if options else None


def _keys(names: Iterable[str], read: LayerPlace) -> dict[str, int]:
    keys: dict[str, int] = {}
    bare = read.place.kind not in ("facility", "district")
    for tier, name in enumerate(names):
        stem = split_type(name)
        found = [*stem_keys(stem, bare=bare), fold(name)]
        if read.cls and not stem.cls:
            found.append(f"{fold(name)}#{read.cls}")
        for key in found:
            keys.setdefault(key, min(tier, 1))
    return keys


def _place(row: Mapping[str, str], number: int, path: Path) -> LayerPlace:
    name = row.get("name", "")
    if not fold(name):
        raise _RowError("name", "empty" if not name else f"'{name}' has no letter that sayso can look up")
    kind, cls, radius = _kind(row.get("kind", ""), name)
    lat, lon = _number(row, "lat", 90), _number(row, "lon", 180)
    if (lat is None) != (lon is None):
        raise _RowError("lon" if lon is None else "lat", "empty, where the other coordinate is given")
    if lat == 0 and lon == 0:
        raise _RowError("lat", "0, 0 is no place but a mark of one that is not known; leave both empty")
    people = int(_number(row, "population", 2e9, least=0) or 0)
    if kind in SETTLED and people and not row.get("kind"):
        kind, radius = settlement_kind(people)
    pcode = row.get("pcode", "").upper() or None
    place = NewPlace(
        f"layer:{row.get('id') or _slug(path, pcode or name)}",
        name,
        kind,
        lat,
        lon,
        _country(row.get("country", ""), kind),
        row.get("admin1") or (name if kind == "admin1" else None),
        row.get("admin2") or (name if kind == "admin2" else None),
        people,
        _number(row, "radius_km", MOST_RADIUS_KM, least=0.01) or radius,
        _zone(row.get("timezone", "")),
        pcode,
    )
    aliases = tuple(a.strip() for a in row.get("aliases", "").split("|") if a.strip())
    return LayerPlace(_in_own_unit(place), aliases, cls, number)


def _slug(path: Path, name: str) -> str:
    return "/".join(plain(part).replace(" ", "-") for part in (path.stem, name))


def _kind(given: str, name: str) -> tuple[str, str, float]:
    """Kind, class and radius by the column, which may hold a type word ("oil field"), else by the name's type word."""
    if given.lower() in KINDS:
        cls = split_type(name).cls or ""
        return given.lower(), cls, DEFAULT_RADIUS_KM[given.lower()]
    if given:
        meaning = place_words().types.get(plain(given))
        if meaning is None:
            raise _RowError("kind", f"'{given}' is none of {', '.join(KINDS)}, nor a type word such as 'oil field'")
        return meaning.kind, meaning.cls, meaning.radius_km
    stem = split_type(name)
    return stem.kind or "village", stem.cls or "", stem.radius_km or DEFAULT_RADIUS_KM["village"]


def _number(row: Mapping[str, str], column: str, most: float, least: float | None = None) -> float | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise _RowError(column, f"'{text}' is not a number with a decimal point") from None
    low = -most if least is None else least
    if not isfinite(value) or not low <= value <= most:
        raise _RowError(column, f"{text} is not between {low:g} and {most:g}")
    return value


def _country(text: str, kind: str) -> str | None:
    if not text:
        if kind in WIDE:
            return None
        raise _RowError("country", "empty; only regions and waters may do without")
    code = _codes().get(text.upper()) or country_names().get(plain(text))
    if code is None:
        raise _RowError("country", f"'{text}' is no country that sayso knows; give its ISO 3166-1 code")
    return code


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {c.iso2: c.code for c in countries().values()} | {code: code for code in countries()}


def _zone(text: str) -> str | None:
    from zoneinfo import available_timezones

    if text and text not in available_timezones():
        raise _RowError("timezone", f"'{text}' is no IANA time zone")
    return text or None


@lru_cache(maxsize=1)
def _units() -> dict[tuple[str, str], str]:
    """First-level units by country and folded name, also by names that regions.yaml gives them."""
    by_iso2 = {c.iso2: c.code for c in countries().values()}
    own = [(by_iso2.get(row["code"][:2], ""), row["name"], row["name"]) for row in load_csv("admin1.csv")]
    other = [
        (row["country"], name, row["admin1"])
        for row in load_yaml("regions.yaml").values()
        if row["kind"] == "admin1" and "admin1" in row
        for name in (row["label"], *row.get("aliases", ()))
    ]
    return {(country, fold(name)): unit for country, name, unit in [*other, *own]}


def _in_own_unit(place: NewPlace) -> NewPlace:
    """The place with its first-level unit called as the rest of the gazetteer calls it."""
    if place.country is None or place.admin1 is None:
        return place
    stem = split_type(place.admin1).stem
    known = _units().get((place.country, fold(place.admin1))) or _units().get((place.country, fold(stem)))
    return msgspec.structs.replace(place, admin1=known) if known else place


def _is_tags(cells: Sequence[str]) -> bool:
    filled = [c.strip() for c in cells if c.strip()]
    return all(c.startswith("#") for c in filled)


def _unit_level(header: Sequence[str]) -> int | None:
    """The deepest level of a table of units in OCHA's form (ADM2_PCODE), 1 to 3; null for other tables."""
    return next((level for level in (3, 2, 1) if f"adm{level}_pcode" in header), None)


def _unit_rows(row: Mapping[str, str], deepest: int) -> Iterator[dict[str, str]]:
    """A row of such a table as rows of ours: the unit, and those that it lies in."""
    country = row.get("adm0_pcode") or row.get("adm0_en") or row.get("adm0_name") or row.get("country", "")
    for level in range(1, deepest + 1):
        names = [
            row[c]
            for c in sorted(row, key=lambda c: not c.endswith(("_en", "_name")))
            if c.startswith(f"adm{level}") and row[c] and not c.endswith(("pcode", "date", "validon", "validto"))
        ]
        if not names and not row.get(f"adm{level}_pcode"):
            continue
        yield {
            "name": names[0] if names else "",
            "aliases": "|".join(names[1:]),
            "kind": "admin1" if level == 1 else "admin2",
            "country": country,
            "admin1": row.get("adm1_en") or row.get("adm1_name", ""),
            "pcode": row.get(f"adm{level}_pcode", ""),
            "lat": row.get("lat", "") if level == deepest else "",
            "lon": row.get("lon", "") if level == deepest else "",
        }
