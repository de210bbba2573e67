from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.sources.header import read_front_matter, read_header


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        (" date 2021-07-05 A facility", "2021-07-05", "A facility"),
        ("date: 2021-07-05\nA facility", "2021-07-05", "A facility"),
        (" date 99999-01-01 A facility", "99999-01-01", "A facility"),
        ("9 Apr 2017 A hospital", "9 Apr 2017", "A hospital"),
        ("Fri 07 Apr 2017 at 0914 Homs", "Fri 07 Apr 2017", "Homs"),
        ("Date of publication 5 July 2016 The", "5 July 2016", "The"),
        ("Posted on April 4, 2017 by", "April 4, 2017", "by"),
        ("07-07-2016 5 Civilians", "07-07-2016", "5 Civilians"),
        ("2016-07-07: Rockets", "2016-07-07", "Rockets"),
    ],
)
def test_a_date_before_the_prose(text: str, words: str, rest: str) -> None:
    header = read_header(text)
    assert header is not None
    assert (header.words, text[header.end :], header.ambiguous) == (words, rest, False)


def test_a_leading_date_that_could_be_two_days_is_marked() -> None:
    header = read_header("06-07-2016 5 Civilians")
    assert header is not None
    assert header.ambiguous


@pytest.mark.parametrize("text", ["May 5 soldiers died", "31.31.2015 x", "5 Julys 2016", "Dated 2016", "", "2016 was"])
def test_what_only_looks_like_a_date_is_prose(text: str) -> None:
    assert read_header(text) is None


def test_front_matter_is_split_from_the_text() -> None:
    front = read_front_matter("Title: Rockets: two\nDate: 2021-07-05\nSource: AP\nAuthor: X\n\n A facility\n\nmore")
    assert front.fields == {"title": "Rockets: two", "published": "2021-07-05", "publisher": "AP"}
    assert front.text == " A facility\n\nmore"


def test_fenced_front_matter_may_hold_unknown_keys() -> None:
    front = read_front_matter('---\ntitle: "Rockets"\nmood: grim\n---\nA facility')
    assert front.fields == {"title": "Rockets"}
    assert front.text == "A facility"


@pytest.mark.parametrize(
    "text",
    [
        "Syria: five killed\nDate: 2021-07-05\n\nText",
        "Source: AP says so, and more prose follows\nwithout a blank line",
        "Title: no end",
        "A facility\n\nDate: 2021-07-05",
        "Author: nobody\n\nText",
        "---\ntitle: no end",
        "---\nmood: grim\n---\nText",
    ],
)
def test_no_prose_is_taken_for_front_matter(text: str) -> None:
    front = read_front_matter(text)
    assert (front.fields, front.text) == ({}, text)


PIECES = st.sampled_from(
    ["date", " ", "Date: ", "2021-", "07-", "05", "\n", "---\n", "Title:", "May ", "5 ", "Fri", ":", "\t"]
)


@given(st.text(max_size=100) | st.lists(PIECES, max_size=40).map("".join))
def test_headers_never_raise_and_lose_nothing(text: str) -> None:
    front = read_front_matter(text)
    assert text.endswith(front.text)
    header = read_header(text)
    assert header is None or (0 < header.end <= len(text) and header.words in text)


@pytest.mark.parametrize(
    "unit", [" ", "date ", "a: b\n", "1 ", "Mon ", "May ", "published ", "---\n", "key" * 9, "\t:"]
)
def test_adversarial_text_is_read_in_linear_time(unit: str) -> None:
    # Not a stopwatch: quadratic backtracking over 300,000 characters would hang here.
    text = unit * (300_000 // len(unit)) + "!"
    assert text.endswith(read_front_matter(text).text)
    read_header(text)
