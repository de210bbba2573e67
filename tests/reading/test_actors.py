from __future__ import annotations

import pytest
from tests.reading.conftest import Read

from sayso.model import Actor
from sayso.reading.actors import fold


def actors(read: Read, text: str) -> dict[str, Actor]:
    return {a.name: a for a in read(text).actors}


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("Coalition spokesman Col. John Miller said rockets hit the base.", "Col. John Miller", "Coalition"),
        ("Ali Karim, a spokesman for the Free Army, said rockets hit the base.", "Ali Karim", "Free Army"),
        (
            "A spokesman for US-backed fighters said rockets hit it.",
            "A spokesman for US-backed fighters",
            "US-backed fighters",
        ),
        ("Top Iranian General Ahmed Karimi said rockets hit the base.", "Ahmed Karimi", None),
    ],
)
def test_people_speak_for_a_body(read: Read, text: str, name: str, affiliation: str | None) -> None:
    assert actors(read, text)[name].affiliation == affiliation


def test_a_last_name_is_the_same_person(read: Read) -> None:
    found = actors(read, "Ahmed Karimi said rockets hit the base. Karimi said nobody was hurt.")
    assert [span.text for span in found["Ahmed Karimi"].spans] == ["Ahmed Karimi", "Karimi"]


def test_an_acronym_is_the_same_body(read: Read) -> None:
    found = actors(
        read, "The Syrian Observatory for Human Rights said rockets hit the base. SOHR said nobody was hurt."
    )
    assert "SOHR" not in found


@pytest.mark.parametrize("who", ["A witness", "Residents", "A villager"])
def test_witnesses_and_victims_are_private(read: Read, who: str) -> None:
    assert actors(read, f"{who} said gunmen attacked the bus.")[who].private


def test_officials_are_not_private(read: Read) -> None:
    assert not actors(read, "The defence ministry said gunmen attacked the bus.")["The defence ministry"].private


@pytest.mark.parametrize(
    ("name", "folded"), [("The US’s", "us"), ("  an  Army ", "army"), ("“Rebels”", "“rebels”"), ("Reuters", "reuters")]
)
def test_names_are_folded_for_comparing(name: str, folded: str) -> None:
    assert fold(name) == folded
