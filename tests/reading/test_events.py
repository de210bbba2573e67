from __future__ import annotations

import pytest
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Rockets hit the base on Sunday. The attack wounded two soldiers.", 1),
        ("Rockets hit the base on Sunday. Sunday’s attack wounded two soldiers.", 1),
        ("Rockets hit the base on Sunday. The incident was condemned by the army.", 1),
        ("The base came under attack on Sunday when rockets were fired from nearby areas.", 1),
        ("A bomber blew himself up in Kabul on Sunday. The blast wounded ten people.", 1),
        ("Rockets hit the base on Sunday. Another attack killed two people.", 2),
        ("Rockets hit villages on Sunday. On Friday, rockets hit villages.", 2),
        ("Jets bombed Aleppo on Sunday. Jets bombed Damascus on Sunday.", 2),
        ("Jets bombed Aleppo. Police arrested two men in Aleppo.", 2),
        ("Rebels attacked the base after jets bombed Idlib.", 2),
    ],
)
def test_mentions_of_one_occurrence_are_one_event(read: Read, text: str, events: int) -> None:
    assert len(read(text).events) == events


def test_speakers_in_a_row_speak_to_one_event(read: Read) -> None:
    account = read("Rockets hit the base, the army said. The police said rockets hit the base. The army denied it.")
    assert len(account.events) == 1


def test_the_toll_of_a_whole_war_is_no_event(read: Read) -> None:
    assert read("The war has killed more than 320,000 people since 2011.").events == ()


def test_a_weapon_named_later_types_the_event(read: Read) -> None:
    (event,) = read("The base was attacked on Sunday. The attack with rockets wounded two soldiers.").events
    assert event.type == "shelling"


def test_a_similar_attack_is_of_the_same_type_and_another_event(read: Read) -> None:
    first, second = read("Rockets hit the base on Sunday. A similar attack killed two people last week.").events
    assert (first.type, second.type) == ("shelling", "shelling")


def test_a_habit_and_one_of_its_cases_are_two(read: Read) -> None:
    habit, case = read("Militants regularly attack convoys. In May, militants attacked a convoy near Homs.").events
    assert (habit.modality, case.modality) == ("generic", "actual")


def test_every_mention_is_kept(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday. The attack wounded two soldiers.").events
    assert [m.text for m in event.mentions] == ["hit", "attack"]


def test_a_threatened_action_takes_up_nothing_that_happened(read: Read) -> None:
    first = "A gas attack hit a town in Syria on Sunday, a monitor said. "
    account = read(first + "The president said that he had threatened military action.")
    assert "action" not in {mention.text for event in account.events for mention in event.mentions}


def test_two_quarters_of_one_city_are_two_places(read: Read) -> None:
    first = "Two rocket shells hit Saif al-Dawleh neighborhood in Aleppo on Sunday, killing three people. "
    account = read(first + "Rocket shells hit al-Zahraa neighborhood in Aleppo, killing two people.")
    assert len(account.events) == 2


def test_what_was_hit_several_times_is_more_than_one_strike(read: Read) -> None:
    account = read("A woman was killed in an air strike on Homs on Saturday. Homs has been hit several times since.")
    assert len(account.events) == 2
