from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.sources.dateline import FiledDay, read_dateline


@pytest.mark.parametrize(
    ("text", "place", "agencies", "words", "rest"),
    [
        ("BEIRUT (AP) — At least", "BEIRUT", ("AP",), "BEIRUT (AP) —", "At least"),
        ("CAIRO — The", "CAIRO", (), "CAIRO —", "The"),
        ("GENEVA/BEIRUT (Reuters) - The", "GENEVA/BEIRUT", ("Reuters",), "GENEVA/BEIRUT (Reuters) -", "The"),
        ("(Damascus) – Syrian", "Damascus", (), "(Damascus) –", "Syrian"),
        ("By Tom Perry BEIRUT (Reuters) - Two", "BEIRUT", ("Reuters",), "BEIRUT (Reuters) -", "Two"),
        ("HOMS (Sputnik) On Thursday", "HOMS", ("Sputnik",), "HOMS (Sputnik)", "On Thursday"),
        ("BEIRUT: At least", "BEIRUT", (), "BEIRUT:", "At least"),
        ("Damascus, SANA- Army", "Damascus", ("SANA",), "Damascus, SANA-", "Army"),
        ("Beirut (dpa) - Two", "Beirut", ("dpa",), "Beirut (dpa) -", "Two"),
        ("GAZIANTEP AND ONCUPINAR, TURKEY — As", "GAZIANTEP AND ONCUPINAR, TURKEY", (), None, "As"),
        ("BEIRUT, Lebanon (AP) — Two", "BEIRUT, Lebanon", ("AP",), "BEIRUT, Lebanon (AP) —", "Two"),
        ("PORT-AU-PRINCE, Haiti (AP) — A", "PORT-AU-PRINCE, Haiti", ("AP",), None, "A"),
        ("CAIRO (AFP/Reuters) -- A", "CAIRO", ("AFP", "Reuters"), "CAIRO (AFP/Reuters) --", "A"),
    ],
)
def test_datelines(text: str, place: str, agencies: tuple[str, ...], words: str | None, rest: str) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.agencies, text[found.end :], found.opens) == (place, agencies, rest, True)
    assert text[found.span.start : found.span.end] == found.span.text
    assert words is None or found.span.text == words


@pytest.mark.parametrize(
    ("text", "base", "day"),
    [
        ("BAGHDAD, 12 Jan (Agency) -- Two", "2020-01-13", "2020-01-12"),
        ("WASHINGTON, July 5 (Xinhua) -- US", "2021-07-05", "2021-07-05"),
        ("BEIRUT, 31 Dec (AFP) - Two", "2020-01-01", "2019-12-31"),
        ("(Beirut, June 5, 2020) – The", None, "2020-06-05"),
        ("MOSCOW, July 5. /TASS/. The", "2021-07-06", "2021-07-05"),
        ("INDIANAPOLIS, Ind. (July 3, 2015) – The", None, "2015-07-03"),
        ("AMMAN, Monday July 5 (Petra) -- The", "2021-07-06", "2021-07-05"),
        ("BAGHDAD, 12 Jan (Agency) -- Two", None, None),
        ("CAIRO — The", "2020-01-13", None),
    ],
)
def test_the_day_in_a_dateline(text: str, base: str | None, day: str | None) -> None:
    found = read_dateline(text)
    assert found is not None
    assert found.dateline(base).date == day


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Smith in Beirut The army",
        "IS — the group that",
        "US - Iran talks",
        "FILE - A man",
        "ISIS: the group",
        "(AP) — The group",
        "Shot dead in Las Vegas, NV (KTNV) -- Two men",
        "WATCH: Rockets",
        "The Army (FSA) - a group",
        "A man (AP) — said",
        "Aleppo — a city",
        "IDLIB, Feb. 30 (AP) - Two",
        "Two men (35 and 40) - brothers",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


def test_a_dateline_behind_a_title_does_not_hide_the_title() -> None:
    text = "Bomb Stokes Fears-CAIRO — The explosion"
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.opens, found.span.start) == ("CAIRO", False, 18)


def test_offsets_count_from_the_whole_text() -> None:
    text = " date 2021-07-05 CAIRO — The"
    found = read_dateline(text, 17)
    assert found is not None
    assert (found.span.start, text[found.end :]) == (17, "The")


def test_an_impossible_year_in_a_dateline_is_no_date() -> None:
    assert FiledDay(1, 1, 9999).resolve("2020-01-01") is None


PIECES = st.sampled_from(
    ["BEIRUT", " ", "—", "-", "(", ")", "AP", ", ", "12 ", "Jan", "/", "By ", "Ann ", ".", "A", "’"]
)


@given(st.text(max_size=100) | st.lists(PIECES, max_size=60).map("".join), st.integers(0, 5))
def test_never_raises_and_spans_hold(text: str, start: int) -> None:
    found = read_dateline(text, start)
    if found is not None:
        assert text[found.span.start : found.span.end] == found.span.text
        assert start <= found.span.start < found.end <= len(text)
        found.dateline("2020-01-01")


@pytest.mark.parametrize("unit", ["A", "AB ", "AB, ", "AB/", "A-", "Ab ", "By Ab ", "(", "-AB ", ". AB (", "JAN 1 "])
def test_adversarial_text_only_costs_its_window(unit: str) -> None:
    # Not a stopwatch: a catastrophic pattern would hang here.
    read_dateline(unit * 100_000)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("THE ARMY (SAA) SAID REBELS ATTACKED HOMS.", None),
        ("REBELS HIT HOMS: A MONITOR SAID TWO DIED.", None),
        ("REBELS HIT THE BASE NEAR HOMS -- TWO DIED.", None),
        ("BEIRUT (AP) -- REBELS ATTACKED HOMS.", "BEIRUT"),
        ("BEIRUT, JULY 4 (AP) -- REBELS ATTACKED HOMS.", "BEIRUT"),
        ("BEIRUT -- REBELS ATTACKED HOMS.", "BEIRUT"),
    ],
)
def test_in_a_text_in_capitals_its_first_words_are_no_dateline(text: str, place: str | None) -> None:
    found = read_dateline(text)
    assert (found.place if found else None) == place
