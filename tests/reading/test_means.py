from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims

from sayso.model import Span
from sayso.reading.means import weapon_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Government helicopters dropped barrel bombs on Homs on Sunday.", "barrel bombs"),
        ("Russian warplanes hit the village. The air strikes killed two.", "air strikes"),
        ("A Russian warplane attacked the village on Sunday.", None),
        ("Two female suicide bombers attacked the market in Maiduguri.", None),
        ("A suicide attack killed ten people in Homs.", None),
        ("A suicide car bomb killed ten people in Homs.", "suicide car bomb"),
        ("Militants captured a gas field near Homs on Sunday.", None),
        ("Rebels shot down a helicopter near Homs on Sunday.", None),
        ("Two people were wounded in ISIS shelling of the town.", "shelling"),
        ("Regime raids hit the town. Air raids killed two civilians there on Sunday.", "Air raids"),
    ],
)
def test_the_weapon_of_an_event(read: Read, text: str, words: str | None) -> None:
    found = [e.weapon.text for e in read(text).events if e.weapon is not None]
    assert (found[0] if found else None) == words


@pytest.mark.parametrize(
    ("wordings", "type_", "best"),
    [
        (["his explosives", "suicide bomb"], "suicide_bombing", "suicide bomb"),
        (["napalm", "a mortar"], "shelling", "a mortar"),
        (["air strikes", "missiles"], "shelling", "missiles"),
        (["shelling", "shells"], "shelling", "shells"),
        (["bombs", "cluster bombs"], "airstrike", "cluster bombs"),
        (["two helicopters"], "airstrike", "two helicopters"),
        (["air strikes", "government helicopters"], "airstrike", "air strikes"),
        (["suicide"], "suicide_bombing", None),
        ([], "airstrike", None),
    ],
)
def test_a_munition_says_more_than_an_attack_and_that_more_than_craft(
    wordings: list[str], type_: str, best: str | None
) -> None:
    found = weapon_of([Span(0, len(w), w) for w in wordings], type_)
    assert (found.text if found is not None else None) == best


def test_raids_told_of_an_air_strike_are_its_means(read: Read) -> None:
    account = read("Warplanes struck Saraqeb on Sunday. Several raids hit Saraqeb on Sunday, a resident said.")
    assert [row[2] for row in claims(account, "weapon")] == ["raids"]
