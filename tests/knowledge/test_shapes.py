"""Coarse shapes of areas: hulls that hold their points, parts of them, borders."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.borders import border_lines
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.shapes import Point, Ring, hull, part, room_km, simplified

SYRIA = st.tuples(st.floats(35.7, 42.4), st.floats(32.3, 37.3))


def holds(ring: Ring, point: Point) -> bool:
    """Whether a convex counter-clockwise ring holds the point."""
    return all((b[0] - a[0]) * (point[1] - a[1]) >= (b[1] - a[1]) * (point[0] - a[0]) for a, b in pairwise(ring))


@given(st.lists(SYRIA, min_size=1, max_size=60))
def test_a_hull_holds_its_points_in_few_corners(points: list[Point]) -> None:
    ring = hull(points, room=5)
    assert ring is not None
    assert len(ring) <= 24
    assert ring[0] == ring[-1]
    assert all(holds(ring, p) for p in points)


def test_no_points_have_no_hull() -> None:
    assert hull([]) is None


def test_a_hull_across_the_date_line_stays_in_range() -> None:
    ring = hull([(177.0, -18.0), (179.9, -16.5), (-179.9, -16.8)])
    assert ring is not None
    assert all(176 < lon <= 180 for lon, _ in ring)


@pytest.mark.parametrize(
    ("direction", "inside", "outside"),
    [
        ((0, 1), (9.0, 5.0), (3.0, 5.0)),
        ((0, -1), (1.0, 5.0), (7.0, 5.0)),
        ((1, 0), (5.0, 9.0), (5.0, 3.0)),
        ((-1, 1), (9.0, 1.0), (9.0, 9.0)),
        ((0, 0), (5.0, 5.0), (1.0, 5.0)),
    ],
)
def test_a_part_is_where_its_direction_says(direction: tuple[int, int], inside: Point, outside: Point) -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    found = part(square, direction)
    assert found is not None
    assert holds(found, inside)
    assert not holds(found, outside)


def test_halves_overlap_at_the_middle() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    halves = part(square, (0, 1)), part(square, (0, -1))
    assert all(half is not None and holds(half, (5.0, 5.0)) for half in halves)


def test_room_grows_where_places_are_few() -> None:
    assert room_km(185_000, 308) < room_km(1_760_000, 119) == 60
    assert room_km(2, 30) == 5


def test_a_line_keeps_the_points_that_shape_it() -> None:
    assert simplified([(0, 0), (1, 0.01), (2, 0), (2, 2), (2, 4)], 3) == [(0, 0), (2, 0), (2, 4)]


def test_a_border_is_the_line_that_two_outlines_share() -> None:
    west = [(0.0, 0.0), (1.0, 0.0), (1.1, 1.0), (1.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    east = [(1.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 2.0), (1.1, 1.0), (1.0, 0.0)]
    assert border_lines({"WWW": [west], "EEE": [east]}) == {"EEE-WWW": [(1.0, 0.0), (1.1, 1.0), (1.0, 2.0)]}


@pytest.mark.parametrize(
    ("area", "inside"),
    [
        (("SYR", None, None), (40.14, 35.33)),
        (("SYR", "Deir ez-Zor", None), (40.92, 34.45)),  # Al Bukamal
        (("SYR", None, "eastern"), (40.14, 35.33)),  # Deir ez-Zor
        (("UKR", None, "eastern"), (37.8, 48.0)),  # Donetsk
        (("IRQ", None, "north"), (43.13, 36.34)),  # Mosul
        (("MLI", None, "central"), (-3.6, 15.6)),  # near Mopti, by a generous reading of the centre
    ],
)
def test_areas_hold_their_places(gazetteer: Gazetteer, area: tuple[str, str | None, str | None], inside: Point) -> None:
    ring = gazetteer.hull(*area)
    assert ring is not None
    assert len(ring) <= 25
    assert holds(ring, inside)


def test_a_part_leaves_the_other_side_out(gazetteer: Gazetteer) -> None:
    east = gazetteer.hull("SYR", part="eastern")
    assert east is not None
    assert not holds(east, (36.3, 33.5))  # Damascus
    assert not holds(east, (37.15, 36.2))  # Aleppo


@pytest.mark.parametrize("area", [("ZZZ", None, None), ("SYR", "Nowhere", None), ("SYR", None, "upside")])
def test_an_unknown_area_has_no_hull(gazetteer: Gazetteer, area: tuple[str, str | None, str | None]) -> None:
    assert gazetteer.hull(*area) is None


def test_a_border_is_the_same_from_either_side(gazetteer: Gazetteer) -> None:
    line = gazetteer.border("SYR", "IRQ")
    assert line is not None
    assert line == gazetteer.border("IRQ", "SYR")
    assert all(38 < lon < 43 and 33 < lat < 38 for lon, lat in line)
    assert gazetteer.border("SYR", "FRA") is None
