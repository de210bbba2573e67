"""A place as the maps take it: a dot where it is exact, an area, a line or a ring where the words leave it open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sayso.exchange.geojson_format import RADIUS_KM, corners_of, drawn
from sayso.web import words


class MapPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place with its incidents. ``kind`` is asserts, contested, denies or uncertain; ``url`` leads to them."""

    name: str
    lat: float | None
    lon: float | None
    precision: int | None
    radius_km: float | None
    country: str | None
    count: int
    kind: str
    url: str
    geometry: dict[str, Any] | None = None
    """GeoJSON: the area or line of a vague place, drawn in the stead of a ring."""

    @property
    def pinned(self) -> bool:
        """Whether it may stand on the map at all: never a country, never without a point."""
        known = self.lat is not None and self.lon is not None and self.precision is not None
        return known and (self.precision or 0) < words.COUNTRY_ONLY

    @property
    def country_only(self) -> bool:
        """Whether the words name no place more exact than a country, or none at all."""
        return self.precision == words.COUNTRY_ONLY or self.name.startswith(("somewhere in ", "place not stated"))

    @property
    def ring_km(self) -> float | None:
        """The radius of its ring in km; ``None`` where it is a dot or its area is known."""
        if self.precision is None or self.precision <= 1 or self.geometry is not None:
            return None
        return self.radius_km or RADIUS_KM.get(self.precision)

    @property
    def vague(self) -> bool:
        """Whether the words leave open where it is: drawn as an area, never as a dot."""
        return self.ring_km is not None or self.geometry is not None

    @property
    def is_line(self) -> bool:
        """Whether its geometry is a line, as a border's is."""
        return self.geometry is not None and self.geometry["type"] == "LineString"

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The corners of its area or line, longitude first; none where it is a dot or a ring."""
        return [] if self.geometry is None else corners_of(self.geometry)


def _middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """Longitude and latitude where the mark stands: on a line half along its corners, in an area in its middle."""
    corners = corners_of(geometry)
    if geometry["type"] == "LineString":
        return corners[len(corners) // 2]
    lons, lats = zip(*corners, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def place_of(row: Mapping[str, Any], *, name: str, kind: str, count: int, url: str) -> MapPlace:
    """A row of the ledger with the place's columns as a map takes it; its mark stands in its middle."""
    geometry = drawn(row["geometry"])
    lat, lon = row["lat"], row["lon"]
    if geometry is not None and (lat is None or lon is None):
        lon, lat = _middle(geometry)
    return MapPlace(
        name=name,
        lat=lat,
        lon=lon,
        precision=row["place_precision"],
        radius_km=row["radius_km"],
        country=row["country"],
        count=count,
        kind=kind,
        url=url,
        geometry=geometry,
    )
