"""Reading files of ACLED and UCDP GED in the shapes in which they are handed round."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.comparing.conftest import WriteTable

from sayso.comparing import ucdp
from sayso.comparing.countries import country_code
from sayso.comparing.dates import day
from sayso.comparing.read import read_foreign
from sayso.errors import SaysoError


def test_acled_of_today_is_read(write: WriteTable) -> None:
    (event,) = read_foreign(write("acled")).events
    assert (event.id, event.dataset, event.country) == ("SYR1", "acled", "SYR")
    assert (event.first, event.last, event.time_precision) == (date(2016, 5, 13), date(2016, 5, 13), "day")
    assert event.types == ("airstrike", "drone_strike")
    assert event.sides == ("Military Forces of Syria (2000-2024)", "Civilians (Syria)")
    assert (event.killed_low, event.killed_best, event.killed_high) == (4, 4, 4)


def test_acled_of_before_march_2023_is_read(write: WriteTable) -> None:
    columns = ["data_id", "ISO", "EVENT_ID_CNTY", "EVENT_ID_NO_CNTY", "Event_Date", "EVENT_TYPE", "SUB_EVENT_TYPE"]
    columns += ["ACTOR1", "INTER1", "COUNTRY", "LATITUDE", "LONGITUDE", "FATALITIES", "iso3"]
    row = dict.fromkeys(columns, "")
    row |= {"data_id": "7", "EVENT_ID_CNTY": "SYR7", "Event_Date": "05 July 2016", "EVENT_TYPE": "Battles"}
    row |= {"SUB_EVENT_TYPE": "Armed clash", "LATITUDE": "35,95", "LONGITUDE": "39,01", "FATALITIES": "2"}
    row |= {"iso3": "SYR", "INTER1": "7"}
    (event,) = read_foreign(write("acled", row, columns=columns, mark=";")).events
    assert (event.id, event.first, event.lat, event.country) == ("SYR7", date(2016, 7, 5), 35.95, "SYR")
    assert event.types == ("armed_clash",)


def test_acled_zero_is_not_known(write: WriteTable) -> None:
    (event,) = read_foreign(write("acled", {"fatalities": "0"})).events
    assert (event.killed_low, event.killed_best, event.killed_high) == (None, 0, None)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", "2016-05-13", "2016-05-13"), ("2", "2016-05-07", "2016-05-19"), ("3", "2016-05-01", "2016-05-31")],
)
def test_acled_dates_are_never_narrower_than_their_precision(
    write: WriteTable, precision: str, first: str, last: str
) -> None:
    (event,) = read_foreign(write("acled", {"time_precision": precision})).events
    assert (str(event.first), str(event.last)) == (first, last)


def test_ucdp_deaths_are_in_their_own_order(write: WriteTable) -> None:
    (event,) = read_foreign(write()).events
    assert (event.killed_low, event.killed_best, event.killed_high) == (3, 4, 6)
    assert (event.id, event.kind, event.place, event.source) == ("101", "state-based", "Raqqa town", "SOHR")


def test_ucdp_without_a_header_is_read(write: WriteTable) -> None:
    events = read_foreign(write("ucdp", {}, {"id": "102"}, header=False)).events
    assert [event.id for event in events] == ["101", "102"]
    assert events[0].killed_low == 3


def test_hdx_variant_with_tags_other_order_and_iso3(write: WriteTable) -> None:
    columns = ["iso3", *sorted(ucdp.COLUMNS)]
    tags = {name: f"#{name}" for name in columns}
    (event,) = read_foreign(write("ucdp", tags, {"iso3": "SYR", "country": "somewhere"}, columns=columns)).events
    assert (event.country, event.killed_high) == ("SYR", 6)


@pytest.mark.parametrize("name", ["ged.csv", "ged.csv.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_packed_files_and_byte_order_marks(write: WriteTable, name: str, encoding: str) -> None:
    assert len(read_foreign(write(name=name, encoding=encoding)).events) == 1


def test_a_zip_with_one_table_is_read(write: WriteTable, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ged.zip", "w") as archive:
        archive.write(write(), "ged251.csv")
    assert len(read_foreign(tmp_path / "ged.zip").events) == 1


def test_floats_and_times_of_other_programs(write: WriteTable) -> None:
    row = {"id": "101.0", "best": "4.0", "date_start": "2016-05-13 00:00:00.000", "type_of_violence": "1.0"}
    (event,) = read_foreign(write("ucdp", row)).events
    assert (event.id, event.killed_best, event.first, event.kind) == ("101", 4, date(2016, 5, 13), "state-based")


@pytest.mark.parametrize(
    ("precision", "end", "first", "last"),
    [
        ("2", "2016-05-15", "2016-05-13", "2016-05-15"),
        ("3", "2016-05-13", "2016-05-07", "2016-05-19"),
        ("4", "2016-05-13", "2016-05-01", "2016-05-31"),
        ("5", "2016-05-13", "2016-01-01", "2016-12-31"),
        ("5", "2016-09-01", "2016-05-13", "2016-09-01"),
    ],
)
def test_ucdp_dates_are_never_narrower_than_their_precision(
    write: WriteTable, precision: str, end: str, first: str, last: str
) -> None:
    (event,) = read_foreign(write("ucdp", {"date_prec": precision, "date_end": end})).events
    assert (str(event.first), str(event.last)) == (first, last)


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"date_start": "13 Foo 2016"}, "S831", "date_start"),
        ({"date_end": "2016-05-01"}, "S831", "date_end"),
        ({"latitude": "135"}, "S831", "latitude"),
        ({"best": "-1"}, "S831", "best"),
        ({"high": "many"}, "S831", "high"),
        ({"id": ""}, "S831", "id"),
        ({"id": "100"}, "S832", "100"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_the_others_are_read(
    write: WriteTable, change: dict[str, str], code: str, told: str
) -> None:
    found = read_foreign(write("ucdp", {"id": "100"}, change, {"id": "102"}))
    assert [event.id for event in found.events] == ["100", "102"]
    (bad,) = found.bad
    assert (bad.row, bad.code, found.bad_rows) == (3, code, 1)
    assert told in bad.message


def test_a_row_with_too_many_fields_is_told(tmp_path: Path, write: WriteTable) -> None:
    path = write()
    path.write_text(path.read_text() + "1,2,3" + "," * 60 + "\n")
    found = read_foreign(path)
    assert (len(found.events), found.bad[0].code, found.bad[0].row) == (1, "S116", 3)


def test_a_file_of_neither_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("event_date,country,killed\n2016-05-13,Syria,4\n")
    with pytest.raises(SaysoError, match=r"S830 .*lacks event_id_cnty, event_type.*lacks id, type_of_violence"):
        read_foreign(path)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "S835"), (b"PK\x03\x04 xl/workbook", "S833"), (b"%PDF-1.4 words", "S833")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(SaysoError, match=code):
        read_foreign(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S108"):
        read_foreign(tmp_path / "none.csv")


def test_a_header_alone_has_no_rows(write: WriteTable) -> None:
    path = write()
    path.write_text(path.read_text().splitlines()[0] + "\n")
    with pytest.raises(SaysoError, match="S835"):
        read_foreign(path)


@pytest.mark.parametrize("text", ["2021-07-05", "05-07-2021", "05 July 2021", "5-Jul-2021", "2021-07-05T00:00:00"])
def test_days_as_they_are_written(text: str) -> None:
    assert day(text) == date(2021, 7, 5)


@pytest.mark.parametrize("text", ["05/07/2021", "July 2021", "2021-02-30", "31/31/2021", ""])
def test_what_is_no_one_day_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError), match=r".*"):
        day(text)


def test_a_day_after_the_twelfth_is_clear_in_slashes() -> None:
    assert day("25/07/2021") == day("07/25/2021") == date(2021, 7, 25)


@pytest.mark.parametrize(
    ("name", "code"),
    [("DR Congo (Zaire)", "COD"), ("Russia (Soviet Union)", "RUS"), ("Kingdom of eSwatini (Swaziland)", "SWZ"),
     ("Yemen (North Yemen)", "YEM"), ("Democratic Republic of Congo", "COD"), ("Palestine", "PSE"), ("Nowhere", None)],
)  # fmt: skip
def test_countries_by_their_names_in_the_datasets(name: str, code: str | None) -> None:
    assert country_code(name) == code
