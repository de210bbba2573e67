"""Type words choose the kind; a facility is found where only its town is known, and less exactly."""

from __future__ import annotations

import pytest

from sayso.reading.places import read_places


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Shells hit the Kweyris military airport in Syria.", "Kweyris military airport", "facility", "SYR"),
        ("Missiles hit Shayrat airbase in Syria.", "Shayrat airbase", "facility", "SYR"),
        ("Militants attacked Bagram airbase in Afghanistan.", "Bagram airbase", "facility", "AFG"),
        ("Rockets struck Ain al-Asad air base in Iraq.", "Ain al-Asad air base", "facility", "IRQ"),
        ("Rebels took the Omar oil field in Syria.", "Omar oil field", "facility", "SYR"),
        ("A bomb hit Al-Hol refugee camp in Syria.", "Al-Hol refugee camp", "facility", "SYR"),
        ("The Nasib crossing between Syria and Jordan reopened.", "Nasib crossing", "facility", "SYR"),
        ("They reached the Tabqa dam in Syria.", "Tabqa dam", "facility", "SYR"),
        ("Inmates rioted in Sednaya prison in Syria.", "Sednaya prison", "facility", "SYR"),
        ("Houthi missiles hit Abha airport in Saudi Arabia.", "Abha airport", "facility", "SAU"),
    ],
)
def test_the_type_word_chooses_the_kind(text: str, name: str, kind: str, country: str) -> None:
    place = {p.name: p for p in read_places(text)}[name]
    assert (place.kind, place.country, place.precision) == (kind, country, 1)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Aleppo University was hit in Syria.", "Aleppo University", "SYR"),
        ("Mosul market was bombed.", "Mosul market", "IRQ"),
        ("Rockets hit Idlib stadium in Syria.", "Idlib stadium", "SYR"),
        ("Guests fled a Cairo hotel in Egypt.", "Cairo hotel", "EGY"),
        ("A bomb went off in a Damascus suburb.", "Damascus suburb", "SYR"),
        ("Protesters marched through Tokyo neighborhoods.", "Tokyo neighborhoods", "JPN"),
    ],
)
def test_a_facility_or_quarter_of_a_city_is_about_the_city(text: str, name: str, country: str) -> None:
    place = {p.name: p for p in read_places(text)}[name]
    assert (place.country, place.precision) == (country, 2)
    assert (place.radius_km or 0) >= 25
    assert any(words in (place.reason or "") for words in ("settlement", "part of it"))


def test_an_unknown_facility_in_a_known_city_is_somewhere_in_it() -> None:
    place = read_places("A strike hit al-Quds hospital in Aleppo, Syria.")[0]
    assert (place.gazetteer_id, place.country, place.precision) == (None, "SYR", 2)


def test_an_unknown_facility_in_a_known_province_is_somewhere_in_it() -> None:
    place = read_places("The army shelled Xyzzy military airport in Hama province in Syria.")[0]
    assert (place.gazetteer_id, place.country, place.precision) == (None, "SYR", 4)
    assert place.geometry is not None


def test_a_lost_apostrophe_is_found_again() -> None:
    places = read_places("Shells hit Aleppos Sheikh Maqsood district in Syria.")
    assert [p.name for p in places] == ["Aleppo", "Sheikh Maqsood district", "Syria"]
    assert places[1].admin1 == "Aleppo"
