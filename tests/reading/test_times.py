"""The readable table of time expressions: what each says, and the days that it allows."""

from __future__ import annotations

import pytest

from sayso.model import Dateline, Time
from sayso.reading.times import read_times, read_timexes

MONDAY = "2021-07-05"
"""Publication date of most rows."""

# (text, published, value, start, end, precision); the expression is the only one of its text.
CALENDAR = [
    ("It happened on 28 June 2021.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on June 28, 2021.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on June 28.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on 28 June.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on the 28th of June.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on the 28th.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on Monday, June 28.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on Monday the 28th.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on Dec. 30.", MONDAY, "2020-12-30", "2020-12-30", "2020-12-30", "day"),
    ("It happened on Sat 3 July.", MONDAY, "2021-07-03", "2021-07-03", "2021-07-03", "day"),
    ("It happened on May 3.", MONDAY, "2021-05-03", "2021-05-03", "2021-05-03", "day"),
    ("It happened on 1 March 2011.", MONDAY, "2011-03-01", "2011-03-01", "2011-03-01", "day"),
    ("It happened on February 29.", MONDAY, "2020-02-29", "2020-02-29", "2020-02-29", "day"),
    ("It happened on the twenty-first of June.", MONDAY, "2021-06-21", "2021-06-21", "2021-06-21", "day"),
    ("It happened on 2017-04-09.", MONDAY, "2017-04-09", "2017-04-09", "2017-04-09", "day"),
    ("It happened on 2017/04/09.", MONDAY, "2017-04-09", "2017-04-09", "2017-04-09", "day"),
    ("It happened on 06/28/21.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on 28/06/2021.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on 28.06.2021.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened on 07.04.2017.", MONDAY, "2017-04-07", "2017-04-07", "2017-04-07", "day"),
    ("It happened on 07-07-2016.", MONDAY, "2016-07-07", "2016-07-07", "2016-07-07", "day"),
    ("It happened on 06/07/21.", MONDAY, "2021-XX-XX", None, None, "unknown"),
    ("It happened on 28 June last year.", MONDAY, "2020-06-28", "2020-06-28", "2020-06-28", "day"),
    ("It happened in March 2011.", MONDAY, "2011-03", "2011-03-01", "2011-03-31", "month"),
    ("It happened in March of 2011.", MONDAY, "2011-03", "2011-03-01", "2011-03-31", "month"),
    ("It happened in February.", MONDAY, "2021-02", "2021-02-01", "2021-02-28", "month"),
    ("It happened in July.", MONDAY, "2021-07", "2021-07-01", "2021-07-05", "month"),
    ("It happened in May.", MONDAY, "2021-05", "2021-05-01", "2021-05-31", "month"),
    ("It was in November.", MONDAY, "2020-11", "2020-11-01", "2020-11-30", "month"),
    ("It happened in Sept. 2015.", MONDAY, "2015-09", "2015-09-01", "2015-09-30", "month"),
    ("It happened last January.", MONDAY, "2021-01", "2021-01-01", "2021-01-31", "month"),
    ("It happened last November.", MONDAY, "2020-11", "2020-11-01", "2020-11-30", "month"),
    ("It happened in March last year.", MONDAY, "2020-03", "2020-03-01", "2020-03-31", "month"),
    ("It will happen in September.", MONDAY, "2021-09", "2021-09-01", "2021-09-30", "month"),
    ("It happened in 2015.", MONDAY, "2015", "2015-01-01", "2015-12-31", "year"),
    ("It happened in '98.", MONDAY, "1998", "1998-01-01", "1998-12-31", "year"),
    ("It happened in the 1980s.", MONDAY, "198", "1980-01-01", "1989-12-31", "decade"),
    ("It happened in the '90s.", MONDAY, "199", "1990-01-01", "1999-12-31", "decade"),
    ("It happened in the nineties.", MONDAY, "199", "1990-01-01", "1999-12-31", "decade"),
    ("It happened in the 19th century.", MONDAY, "18", "1800-01-01", "1899-12-31", "century"),
    ("It happened in nineteen ninety-six.", MONDAY, "1996", "1996-01-01", "1996-12-31", "year"),
]

