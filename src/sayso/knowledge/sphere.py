"""Distances and bearings on the sphere: degrees in WGS 84, kilometres, bearings in radians clockwise from north."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in km (haversine)."""
    here, there = radians(lat), radians(other_lat)
    chord = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def destination(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Latitude and longitude of the point at a distance and a bearing; the longitude may pass the date line."""
    turn, here = km / EARTH_KM, radians(lat)
    there = asin(sin(here) * cos(turn) + cos(here) * sin(turn) * cos(bearing))
    across = atan2(sin(bearing) * sin(turn) * cos(here), cos(turn) - sin(here) * sin(there))
    return degrees(there), lon + degrees(across)
