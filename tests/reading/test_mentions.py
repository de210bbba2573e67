from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Gunmen attacked a bus, killing four people.", 1),
        ("Gunmen shot dead four people.", 1),
        ("Fighters launched an attack on the airport.", 1),
        ("Gunmen killed four people in Homs.", 1),
        ("The army has retaliated for attacks on its bases.", 0),
    ],
)
def test_killing_and_launching_are_part_of_a_stronger_word(read: Read, text: str, events: int) -> None:
    assert len(read(text).events) == events


def test_a_place_is_that_of_the_event_and_not_of_its_speaker(read: Read) -> None:
    account = read("An official in Damascus said rockets hit a base in Homs.")
    assert [row[2] for row in claims(account, "place")] == ["in Homs"]


def test_a_place_behind_a_from_is_not_where_it_happened(read: Read) -> None:
    account = read("Rockets were fired from Homs.")
    assert claims(account, "place") == []


def test_coordinated_events_share_time_and_place(read: Read) -> None:
    account = read("Gunmen attacked a checkpoint and kidnapped two men in Homs on Sunday.")
    assert [e.type for e in account.events] == ["armed_attack", "abduction"]
    assert len({e.place for e in account.events}) == 1
    assert [e.time.start if e.time else None for e in account.events] == ["2021-07-04", "2021-07-04"]


def test_times_are_not_shared_across_an_after(read: Read) -> None:
    account = read("Rebels attacked the base on Sunday after jets bombed Idlib.")
    assert account.events[1].time is None or account.events[1].time.precision == "unknown"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The army launched an operation on Sunday. It began an offensive to seize the town.", ["armed_clash"]),
        ("The army has been attempting to seize the village.", ["armed_clash"]),
        ("An air raid hit Homs on Sunday. Three children were among those killed.", ["airstrike"]),
        ("Air strikes were executed on Sunday.", ["airstrike"]),
        ("The monitor determines whose planes carry out raids.", []),
        ("A helicopter came under fire on Sunday.", ["armed_attack"]),
    ],
)
def test_what_stands_for_no_event_of_its_own(read: Read, text: str, types: list[str]) -> None:
    assert [e.type for e in read(text).events] == types