PARTS_OF_PERIODS = [
    ("It happened in early June.", MONDAY, "2021-06", "2021-06-01", "2021-06-10", "month"),
    ("It happened in mid-February.", MONDAY, "2021-02", "2021-02-11", "2021-02-20", "month"),
    ("It happened in late May.", MONDAY, "2021-05", "2021-05-21", "2021-05-31", "month"),
    ("It happened at the end of March.", MONDAY, "2021-03", "2021-03-21", "2021-03-31", "month"),
    ("It happened at the start of 2015.", MONDAY, "2015", "2015-01-01", "2015-07-02", "year"),
    ("It happened in early July.", "2015-07-16", "2015-07", "2015-07-01", "2015-07-10", "month"),
    ("It happened earlier this month.", MONDAY, "2021-07", "2021-07-01", "2021-07-05", "month"),
    ("It happened earlier this year.", MONDAY, "2021", "2021-01-01", "2021-07-05", "year"),
    ("It will happen later this year.", MONDAY, "2021", "2021-07-05", "2021-12-31", "year"),
    ("It happened in the late 1980s.", MONDAY, "198", "1984-12-31", "1989-12-31", "decade"),
    ("It happened in the last week of June.", MONDAY, "P1W", "2021-06-24", "2021-06-30", "week"),
    ("It happened in the third quarter of 2019.", MONDAY, "2019-Q3", "2019-07-01", "2019-09-30", "season"),
    ("It happened in the summer of 2014.", MONDAY, "2014-SU", "2014-06-01", "2014-09-30", "season"),
    ("It happened last summer.", MONDAY, "2020-SU", "2020-06-01", "2020-09-30", "season"),
    ("It happened this spring.", MONDAY, "2021-SP", "2021-03-01", "2021-06-30", "season"),
]

