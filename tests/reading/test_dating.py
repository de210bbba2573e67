from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.conftest import Read

from sayso.model import Dateline, Event
from sayso.reading.account import read_report
from sayso.sources import report_from_text


def days(event: Event) -> tuple[str | None, str | None, str] | None:
    return (event.time.start, event.time.end, event.time.precision) if event.time is not None else None


def test_an_event_has_the_time_of_its_own_words(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday.").events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_the_day_of_speaking_only_ends_the_event(read: Read) -> None:
    (event,) = read("The army said on Sunday that rockets hit the base.").events
    assert days(event) == (None, "2021-07-04", "unknown")
    assert event.time is not None
    assert event.time.reason == "told, answered or over by “Sunday”, so that it was no later"


def test_so_many_days_after_is_counted_from_the_dated_one(read: Read) -> None:
    later, earlier = read("Rockets hit the base on Sunday, six days after jets bombed Idlib.").events
    assert days(later) == ("2021-07-04", "2021-07-04", "day")
    assert days(earlier) == ("2021-06-28", "2021-06-28", "day")
    assert earlier.time is not None
    assert earlier.time.reason == "six days: counted from e1"


def test_nothing_dated_leaves_both_undated(read: Read) -> None:
    events = read("Rockets hit the base six days after jets bombed Idlib.").events
    assert [days(e) for e in events] == [None, None]


def test_what_was_followed_is_no_later_than_what_followed(read: Read) -> None:
    account = read("In February, jets bombed a depot. The strikes followed a rocket attack on an airbase.")
    assert [days(e) for e in account.events] == [
        ("2021-02-01", "2021-02-28", "month"),
        (None, "2021-02-28", "unknown"),
    ]


def test_a_habit_since_an_event_runs_to_publication(read: Read) -> None:
    account = read("Rocket attacks have regularly targeted convoys since the assassination of Karimi last January.")
    habit = next(e for e in account.events if e.modality == "generic")
    assert days(habit) == ("2021-01-01", "2021-07-05", "month")


def test_the_day_of_the_narrative_carries_over_undated_events_of_its_family(read: Read) -> None:
    account = read("Jets bombed Aleppo on Sunday. Jets bombed Damascus. Police arrested two men in Homs.")
    carried = ("2021-07-04", "2021-07-04", "day")
    assert [days(e) for e in account.events] == [carried, carried, None]
    assert account.events[1].time is not None
    assert account.events[1].time.reason == "the day that the narrative sets for e1"


def test_another_attack_is_not_dated_by_the_one_before(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. Another attack killed two people.")
    assert days(account.events[1]) is None


def test_a_quoted_today_yields_to_the_day_of_the_report(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. “The base was attacked by rockets today,” the army said.")
    assert [days(e) for e in account.events] == [("2021-07-04", "2021-07-04", "day")]


def test_no_day_is_carried_to_what_was_followed(read: Read) -> None:
    account = read("Jets bombed a depot on Sunday after jets bombed a bridge.")
    assert [days(e) for e in account.events] == [
        ("2021-07-04", "2021-07-04", "day"),
        (None, "2021-07-04", "unknown"),
    ]


# Which time belongs to which event ------------------------------------------------------------------------------------


def test_a_truce_begins_when_it_came_into_effect(read: Read) -> None:
    account = read("Monitors observe a cease-fire which began on April 12.")
    assert [days(e) for e in account.events] == [("2021-04-12", "2021-04-12", "day")]


def test_since_a_pronouns_clause_dates_the_truce_and_opens_the_breaches(read: Read) -> None:
    account = read(
        "The center for the cessation of hostilities registered 604 breaches by rebels since it came into effect on "
        "February 27."
    )
    times = {e.type: days(e) for e in account.events}
    assert times == {
        "ceasefire": ("2021-02-27", "2021-02-27", "day"),
        "other_violence": ("2021-02-27", "2021-07-05", "day"),
    }


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


def test_what_happened_is_never_dated_ahead(read: Read) -> None:
    account = read("Leaders who were arrested are expected to go on trial on Thursday on charges of attacking a base.")
    assert all(e.time is None or (e.time.end or "") <= "2021-07-05" for e in account.events if e.modality == "actual")


def test_a_frame_at_the_head_of_a_sentence_covers_its_clauses(read: Read) -> None:
    account = read("On Wednesday, gunmen attacked a bank in Homs, and police arrested two men in Hama.")
    assert [days(e) for e in account.events] == [("2021-06-30", "2021-06-30", "day")] * 2


# Offsets --------------------------------------------------------------------------------------------------------------


def test_days_later_are_counted_from_what_was_dated_before(read: Read) -> None:
    account = read("Rockets hit a base on June 20. Two days later, police arrested a man.")
    assert days(account.events[1]) == ("2021-06-22", "2021-06-22", "day")


def test_hours_later_are_the_same_day_or_the_next(read: Read) -> None:
    account = read("Rockets hit a base on June 20. Hours later, police arrested a man.")
    assert days(account.events[1]) == ("2021-06-20", "2021-06-21", "part_of_day")


def test_days_after_are_counted_from_the_time_of_what_is_no_event(read: Read) -> None:
    (event,) = read("FILE - Children stand near the market a day after two bombers attacked it, Jan. 12, 2020.").events
    assert days(event) == ("2020-01-11", "2020-01-11", "day")


# The day of the narrative ---------------------------------------------------------------------------------------------


def test_a_day_of_the_lead_is_that_of_the_headline(read: Read) -> None:
    account = read("Rocket attack on Aleppo.\n\nGunmen fired rockets at Homs on Sunday.\n\nJets bombed Hama.")
    assert [days(e) for e in account.events][:2] == [("2021-07-04", "2021-07-04", "day")] * 2


@pytest.mark.parametrize(
    "background",
    [
        "Jets bomb Homs.",
        "Previous air strikes hit Homs.",
        "The army holds an airfield which jets bombed.",
        "Thousands have fled as jets bombed Homs.",
        "Police arrested two men in Homs.",
        "Fighting raged in Homs.",
    ],
)
def test_the_day_does_not_carry_to_background_or_to_what_is_of_another_kind(read: Read, background: str) -> None:
    account = read(f"Jets bombed Aleppo on Sunday. {background}")
    assert [days(e) for e in account.events if e.id != "e1"] in ([], [None])


def test_the_day_carries_from_sentence_to_sentence_as_long_as_each_goes_on(read: Read) -> None:
    towns = ("Homs", "Hama", "Idlib", "Raqqa", "Palmyra", "Daraa")
    account = read("Jets bombed Aleppo on Sunday. " + " ".join(f"Jets bombed {town}." for town in towns))
    assert [days(e) for e in account.events] == [("2021-07-04", "2021-07-04", "day")] * 7


def test_the_day_does_not_carry_over_sentences_that_tell_of_something_else(read: Read) -> None:
    between = "Markets were calm. Schools were open. Ministers met. Banks closed."
    account = read(f"Jets bombed Aleppo on Sunday. {between} Jets bombed Homs.")
    assert days(account.events[-1]) is None


def test_a_month_ends_the_day_of_the_narrative(read: Read) -> None:
    account = read("Jets bombed Aleppo on Sunday. In May, jets bombed Homs. Jets bombed Idlib.")
    assert [days(e) for e in account.events] == [
        ("2021-07-04", "2021-07-04", "day"),
        ("2021-05-01", "2021-05-31", "month"),
        None,
    ]


def test_a_day_does_not_carry_into_another_country(read: Read) -> None:
    account = read("Gunmen attacked a bank in Nairobi on Sunday. Gunmen attacked a school in Baghdad.")
    assert days(account.events[1]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested ten men in Hama before jets bombed Homs on Sunday.",
        "Before jets bombed Homs on Sunday, police arrested ten men in Hama.",
    ],
)
def test_what_was_before_is_no_later_than_what_it_was_before(read: Read, text: str) -> None:
    times = {e.type: days(e) for e in read(text).events}
    assert times == {"arrest": (None, "2021-07-04", "unknown"), "airstrike": ("2021-07-04", "2021-07-04", "day")}


def test_then_keeps_the_day_from_an_event(read: Read) -> None:
    account = read("Rebels shelled Aleppo on Sunday. Army units then shelled Homs.")
    assert days(account.events[1]) == (None, "2021-07-05", "unknown")


# Refusal --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Sunday that rockets hit the base.",
        "Rebels shelled Aleppo on Sunday. Army units then shelled Homs.",
        "In recent weeks, jets bombed Homs.",
        "Jets bombed a depot on Sunday after jets bombed a bridge.",
        "The group buried a commander Friday after he was killed in an attack in Syria.",
    ],
)
def test_a_precision_that_is_unknown_has_a_reason(read: Read, text: str) -> None:
    unknown = [e.time for e in read(text).events if e.time is not None and e.time.precision == "unknown"]
    assert all(time.reason for time in unknown)


