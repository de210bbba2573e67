from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.sources.dates import day_in_year_before, parse_date, refuse_future


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021-07-05", "2021-07-05"),
        ("20210705", "2021-07-05"),
        ("2021/07/05", "2021-07-05"),
        ("5 July 2021", "2021-07-05"),
        ("Mon, 5 Jul 2021", "2021-07-05"),
        ("July 5, 2021", "2021-07-05"),
        ("Sept. 1st, 2020", "2020-09-01"),
        ("Fri Apr 29 2016", "2016-04-29"),
        ("07-07-2016", "2016-07-07"),
        ("25.12.2016", "2016-12-25"),
        ("12/25/2016", "2016-12-25"),
        ("2021-07-05 23:10", "2021-07-05"),
        ("2021-07-05T23:10:00", "2021-07-05"),
        ("2021-07-05T23:10:09Z", "2021-07-05T23:10+00:00"),
        ("2021-07-05 23:10+03:00", "2021-07-05T23:10+03:00"),
        ("Mon, 05 Jul 2021 10:00:00 GMT", "2021-07-05T10:00+00:00"),
    ],
)
def test_dates_as_people_and_machines_write_them(words: str, day: str) -> None:
    assert parse_date(words) == day


@pytest.mark.parametrize(
    "words",
    ["0000-00-00", "0000-01-01", "99999-01-01", "2021-13-01", "2021-02-30", "1799-12-31", "2201-01-01", "yesterday", "",
     "4/7/17", "31.31.2015", "30 February 2020", "2021-07-05T99:00Z", "9" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(SaysoError) as error:
        parse_date(words, "a.txt")
    assert error.value.code == "S104"
    assert "a.txt" in str(error.value)


@pytest.mark.parametrize("words", ["06-07-2016", "6/7/2016", "01.02.2015"])
def test_a_date_that_could_be_two_days_is_refused(words: str) -> None:
    with pytest.raises(SaysoError, match="S106"):
        parse_date(words)


@pytest.mark.parametrize(("published", "refused"), [("2021-07-06", False), ("2021-07-07", True), ("2021-07-05", False)])
def test_only_a_date_beyond_tomorrow_lies_in_the_future(published: str, refused: bool) -> None:
    if refused:
        with pytest.raises(SaysoError, match="S105"):
            refuse_future(published, date(2021, 7, 5), "a.txt")
    else:
        refuse_future(published, date(2021, 7, 5), "a.txt")


@pytest.mark.parametrize(
    ("month", "day", "base", "expected"),
    [
        (1, 12, "2020-01-13", "2020-01-12"),
        (12, 31, "2020-01-01", "2019-12-31"),
        (1, 2, "2020-01-01", "2020-01-02"),
        (2, 29, "2023-05-01", "2020-02-29"),
        (2, 29, "1903-05-01", "1896-02-29"),
        (2, 30, "2020-01-01", None),
    ],
)
def test_a_day_without_a_year_is_the_latest_one(month: int, day: int, base: str, expected: str | None) -> None:
    assert day_in_year_before(month, day, base) == expected


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,8}[-/. T][0-9]{1,6}[-/. :][0-9]{1,6}"))
def test_any_words_are_a_date_or_a_coded_error(words: str) -> None:
    code = None
    try:
        date.fromisoformat(parse_date(words)[:10])
    except SaysoError as error:
        code = error.code
    assert code in {None, "S104", "S106"}
