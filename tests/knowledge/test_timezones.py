"""The time zone of a place: a settlement's own, an area's only where all of it shares one."""

from __future__ import annotations

import pytest

from sayso.knowledge.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("identity", "zone"),
    [
        ("geonames:170794", "Asia/Damascus"),  # Deir ez-Zor
        ("country:SYR", "Asia/Damascus"),
        ("country:MLI", "Africa/Bamako"),  # two border towns of which GeoNames says otherwise
        ("country:RUS", None),
        ("country:UKR", None),
        ("region:green-zone", "Asia/Baghdad"),
        ("region:maidan", "Europe/Kyiv"),
        ("region:gaza-strip", "Asia/Gaza"),
        ("region:middle-east", None),
        ("airport:ORBM", "Asia/Baghdad"),
        ("ucdp:al-omar-oil-fields", "Asia/Damascus"),
    ],
)
def test_time_zone_of_a_place(gazetteer: Gazetteer, identity: str, zone: str | None) -> None:
    record = gazetteer.get(identity)
    assert record is not None
    assert record.timezone == zone


def test_a_first_level_unit_has_the_zone_that_its_settlements_share(gazetteer: Gazetteer) -> None:
    units = [r for r in gazetteer.lookup("Texas") if r.kind == "admin1"]
    assert [u.timezone for u in units] == [None]
    assert [r.timezone for r in gazetteer.lookup("Kharkiv") if r.kind == "admin1"] == ["Europe/Kyiv"]


def test_every_zone_is_known_to_the_machine(gazetteer: Gazetteer) -> None:
    import sqlite3
    from zoneinfo import ZoneInfo

    rows = sqlite3.connect(gazetteer.path).execute("SELECT DISTINCT timezone FROM places WHERE timezone IS NOT NULL")
    zones = [ZoneInfo(name) for (name,) in rows]
    assert len(zones) > 300
