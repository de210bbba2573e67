from __future__ import annotations

import pytest
from tests.reading.conftest import Read, name, only

BODY = "\n\nPolice are looking into what happened. They spoke to reporters on Monday."


@pytest.mark.parametrize(
    ("headline", "mention"),
    [
        ("4 shot, one fatally, at party", "shot"),
        ("Girl, 4, shot in Ohio", "shot"),
        ("Market bombed in Idlib", "bombed"),
        ("Village shelled near Kobani", "shelled"),
    ],
)
def test_a_participle_without_was_tells_an_event(read: Read, headline: str, mention: str) -> None:
    event = only(read(headline + BODY))
    assert event.mentions[0].text == mention
    assert (event.modality, event.initiators) == ("actual", ())


@pytest.mark.parametrize("headline", ["Two police officers shot in Aleppo", "Soldier shot dead near Hebron"])
def test_who_stands_before_such_a_participle_was_hit(read: Read, headline: str) -> None:
    event = only(read(headline + BODY))
    assert event.initiators == ()
    assert len(event.recipients) == 1


@pytest.mark.parametrize(
    ("headline", "initiator"),
    [
        ("Gunmen shot at a car in Basra", "Gunmen"),
        ("Police shot two men in Kirkuk", "Police"),
        ("Rebels attacked a base in Hama", "Rebels"),
    ],
)
def test_who_does_the_harm_stays_who_does_it(read: Read, headline: str, initiator: str) -> None:
    account = read(headline + BODY)
    (who,) = only(account).initiators
    assert isinstance(who, str)
    assert name(account, who) == initiator


def test_a_number_before_a_participle_is_its_toll(read: Read) -> None:
    event = only(read("The governor said five were killed and seven injured in Homs."))
    assert (event.killed, event.injured) == ((5, 5), (7, 7))


@pytest.mark.parametrize(
    "text",
    [
        "A man was taken to hospital with a gunshot wound in Dayton on Sunday.",
        "Two people were wounded in Dayton on Sunday.",
        "Three people were injured by bullets in Dayton on Sunday.",
        "Detectives are looking into a homicide in Dayton on Sunday.",
    ],
)
def test_wounds_tell_an_act_where_nothing_else_does(read: Read, text: str) -> None:
    assert only(read(text)).type == "armed_attack"


def test_wounds_are_a_toll_where_something_else_tells_the_act(read: Read) -> None:
    assert only(read("Rockets hit the base on Sunday, and two soldiers were wounded.")).type == "shelling"


def test_who_is_hurt_without_a_weapon_is_no_event(read: Read) -> None:
    assert read("Three people were injured as a bus left the road in Dayton on Sunday.").events == ()
