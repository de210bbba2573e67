"""What goes on since an event runs up to publication."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


def test_a_habit_since_an_event_runs_to_publication(read: Read) -> None:
    account = read("Rocket attacks have regularly targeted convoys since the assassination of Karimi last January.")
    habit = next(e for e in account.events if e.modality == "generic")
    assert days(habit) == ("2021-01-01", "2021-07-05", "month")


def test_since_a_pronouns_clause_dates_the_truce_and_opens_the_breaches(read: Read) -> None:
    account = read(
        "The center for the cessation of hostilities registered 604 breaches by rebels since it came into effect on "
        "February 27."
    )
    times = {e.type: days(e) for e in account.events}
    assert times == {
        "ceasefire": ("2021-02-27", "2021-02-27", "day"),
        "other_violence": ("2021-02-27", "2021-07-05", "day"),
    }


def test_a_time_behind_since_is_that_of_what_it_names(read: Read) -> None:
    account = read("It was the deadliest attack to hit the city since the beginning of the conflict in March 2011.")
    assert all(days(e) is None for e in account.events)


@pytest.mark.parametrize(
    "text",
    [
        "The raid comes amid an aerial offensive that began in May.",
        "This is the largest toll since the coalition began its bombing campaign in May.",
    ],
)
def test_what_began_then_goes_on_since(read: Read, text: str) -> None:
    assert days(read(text).events[-1]) == ("2021-05-01", "2021-07-05", "month")
