from __future__ import annotations

from tests.reading.conftest import Read

from sayso.model import Event


def days(event: Event) -> tuple[str | None, str | None, str] | None:
    return (event.time.start, event.time.end, event.time.precision) if event.time is not None else None


def test_an_event_has_the_time_of_its_own_words(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday.").events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_the_day_of_speaking_only_ends_the_event(read: Read) -> None:
    (event,) = read("The army said on Sunday that rockets hit the base.").events
    assert days(event) == (None, "2021-07-04", "unknown")
    assert event.time is not None and event.time.reason is not None


def test_so_many_days_after_is_counted_from_the_dated_one(read: Read) -> None:
    later, earlier = read("Rockets hit the base on Sunday, six days after jets bombed Idlib.").events
    assert days(later) == ("2021-07-04", "2021-07-04", "day")
    assert days(earlier) == ("2021-06-28", "2021-06-28", "day")
    assert earlier.time is not None
    assert earlier.time.reason == "six days: counted from e1"


def test_nothing_dated_leaves_both_undated(read: Read) -> None:
    events = read("Rockets hit the base six days after jets bombed Idlib.").events
    assert [days(e) for e in events] == [None, None]


def test_what_was_followed_is_no_later_than_what_followed(read: Read) -> None:
    account = read("In February, jets bombed a depot. The strikes followed a rocket attack on an airbase.")
    assert [days(e) for e in account.events] == [
        ("2021-02-01", "2021-02-28", "month"),
        (None, "2021-02-28", "unknown"),
    ]


def test_a_habit_since_an_event_runs_to_publication(read: Read) -> None:
    account = read("Rocket attacks have regularly targeted convoys since the assassination of Karimi last January.")
    habit = next(e for e in account.events if e.modality == "generic")
    assert days(habit) == ("2021-01-01", "2021-07-05", "month")


def test_the_day_of_the_narrative_carries_over_undated_events_of_its_family(read: Read) -> None:
    account = read("Jets bombed Aleppo on Sunday. Jets bombed Damascus. Police arrested two men in Homs.")
    carried = ("2021-07-04", "2021-07-04", "day")
    assert [days(e) for e in account.events] == [carried, carried, None]
    assert account.events[1].time is not None
    assert account.events[1].time.reason == "the day that the narrative sets for e1"


def test_another_attack_is_not_dated_by_the_one_before(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. Another attack killed two people.")
    assert days(account.events[1]) is None


def test_a_quoted_today_yields_to_the_day_of_the_report(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. “The base was attacked by rockets today,” the army said.")
    assert [days(e) for e in account.events] == [("2021-07-04", "2021-07-04", "day")]


def test_no_day_is_carried_to_what_was_followed(read: Read) -> None:
    account = read("Jets bombed a depot on Sunday after jets bombed a bridge.")
    assert [days(e) for e in account.events] == [
        ("2021-07-04", "2021-07-04", "day"),
        (None, "2021-07-04", "unknown"),
    ]