DAYS = [
    ("It happened late Sunday.", MONDAY, "2021-07-04", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It happened on Sunday.", MONDAY, "2021-07-04", "2021-07-04", "2021-07-04", "day"),
    ("It happened on Monday.", MONDAY, "2021-07-05", "2021-07-05", "2021-07-05", "day"),
    ("It happened on Tuesday.", MONDAY, "2021-06-29", "2021-06-29", "2021-06-29", "day"),
    ("It happened last Monday.", MONDAY, "2021-06-28", "2021-06-28", "2021-06-28", "day"),
    ("It happened last Wednesday.", "2013-01-21", "2013-01-16", "2013-01-16", "2013-01-16", "day"),
    ("It is next Friday.", MONDAY, "2021-07-09", "2021-07-09", "2021-07-09", "day"),
    ("It will begin on Thursday.", MONDAY, "2021-07-08", "2021-07-08", "2021-07-08", "day"),
    ("It is expected on Thursday.", MONDAY, "2021-07-08", "2021-07-08", "2021-07-08", "day"),
    ("It is to resume on Tuesday.", MONDAY, "2021-07-06", "2021-07-06", "2021-07-06", "day"),
    ("The rules are to be published in early August.", MONDAY, "2021-08", "2021-08-01", "2021-08-10", "month"),
    ("They vowed to march on Thursday.", MONDAY, "2021-07-08", "2021-07-08", "2021-07-08", "day"),
    ("They vowed on Thursday to march.", MONDAY, "2021-07-01", "2021-07-01", "2021-07-01", "day"),
    ("He came ahead of Thursday's vote.", MONDAY, "2021-07-08", "2021-07-08", "2021-07-08", "day"),
    ("He said on Thursday that it will begin.", MONDAY, "2021-07-01", "2021-07-01", "2021-07-01", "day"),
    ("Friday’s attack was denied.", MONDAY, "2021-07-02", "2021-07-02", "2021-07-02", "day"),
    ("It came after Friday prayers.", MONDAY, "2021-07-02", "2021-07-02", "2021-07-02", "day"),
    ("Since the Tuesday attack it was calm.", "2017-04-08", "2017-04-04", "2017-04-04", "2017-04-04", "day"),
    ("It happened today.", MONDAY, "2021-07-05", "2021-07-05", "2021-07-05", "day"),
    ("It happened yesterday.", MONDAY, "2021-07-04", "2021-07-04", "2021-07-04", "day"),
    ("It starts tomorrow.", MONDAY, "2021-07-06", "2021-07-06", "2021-07-06", "day"),
    ("It happened earlier on Sunday.", MONDAY, "2021-07-04", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It happened early on Tuesday.", "2016-10-19", "2016-10-18", "2016-10-18", "2016-10-18", "part_of_day"),
    ("It happened on Sunday night.", MONDAY, "2021-07-04TNI", "2021-07-04", "2021-07-05", "part_of_day"),
    ("It happened on Thursday night.", "2017-04-07", "2017-04-06TNI", "2017-04-06", "2017-04-07", "part_of_day"),
    ("It happened on Monday morning.", MONDAY, "2021-07-05TMO", "2021-07-05", "2021-07-05", "part_of_day"),
    ("It happened on Saturday afternoon.", "2017-04-09", "2017-04-08TAF", "2017-04-08", "2017-04-08", "part_of_day"),
    ("It happened yesterday evening.", MONDAY, "2021-07-04TEV", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It happened this morning.", MONDAY, "2021-07-05TMO", "2021-07-05", "2021-07-05", "part_of_day"),
    ("It happened last night.", MONDAY, "2021-07-04TNI", "2021-07-04", "2021-07-05", "part_of_day"),
    ("It happened tonight.", MONDAY, "2021-07-05TNI", "2021-07-05", "2021-07-05", "part_of_day"),
    ("It happened overnight.", MONDAY, "2021-07-04TNI", "2021-07-04", "2021-07-05", "part_of_day"),
    ("It happened overnight into Thursday.", "2021-07-09", "2021-07-07TNI", "2021-07-07", "2021-07-08", "part_of_day"),
    ("It happened at dawn on Sunday.", MONDAY, "2021-07-04TMO", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It came early on Tuesday morning.", "2016-10-19", "2016-10-18TMO", "2016-10-18", "2016-10-18", "part_of_day"),
    ("It came overnight on Friday.", "2014-08-24", "2014-08-22TNI", "2014-08-21", "2014-08-23", "part_of_day"),
    ("Fridays attack was denied.", MONDAY, "2021-07-02", "2021-07-02", "2021-07-02", "day"),
    ("It was the night of 3 May.", MONDAY, "2021-05-03TNI", "2021-05-03", "2021-05-04", "part_of_day"),
]

CLOCK = [
    ("It was 5:30 a.m. on Sunday.", MONDAY, "2021-07-04T05:30", "2021-07-04T05:30", "2021-07-04T05:30", "minute"),
    ("It was 5:30 p.m. Sunday.", MONDAY, "2021-07-04T17:30", "2021-07-04T17:30", "2021-07-04T17:30", "minute"),
    (
        "It was 14:00 local time on Sunday.",
        MONDAY,
        "2021-07-04T14:00",
        "2021-07-04T14:00",
        "2021-07-04T14:00",
        "minute",
    ),
    ("It was around 5:30 a.m. on Sunday.", MONDAY, "2021-07-04T05:30", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It was around noon on Sunday.", MONDAY, "2021-07-04T12:00", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It was noon Sunday.", MONDAY, "2021-07-04T12:00", "2021-07-04", "2021-07-04", "part_of_day"),
    ("It was midnight on Saturday.", MONDAY, "2021-07-03T24:00", "2021-07-03", "2021-07-04", "part_of_day"),
    ("It was 10pm on Sunday.", MONDAY, "2021-07-04T22:00", "2021-07-04T22:00", "2021-07-04T22:00", "minute"),
    ("It was 12 a.m. on Sunday.", MONDAY, "2021-07-04T00:00", "2021-07-04T00:00", "2021-07-04T00:00", "minute"),
    ("It came at 5:30 a.m.", MONDAY, "XXXX-XX-XXT05:30", None, None, "unknown"),
    ("It came at dawn.", MONDAY, "XXXX-XX-XXTMO", None, None, "unknown"),
]

PERIODS = [
    ("It happened last week.", MONDAY, "2021-W26", "2021-06-28", "2021-07-04", "week"),
    ("Last week's strikes were denied.", MONDAY, "2021-W26", "2021-06-28", "2021-07-04", "week"),
    ("It happened in the last week.", MONDAY, "2021-W26", "2021-06-28", "2021-07-05", "week"),
    ("It happened this week.", "2017-04-07", "2017-W14", "2017-04-03", "2017-04-07", "week"),
    ("It happened last week.", "2012-05-26", "2012-W20", "2012-05-14", "2012-05-20", "week"),
    ("It is next week.", MONDAY, "2021-W28", "2021-07-12", "2021-07-18", "week"),
    ("It happened last month.", "2017-02-23", "2017-01", "2017-01-01", "2017-01-31", "month"),
    ("It happened this month.", MONDAY, "2021-07", "2021-07-01", "2021-07-05", "month"),
    ("It happened last year.", MONDAY, "2020", "2020-01-01", "2020-12-31", "year"),
    ("It happened this year.", MONDAY, "2021", "2021-01-01", "2021-07-05", "year"),
    ("It is next year.", MONDAY, "2022", "2022-01-01", "2022-12-31", "year"),
    ("It happened over the weekend.", MONDAY, "2021-W26-WE", "2021-07-03", "2021-07-04", "days"),
    ("It happened last weekend.", MONDAY, "2021-W26-WE", "2021-07-03", "2021-07-04", "days"),
    ("It went on for the past two years.", MONDAY, "P2Y", "2019-07-04", "2021-07-05", "year"),
    ("It went on for the past three days.", MONDAY, "P3D", "2021-07-02", "2021-07-05", "days"),
    ("It happened in the last 24 hours.", MONDAY, "PT24H", "2021-07-03", "2021-07-05", "part_of_day"),
    ("It is for the next two weeks.", MONDAY, "P2W", "2021-07-05", "2021-07-19", "week"),
    ("It happened in recent weeks.", MONDAY, "PXW", None, "2021-07-05", "week"),
    ("It was shelled for the second consecutive day.", "2015-07-16", "P2D", "2015-07-15", "2015-07-16", "day"),
]

COUNTED = [
    ("It happened two days ago.", MONDAY, "2021-07-03", "2021-07-03", "2021-07-03", "day"),
    ("It happened a week ago.", MONDAY, "2021-W26", "2021-06-25", "2021-07-01", "week"),
    ("It happened about a month ago.", MONDAY, "2021-06", "2021-05-22", "2021-06-19", "month"),
    ("It happened three years ago.", MONDAY, "2018", "2018-01-01", "2018-12-31", "year"),
    ("It happened five hours ago.", MONDAY, "PT5H", "2021-07-04", "2021-07-05", "part_of_day"),
    ("It happened several years ago.", MONDAY, "PAST_REF", None, "2021-07-05", "unknown"),
    ("It went on for three hours.", MONDAY, "PT3H", None, None, "unknown"),
    ("It was a two-week siege.", MONDAY, "P2W", None, None, "unknown"),
    ("It has been besieged for two years.", MONDAY, "P2Y", "2019-07-04", "2021-07-05", "year"),
    ("It has lasted for more than a year.", MONDAY, "P1Y", None, "2021-07-05", "year"),
    ("It took more than a year.", MONDAY, "P1Y", None, None, "unknown"),
    ("It took no more than sixty days.", MONDAY, "P60D", None, None, "unknown"),
    ("It took two and a half years.", MONDAY, "P2Y6M", None, None, "unknown"),
    ("It took a couple of days.", MONDAY, "P2D", None, None, "unknown"),
    ("It went on for weeks.", MONDAY, "PXW", None, None, "unknown"),
    ("It took a dozen years.", MONDAY, "P12Y", None, None, "unknown"),
    ("It took twenty-four hours.", MONDAY, "PT24H", None, None, "unknown"),
]

HABITS = [
    ("It happened every night.", MONDAY, "XXXX-XX-XXTNI", None, None, "unknown"),
    ("It happened daily.", MONDAY, "P1D", None, None, "unknown"),
    ("It regularly happened.", MONDAY, "PX", None, None, "unknown"),
    ("It happened weekly.", MONDAY, "P1W", None, None, "unknown"),
    ("It happened every week.", MONDAY, "P1W", None, None, "unknown"),
    ("It happened on Fridays.", MONDAY, "XXXX-WXX-5", None, None, "unknown"),
    ("It happened each Thursday.", MONDAY, "XXXX-WXX-4", None, None, "unknown"),
]

FEASTS = [
    ("It was Christmas Eve.", MONDAY, "2020-12-24", "2020-12-24", "2020-12-24", "day"),
    ("It was New Year's Eve 2013.", MONDAY, "2013-12-31", "2013-12-31", "2013-12-31", "day"),
    ("It was New Year’s Day.", MONDAY, "2021-01-01", "2021-01-01", "2021-01-01", "day"),
    ("It was Easter Sunday.", MONDAY, "2021-04-04", "2021-04-04", "2021-04-04", "day"),
    ("It was Good Friday.", MONDAY, "2021-04-02", "2021-04-02", "2021-04-02", "day"),
    ("It was during Ramadan.", MONDAY, "2021-XX-XX", "2021-04-12", "2021-05-13", "days"),
    ("It was on Eid al-Fitr.", MONDAY, "2021-XX-XX", "2021-05-12", "2021-05-16", "days"),
    ("It was on Ashura.", MONDAY, "2020-XX-XX", "2020-08-28", "2020-08-30", "days"),
]

REFERENCES = [
    ("It happened recently.", MONDAY, "PAST_REF", None, "2021-07-05", "unknown"),
    ("Earlier, it happened.", MONDAY, "PAST_REF", None, "2021-07-05", "unknown"),
    ("It previously happened.", MONDAY, "PAST_REF", None, "2021-07-05", "unknown"),
    ("It is quiet now.", MONDAY, "PRESENT_REF", None, None, "unknown"),
    ("It will come in the future.", MONDAY, "FUTURE_REF", "2021-07-05", None, "unknown"),
]

RANGES = [
    ("It was between June 2014 and April 2016.", "2016-12-28", "2014-06/2016-04", "2014-06-01", "2016-04-30", "month"),
    ("It was between 3 and 5 May.", MONDAY, "2021-05-03/2021-05-05", "2021-05-03", "2021-05-05", "day"),
    ("It was from 3 May to 9 June.", MONDAY, "2021-05-03/2021-06-09", "2021-05-03", "2021-06-09", "day"),
    ("It was from Monday to Wednesday.", "2021-07-08", "2021-07-05/2021-07-07", "2021-07-05", "2021-07-07", "day"),
    ("It was last November and December.", "2017-02-23", "2016-11/2016-12", "2016-11-01", "2016-12-31", "month"),
    ("It was on Saturday and Sunday.", MONDAY, "2021-07-03/2021-07-04", "2021-07-03", "2021-07-04", "day"),
    ("It was from 2011 until 2013.", MONDAY, "2011/2013", "2011-01-01", "2013-12-31", "year"),
]

TABLE = [
    *CALENDAR, *PARTS_OF_PERIODS, *DAYS, *CLOCK, *PERIODS, *COUNTED, *HABITS, *FEASTS, *REFERENCES, *RANGES,
]  # fmt: skip


def only(text: str, published: str = MONDAY) -> Time:
    times = read_times(text, published)
    assert len(times) == 1, [time.span.text for time in times]
    return times[0]


@pytest.mark.parametrize(("text", "published", "value", "start", "end", "precision"), TABLE)
def test_times_table(text: str, published: str, value: str, start: str | None, end: str | None, precision: str) -> None:
    time = only(text, published)
    assert (time.value, time.start, time.end, time.precision) == (value, start, end, precision)


def test_times_table_is_long_enough() -> None:
    assert len({row[0] for row in TABLE}) >= 120


@pytest.mark.parametrize("row", [row for row in TABLE if row[-1] == "unknown"])
def test_times_refusal_has_a_reason(row: tuple[str, ...]) -> None:
    assert only(row[0], row[1]).reason


MUST_REFUSE = [
    "They may attack.",
    "Embed 0:00:43 share 0:00:00.",
    "It stands at 1850 metres.",
    "May they rest in peace.",
    "Protesters march to the square.",
    "They began a march.",
    "He was the second man.",
    "The sun rose and he sat down.",
    "A five-year-old boy was killed.",
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


@pytest.mark.parametrize("text", MUST_REFUSE)
def test_times_must_refuse(text: str) -> None:
    assert read_times(text, MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "words", "value", "relation", "offset"),
    [
        ("The strikes came six days after the attack.", "six days", "P6D", "after", (6, 6)),
        ("It came two days later.", "two days later", "P2D", "after", (2, 2)),
        ("It came a day after the raid.", "a day", "P1D", "after", (1, 1)),
        ("It came the next day.", "the next day", "XXXX-XX-XX", "after", (1, 1)),
        ("It came the following morning.", "the following morning", "XXXX-XX-XXTMO", "after", (1, 1)),
        ("It came days before the vote.", "days", "PXD", "before", None),
        ("It came hours later.", "hours later", "PTXH", "after", None),
        ("It came a month after the raid.", "a month", "P1M", "after", (28, 31)),
        ("It came a thousand years later.", "a thousand years later", "P1000Y", "after", None),
        ("It came the same day.", "the same day", "XXXX-XX-XX", None, (0, 0)),
        ("It came a week earlier.", "a week earlier", "P1W", "before", (7, 7)),
    ],
)
def test_times_hanging_on_an_event_say_so(
    text: str, words: str, value: str, relation: str | None, offset: tuple[int, int] | None
) -> None:
    time = only(text)
    assert (time.span.text, time.value, time.relation, time.offset_days) == (words, value, relation, offset)
    assert time.precision == "unknown"
    assert time.start is None
    assert time.reason
    assert "hangs on" in time.reason


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
