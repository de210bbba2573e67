"""A user's own places, laid over the gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.knowledge.build import Recipe, build
from sayso.knowledge.bundled import Bundled
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.layers import BadRowsError, read_layer
from sayso.knowledge.names import fold
from sayso.knowledge.placefile import NewPlace

HEADER = "name,lat,lon,kind,country,admin1,admin2,aliases,pcode,radius_km,source\n"
HAJIN = NewPlace("geonames:1", "Hajin", "town", 34.69, 40.83, "SYR", "Deir ez-Zor")


@pytest.fixture
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds on countries and first-level units and one settlement alone."""
    monkeypatch.setattr(
        Bundled, "settlements", lambda self, without=(): self.file.add(HAJIN, [(fold("Hajin"), 0)], 1) and None
    )
    monkeypatch.setattr(Bundled, "named", lambda self: None)


def layer(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "mine.csv"
    path.write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def built(folder: Path, *rows: str, header: str = HEADER, skip: bool = False) -> Gazetteer:
    target = folder / "g.sqlite"
    build(target, Recipe(layers=(layer(folder, *rows, header=header),), skip_bad_rows=skip))
    return Gazetteer.open(target)


@pytest.mark.usefixtures("lean")
def test_a_new_place_is_found_by_all_its_names(tmp_path: Path) -> None:
    gazetteer = built(
        tmp_path, "Tal Zaytun,34.5,40.5,village,SYR,Deir Ezzor,,Tell Zeitoun|تل زيتون,sy0704,2,own survey"
    )
    found = [gazetteer.lookup(name) for name in ("Tal Zaytun", "Tell Zeitoun", "تل زيتون")]
    assert [[r.gazetteer_id for r in records] for records in found] == [["layer:mine/sy0704"]] * 3
    place = found[0][0]
    assert (place.kind, place.country, place.admin1, place.pcode) == ("village", "SYR", "Deir ez-Zor", "SY0704")
    assert (place.lat, place.lon, place.radius_km) == (34.5, 40.5, 2)
    assert gazetteer.by_pcode("sy0704") == [place]


@pytest.mark.usefixtures("lean")
def test_a_type_word_serves_as_kind(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, "Zarqa,34.5,40.5,oil field,Syria,,,,,,")
    assert [r.kind for r in gazetteer.by_keys([f"{fold('Zarqa')}#field"])[f"{fold('Zarqa')}#field"]] == ["facility"]


@pytest.mark.usefixtures("lean")
def test_a_place_that_is_there_gets_its_code_and_names(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, "Hajeen,34.7,40.84,town,SY,,,Madinat Hajin,C5193,,")
    assert [r.gazetteer_id for r in gazetteer.by_pcode("C5193")] == ["geonames:1"]
    assert gazetteer.lookup("Madinat Hajin")[0].gazetteer_id == "geonames:1"


@pytest.mark.usefixtures("lean")
def test_a_namesake_far_away_is_another_place(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, "Hajin,36.5,37.0,village,SYR,,,,,,")
    assert len(gazetteer.lookup("Hajin")) == 2


@pytest.mark.usefixtures("lean")
def test_a_table_of_units_gives_its_codes_to_those_there_are(tmp_path: Path) -> None:
    gazetteer = built(
        tmp_path,
        "Deir-ez-Zor,دير الزور,SY09,Syrian Arab Republic,SY",
        header="ADM1_EN,ADM1_AR,ADM1_PCODE,ADM0_EN,ADM0_PCODE\n#adm1+name,#adm1+name+ar,#adm1+code,,\n",
    )
    assert [(r.gazetteer_id, r.kind) for r in gazetteer.by_pcode("SY09")] == [("geonames:170792", "admin1")]


def test_a_unit_is_called_as_the_gazetteer_calls_it(tmp_path: Path) -> None:
    rows = [
        f"Town{i},33.5,36.5,town,SYR,{unit},,,," for i, unit in enumerate(("Rural Damascus", "Deir Ezzor", "Other"))
    ]
    found = read_layer(layer(tmp_path, *(f"{row}," for row in rows))).places
    assert [p.place.admin1 for p in found] == ["Rif-dimashq", "Deir ez-Zor", "Other"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Onetown,x,40,village,SYR,,,,,,", "row 2, lat: 'x' is not a number"),
        ("Onetown,35,190,village,SYR,,,,,,", "row 2, lon: 190 is not between -180 and 180"),
        ("Onetown,nan,40,village,SYR,,,,,,", "row 2, lat: nan is not between"),
        ("Onetown,35,,village,SYR,,,,,,", "row 2, lon: empty"),
        ("Onetown,0,0,village,SYR,,,,,,", "row 2, lat: 0, 0 is no place"),
        ('Onetown,"35,1",40,village,SYR,,,,,,', "row 2, lat: '35,1' is not a number with a decimal point"),
        ("Onetown,35,40,castle,SYR,,,,,,", "row 2, kind: 'castle' is none of city"),
        ("Onetown,35,40,village,Atlantis,,,,,,", "row 2, country: 'Atlantis'"),
        ("Onetown,35,40,village,,,,,,,", "row 2, country: empty"),
        (",35,40,village,SYR,,,,,,", "row 2, name: empty"),
        ("Onetown,35,40,village,SYR,,,,,-3,", "row 2, radius_km: -3 is not between"),
        ("Onetown,35,40,village,SYR,,,,,,x,y", "row 2, columns: 12 of them"),
        ("Onetown,35,40,town,SYR", ""),
    ],
)
def test_a_bad_row_is_named_with_its_column(tmp_path: Path, row: str, why: str) -> None:
    bad = read_layer(layer(tmp_path, row)).bad
    assert " ".join(bad).startswith(why)
    assert bool(bad) == bool(why)


