"""What was before something dated is no later than that."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


def test_what_was_followed_is_no_later_than_what_followed(read: Read) -> None:
    account = read("In February, jets bombed a depot. The strikes followed a rocket attack on an airbase.")
    assert [days(e) for e in account.events] == [
        ("2021-02-01", "2021-02-28", "month"),
        (None, "2021-02-28", "unknown"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested ten men in Hama before jets bombed Homs on Sunday.",
        "Before jets bombed Homs on Sunday, police arrested ten men in Hama.",
    ],
)
def test_what_was_before_is_no_later_than_what_it_was_before(read: Read, text: str) -> None:
    times = {e.type: days(e) for e in read(text).events}
    assert times == {"arrest": (None, "2021-07-04", "unknown"), "airstrike": ("2021-07-04", "2021-07-04", "day")}


def test_then_keeps_the_day_from_an_event(read: Read) -> None:
    account = read("Rebels shelled Aleppo on Sunday. Army units then shelled Homs.")
    assert days(account.events[1]) == (None, "2021-07-05", "unknown")


def test_a_lasting_truce_is_not_ended_by_the_day_of_speaking(read: Read) -> None:
    (event,) = read("The minister said on Sunday that the country remains committed to a ceasefire.").events
    assert days(event) is None


@pytest.mark.parametrize("perfect", ["have", "had"])
def test_what_has_happened_had_by_publication(read: Read, perfect: str) -> None:
    account = read(f"Jets bombed Aleppo on Sunday. Jets {perfect} bombed Homs.")
    assert days(account.events[-1]) == (None, "2021-07-05", "unknown")
    assert account.events[-1].time is not None
    assert account.events[-1].time.reason == "told in the perfect tense, so that it was by publication"
