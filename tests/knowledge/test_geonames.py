"""The official GeoNames files, read as a stream."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.knowledge import geonames
from sayso.knowledge.build import Recipe, build
from sayso.knowledge.bundled import Bundled
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.geonames import chosen_countries, chosen_kinds, feature_kinds, find_sources
from sayso.knowledge.placewords import place_words


def line(
    number: int,
    name: str,
    code: str = "P.PPL",
    *,
    others: str = "",
    point: tuple[float, float] = (35.0, 40.0),
    country: str = "SY",
    units: tuple[str, str] = ("07", ""),
    people: int = 0,
) -> str:
    """A line of allCountries.txt."""
    cls, feature = code.split(".")
    lat, lon = point
    cells = [number, name, name, others, lat, lon, cls, feature, country, "", *units, "", "", people, "", 200]
    return "\t".join(map(str, [*cells, "Asia/Damascus", "2020-01-01"])) + "\n"


@pytest.fixture
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds without the settlements and tables of the whole world, which take their time."""
    monkeypatch.setattr(Bundled, "settlements", lambda self, without=(): None)
    monkeypatch.setattr(Bundled, "named", lambda self: None)


def built(folder: Path, *, countries: tuple[str, ...] = (), classes: tuple[str, ...] = ()) -> Gazetteer:
    target = folder / "g.sqlite"
    build(target, Recipe(folder, countries, classes))
    return Gazetteer.open(target)


@pytest.mark.usefixtures("lean")
def test_a_settlement_has_what_its_line_says(tmp_path: Path) -> None:
    (tmp_path / "admin2Codes.txt").write_text("SY.07.01\tMayadin District\tMayadin District\t9\n")
    (tmp_path / "SY.txt").write_text(
        line(173480, "Al Mayādīn", others="Mayadeen,الميادين", units=("07", "01"), people=54_534), "utf-8"
    )
    place = built(tmp_path).lookup("الميادين")[0]
    assert (place.gazetteer_id, place.kind, place.country) == ("geonames:173480", "town", "SYR")
    assert (place.admin1, place.admin2) == ("Deir ez-Zor", "Mayadin District")
    assert (place.population, place.timezone) == (54_534, "Asia/Damascus")


@pytest.mark.usefixtures("lean")
@pytest.mark.parametrize(
    ("code", "name", "key", "kind"),
    [
        ("S.AIRB", "Tabqa", "tabka#air", "facility"),
        ("L.OILF", "Omar", "umar#field", "facility"),
        ("S.CMPRF", "Hawl", "hul#camp", "facility"),
        ("P.PPLX", "Jobar", "jubar#district", "district"),
        ("A.ADM3", "Nahiyat Hajin", "naiathajin", "admin2"),
        ("H.LK", "Asad", "asad#water", "water"),
    ],
)
def test_feature_codes_become_kinds(tmp_path: Path, code: str, name: str, key: str, kind: str) -> None:
    (tmp_path / "SY.txt").write_text(line(1, name, code), "utf-8")
    gazetteer = built(tmp_path)
    found = gazetteer.by_keys([key])[key] or tuple(gazetteer.lookup(name))
    assert [r.kind for r in found if r.gazetteer_id == "geonames:1"] == [kind]