def test_a_threat_has_no_day_of_being_told(read: Read) -> None:
    (event,) = read("The army said on Sunday that it will attack the base.").events
    assert days(event) is None


def test_a_lasting_truce_is_not_ended_by_the_day_of_speaking(read: Read) -> None:
    (event,) = read("The minister said on Sunday that the country remains committed to a ceasefire.").events
    assert days(event) is None


def test_a_date_counted_from_the_dateline_says_so() -> None:
    report = report_from_text("A bomb exploded in Damascus on Sunday.", published="2021-07-07")
    dated = msgspec.structs.replace(report, dateline=Dateline(place="DAMASCUS", date="2021-07-05"))
    (event,) = read_report(dated).events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")
    assert event.time is not None
    assert event.time.reason == "counted from the dateline's 2021-07-05; the report is dated 2021-07-07"


# Clock times and notes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Jets bombed Aleppo on Sunday at 05:30.", "Asia/Damascus"),
        ("Rockets hit a base in Baghdad at 0914 GMT on Sunday.", "UTC"),
        ("Gunmen attacked a bank in Homs at 11:30 p.m. local time on Sunday.", "Asia/Damascus"),
        ("A car bomb exploded in Russia at 10:15 on Sunday.", None),
        ("Jets bombed Aleppo on Sunday.", None),
    ],
)
def test_a_clock_time_has_the_zone_of_the_words_or_of_the_place(read: Read, text: str, zone: str | None) -> None:
    (event,) = read(text).events
    assert event.time is not None
    assert event.time.zone == zone


