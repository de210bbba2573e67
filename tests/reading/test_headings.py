"""Titles and filing dates that were run together with the first sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.headings import heading_ends
from sayso.reading.language import read_paragraphs

TITLE = "Bomber kills 16 in Hasakeh"


def parts(text: str, title: str | None = TITLE) -> list[str]:
    return [text[part.start : part.end] for part in read_paragraphs(text, 0, title)]


@pytest.mark.parametrize(
    "dated",
    [
        "AFP Tuesday 5 Jul 2016",
        "Date of publication 7 April 2017",
        "Fri 07 Apr 2017 at 0914",
        "Published October 3 2016",
        "Tuesday 02 August 2016 19:11",
        "August 22 2013 1849 UTC+3",
        "27-02-2016",
        "2016-02-27",
    ],
)
def test_a_title_and_a_filing_date_are_no_part_of_the_first_sentence(dated: str) -> None:
    assert parts(f"{TITLE} {dated} A bomber killed 16 people.") == [TITLE, dated, "A bomber killed 16 people."]


def test_a_title_that_is_repeated_on_both_sides_of_the_date_is_cut_each_time() -> None:
    text = f"{TITLE} {TITLE} 5 July 2016 {TITLE}. A bomber killed 16 people."
    assert parts(text) == [TITLE, TITLE, "5 July 2016", f"{TITLE}.", "A bomber killed 16 people."]


@pytest.mark.parametrize(
    "text",
    [
        "5 July 2016 was a day of mourning in Hasakeh.",
        "On 5 July 2016 A. Darwish was arrested.",
        "A bomber killed 16 people on 5 July 2016. Two others died.",
        "12 people were killed.",
    ],
)
def test_a_sentence_that_begins_with_a_date_or_a_number_is_whole(text: str) -> None:
    assert parts(text) == [text]


def test_a_report_that_is_only_a_title_is_whole() -> None:
    assert parts(TITLE) == [TITLE]


def test_only_the_beginning_is_cut() -> None:
    assert parts(f"Two died.\n\n{TITLE} 5 July 2016 More died.", TITLE)[1:] == [f"{TITLE} 5 July 2016 More died."]


@given(st.text(max_size=80), st.text(max_size=10))
def test_cuts_are_in_order_and_within_the_text(text: str, title: str) -> None:
    ends = heading_ends(text, 0, len(text), title)
    assert ends == sorted(set(ends))
    assert all(0 < end < len(text) for end in ends)
