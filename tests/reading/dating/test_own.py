"""An event has the time of its own words, and no other."""

from __future__ import annotations

import msgspec
import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days

from sayso.model import Dateline
from sayso.reading.account import read_report
from sayso.sources import report_from_text


def test_an_event_has_the_time_of_its_own_words(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday.").events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_a_quoted_today_yields_to_the_day_of_the_report(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. “The base was attacked by rockets today,” the army said.")
    assert [days(e) for e in account.events] == [("2021-07-04", "2021-07-04", "day")]


def test_a_truce_begins_when_it_came_into_effect(read: Read) -> None:
    account = read("Monitors observe a cease-fire which began on April 12.")
    assert [days(e) for e in account.events] == [("2021-04-12", "2021-04-12", "day")]


def test_what_happened_is_never_dated_ahead(read: Read) -> None:
    account = read("Leaders who were arrested are expected to go on trial on Thursday on charges of attacking a base.")
    assert all(e.time is None or (e.time.end or "") <= "2021-07-05" for e in account.events if e.modality == "actual")


def test_a_threat_has_no_day_of_being_told(read: Read) -> None:
    (event,) = read("The army said on Sunday that it will attack the base.").events
    assert days(event) is None


def test_a_date_counted_from_the_dateline_says_so() -> None:
    report = report_from_text("A bomb exploded in Damascus on Sunday.", published="2021-07-07")
    dated = msgspec.structs.replace(report, dateline=Dateline(place="DAMASCUS", date="2021-07-05"))
    (event,) = read_report(dated).events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")
    assert event.time is not None
    assert event.time.reason == "counted from the dateline's 2021-07-05; the report is dated 2021-07-07"


def test_a_truce_that_is_announced_for_a_day_ahead_is_planned(read: Read) -> None:
    truce = next(
        e
        for e in read("Officers opened roads in Aleppo to pave the way for an eight-hour truce on Thursday.").events
        if e.type == "ceasefire"
    )
    assert (truce.modality, days(truce)) == ("planned", ("2021-07-08", "2021-07-08", "day"))


def test_a_date_counted_from_the_one_at_the_beginning_of_the_text_says_so(read: Read) -> None:
    (event,) = read("Wednesday 7 July 2021 A bomb exploded in Damascus on Tuesday.", published="2021-07-05").events
    assert days(event) == ("2021-07-06", "2021-07-06", "day")
    assert event.time is not None
    assert event.time.reason == "counted from the text's 2021-07-07; the report is dated 2021-07-05"


def test_the_date_at_the_beginning_of_a_text_dates_no_event(read: Read) -> None:
    account = read("Air strikes kill ten in Homs AFP Monday 5 July 2021 Air strikes killed ten people in Homs.")
    assert [days(e) for e in account.events if e.time is not None] == []


def test_a_month_that_would_lie_ahead_is_that_of_the_year_before(read: Read) -> None:
    (event,) = read("Moscow launched air strikes in September.").events
    assert days(event) == ("2020-09-01", "2020-09-30", "month")


def test_a_habit_has_no_single_day(read: Read) -> None:
    account = read("Rebels regularly fire rockets into Aleppo, and rockets hit Homs on Sunday.")
    assert all(days(e) is None for e in account.events if e.modality == "generic")


def test_a_quoted_part_of_the_day_makes_the_day_told_more_exact(read: Read) -> None:
    account = read("An air strike killed 21 people on Monday. “The air strike this morning hit a market,” he said.")
    assert days(account.events[0]) == ("2021-07-05", "2021-07-05", "part_of_day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After two days of fighting the army retook the town.", ("2021-07-03", "2021-07-05", "days")),
        ("A month of infighting between rebels has killed 1,400 people.", ("2021-06-04", "2021-07-05", "month")),
        ("Rebels lost ten men in a three-day battle.", ("2021-07-02", "2021-07-05", "days")),
        ("On Friday and again on Sunday jets bombed Homs.", ("2021-07-02", "2021-07-04", "days")),
    ],
)
def test_days_of_fighting_and_days_in_turn_are_the_time_of_what_they_tell(
    read: Read, text: str, expected: tuple[str, str, str]
) -> None:
    assert days(read(text).events[0]) == expected
