"""Look-ups in the gazetteer, and what happens to a bad file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.knowledge.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Deir el-Zour", "geonames:170794"),
        ("Mayadeen", "geonames:173480"),
        ("Khan Sheikhun", "geonames:168325"),
        ("Kobane", "geonames:172256"),
        ("دير الزور", "geonames:170794"),
        ("Syria", "country:SYR"),
        ("Ivory Coast", "country:CIV"),
        ("Gaza Strip", "region:gaza-strip"),
        ("Iraqi Kurdistan", "region:kurdistan-region"),
        ("Bab al-Hawa", "region:bab-al-hawa"),
    ],
)
def test_a_name_finds_its_place(gazetteer: Gazetteer, name: str, identity: str) -> None:
    assert identity in [r.gazetteer_id for r in gazetteer.lookup(name)]


def test_a_country_comes_before_its_namesakes(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Syria")[0].kind == "country"


def test_a_name_nobody_has_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyvillequux", fuzzy=True) == []
    assert gazetteer.lookup("…") == []


def test_fuzzy_finds_a_spelling_that_is_not_listed(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Teldau") == []
    assert "geonames:163596" in [r.gazetteer_id for r in gazetteer.lookup("Teldau", fuzzy=True)]


@pytest.mark.parametrize(
    ("key", "country"), [("umar#field", "SYR"), ("musul#air", "IRQ"), ("kwiris#air", "SYR"), ("yarmuk#camp", "SYR")]
)
def test_facilities_are_found_by_stem_and_class(gazetteer: Gazetteer, key: str, country: str) -> None:
    assert country in [r.country for r in gazetteer.by_keys([key])[key]]


def test_every_point_is_on_earth(gazetteer: Gazetteer) -> None:
    rows = sqlite3.connect(gazetteer.path).execute(
        "SELECT count(*) FROM places WHERE abs(lat) > 90 OR abs(lon) > 180 OR radius_km <= 0"
    )
    assert rows.fetchone() == (0,)


def test_a_place_is_had_by_its_id(gazetteer: Gazetteer) -> None:
    record = gazetteer.get("country:IRQ")
    assert record is not None
    assert record.name == "Iraq"
    assert gazetteer.get("country:ZZZ") is None


def test_a_file_cut_off_says_what_to_do(gazetteer: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "cut.sqlite"
    with gazetteer.path.open("rb") as whole:
        path.write_bytes(whole.read(1_000_000))
    with pytest.raises(SaysoError, match=r"^S351 .*malformed.*sayso gazetteer build"):
        Gazetteer.open(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S350 .*sayso gazetteer build"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"not a database, not even nearly" * 50)
    with pytest.raises(SaysoError, match=r"^S351 "):
        Gazetteer.open(path)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('version', '0')")
    with pytest.raises(SaysoError, match=r"^S351 .*version 0"):
        Gazetteer.open(path)


def test_damage_inside_a_file_is_an_error_of_one_line(gazetteer: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "torn.sqlite"
    whole = bytearray(gazetteer.path.read_bytes())
    whole[40_960:] = b"\xff" * (len(whole) - 40_960)
    path.write_bytes(whole)
    with pytest.raises(SaysoError, match=r"^S351 .*sayso gazetteer build"):
        Gazetteer.open(path).lookup("Aleppo")


def test_a_file_is_opened_lazily_and_small(gazetteer: Gazetteer) -> None:
    assert gazetteer.path.stat().st_size < 150_000_000
    assert gazetteer is Gazetteer.open(gazetteer.path)
