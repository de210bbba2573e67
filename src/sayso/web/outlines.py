"""The base map: country outlines, country names and towns, read once from the vendored files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

GEO = Path(__file__).parent / "static" / "vendor" / "geo"
Ring = list[tuple[float, float]]
"""Points as longitude, latitude in degrees (WGS 84)."""


class Country(msgspec.Struct, frozen=True):
    """One country's outline; ``code`` is ISO 3166-1 alpha-3 where it has one, ``area`` square degrees."""

    code: str | None
    name: str
    area: float
    label: tuple[float, float]
    rings: list[Ring]
    bounds: list[tuple[float, float, float, float]]
    """West, south, east, north of each ring."""


class Town(msgspec.Struct, frozen=True):
    """A town for finding one's bearings; ``people`` in thousands."""

    name: str
    lon: float
    lat: float
    people: int


@cache
def countries(scale: str) -> list[Country]:
    """The countries at a scale, "50m" or "110m" (Natural Earth)."""
    features: list[dict[str, Any]] = _read(f"countries-{scale}.json")["features"]
    found = []
    for feature in features:
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        bounds = [
            (min(x for x, _ in r), min(y for _, y in r), max(x for x, _ in r), max(y for _, y in r)) for r in rings
        ]
        about = feature["properties"]
        found.append(Country(about["id"], about["name"], about["area"], tuple(about["label"]), rings, bounds))
    return found


@cache
def names() -> dict[str, str]:
    """Country names by ISO 3166-1 alpha-3."""
    return dict(_read("names.json"))


@cache
def towns() -> list[Town]:
    """Towns of the base map, the largest first."""
    return [Town(*row) for row in _read("towns.json")]


def _read(name: str) -> Any:
    return json.loads((GEO / name).read_bytes())
