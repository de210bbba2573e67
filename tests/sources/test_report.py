from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.sources import report_from_text, settings
from sayso.sources.report import Known, compose

TODAY = date(2022, 1, 1)
SHARED = Path(__file__).parents[3] / "shared"


def test_the_one_line_header_stays_in_the_text_and_offsets_count_from_it() -> None:
    report = report_from_text(" date 2021-07-05 A facility\n\nmore\n", today=TODAY)
    assert report.text == " date 2021-07-05 A facility\n\nmore"
    assert (report.published, report.published_from, report.body_start) == ("2021-07-05", "header", 17)
    assert report.id == report.sha256[:16]


def test_front_matter_is_no_part_of_the_text() -> None:
    report = report_from_text(
        "Title: Rockets\nDate: 5 July 2021\nPublisher: VOA\nURL: https://example.org/a\n\nCAIRO — Two rockets",
        today=TODAY,
    )
    assert report.text == "CAIRO — Two rockets"
    assert (report.title, report.publisher, report.url) == ("Rockets", "VOA", "https://example.org/a")
    assert (report.published, report.published_from) == ("2021-07-05", "front_matter")
    assert report.dateline is not None
    assert report.dateline.place == "CAIRO"
    assert report.text[report.body_start :] == "Two rockets"


def test_the_same_words_are_one_report_however_they_are_encoded() -> None:
    plain = report_from_text("A café burned.\n", published="2021-07-05", today=TODAY)
    other = report_from_text("\ufeffA cafe\u0301 burned.\r\n", published="2021-07-06", today=TODAY)
    assert plain.id == other.id


def test_the_given_date_beats_all_others() -> None:
    report = report_from_text("BAGHDAD, 12 Jan (INA) -- Two died.", published="2020-01-14", today=TODAY)
    assert (report.published, report.published_from) == ("2020-01-14", "given")
    assert report.dateline is not None
    assert report.dateline.date == "2020-01-12"
    assert [(note.code, "2020-01-12" in note.text) for note in report.notes] == [("S144", True)]


def test_the_datelines_date_beats_the_files_and_the_disagreement_is_kept() -> None:
    report = report_from_text("Date: 2020-01-14\n\nBAGHDAD, 12 Jan (INA) -- Two died.", today=TODAY)
    assert (report.published, report.published_from) == ("2020-01-12", "dateline")
    assert [(note.code, "2020-01-14" in note.text) for note in report.notes] == [("S143", True)]


def test_a_dateline_that_agrees_leaves_the_file_as_the_dates_source() -> None:
    report = report_from_text("Date: 2020-01-12\n\nBAGHDAD, 12 Jan (INA) -- Two died.", today=TODAY)
    assert (report.published_from, report.notes) == ("front_matter", ())


def test_a_dateline_with_its_year_is_date_enough() -> None:
    report = report_from_text("(Beirut, June 5, 2020) – The army", today=TODAY)
    assert (report.published, report.published_from) == ("2020-06-05", "dateline")


def test_an_ambiguous_leading_date_is_not_used_and_says_so() -> None:
    with pytest.raises(SaysoError, match="S103"):
        report_from_text("06-07-2016 Five civilians killed.", today=TODAY)
    report = compose(
        "06-07-2016 Five civilians killed.", Known(source="a", date="2016-07-06", date_from="column"), today=TODAY
    )
    assert (report.published, report.text[report.body_start :]) == ("2016-07-06", "Five civilians killed.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "S101"),
        (" \n\t\u200b\n", "S101"),
        ("Title: only\nDate: 2021-07-05\n\n \n", "S101"),
        (" date 2021-07-05 ", "S101"),
        ("Date: 2021-07-05\n\nCAIRO — ", "S101"),
        ("Two men were killed.", "S103"),
        (" date 0000-01-01 A facility", "S104"),
        (" date 99999-01-01 A facility", "S104"),
        ("Date: soon\n\nA facility", "S104"),
        (" date 2022-01-03 A facility", "S105"),
        ("Date: 06/07/2016\n\nA facility", "S106"),
        (" date 2021-07-05 " + "x" * settings.MAX_CHARS, "S107"),
    ],
)
def test_what_gives_no_report_is_a_coded_error_of_one_line(text: str, code: str) -> None:
    with pytest.raises(SaysoError) as error:
        report_from_text(text, source="a\nb.txt", today=TODAY)
    assert error.value.code == code
    assert str(error.value).startswith(f"{code} a b.txt ")
    assert "\n" not in str(error.value)


def test_what_a_file_says_of_itself_is_made_harmless() -> None:
    known = Known(
        source="a", given="2021-07-05", title=" Two\u202e\nrockets\x00 ", publisher=" ", url="javascript:alert(1)"
    )
    report = compose("A facility", known, today=TODAY)
    assert (report.title, report.publisher, report.url) == ("Two rockets", None, None)


@pytest.mark.parametrize("header", [" date 0000-01-01 ", " date 99999-01-01 ", "06-07-2016 "])
def test_a_given_date_mends_a_bad_header(header: str) -> None:
    report = report_from_text(f"{header}A facility", published="2021-07-05", today=TODAY)
    assert (report.published, report.text[report.body_start :], report.notes) == ("2021-07-05", "A facility", ())


@pytest.mark.parametrize(("words", "code"), [("ar", "ar"), ("en-GB", "en"), ("Arabic", "en"), ("", "en")])
def test_the_language_of_front_matter(words: str, code: str) -> None:
    text = f"Date: 2021-07-05\nLanguage: {words}\n\nA facility"
    assert report_from_text(text, today=TODAY).language == code


@pytest.mark.skipif(not (SHARED / "gold" / "seed.txt").exists(), reason="needs ../shared")
def test_the_founding_report_keeps_its_offsets() -> None:
    text = (SHARED / "gold" / "seed.txt").read_text(encoding="utf-8")
    report = report_from_text(text)
    assert report.text == text.rstrip()
    assert report.text[report.body_start :].startswith("A facility housing")
