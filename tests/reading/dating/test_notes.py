"""Where the chronicle dates a well-known event otherwise, a note says so."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen assassinated Rafik Hariri in 2006.",
        "Iran spoke of the assassination of Rafik Hariri in 2006.",
        "Rafik Hariri, who was assassinated in 2006, was mourned.",
        "A bomb blast killed Rafik Hariri in February 2006.",
    ],
)
def test_another_date_of_a_known_killing_is_noted_and_changes_nothing(read: Read, text: str) -> None:
    event = next(e for e in read(text).events if e.time is not None)
    assert event.time is not None
    assert (event.time.start or "").startswith("2006")
    assert (
        event.time.note == "the knowledge base dates the killing of Rafik Hariri to 2005-02-14 (truck bomb in Beirut)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen assassinated Rafik Hariri in 2005.",
        "Gunmen assassinated Saad Hariri in 2006.",
        "Basayev killed hundreds in June 1995.",
        "An airstrike killed three sons of Ismail Haniyeh in April 2024.",
        "An attack on the tomb of Rafik Hariri wounded two in 2006.",
    ],
)
def test_nothing_is_noted_of_the_same_day_another_person_or_the_killer(read: Read, text: str) -> None:
    account = read(text, published="2024-12-31")
    assert [e.time.note for e in account.events if e.time is not None and e.time.note] == []