@pytest.mark.usefixtures("lean")
def test_a_first_level_unit_gets_its_own_point_and_names(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(
        line(170792, "Deir ez-Zor", "A.ADM1", others="محافظة دير الزور", point=(35.1, 40.3))
    )
    record = built(tmp_path).lookup("محافظة دير الزور")[0]
    assert (record.gazetteer_id, record.kind, record.lat, record.lon) == ("geonames:170792", "admin1", 35.1, 40.3)


@pytest.mark.usefixtures("lean")
def test_alternate_names_are_added_but_for_codes_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(line(5, "Umm ar Rajm"))
    (tmp_path / "alternateNamesV2.txt").write_text(
        "1\t5\ten\tMother Rock\t\t\t\t\t\t\n"
        "2\t5\tlink\thttps://example.org/Somewhere\t\t\t\t\t\t\n"
        "3\t5\ten\tOldname\t\t\t\t1\t\t\n"
        "4\t6\ten\tElsewhere\t\t\t\t\t\t\n"
    )
    gazetteer = built(tmp_path)
    assert [r.tier for r in gazetteer.lookup("Mother Rock")] == [1]
    assert [r.tier for r in gazetteer.lookup("Oldname")] == [2]
    assert gazetteer.lookup("https://example.org/Somewhere") == gazetteer.lookup("Elsewhere") == []


@pytest.mark.usefixtures("lean")
def test_countries_and_classes_choose(tmp_path: Path) -> None:
    rows = [line(1, "Onetown"), line(2, "Twotown", country="IQ"), line(3, "Threebase", "S.AIRB")]
    (tmp_path / "allCountries.txt").write_text("".join(rows))
    gazetteer = built(tmp_path, countries=("SYR",), classes=("P",))
    assert [bool(gazetteer.lookup(name)) for name in ("Onetown", "Twotown", "Threebase")] == [True, False, False]


@pytest.mark.usefixtures("lean")
def test_a_zip_is_read_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", line(1, "Ziptown"))
    assert built(tmp_path).lookup("Ziptown")


def test_countries_outside_the_files_keep_their_bundled_settlements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(Bundled, "settlements", lambda self, without=(): asked.append(set(without)))
    monkeypatch.setattr(Bundled, "named", lambda self: None)
    (tmp_path / "SY.txt").write_text(line(1, "Onetown") + line(2, "Onebase", "S.AIRB", country="IQ"))
    assert built(tmp_path).sources() == ("bundled", "SY.txt")
    assert asked == [{"SYR"}]


@pytest.mark.usefixtures("lean")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("1\tShort\n", "S362 .*bad line 1 .*2 columns"),
        (line(1, "Onetown", point=(95.0, 40.0)), "S362 .*not on Earth"),
        (line(1, "Onetown").replace("35.0", "north"), "S362 .*could not convert"),
    ],
)
def test_a_bad_line_is_named_and_what_was_there_stays(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "SY.txt").write_text(content)
    (tmp_path / "g.sqlite").write_bytes(b"mine")
    with pytest.raises(SaysoError, match=code):
        built(tmp_path)
    assert (tmp_path / "g.sqlite").read_bytes() == b"mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["SY.txt", "g.lock", "g.sqlite"]


def test_a_damaged_zip_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "SY.zip").write_bytes(b"PK no zip")
    with pytest.raises(SaysoError, match=r"^S363 "):
        built(tmp_path)


def test_a_folder_without_places_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing")
    with pytest.raises(SaysoError, match=r"^S360 .*allCountries"):
        find_sources(tmp_path)


def test_unknown_choices_are_refused() -> None:
    with pytest.raises(SaysoError, match=r"^S361 .*country XX"):
        chosen_countries(["XX"])
    with pytest.raises(SaysoError, match=r"^S361 .*feature class XYZ"):
        chosen_kinds(["XYZ"])
    assert chosen_countries(["sy", "IRQ"]) == {"SYR", "IRQ"}


def test_choices_without_files_to_choose_from_are_refused(tmp_path: Path) -> None:
    for recipe in (Recipe(countries=("SYR",)), Recipe(classes=("P",))):
        with pytest.raises(SaysoError, match=r"^S364 .*--geonames"):
            build(tmp_path / "g.sqlite", recipe)


@pytest.mark.usefixtures("lean")
def test_an_id_of_a_unit_may_be_a_settlement_s_too(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(line(170792, "Onetown"))
    gazetteer = built(tmp_path)
    assert [r.kind for r in gazetteer.lookup("Onetown")] == ["village"]
    assert "admin1" in [r.kind for r in gazetteer.lookup("Deir ez-Zor")]


@pytest.mark.usefixtures("lean")
def test_a_long_reading_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geonames, "TOLD_EVERY", 2)
    (tmp_path / "SY.txt").write_text("".join(line(i, f"Town{i}") for i in range(1, 6)))
    told: list[tuple[str, int]] = []
    build(tmp_path / "g.sqlite", Recipe(tmp_path), tell=lambda path, row: told.append((path.name, row)))
    assert told == [("SY.txt", 2), ("SY.txt", 4)]


def test_what_is_off_by_default_is_had_by_its_code() -> None:
    assert "S.MSQE" not in chosen_kinds([])
    assert "S.MSQE" not in chosen_kinds(["S"])
    assert set(chosen_kinds(["MSQE"])) == {"S.MSQE"}
    assert set(chosen_kinds(["all"])) == set(feature_kinds())


def test_every_class_of_the_table_is_one_of_the_type_words() -> None:
    known = {word.cls for word in place_words().types.values()} | {""}
    assert {kind.cls for kind in feature_kinds().values()} <= known
