"""Dates, numbers and places in words: nothing said more exactly than it is known."""

from __future__ import annotations

import pytest

from sayso.web import words


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-07-04", "2021-07-04", "4 Jul 2021"),
        ("2021-06-28", "2021-07-04", "28 Jun – 4 Jul 2021"),
        ("2021-07-01", "2021-07-04", "1–4 Jul 2021"),
        ("2020-12-30", "2021-01-02", "30 Dec 2020 – 2 Jan 2021"),
        ("2021-02-01", "2021-02-28", "Feb 2021"),
        ("2021-01-01", "2021-12-31", "2021"),
        (None, "2021-02-28", "by 28 Feb 2021"),
        ("2021-02-01", None, "since 1 Feb 2021"),
        (None, None, "date not stated"),
        ("2021-07-04T14:30", "2021-07-04T14:30", "4 Jul 2021, 14:30"),
        ("not a date", "not a date", "not a date"),
    ],
)
def test_an_interval_in_words(start: str | None, end: str | None, expected: str) -> None:
    assert words.interval(start, end) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(None, None, None), (0, 0, "0"), (5, 5, "5"), (12, 15, "12–15"), (18, None, "at least 18"), (None, 4, "up to 4")],
)
def test_a_toll_in_words(low: int | None, high: int | None, expected: str | None) -> None:
    assert words.toll(low, high) == expected


@pytest.mark.parametrize(
    ("name", "precision", "expected"),
    [
        ("Al-Omar field", 1, " at Al-Omar field, Syria"),
        ("Raqqa", 1, " in Raqqa, Syria"),
        ("Aleppo city", 1, " in Aleppo city, Syria"),
        ("Raqqa", 2, " near Raqqa, Syria"),
        ("Syria", 6, " somewhere in Syria"),
        (None, None, " somewhere in Syria"),
        ("Iraq-Syria border", 5, " on the Iraq-Syria border"),
    ],
)
def test_a_place_is_as_exact_as_it_is_known(name: str | None, precision: int | None, expected: str) -> None:
    row = {"place_name": name, "place_precision": precision, "country": "SYR", "admin1": None}
    assert words.at(row, {"SYR": "Syria"}) == expected


@pytest.mark.parametrize(("km", "expected"), [(259.2, "about 260 km"), (5.0, "about 5 km"), (80.7, "about 81 km")])
def test_a_distance_is_as_rough_as_it_is_meant(km: float, expected: str) -> None:
    assert words.about_km(km) == expected


def test_no_place_at_all_is_said() -> None:
    row = {"place_name": None, "place_precision": None, "country": None, "admin1": None}
    assert words.at(row, {}) == ", place not stated"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("The U.S. military", "the U.S. military"), ("A convoy", "a convoy"), ("Theodore", "Theodore"), ("The", "The")],
)
def test_a_name_within_a_sentence_has_no_capital_article(name: str, expected: str) -> None:
    assert words.within(name) == expected
