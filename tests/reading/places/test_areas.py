"""Vague places: areas, lines and rings, never a bare point."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest

from sayso.model import Place
from sayso.reading.places import read_places


def read(text: str) -> dict[str, Place]:
    return {p.name: p for p in read_places(text)}


def km(a: Place, b: Place) -> float:
    assert None not in (a.lat, a.lon, b.lat, b.lon)
    north, east = (a.lat or 0) - (b.lat or 0), (a.lon or 0) - (b.lon or 0)
    return hypot(north, east * cos(radians(a.lat or 0))) * 111.2


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Strikes went on in eastern Syria.", "eastern Syria", 5),
        ("They fought in northern and eastern Syria.", "northern and eastern Syria", 5),
        ("Fighting in the east of Ukraine went on.", "Ukraine", 5),
        ("Shells fell on the northern Aleppo countryside in Syria.", "northern Aleppo countryside", 5),
        ("Planes bombed Idlib province in Syria.", "Idlib province", 4),
    ],
)
def test_a_part_or_a_province_is_an_area(text: str, name: str, precision: int) -> None:
    place = read(text)[name]
    assert place.geometry is not None
    assert place.geometry.type == "Polygon"
    assert place.geometry.coordinates[0] == place.geometry.coordinates[-1]
    assert place.precision == precision
    assert (place.radius_km or 0) > 25


def test_the_east_lies_east_of_the_west() -> None:
    places = read("Strikes hit eastern Syria, and then western Syria.")
    assert (places["eastern Syria"].lon or 0) > (places["western Syria"].lon or 99)


def test_two_parts_together_hold_each() -> None:
    both = read("They fought in northern and eastern Syria.")["northern and eastern Syria"].geometry
    east = read("They fought in eastern Syria.")["eastern Syria"].geometry
    assert both is not None
    assert east is not None
    assert min(lon for lon, _ in both.coordinates) <= min(lon for lon, _ in east.coordinates)
    assert max(lon for lon, _ in both.coordinates) >= max(lon for lon, _ in east.coordinates)


def test_the_direction_of_a_province_never_makes_it_smaller() -> None:
    place = read("Three died in Afghanistan's northern Balkh province.")["northern Balkh province"]
    assert (place.precision, place.gazetteer_id) == (4, "geonames:1147288")


def test_a_border_is_a_line_without_a_point() -> None:
    border = read("Clashes broke out on the Iraq-Syria border.")["Iraq-Syria border"]
    assert border.geometry is not None
    assert border.geometry.type == "LineString"
    assert (border.lat, border.lon, border.country, border.precision) == (None, None, None, 5)


def test_a_border_with_one_side_told_has_no_line() -> None:
    assert read("They crossed the Turkish border.")["Turkish border"].geometry is None


def test_a_country_is_no_point() -> None:
    syria = read("Fighting went on in Syria.")["Syria"]
    assert syria.precision == 6
    assert (syria.radius_km or 0) > 100


@pytest.mark.parametrize(
    ("words", "away", "precision"),
    [
        ("in", 0, 1),
        ("near", 0, 2),
        ("outside", 0, 2),
        ("20 km north of", 20, 2),
        ("about 40 kilometers (25 miles) south-east of the city of", 40, 2),
        ("ten miles from", 0, 2),
        ("150 kilometres east of", 150, 5),
        ("just west of", 12, 2),
    ],
)
def test_distance_and_direction_are_honoured(words: str, away: float, precision: int) -> None:
    city = read("A bomb went off in Raqqa, Syria.")["Raqqa"]
    place = read(f"A bomb went off {words} Raqqa, Syria.")["Raqqa"]
    assert km(place, city) == pytest.approx(away, abs=1)
    assert place.precision == precision
    if words != "in":
        assert (place.radius_km or 0) > (city.radius_km or 99)
        assert "words" in (place.reason or "")


def test_a_known_place_told_from_another_moves_neither() -> None:
    places = read("Khan Shaykhun, a town 50 km south of Idlib, was hit in Syria.")
    assert (places["Khan Shaykhun"].precision, places["Idlib"].precision) == (1, 1)


def test_an_unknown_place_told_from_a_known_one_is_reckoned() -> None:
    place = read("They hit the village of Qwertyn, 20 km east of Hama, Syria.")["Qwertyn"]
    city = read("They hit Hama city in Syria.")["Hama city"]
    assert km(place, city) == pytest.approx(20, abs=1)
    assert (place.precision, place.gazetteer_id) == (2, None)


@pytest.mark.parametrize("words", ["the government-held west of", "the besieged east of"])
def test_a_side_of_a_city_lies_in_it(words: str) -> None:
    place, city = read(f"Jets bombed {words} Aleppo.")["Aleppo"], read("Jets bombed Aleppo.")["Aleppo"]
    assert km(place, city) < 1
