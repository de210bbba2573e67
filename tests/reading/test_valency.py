"""Verbs that tell of an event only with the right words beside them."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read

from sayso.reading.triggers import find_triggers, find_weapons


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("Rebels took the village on Sunday.", "took", "territory_taken"),
        ("The army freed parts of the city on Sunday.", "freed", "territory_taken"),
        ("The rebels were ousted from the town on Sunday.", "ousted", "territory_taken"),
        ("The militia expelled the soldiers last August.", "expelled", "territory_taken"),
        ("The capture of the town followed on Sunday.", "capture", "territory_taken"),
        ("The army lost the base on Sunday.", "lost", "territory_lost"),
        ("Rebels surrounded the village on Sunday.", "surrounded", "siege"),
        ("Turkey sent troops on Sunday.", "sent", "deployment"),
        ("The army withdrew on Sunday.", "withdrew", "withdrawal"),
        ("The withdrawal of troops began on Sunday.", "withdrawal", "withdrawal"),
        ("Rebels downed a helicopter on Sunday.", "downed", "aircraft_downed"),
        ("A warplane crashed near the town on Sunday.", "crashed", "aircraft_downed"),
        ("The group fought the rebels on Sunday.", "fought", "armed_clash"),
        ("The army repelled an attempt on Sunday.", "repelled", "armed_clash"),
        ("The army destroyed a convoy on Sunday.", "destroyed", "armed_attack"),
        ("Rebels captured two soldiers on Sunday.", "captured", "arrest"),
        ("Police seized ammunition on Sunday.", "seized", "weapons_seized"),
    ],
)
def test_what_stands_beside_a_verb_makes_it_an_event(parsed: Parse, text: str, words: str, type_: str) -> None:
    s = parsed(text)
    assert (words, type_) in [(s.words(t.lo, t.hi), t.type) for t in find_triggers(s, find_weapons(s))]


@pytest.mark.parametrize(
    "text",
    [
        "The minister took the bus on Sunday.",
        "The team lost a match on Sunday.",
        "She sent a letter on Sunday.",
        "The delegation withdrew from the talks.",
        "The storm destroyed a school on Sunday.",
        "He was driven home on Sunday.",
        "Shares crashed on Sunday.",
        "Students entered the hall on Sunday.",
    ],
)
def test_without_it_the_same_verb_tells_of_none(read: Read, text: str) -> None:
    assert read(text).events == ()


def test_a_named_place_is_ground(read: Read) -> None:
    (event,) = read("Rebels took Aleppo on Sunday.").events
    assert event.type == "territory_taken"
