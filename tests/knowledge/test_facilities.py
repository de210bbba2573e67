"""Facilities and quarters that war reports name."""

from __future__ import annotations

import pytest

from sayso.knowledge.countries import countries
from sayso.knowledge.facilities import facilities
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold
from sayso.knowledge.placewords import place_words


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Abqaiq plant", "facility:abqaiq-oil-facility"),
        ("Azovstal", "facility:azovstal-plant"),
        ("Zaporizhzhya nuclear power plant", "facility:zaporizhzhia-nuclear-power-plant"),
        ("Bagram prison", "facility:parwan-detention-facility"),
        ("al-Watiya airbase", "facility:al-watiya-air-base"),
        ("Kakhovka dam", "facility:kakhovka-dam"),
        ("Ghweiran prison", "facility:ghweiran-prison"),
        ("al-Karada", "facility:karrada"),
        ("Shifa hospital", "facility:al-shifa-hospital"),
        ("Torkham", "facility:torkham-crossing"),
    ],
)
def test_a_facility_is_found_by_its_names(gazetteer: Gazetteer, name: str, identity: str) -> None:
    assert identity in [r.gazetteer_id for r in gazetteer.lookup(name)]


def test_a_short_name_needs_its_type_word(gazetteer: Gazetteer) -> None:
    assert "facility:dora" not in [r.gazetteer_id for r in gazetteer.lookup("Dora")]
    key = f"{fold('Dora')}#district"
    assert "facility:dora" in [r.gazetteer_id for r in gazetteer.by_keys([key])[key]]


@pytest.mark.parametrize(
    ("identity", "admin1"),
    [
        ("facility:jobar", "Dimashq"),
        ("facility:baba-amr", "Homs"),
        ("facility:karrada", "Baghdad"),
        ("facility:atma-camp", "Idlib"),
        ("facility:azovstal-plant", "Donetsk"),
    ],
)
def test_a_facility_lies_in_the_unit_around_it(gazetteer: Gazetteer, identity: str, admin1: str) -> None:
    record = gazetteer.get(identity)
    assert record is not None
    assert record.admin1 == admin1


def test_a_facility_has_its_kind_and_time_zone(gazetteer: Gazetteer) -> None:
    record = gazetteer.get("facility:belbek-airbase")
    assert record is not None
    assert (record.kind, record.country, record.timezone) == ("facility", "UKR", "Europe/Simferopol")


def test_entries_are_whole() -> None:
    found = facilities()
    assert len(found) >= 400
    assert {f.type for f in found} <= set(place_words().types)
    assert {f.country for f in found} <= set(countries())
    assert all(-90 < f.lat < 90 and -180 < f.lon < 180 for f in found)


def test_points_lie_near_their_country(gazetteer: Gazetteer) -> None:
    far = []
    for f in facilities():
        box = gazetteer.extent(f"country:{f.country}")
        if box and not (box.south - 2.5 < f.lat < box.north + 2.5 and box.west - 2.5 < f.lon < box.east + 2.5):
            far.append(f.name)
    # These do lie where hardly anybody lives.
    assert set(far) <= {"Diego Garcia", "Woody Island", "Shaybah oil field", "Tindouf refugee camps"}
