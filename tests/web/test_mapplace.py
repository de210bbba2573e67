"""Rows of the ledger as places of a map."""

from __future__ import annotations

from typing import Any

from sayso.web.mapplace import place_of


def row(**facts: Any) -> dict[str, Any]:
    known = {"lat": 35.0, "lon": 39.0, "place_precision": 1, "radius_km": None, "country": "SYR", "geometry": None}
    return known | facts


def placed(**facts: Any) -> Any:
    return place_of(row(**facts), name="there", kind="asserts", count=1, url="/")


def test_a_place_without_a_point_has_its_mark_on_its_line() -> None:
    border = '{"type":"LineString","coordinates":[[41.0,34.0],[41.2,35.0],[43.0,37.0]]}'
    place = placed(lat=None, lon=None, place_precision=5, geometry=border)
    assert (place.lat, place.lon) == (35.0, 41.2)
    assert place.pinned
    assert place.is_line


def test_an_area_takes_the_stead_of_the_ring() -> None:
    assert placed(place_precision=5).ring_km is not None
    square = '{"type":"Polygon","coordinates":[[39,35],[40,35],[40,36],[39,35]]}'
    assert placed(place_precision=5, geometry=square).ring_km is None
    assert placed(place_precision=5, geometry=square).vague


def test_a_country_stays_off_the_map() -> None:
    assert not placed(place_precision=6).pinned
