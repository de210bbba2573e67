"""What is told as so many days or hours from another event."""

from __future__ import annotations

from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


def test_so_many_days_after_is_counted_from_the_dated_one(read: Read) -> None:
    later, earlier = read("Rockets hit the base on Sunday, six days after jets bombed Idlib.").events
    assert days(later) == ("2021-07-04", "2021-07-04", "day")
    assert days(earlier) == ("2021-06-28", "2021-06-28", "day")
    assert earlier.time is not None
    assert earlier.time.reason == "six days: counted from e1"


def test_nothing_dated_leaves_both_undated(read: Read) -> None:
    events = read("Rockets hit the base six days after jets bombed Idlib.").events
    assert [days(e) for e in events] == [None, None]


def test_days_later_are_counted_from_what_was_dated_before(read: Read) -> None:
    account = read("Rockets hit a base on June 20. Two days later, police arrested a man.")
    assert days(account.events[1]) == ("2021-06-22", "2021-06-22", "day")


def test_hours_later_are_the_same_day_or_the_next(read: Read) -> None:
    account = read("Rockets hit a base on June 20. Hours later, police arrested a man.")
    assert days(account.events[1]) == ("2021-06-20", "2021-06-21", "part_of_day")


def test_days_after_are_counted_from_the_time_of_what_is_no_event(read: Read) -> None:
    (event,) = read("FILE - Children stand near the market a day after two bombers attacked it, Jan. 12, 2020.").events
    assert days(event) == ("2020-01-11", "2020-01-11", "day")


def test_moments_later_is_the_same_day(read: Read) -> None:
    account = read("A bomber blew himself up in Homs on Sunday. A few seconds later a mine exploded in Hama.")
    assert {days(e) for e in account.events} == {("2021-07-04", "2021-07-04", "day")}
