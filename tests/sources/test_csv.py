from __future__ import annotations

import io
from datetime import date

import pytest

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import Unread, settings
from sayso.sources.csv import read_csv

TODAY = date(2022, 1, 1)


def read(text: str | bytes, mapping: dict[str, str] | None = None) -> list[Report | Unread]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_csv(io.BytesIO(data), "a.csv", mapping or {}, today=TODAY))


def outcome(item: Report | Unread) -> object:
    return item.text if isinstance(item, Report) else (item.source, item.code)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter(delimiter: str) -> None:
    (report,) = read(
        f'Text{delimiter}Date{delimiter}Outlet\r\n"Two, died; in\nHoms."{delimiter}2021-07-05{delimiter}AP\r\n'
    )
    assert isinstance(report, Report)
    assert (report.text, report.published, report.publisher) == ("Two, died; in\nHoms.", "2021-07-05", "AP")


def test_bad_rows_are_named_by_their_spreadsheet_number_and_the_others_go_on() -> None:
    found = read(
        "text,date\n"
        "One died.,2021-07-05\n"
        "Two, three died.,2021-07-05\n"  # an unquoted comma: the text would be cut short
        ",2021-07-05\n"
        "Four died.\n"
        '"Five" died.,2021-07-05\n'
        "Six died.,never\n"
        "\n"
        "Seven died.,2021-07-05\n"
    )
    assert [outcome(item) for item in found] == [
        "One died.",
        ("a.csv:3", "S116"),
        ("a.csv:4", "S101"),
        ("a.csv:5", "S103"),
        ("a.csv:6", "S116"),
        ("a.csv:7", "S104"),
        "Seven died.",
    ]


def test_an_unclosed_quote_does_not_swallow_the_file_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(read('text,date\n"One died.,2021-07-05\nTwo died.,2021-07-05\n')[0]) == ("a.csv:2", "S116")
    monkeypatch.setattr(settings, "MAX_FIELD_CHARS", 100)
    assert outcome(read('text,date\n"' + "x" * 200 + '",2021-07-05\n')[0]) == ("a.csv:2", "S116")


def test_a_table_without_a_text_column_names_its_columns() -> None:
    with pytest.raises(SaysoError, match=r"S115 a\.csv .*found: id, when.*--columns text=NAME"):
        read("id,when\n1,2021-07-05\n")
    (report,) = read("id,when\nTwo died.,2021-07-05\n", {"text": "ID", "published": "when"})
    assert outcome(report) == "Two died."


def test_a_mapped_column_must_be_there() -> None:
    with pytest.raises(SaysoError, match=r"S119 a\.csv has no column named body .*found: text, date"):
        read("text,date\nTwo died.,2021-07-05\n", {"text": "body"})


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_spreadsheets_charsets(charset: str) -> None:
    (report,) = read("text,date\nTwo “died”.,2021-07-05\n".encode(charset))
    assert outcome(report) == "Two “died”."


def test_windows_punctuation_far_down_is_told_and_noted() -> None:
    rows = "One died in the city of Homs.,2021-07-05\n" * 3000 + "The army’s base.,2021-07-05\n"
    found = read(("text,date\n" + rows).encode("cp1252"))
    assert outcome(found[-1]) == "The army’s base."
    assert isinstance(found[0], Report)
    assert found[0].notes[0].code == "S141"


def test_an_empty_table() -> None:
    with pytest.raises(SaysoError, match="S101"):
        read("\n\n")
    assert read("text,date\n") == []
