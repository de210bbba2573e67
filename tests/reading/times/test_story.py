"""Narratives: what partial dates hang on where a text tells of bygone years."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.reading.times import read_timexes
from sayso.reading.times.lexicon import lexicon
from sayso.reading.times.story import is_narrative
from sayso.reading.times.tokens import tokenize

TODAY = "2009-12-19"
YEARS = "The war was fought in 1936, 1937, 1938, 1939, 1940, 1941, 1942, 1943 and 1945.\n\n"
"""Enough old years to make a narrative."""


def values(text: str) -> dict[str, str]:
    """The words of each expression behind the years, and its value."""
    return {time.span.text: time.value for time in read_timexes(YEARS + text, TODAY) if time.span.start >= len(YEARS)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("In March 1941 it fell. In June it rose.", "June", "1941-06"),
        ("In June 1941 it fell. By April it rose.", "April", "1941-04"),
        ("In November 1941 it fell. In January it rose.", "January", "1942-01"),
        ("In November 1941 it fell. In January it rose. In May it ended.", "May", "1942-05"),
        ("In 1941 it fell. On 5 December it rose.", "5 December", "1941-12-05"),
        ("In August 1941 it fell. Over the winter it rose.", "the winter", "1942-WI"),
        ("In 1941 it fell. In the summer it rose.", "the summer", "1941-SU"),
        ("In May 1941 it fell, the worst loss since 1918. In June it rose.", "June", "1941-06"),
        ("In May 1941 it fell, as a paper of 1972 shows. In June it rose.", "June", "1941-06"),
        ("In May 1941 it fell. It is denied today. In June it rose.", "June", "1941-06"),
        ("In April and June 1942 it fell.", "April", "1942-04"),
        ("In the spring and summer of 1942 it fell.", "the spring", "1942-SP"),
        ("On 3 May 1942 it fell. Two days later it rose.", "Two days later", "1942-05-05"),
        ("On 3 May 1942 it fell. The day before, it had risen.", "The day before", "1942-05-02"),
        ("On 3 May 1942 it fell. The following year it rose.", "The following year", "1943"),
        ("On 3 May 1942 it fell. At the month's end it rose.", "the month's end", "1942-05"),
        ("The former ruler fled.", "former", "PAST_REF"),
        ("A few weeks later it fell.", "A few weeks later", "FUTURE_REF"),
    ],
)
def test_story_goes_on_from_the_year_said_last(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


def test_story_under_the_heading_of_a_year_keeps_to_it() -> None:
    text = "1943: Turning points\n\nIn March it began. In November 1948 a book told of it. In July the front broke.\n\n"
    text += "In 1944 it ended. In May it was over."
    assert (values(text)["July"], values(text)["May"]) == ("1943-07", "1944-05")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("In 480 BC it fell. The next year it rose.", "The next year", "BC0479"),
        ("In August 480 BC it fell. In September it rose.", "September", "BC0480-09"),
        ("In 490 BC it fell. Two years later it rose.", "Two years later", "BC0488"),
    ],
)
def test_story_before_the_common_era_counts_down(text: str, words: str, value: str) -> None:
    years = "It was fought in 499 BC, 494 BC, 492 BC, 490 BC and 480 BC.\n\n"
    assert {time.span.text: time.value for time in read_timexes(years + text, TODAY)}[words] == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YEARS, True),
        (YEARS + "It came on Monday. It was quiet yesterday.", False),
        ("He was killed on Thursday. He was jailed in 1983, 1985, 1990, 1996 and 2001.", False),
        ("It fell in 2008 and 2009, 2008 and 2009, 2008 and 2009.", False),
    ],
)
def test_story_is_told_by_its_years(text: str, told: bool) -> None:
    assert is_narrative(tokenize(text, 0, lexicon().words), date.fromisoformat(TODAY)) is told