@pytest.mark.usefixtures("lean")
def test_bad_rows_stop_the_build_and_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "g.sqlite").write_bytes(b"mine")
    with pytest.raises(BadRowsError, match=r"^S353 .*mine\.csv has bad rows \(row 2, lat: .*, and 24 more\)") as error:
        built(tmp_path, *["Onetown,x,40,village,SYR,,,,,,"] * 25)
    assert len(error.value.notes) == 21
    assert error.value.notes[-1] == "and 5 more rows"
    assert (tmp_path / "g.sqlite").read_bytes() == b"mine"


@pytest.mark.usefixtures("lean")
def test_bad_rows_are_left_out_on_demand_and_told(tmp_path: Path) -> None:
    path = layer(tmp_path, "Onetown,x,40,village,SYR,,,,,,", "Twotown,35,40,village,SYR,,,,,,")
    done = build(tmp_path / "g.sqlite", Recipe(layers=(path,), skip_bad_rows=True))
    gazetteer = Gazetteer.open(done.path)
    assert [len(gazetteer.lookup(name)) for name in ("Onetown", "Twotown")] == [0, 1]
    assert done.skipped == (f"{path}: row 2, lat: 'x' is not a number with a decimal point",)


@pytest.mark.usefixtures("lean")
def test_a_place_without_a_point_that_nothing_knows_is_a_bad_row(tmp_path: Path) -> None:
    with pytest.raises(BadRowsError, match=r"row 2, lat: none given, and the gazetteer has no Atlantis"):
        built(tmp_path, "Atlantis,,,town,SYR,,,,SY99,,")


@pytest.mark.usefixtures("lean")
def test_a_unit_may_be_without_a_point(tmp_path: Path) -> None:
    (unit,) = built(tmp_path, "Hajin,,,admin2,SYR,Deir ez-Zor,,,SY0999,,").by_pcode("SY0999")
    assert (unit.name, unit.kind, unit.admin1, unit.lat) == ("Hajin", "admin2", "Deir ez-Zor", None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column 'name'"),
        (b"place,lat\nx,1\n", "no column 'name', only place, lat"),
        (b"name,name\nx,1\n", "two columns have one name"),
        (b"name,lat\n\xff\xfe,1\n", "decode"),
        (b'name,lat\n"x,1\n', "unexpected end"),
    ],
)
def test_a_file_that_is_no_layer_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(SaysoError, match=rf"^S359 .*{why}"):
        read_layer(path)
    with pytest.raises(SaysoError, match=r"^S359 "):
        read_layer(tmp_path / "none.csv")


@given(st.lists(st.lists(st.text(max_size=12), min_size=11, max_size=11), max_size=4))
def test_any_rows_are_places_or_told(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    import csv

    path = tmp_path_factory.mktemp("layer") / "any.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        file.write(HEADER)
        csv.writer(file).writerows(rows)
    try:
        found = read_layer(path)
    except SaysoError:
        return
    assert len(found.places) + len(found.bad) <= len(rows)
