"""Distances and bearings on the sphere."""

from __future__ import annotations

from math import pi

import pytest

from sayso.knowledge.sphere import destination, distance_km


def test_a_degree_of_latitude_is_some_111_km() -> None:
    assert distance_km(35.0, 40.0, 36.0, 40.0) == pytest.approx(111.19, abs=0.01)
    assert distance_km(35.0, 40.0, 35.0, 40.0) == 0


def test_points_on_both_sides_of_the_date_line_are_near() -> None:
    assert distance_km(0.0, 179.5, 0.0, -179.5) == pytest.approx(111.19, abs=0.01)


@pytest.mark.parametrize("bearing", [0, pi / 3, pi, 1.5 * pi])
def test_a_destination_lies_as_far_off_as_was_asked(bearing: float) -> None:
    assert distance_km(35.0, 40.0, *destination(35.0, 40.0, 80.0, bearing)) == pytest.approx(80.0)


def test_east_is_a_quarter_turn() -> None:
    lat, lon = destination(0.0, 40.0, 111.19, pi / 2)
    assert (round(lat, 3), round(lon, 3)) == (0.0, 41.0)
