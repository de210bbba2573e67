"""The day of the narrative carries over undated events, as far as the text licenses it."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


def test_the_day_of_the_narrative_carries_over_undated_events_of_its_family(read: Read) -> None:
    account = read("Jets bombed Aleppo on Sunday. Jets bombed Damascus. Police arrested two men in Homs.")
    carried = ("2021-07-04", "2021-07-04", "day")
    assert [days(e) for e in account.events] == [carried, carried, None]
    assert account.events[1].time is not None
    assert account.events[1].time.reason == "the day that the narrative sets for e1"


def test_another_attack_is_not_dated_by_the_one_before(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. Another attack killed two people.")
    assert days(account.events[1]) is None


def test_no_day_is_carried_to_what_was_followed(read: Read) -> None:
    account = read("Jets bombed a depot on Sunday after jets bombed a bridge.")
    assert [days(e) for e in account.events] == [
        ("2021-07-04", "2021-07-04", "day"),
        (None, "2021-07-04", "unknown"),
    ]


def test_a_day_of_the_lead_is_that_of_the_headline(read: Read) -> None:
    account = read("Rocket attack on Aleppo.\n\nGunmen fired rockets at Homs on Sunday.\n\nJets bombed Hama.")
    assert [days(e) for e in account.events][:2] == [("2021-07-04", "2021-07-04", "day")] * 2


@pytest.mark.parametrize(
    "background",
    [
        "Jets bomb Homs.",
        "Previous air strikes hit Homs.",
        "The army holds an airfield which jets bombed.",
        "Thousands have fled as jets bombed Homs.",
        "Police arrested two men in Homs.",
        "Fighting raged in Homs.",
    ],
)
def test_the_day_does_not_carry_to_background_or_to_what_is_of_another_kind(read: Read, background: str) -> None:
    account = read(f"Jets bombed Aleppo on Sunday. {background}")
    assert [days(e) for e in account.events if e.id != "e1"] in ([], [None])


def test_the_day_carries_from_sentence_to_sentence_as_long_as_each_goes_on(read: Read) -> None:
    towns = ("Homs", "Hama", "Idlib", "Raqqa", "Palmyra", "Daraa")
    account = read("Jets bombed Aleppo on Sunday. " + " ".join(f"Jets bombed {town}." for town in towns))
    assert [days(e) for e in account.events] == [("2021-07-04", "2021-07-04", "day")] * 7


def test_the_day_does_not_carry_over_sentences_that_tell_of_something_else(read: Read) -> None:
    between = "Markets were calm. Schools were open. Ministers met. Banks closed."
    account = read(f"Jets bombed Aleppo on Sunday. {between} Jets bombed Homs.")
    assert days(account.events[-1]) is None


def test_a_month_ends_the_day_of_the_narrative(read: Read) -> None:
    account = read("Jets bombed Aleppo on Sunday. In May, jets bombed Homs. Jets bombed Idlib.")
    assert [days(e) for e in account.events] == [
        ("2021-07-04", "2021-07-04", "day"),
        ("2021-05-01", "2021-05-31", "month"),
        None,
    ]


def test_a_day_does_not_carry_into_another_country(read: Read) -> None:
    account = read("Gunmen attacked a bank in Nairobi on Sunday. Gunmen attacked a school in Baghdad.")
    assert days(account.events[1]) is None


def test_the_day_of_speaking_ends_what_is_told_next(read: Read) -> None:
    account = read("The army said on Sunday that rockets hit Homs. Jets then bombed Idlib. Police arrested two men.")
    assert days(account.events[0]) == (None, "2021-07-04", "unknown")
    arrest = next(e for e in account.events if e.type == "arrest")
    assert days(arrest) == (None, "2021-07-04", "unknown")
    assert arrest.time is not None
    assert arrest.time.reason == "told next to e1, which was no later"


def test_the_day_carries_from_what_was_followed(read: Read) -> None:
    account = read("Jets bombed Idlib on Sunday a day after the execution of a pilot. Shells hit Homs.")
    shells = next(e for e in account.events if e.type == "shelling")
    assert days(shells) == ("2021-07-04", "2021-07-04", "day")