def test_the_clock_of_a_header_is_no_events(read: Read) -> None:
    account = read("Saturday 3 July 2021 18:05 Regime shells Homs.\n\nThe regime shelled Homs on Friday.")
    assert all(e.time is None or e.time.precision != "minute" for e in account.events)


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


def test_a_truce_that_is_announced_for_a_day_ahead_is_planned(read: Read) -> None:
    truce = next(
        e
        for e in read("Officers opened roads in Aleppo to pave the way for an eight-hour truce on Thursday.").events
        if e.type == "ceasefire"
    )
    assert (truce.modality, days(truce)) == ("planned", ("2021-07-08", "2021-07-08", "day"))


SENTENCES = (
    "Jets bombed Aleppo on Sunday.",
    "Army units then shelled Homs.",
    "Two days later, police arrested a man in Hama.",
    "In 2013 the army launched gas attacks on the Ghouta.",
    "Rebels have besieged the town since May, when troops seized the road.",
    "The army said on Friday that rockets had hit a base at 0914 GMT.",
    "The group buried a commander on Thursday after he was killed in an attack.",
    "Troops will storm the city next week.",
    "The strikes followed a car bomb in Kabul six days after gunmen attacked a hotel.",
    "Hours later, rockets fell in Idlib before the truce collapsed in June.",
    "FILE - Men stand near the scene of an explosion a day after a bomb killed two, Jan. 12, 2015.",
)


