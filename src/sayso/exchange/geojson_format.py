"""GeoJSON after RFC 7946: longitude before latitude, WGS 84; a place is drawn no more exactly than it was told.

An exact place is a point. A place that the words leave open is its area or line, or a ring where only a radius is
known, so that no map shows it as a pin. A country, or no known place, is a null geometry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from math import degrees, isfinite, pi
from typing import Any

from sayso.errors import SaysoError
from sayso.exchange.columns import Column
from sayso.exchange.jsonl_format import encoded
from sayso.exchange.rows import COUNTRY, Row
from sayso.incidents import compare_places
from sayso.knowledge.sphere import EARTH_KM, destination

CORNERS = 32
"""Of how many straight lines a ring is made."""
DECIMALS = 4
"""Of degrees: about ten metres, finer than any place in the gazetteer."""
RADIUS_KM = compare_places.RADIUS_KM


def lines(rows: Iterator[Row], columns: tuple[Column, ...]) -> Iterator[bytes]:
    """One feature collection, a feature a line. Raises S604 where a number is not finite."""
    yield b'{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        properties = {column.name: row[column.name] for column in columns if column.name not in ("lat", "lon")}
        feature = {"type": "Feature", "id": row["id"], "geometry": geometry(row), "properties": properties}
        yield (b",\n" if number else b"\n") + encoded(feature, row["id"])
    yield b"\n]}\n"


def geometry(row: Row) -> dict[str, Any] | None:
    """The geometry of a row's place: a point, an area, a line, a ring or null. Raises S604 where off the globe."""
    lat, lon, precision = row["lat"], row["lon"], row["place_precision"]
    if precision is None or precision >= COUNTRY:
        return None
    shape = drawn(row["geometry"])
    corners = [] if lat is None or lon is None else [(lon, lat)]
    if not all(_on_globe(*corner) for corner in [*corners, *(corners_of(shape) if shape else [])]):
        raise SaysoError("S604", where=row["id"], exit_status=1)
    if shape is not None or lat is None or lon is None:
        return shape
    if precision == 1:
        return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}
    ring = _ring(lat, lon, row["radius_km"] or RADIUS_KM[precision])
    return None if ring is None else {"type": "Polygon", "coordinates": [ring]}


def drawn(stored: str | None) -> dict[str, Any] | None:
    """The area or line of a vague place as a GeoJSON geometry, from the ledger's JSON; null where it has none."""
    if stored is None:
        return None
    shape = json.loads(stored)
    line = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in shape["coordinates"]]
    if shape["type"] != "Polygon":
        return {"type": shape["type"], "coordinates": line}
    turn = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(line))
    return {"type": "Polygon", "coordinates": [line if turn >= 0 else line[::-1]]}


def corners_of(shape: dict[str, Any]) -> list[tuple[float, float]]:
    """The corners of a geometry that ``drawn`` gave, longitude first."""
    line = shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"]
    return [(lon, lat) for lon, lat in line]


def _on_globe(lon: float, lat: float) -> bool:
    return isfinite(lat) and isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180


def _ring(lat: float, lon: float, radius_km: float) -> list[list[float]] | None:
    """A circle around a point, counter-clockwise and closed; null where it would cross a pole or the date line."""
    corners = [_away(lat, lon, radius_km, -2 * pi * corner / CORNERS) for corner in range(CORNERS)]
    if abs(lat) + degrees(radius_km / EARTH_KM) >= 90 or any(abs(corner[0]) > 180 for corner in corners):
        return None
    return [*corners, corners[0]]


def _away(lat: float, lon: float, distance_km: float, bearing: float) -> list[float]:
    """The point at a distance and a bearing (radians, clockwise from north)."""
    north, east = destination(lat, lon, distance_km, bearing)
    return [round(east, DECIMALS), round(north, DECIMALS)]
