"""The readable tables of time expressions: what each says, and the days that it allows; and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.model import Dateline, Time
from sayso.reading.times import read_times, read_timexes

HERE = Path(__file__).parent
MONDAY = "2021-07-05"
"""Publication date of most rows."""


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table, without comments and headings."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            yield tuple(part.strip() for part in line.split(" | "))


TABLE = list(rows("expressions.txt"))
REFUSALS = list(rows("refusals.txt"))


def days(time: Time) -> str:
    """The interval as the table writes it."""
    if time.start is None and time.end is None:
        return "–"
    return time.start if time.start == time.end and time.start else f"{time.start or ''}..{time.end or ''}"


def only(text: str, published: str = MONDAY) -> Time:
    times = read_times(text, published)
    assert len(times) == 1, [time.span.text for time in times]
    return times[0]


@pytest.mark.parametrize(("published", "text", "value", "interval", "precision"), TABLE, ids=lambda part: str(part))
def test_times_table(published: str, text: str, value: str, interval: str, precision: str) -> None:
    time = only(text, published)
    assert (time.value, days(time), time.precision) == (value, interval, precision)


def test_times_tables_are_long_enough() -> None:
    assert len({row[1] for row in TABLE}) >= 200
    assert len(REFUSALS) >= 30


@pytest.mark.parametrize("row", [row for row in TABLE if row[-1] == "unknown"], ids=lambda row: str(row[1]))
def test_times_without_a_date_give_a_reason(row: tuple[str, ...]) -> None:
    assert only(row[1], row[0]).reason


@pytest.mark.parametrize(
    ("published", "text", "words", "value", "relation", "offset", "reason"), REFUSALS, ids=lambda part: str(part)
)
def test_times_must_refuse_a_date(
    published: str, text: str, words: str, value: str, relation: str, offset: str, reason: str
) -> None:
    time = only(text, published)
    shown = "–" if time.offset_days is None else "{}..{}".format(*time.offset_days)
    assert (time.span.text, time.value, time.relation or "–", shown) == (words, value, relation, offset)
    assert time.start is None or time.end is None
    assert time.reason == reason


NO_TIMES = [
    "They may attack.",
    "Embed 0:00:43 share 0:00:00.",
    "It stands at 1850 metres.",
    "May they rest in peace.",
    "Protesters march to the square.",
    "They began a march.",
    "He was the second man.",
    "The sun rose and he sat down.",
    "A five-year-old boy was killed.",
    "Students between 7 and 12 years old were killed.",
    "A shell hit April 7th Street.",
    "The 17 February Brigade came.",
    'He spoke on ABC\'s "This Week".',
    "The 6-year-old was hurt.",
    "A boy aged 12 was killed.",
    "1,500 people fled.",
    "2000 people fled.",
    "It cost $2000.",
    "More than 2000 soldiers came.",
    "Jan Kavan spoke.",
    "They fell back in the fall of the city.",
    "Water springs from the rock.",
    "The 28th Division moved in.",
    "UN resolution 2254 was passed.",
    "Four flights a day leave.",
    "They are in winter quarters.",
    "A MiG-29 and an F-16 flew.",
    "Route 60 was closed.",
    "A quarter of the city is gone.",
    "He looked in the mirror a moment.",
    "The 7.62 mm round and 122 rockets.",
    "It is the first of its kind.",
    "Please wait in line.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_times_are_none_at_all(text: str) -> None:
    assert read_times(text, MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "relation"),
    [
        ("It went on since January.", "2021-01-01", MONDAY, "month", "since"),
        ("It went on since 2011.", "2011-01-01", MONDAY, "year", "since"),
        ("It went on since at least 2011.", "2011-01-01", MONDAY, "year", "since"),
        ("It went on since early June.", "2021-06-01", MONDAY, "month", "since"),
        ("It went on since Saturday.", "2021-07-03", MONDAY, "day", "since"),
        ("It went on until Friday.", None, "2021-07-02", "day", "until"),
        ("It went on until 2015.", None, "2015-12-31", "year", "until"),
    ],
)
def test_times_open_ends(text: str, start: str | None, end: str | None, precision: str, relation: str) -> None:
    time = only(text)
    assert (time.start, time.end, time.precision, time.relation) == (start, end, precision, relation)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It came at around noon local time (0900 GMT) on Sunday.", "around noon local time (0900 GMT) on Sunday"),
        ("He said late on Sunday that it fell.", "late on Sunday"),
        ("Friday’s attack", "Friday"),
        ("It was Dec. 30. Then it ended.", "Dec. 30"),
        ("It began on Tuesday. Then", "Tuesday"),
        ("third-quarter results", "third-quarter"),
    ],
)
def test_times_span_is_the_expression_alone(text: str, words: str) -> None:
    assert only(text).span.text == words


def test_times_resolve_what_hangs_on_a_day_told_before() -> None:
    times = read_times(
        "The raid came on Thursday. The next day it ended, and the following morning all was quiet.", MONDAY
    )
    assert [(time.start, time.precision) for time in times] == [
        ("2021-07-01", "day"),
        ("2021-07-02", "day"),
        ("2021-07-03", "part_of_day"),
    ]


def test_times_clock_time_belongs_to_the_day_told_before() -> None:
    times = read_times("The raid came on Thursday. It began at 5:30 a.m.", MONDAY)
    assert times[1].start == "2021-07-01T05:30"


def test_times_clock_time_is_refused_where_its_paragraph_is_vaguer() -> None:
    times = read_times("The raid came on Thursday. In early June another began at 5:30 a.m.", MONDAY)
    assert times[2].start is None
    assert times[2].reason


def test_times_clock_time_in_a_later_paragraph_is_on_the_day_of_the_story() -> None:
    times = read_times("The raid came on Thursday. In early June another failed.\nIt began at 5:30 a.m.", MONDAY)
    assert times[2].start == "2021-07-01T05:30"


def test_times_of_a_narrative_move_with_the_telling() -> None:
    text = (
        "The war began on 1 September 1939. In October 1939 Poland fell. Norway was invaded in April 1940. In May "
        "France was attacked, and on June 22 it surrendered. Two days later the guns fell silent. "
        "In 1941 and 1942 the war went on."
    )
    values = {time.span.text: time.value for time in read_times(text, "2009-12-19")}
    assert values["May"] == "1940-05"
    assert values["June 22"] == "1940-06-22"
    assert values["Two days later"] == "1940-06-24"


def test_times_background_year_does_not_make_a_narrative() -> None:
    text = (
        "In 1983 he was jailed. In 1985, 1990 and 1996 he struck again, and in 2005 as well. He was killed on Thursday."
    )
    values = {time.span.text: time.value for time in read_times(text, "2016-05-13")}
    assert values["Thursday"] == "2016-05-12"


def test_times_of_two_days_that_are_no_neighbours_stay_apart() -> None:
    times = read_times("It came on Thursday and Saturday.", MONDAY)
    assert [time.value for time in times] == ["2021-07-01", "2021-07-03"]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It took more than a year.", "MORE_THAN"),
        ("It took no more than a year.", "EQUAL_OR_LESS"),
        ("It took at least two days.", "EQUAL_OR_MORE"),
        ("It took nearly two months.", "LESS_THAN"),
        ("It took up to 180 days.", "EQUAL_OR_LESS"),
        ("It came about a month ago.", "APPROX"),
        ("It came in early June.", "START"),
        ("It came in mid-June.", "MID"),
        ("It came in late June.", "END"),
        ("It took two days.", None),
    ],
)
def test_times_mod(text: str, mod: str | None) -> None:
    assert only(text).mod == mod


def test_times_skip_the_header() -> None:
    text = " date 2021-07-05 The raid came late Sunday."
    assert [time.span.text for time in read_times(text, MONDAY, start=17)] == ["late Sunday"]


def test_times_dateline_date_wins_over_the_file_date() -> None:
    dateline = Dateline(place="Baghdad", date="2021-07-03")
    assert read_times("It came on Friday.", "2021-07-10", dateline=dateline)[0].start == "2021-07-02"


def test_times_day_and_date_of_publication_with_a_clock() -> None:
    assert only("It came yesterday.", "2021-07-05T10:15+00:00").start == "2021-07-04"


def test_times_without_a_usable_publication_date_are_none() -> None:
    assert read_times("It came yesterday.", "no date") == ()


def test_timexes_keep_both_ends_of_a_range_and_leave_out_what_timeml_does_not_mark() -> None:
    times = read_timexes("It previously lasted from 2011 until 2013.", MONDAY)
    assert [time.value for time in times] == ["2011", "2013"]
