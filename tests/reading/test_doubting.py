"""Doubt on who did it or with what, by the words beside the party or the weapon."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read


def stances(read: Read, text: str, slot: str) -> set[str]:
    return {c.stance for c in read(text).claims if c.slot == slot}


@pytest.mark.parametrize(
    "text",
    [
        "Syrian or Russian air strikes killed 12 people in Idlib on Sunday.",
        "Air strikes allegedly by the coalition killed 12 civilians in Raqqa on Sunday.",
        "The rebels appear to have shelled the town of Fuaa on Sunday.",
        "Warplanes believed to be Russian bombed a market in Idlib on Sunday.",
    ],
)
def test_who_did_it_is_open(read: Read, text: str) -> None:
    assert stances(read, text, "initiator") == {"uncertain"}
    assert stances(read, text, "occurrence") == {"asserts"}


def test_with_what_it_was_done_is_open(read: Read) -> None:
    text = "The blast in Homs on Sunday was apparently caused by a car bomb."
    assert stances(read, text, "weapon") == {"uncertain"}


@pytest.mark.parametrize(
    "text",
    [
        "Dozens of civilians have reportedly been killed by coalition air strikes in Raqqa.",
        "Ten civilians have likely been killed by the army in Raqqa.",
        "Up to ten civilians may have been killed by the army in Raqqa.",
    ],
)
def test_an_open_toll_leaves_the_attack_open_and_who_did_it_not(read: Read, text: str) -> None:
    assert stances(read, text, "killed") == {"uncertain"}
    assert stances(read, text, "occurrence") == {"uncertain"}


def test_reports_under_investigation_are_open_in_all_they_tell(read: Read) -> None:
    text = "The US military is investigating reports that ten civilians were killed in air strikes in Raqqa on Sunday."
    assert {c.stance for c in read(text).claims} == {"uncertain"}


def test_a_motive_that_only_seems_so_is_open(read: Read) -> None:
    text = "The rocket attack seemed to be in retaliation for an airstrike by the army."
    assert stances(read, text, "motive") == {"uncertain"}


def test_without_such_words_nothing_is_open(read: Read) -> None:
    account = read("Russian air strikes killed 12 people in Idlib on Sunday.")
    assert {c.stance for c in account.claims} == {"asserts"}


def test_all_that_is_told_under_a_condition_is_open(read: Read) -> None:
    account = read("If the army attacks Idlib, thousands will flee.")
    assert {c.stance for c in account.claims} == {"uncertain"}