@settings(max_examples=25, deadline=None)
@given(told=st.permutations(SENTENCES), breaks=st.lists(st.booleans(), min_size=11, max_size=11))
def test_in_any_order_intervals_run_forwards_and_open_ones_have_a_reason(told: list[str], breaks: list[bool]) -> None:
    text = "".join(line + ("\n\n" if apart else " ") for line, apart in zip(told, breaks, strict=True))
    report = report_from_text(text, published="2021-07-05")
    account = read_report(report)
    assert account == read_report(report)
    for time in (e.time for e in account.events if e.time is not None):
        assert time.start is None or time.end is None or time.start <= time.end
        assert time.reason or (time.start is not None and time.end is not None and time.precision != "unknown")
        assert time.evidence is not None
        assert report.text[time.evidence.start : time.evidence.end] == time.evidence.text


def test_an_event_without_words_for_it_never_has_the_day_of_publication(read: Read) -> None:
    account = read("Jets bombed Aleppo. Rebels had seized the town years before. The war has killed many.")
    assert all(e.time is None or (e.time.start or "") < "2021-07-05" for e in account.events)


def test_a_date_counted_from_the_one_at_the_beginning_of_the_text_says_so(read: Read) -> None:
    (event,) = read("Wednesday 7 July 2021 A bomb exploded in Damascus on Tuesday.", published="2021-07-05").events
    assert days(event) == ("2021-07-06", "2021-07-06", "day")
    assert event.time is not None
    assert event.time.reason == "counted from the text's 2021-07-07; the report is dated 2021-07-05"


def test_the_date_at_the_beginning_of_a_text_dates_no_event(read: Read) -> None:
    account = read("Air strikes kill ten in Homs AFP Monday 5 July 2021 Air strikes killed ten people in Homs.")
    assert [days(e) for e in account.events if e.time is not None] == []


def test_the_time_of_a_verb_two_clauses_up_is_not_the_events(read: Read) -> None:
    (event,) = read("Obama received a review on Saturday on how Washington could respond to a chemical attack.").events
    assert days(event) != ("2021-07-03", "2021-07-03", "day")


def test_one_who_attacked_on_a_day_has_been_captured_on_another(read: Read) -> None:
    account = read(
        "The gunman who attacked a club on Friday has been captured in Istanbul, the minister told reporters."
    )
    captured = [e for e in account.events if any("captured" in m.text for m in e.mentions)]
    assert all(days(e) != ("2021-07-02", "2021-07-02", "day") for e in captured if e.type != "armed_attack")


def test_a_month_that_would_lie_ahead_is_that_of_the_year_before(read: Read) -> None:
    (event,) = read("Moscow launched air strikes in September.").events
    assert days(event) == ("2020-09-01", "2020-09-30", "month")


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


def test_a_time_behind_since_is_that_of_what_it_names(read: Read) -> None:
    account = read("It was the deadliest attack to hit the city since the beginning of the conflict in March 2011.")
    assert all(days(e) is None for e in account.events)


@pytest.mark.parametrize(
    "text",
    [
        "The raid comes amid an aerial offensive that began in May.",
        "This is the largest toll since the coalition began its bombing campaign in May.",
    ],
)
def test_what_began_then_goes_on_since(read: Read, text: str) -> None:
    assert days(read(text).events[-1]) == ("2021-05-01", "2021-07-05", "month")


def test_what_happened_as_something_else_did_has_its_day(read: Read) -> None:
    (event,) = read("The explosion took place in a suburb as thousands of evacuees waited on Sunday.").events
    assert days(event) == ("2021-07-04", "2021-07-04", "day")


