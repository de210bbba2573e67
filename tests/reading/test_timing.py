"""Which time of a sentence is which event's: its own, its end, or its beginning."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


def test_the_day_of_speaking_only_ends_the_event(read: Read) -> None:
    (event,) = read("The army said on Sunday that rockets hit the base.").events
    assert days(event) == (None, "2021-07-04", "unknown")
    assert event.time is not None
    assert event.time.reason == "told, answered or over by “Sunday”, so that it was no later"


def test_a_time_on_another_act_only_ends_what_lies_behind_it(read: Read) -> None:
    (event,) = read("The group buried a commander Friday after he was killed in an attack in Syria.").events
    assert days(event) == (None, "2021-07-02", "unknown")


def test_the_day_of_a_protest_only_ends_what_it_is_against(read: Read) -> None:
    account = read("Thousands turned out Saturday to protest the massacre.")
    massacre = next(e for e in account.events if e.type == "armed_attack")
    assert days(massacre) == (None, "2021-07-03", "unknown")


def test_a_toll_takes_its_day_to_the_act(read: Read) -> None:
    (event,) = read("Two people were killed on Friday after gunmen opened fire in Homs.").events
    assert days(event) == ("2021-07-02", "2021-07-02", "day")


def test_a_time_behind_a_known_attack_is_that_of_its_answer(read: Read) -> None:
    account = read("The US launched a missile attack on an air base in response to the attack on Friday.")
    assert days(account.events[0]) == ("2021-07-02", "2021-07-02", "day")


def test_a_time_told_with_when_is_that_of_its_clause(read: Read) -> None:
    account = read("Agencies have been barred since May, when troops seized the last road.")
    seized = next(e for e in account.events if e.type == "territory_taken")
    assert days(seized) == ("2021-05-01", "2021-05-31", "month")


def test_what_is_condemned_on_a_day_was_before(read: Read) -> None:
    (event,) = read("On Thursday the ministry condemned air strikes on Raqqa.").events
    assert days(event) == (None, "2021-07-01", "unknown")


def test_a_date_beside_the_act_wins_over_that_of_its_condemnation(read: Read) -> None:
    (event,) = read("On Thursday the ministry condemned air strikes in Raqqa on June 27.").events
    assert days(event) == ("2021-06-27", "2021-06-27", "day")


def test_a_pictures_date_only_ends_what_it_shows(read: Read) -> None:
    (event,) = read(
        "FILE - Workers carry a victim of a suicide attack to a hospital in Maiduguri, Feb. 10, 2020."
    ).events
    assert days(event) == (None, "2020-02-10", "day")


def test_the_end_of_a_truce_only_ends_it(read: Read) -> None:
    (truce,) = read("A brokered ceasefire collapsed in May.").events
    assert days(truce) == (None, "2021-05-31", "unknown")


def test_a_year_before_a_noun_is_of_that_noun_alone(read: Read) -> None:
    account = read("He spoke of the invasion of Iraq and the 1979 invasion of Afghanistan.")
    assert {days(e) for e in account.events} == {None, ("1979-01-01", "1979-12-31", "year")}


def test_a_frame_at_the_head_of_a_sentence_covers_its_clauses(read: Read) -> None:
    account = read("On Wednesday, gunmen attacked a bank in Homs, and police arrested two men in Hama.")
    assert [days(e) for e in account.events] == [("2021-06-30", "2021-06-30", "day")] * 2


def test_a_time_behind_the_crime_is_that_of_the_crime_and_before_it_that_of_the_verdict(read: Read) -> None:
    behind, before = (
        read(text).events[0]
        for text in (
            "He was convicted for his role in bomb attacks on an embassy in 1983.",
            "He was condemned to death in 1983 for bomb attacks on an embassy.",
        )
    )
    assert days(behind) == ("1983-01-01", "1983-12-31", "year")
    assert days(before) == (None, "1983-12-31", "unknown")


def test_a_time_on_another_noun_is_not_the_events(read: Read) -> None:
    (event,) = read(
        "The president raised concerns about his detention during meetings with his counterpart this week."
    ).events
    assert days(event) == (None, "2021-07-05", "unknown")


def test_the_time_of_a_verb_two_clauses_up_is_not_the_events(read: Read) -> None:
    (event,) = read("Obama received a review on Saturday on how Washington could respond to a chemical attack.").events
    assert days(event) != ("2021-07-03", "2021-07-03", "day")


def test_one_who_attacked_on_a_day_has_been_captured_on_another(read: Read) -> None:
    account = read(
        "The gunman who attacked a club on Friday has been captured in Istanbul, the minister told reporters."
    )
    captured = [e for e in account.events if any("captured" in m.text for m in e.mentions)]
    assert all(days(e) != ("2021-07-02", "2021-07-02", "day") for e in captured if e.type != "armed_attack")


def test_a_time_before_source_and_cue_is_that_of_telling(read: Read) -> None:
    account = read("Jets bombed Aleppo on Friday. On Sunday the army said that rockets hit Homs.")
    assert days(account.events[1]) == (None, "2021-07-04", "unknown")


def test_strikes_that_were_conducted_on_a_day_were_on_that_day(read: Read) -> None:
    account = read("The toll of the air strikes in the province conducted on Friday rose to ten.")
    assert [days(e) for e in account.events] == [("2021-07-02", "2021-07-02", "day")]


def test_what_is_told_on_another_day_does_not_have_the_day_of_the_lead(read: Read) -> None:
    account = read(
        "Air strikes kill dozens in Aleppo. On Saturday an agency said two people were killed when mortars struck "
        "Damascus. Air strikes killed nine people in Aleppo on Sunday."
    )
    mortars = next(e for e in account.events if e.type == "shelling")
    assert days(mortars) == (None, "2021-07-03", "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "Russia said on Saturday it had bombed a depot in Idlib.",
        "The number of civilians killed by the airstrike in Raqqa has risen to 20 media reported Saturday.",
        "In a statement carried by a television channel on Saturday the army said that rockets hit Homs.",
    ],
)
def test_a_day_behind_a_word_of_saying_only_ends_what_was_said(read: Read, text: str) -> None:
    assert days(read(text).events[0]) == (None, "2021-07-03", "unknown")


def test_the_day_of_a_toll_is_that_of_its_act(read: Read) -> None:
    (event,) = read(
        "A massive bomb blast claimed by the group killed at least 44 people and wounded dozens on Sunday in Qamishli."
    ).events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_what_happened_as_something_else_did_has_its_day(read: Read) -> None:
    (event,) = read("The explosion took place in a suburb as thousands of evacuees waited on Sunday.").events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_what_goes_on_now_does_not_have_the_year_of_what_was_told_beside_it(read: Read) -> None:
    account = read("The militia captured Hasaka last year and is involved in an offensive further west.")
    offensive = next(e for e in account.events if e.type == "armed_clash")
    assert days(offensive) is None
