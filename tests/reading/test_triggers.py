from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read

from sayso.reading.triggers import find_triggers, find_weapons, plural


def found(parsed: Parse, text: str) -> list[tuple[str, str]]:
    s = parsed(text)
    return [(s.words(t.lo, t.hi), t.type) for t in find_triggers(s, find_weapons(s))]


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("An attack on the base killed two.", "attack", "armed_attack"),
        ("A rocket attack on the base killed two.", "rocket attack", "shelling"),
        ("A drone strike on the base killed two.", "drone strike", "drone_strike"),
        ("An air strike on the base killed two.", "air strike", "airstrike"),
        ("A suspected chemical attack killed ten.", "chemical attack", "chemical_attack"),
        ("The base was attacked with mortars.", "attacked", "shelling"),
        ("Rockets hit the base.", "hit", "shelling"),
        ("Jets bombed the base.", "bombed", "airstrike"),
        ("A roadside bomb exploded near the base.", "roadside bomb", "bombing"),
        ("A blast shook the market.", "blast", "bombing"),
        ("A suicide bomber attacked the market.", "attacked", "suicide_bombing"),
        ("Gunmen stormed the hotel.", "stormed", "armed_attack"),
        ("Militants kidnapped a priest.", "kidnapped", "abduction"),
        ("Police arrested two men.", "arrested", "arrest"),
        ("The rebels seized the town.", "seized", "territory_taken"),
        ("The base came under attack.", "came under attack", "armed_attack"),
        ("Clashes broke out in Homs.", "Clashes", "armed_clash"),
        ("Iraq invaded Kuwait.", "invaded", "armed_attack"),
        ("Two men hijacked a plane.", "hijacked", "abduction"),
        ("The army reported a breach of the truce.", "breach", "other_violence"),
        ("Three rockets were fired at the base.", "fired", "shelling"),
        ("Napalm bombs were dropped on the town.", "dropped", "shelling"),
    ],
)
def test_words_of_events_are_typed_by_the_weapon_beside_them(parsed: Parse, text: str, words: str, type_: str) -> None:
    assert (words, type_) in found(parsed, text)


@pytest.mark.parametrize(
    "text",
    [
        "An attack helicopter landed in Homs on Sunday.",
        "He was fired from his job.",
        "The strike group left the port.",
        "The minister used his right to speak.",
        "Militants fighting in Syria returned home.",
        "The army launched warplanes.",
    ],
)
def test_words_that_only_look_like_events_are_none(read: Read, text: str) -> None:
    assert read(text).events == ()


def test_the_longest_weapon_is_taken(parsed: Parse) -> None:
    s = parsed("A car bomb and two barrel bombs fell, and a shell.")
    assert [(s.words(w.lo, w.hi), w.type) for w in find_weapons(s)] == [
        ("car bomb", "bombing"),
        ("barrel bombs", "airstrike"),
        ("shell", "shelling"),
    ]


def test_a_verb_is_no_weapon(parsed: Parse) -> None:
    assert find_weapons(parsed("Rebels shell the town daily.")) == []


@pytest.mark.parametrize(
    ("noun", "expected"), [("attack", "attacks"), ("clash", "clashes"), ("battery", "batteries"), ("day", "days")]
)
def test_plurals(noun: str, expected: str) -> None:
    assert plural(noun) == expected


@pytest.mark.parametrize("words", ["hunger strike", "heart attack", "verbal attack", "general strike", "data breach"])
def test_strikes_and_attacks_of_another_kind_are_no_triggers(parsed: Parse, words: str) -> None:
    assert found(parsed, f"He died after a {words} in Cairo.") == []


def test_a_strike_without_a_weapon_is_one_from_the_air(read: Read) -> None:
    account = read("A strike on a hospital in Idlib killed two people on Sunday.")
    assert [event.type for event in account.events] == ["airstrike"]
