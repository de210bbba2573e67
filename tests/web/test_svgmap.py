"""The drawn map: dots, rings, and no pin for a country."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.web.mapplace import MapPlace
from sayso.web.svgmap import clip, draw, fit, mercator, unmercator


def place(**changes: Any) -> MapPlace:
    known: dict[str, Any] = {
        "name": "Raqqa", "lat": 35.95, "lon": 39.01, "precision": 1, "radius_km": None, "country": "SYR", "count": 1,
        "kind": "asserts", "url": "/incidents/SY-1",
    }  # fmt: skip
    return MapPlace(**known | changes)


@pytest.mark.parametrize("precision", [6, 7, None])
def test_what_is_not_exact_is_not_pinned(precision: int | None) -> None:
    assert 'class="mark' not in draw([place(precision=precision)], 600, 400, "map")


def test_a_town_is_a_dot_and_a_province_a_ring() -> None:
    assert "mark dot" in draw([place()], 600, 400, "map")
    province = draw([place(precision=4, radius_km=80.0)], 600, 400, "map")
    assert "mark ring" in province
    assert 'class="area' in province


def test_the_area_of_a_vague_place_and_a_border_are_drawn_as_they_are() -> None:
    ring = [[39.0, 35.0], [40.0, 35.0], [40.0, 36.0], [39.0, 35.0]]
    area = draw([place(precision=5, geometry={"type": "Polygon", "coordinates": [ring]})], 600, 400, "map")
    assert '<path class="area k-asserts"' in area
    assert "mark ring" in area
    border = draw([place(precision=5, geometry={"type": "LineString", "coordinates": ring[:2]})], 600, 400, "map")
    assert '<path class="area line k-asserts"' in border


def test_labels_and_addresses_are_escaped() -> None:
    drawn = draw([place(name='<script>"', url='/?q="><img>')], 600, 400, '"><b>')
    assert "<script>" not in drawn
    assert "<img>" not in drawn
    assert "<b>" not in drawn


def test_all_places_are_within_the_view() -> None:
    view = fit((30.0, 30.0, 45.0, 40.0), 600, 400, 0.1)
    for lon, lat in ((30.0, 30.0), (45.0, 40.0)):
        x, y = view.point(lon, lat)
        assert 0 <= x <= 600
        assert 0 <= y <= 400


@pytest.mark.parametrize("lat", [-80.0, 0.0, 35.5, 80.0])
def test_the_projection_can_be_undone(lat: float) -> None:
    assert unmercator(mercator(lat)) == pytest.approx(lat)


def test_a_polygon_is_cut_to_the_canvas() -> None:
    cut = clip([(-10, -10), (20, -10), (20, 20), (-10, 20)], 0, 0, 10, 10)
    assert sorted(set(cut)) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert clip([(-9, -9), (-5, -9), (-5, -5)], 0, 0, 10, 10) == []