def test_a_habit_has_no_single_day(read: Read) -> None:
    account = read("Rebels regularly fire rockets into Aleppo, and rockets hit Homs on Sunday.")
    assert all(days(e) is None for e in account.events if e.modality == "generic")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Their 10-day-old assault killed dozens.", ("2021-06-25", "2021-07-05", "days")),
        ("Two weeks of clashes killed dozens.", ("2021-06-21", "2021-07-05", "week")),
        ("The army has killed 70 rebels in two days.", ("2021-07-03", "2021-07-05", "days")),
        ("For nearly a week troops have shelled the town.", ("2021-06-28", "2021-07-05", "week")),
        ("Air strikes killed ten people over the last 48 hours.", ("2021-07-03", "2021-07-05", "days")),
        ("Jets bombed Idlib on Saturday and Sunday.", ("2021-07-03", "2021-07-04", "days")),
    ],
)
def test_what_lasts_runs_up_to_publication_as_exact_as_its_unit(
    read: Read, text: str, expected: tuple[str, str, str]
) -> None:
    assert days(read(text).events[0]) == expected


def test_an_assault_of_more_days_than_a_length_can_have_is_not_dated(read: Read) -> None:
    (event,) = read("Their 900-day-old assault killed dozens.").events
    assert days(event) is None


def test_the_day_of_speaking_ends_what_is_told_next(read: Read) -> None:
    account = read("The army said on Sunday that rockets hit Homs. Jets then bombed Idlib. Police arrested two men.")
    assert days(account.events[0]) == (None, "2021-07-04", "unknown")
    arrest = next(e for e in account.events if e.type == "arrest")
    assert days(arrest) == (None, "2021-07-04", "unknown")
    assert arrest.time is not None
    assert arrest.time.reason == "told next to e1, which was no later"


def test_what_goes_on_now_does_not_have_the_year_of_what_was_told_beside_it(read: Read) -> None:
    account = read("The militia captured Hasaka last year and is involved in an offensive further west.")
    offensive = next(e for e in account.events if e.type == "armed_clash")
    assert days(offensive) is None


def test_a_quoted_part_of_the_day_makes_the_day_told_more_exact(read: Read) -> None:
    account = read("An air strike killed 21 people on Monday. “The air strike this morning hit a market,” he said.")
    assert days(account.events[0]) == ("2021-07-05", "2021-07-05", "part_of_day")


def test_moments_later_is_the_same_day(read: Read) -> None:
    account = read("A bomber blew himself up in Homs on Sunday. A few seconds later a mine exploded in Hama.")
    assert {days(e) for e in account.events} == {("2021-07-04", "2021-07-04", "day")}


def test_the_day_carries_from_what_was_followed(read: Read) -> None:
    account = read("Jets bombed Idlib on Sunday a day after the execution of a pilot. Shells hit Homs.")
    shells = next(e for e in account.events if e.type == "shelling")
    assert days(shells) == ("2021-07-04", "2021-07-04", "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After two days of fighting the army retook the town.", ("2021-07-03", "2021-07-05", "days")),
        ("A month of infighting between rebels has killed 1,400 people.", ("2021-06-04", "2021-07-05", "month")),
        ("Rebels lost ten men in a three-day battle.", ("2021-07-02", "2021-07-05", "days")),
        ("On Friday and again on Sunday jets bombed Homs.", ("2021-07-02", "2021-07-04", "days")),
    ],
)
def test_days_of_fighting_and_days_in_turn_are_the_time_of_what_they_tell(
    read: Read, text: str, expected: tuple[str, str, str]
) -> None:
    assert days(read(text).events[0]) == expected


@pytest.mark.parametrize("perfect", ["have", "had"])
def test_what_has_happened_had_by_publication(read: Read, perfect: str) -> None:
    account = read(f"Jets bombed Aleppo on Sunday. Jets {perfect} bombed Homs.")
    assert days(account.events[-1]) == (None, "2021-07-05", "unknown")
    assert account.events[-1].time is not None
    assert account.events[-1].time.reason == "told in the perfect tense, so that it was by publication"
