from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims, name

BUS = "Gunmen attacked a bus near Homs on Sunday, killing four people. "
MARKET = "A suicide bomber attacked a market in Kabul on Sunday. "
STRIKES = "Air strikes hit a hospital in Idlib on Sunday. "


def stands(read: Read, text: str) -> list[tuple[str | None, str, str, str | None]]:
    """Speaker, slot, stance and value of what is not asserted by narration."""
    account = read(text)
    return [
        (name(account, c.speaker), c.slot, c.stance, c.value)
        for c in account.claims
        if c.slot in {"occurrence", "initiator"} and (c.speaker or c.stance != "asserts")
    ]


def test_denying_an_attack_denies_the_occurrence(read: Read) -> None:
    account = read("Rockets hit the base on Sunday, a monitor said. The army denied there was any attack.")
    assert len(account.events) == 1
    assert ("The army", "denies", "there was any attack") in claims(account, "occurrence")


def test_denying_responsibility_denies_the_authorship_alone(read: Read) -> None:
    found = stands(read, BUS + "The rebels denied responsibility.")
    assert found == [("The rebels", "initiator", "denies", "Gunmen")]


def test_who_is_blamed_of_nothing_else_denies_its_own_authorship(read: Read) -> None:
    assert stands(read, STRIKES + "Russia denied involvement.") == [("Russia", "initiator", "denies", "Russia")]


def test_the_absence_of_planes_denies_authorship(read: Read) -> None:
    found = stands(read, STRIKES + "The defence ministry said there were no Russian planes in the area.")
    assert found == [("The defence ministry", "initiator", "denies", "Russian planes")]


def test_not_denying_is_neither_denial_nor_assertion(read: Read) -> None:
    account = read("Rebels shelled Idlib. The army does not deny the attack.")
    assert [a.stance for a in account.attributions] == ["uncertain"]
    assert [row[:2] for row in claims(account, "occurrence")] == [(None, "asserts")]


def test_a_denial_of_reports_is_shown_with_its_no(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. “There is no truth to the reports of an attack,” the army said.")
    assert ("the army", "denies", "There is no truth to the reports of an attack") in claims(account, "occurrence")


def test_claiming_responsibility_asserts_authorship_and_occurrence(read: Read) -> None:
    assert stands(read, MARKET + "The Taliban claimed responsibility for the attack.") == [
        ("Taliban", "occurrence", "asserts", None),
        ("Taliban", "initiator", "asserts", "Taliban"),
    ]


@pytest.mark.parametrize("subject", ["No group claimed", "Nobody has claimed", "No one claimed"])
def test_nobody_claiming_responsibility_is_a_doubt_of_narration(read: Read, subject: str) -> None:
    found = stands(read, f"{MARKET}{subject} responsibility for the attack.")
    assert found == [(None, "initiator", "uncertain", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The government blamed rebels for the attack on a bus near Homs.",
        "The government accused rebels of an attack on a bus near Homs.",
    ],
)
def test_blame_names_the_accused_on_the_accusers_word(read: Read, text: str) -> None:
    account = read(text)
    assert [(name(account, c.speaker), c.value) for c in account.claims if c.slot == "initiator"] == [
        ("The government", "rebels")
    ]
    assert [row[:2] for row in claims(account, "occurrence")] == [("The government", "asserts")]


def test_the_accused_of_unnamed_accusers_are_uncertain(read: Read) -> None:
    found = stands(read, "Two men were accused of bombing a church in Homs.")
    assert (None, "initiator", "uncertain", "Two men") in found


def test_a_purpose_named_by_a_speaker_is_a_motive(read: Read) -> None:
    account = read("Jets bombed a depot on Sunday. President Karim described the strike as a “warning” to the rebels.")
    (motive,) = [c for c in account.claims if c.slot == "motive"]
    assert (name(account, motive.speaker), motive.value) == ("Karim", "a warning to the rebels")
    assert motive.evidence.text == "a “warning” to the rebels"


@pytest.mark.parametrize(
    "text",
    [
        "The general said the army will not target the city.",
        "Officials said there will be no sustained air strikes on the city.",
    ],
)
def test_what_is_not_going_to_happen_denies_nothing_that_happened(read: Read, text: str) -> None:
    account = read("Air strikes hit the city of Mosul on Sunday. " + text)
    struck = account.events[0]
    assert [c.stance for c in account.claims if c.event == struck.id and c.slot == "occurrence"] == ["asserts"]
    assert {e.modality for e in account.events if e.id != struck.id} <= {"planned"}


def test_no_report_of_how_many_died_is_no_denial(read: Read) -> None:
    account = read("Troops battled militants in Fallujah. There are no reports of how many died in the battle.")
    assert "denies" not in {c.stance for c in account.claims}


def test_responsibility_for_something_else_claims_no_attack(read: Read) -> None:
    account = read(BUS + "Kabul should take more responsibility for its own security.")
    assert "Kabul" not in {name(account, c.speaker) for c in account.claims}


def test_denying_something_else_denies_no_attack(read: Read) -> None:
    assert stands(read, BUS + "The president dismissed such criticism.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Turkey denied claims that it bought oil from the rebels.",
        "The ministry rejected calls for talks.",
        "A diplomat disputed the claim that arms had been sold.",
    ],
)
def test_denying_what_says_itself_that_it_is_something_else_denies_no_attack(read: Read, text: str) -> None:
    assert "denies" not in {row[2] for row in stands(read, STRIKES + text)}


def test_what_is_denied_ends_where_the_speaker_goes_on(read: Read) -> None:
    account = read(STRIKES + "Russia denied any involvement, saying its planes had hit a depot.")
    (denial,) = [c for c in account.claims if c.stance == "denies"]
    assert (denial.slot, denial.evidence.text) == ("initiator", "any involvement")


def test_those_who_are_not_planning_an_attack_deny_it(read: Read) -> None:
    account = read("Politicians in Europe insist that they are not planning a ground invasion in Syria.")
    assert [(c.slot, c.stance) for c in account.claims if c.slot == "occurrence"] == [("occurrence", "denies")]


def test_a_name_cut_at_its_hyphens_is_whole(read: Read) -> None:
    account = read("Jamaat-ul-Ahrar claimed responsibility for a bombing in Lahore on Sunday.")
    assert {name(account, c.speaker) for c in account.claims if c.slot == "initiator"} == {"Jamaat-ul-Ahrar"}


def test_accusing_of_something_that_is_no_act_blames_nobody(read: Read) -> None:
    assert stands(read, BUS + "A station accused officials of hiding the truth.") == []


def test_blame_on_a_side_blames_the_side_and_not_the_act(read: Read) -> None:
    account = read("Jets hit a market in Idlib on Sunday. The UN blamed three attacks on the Syrian government.")
    assert "three attacks" not in {c.value for c in account.claims if c.slot == "initiator"}


def test_the_denial_of_a_claim_is_of_what_somebody_was_blamed_for(read: Read) -> None:
    account = read(
        "Russia accused Belgium of an air strike on a school on Monday. Jets bombed Homs on Tuesday. "
        "Brussels denied the accusation."
    )
    (denial,) = [c for c in account.claims if c.stance == "denies"]
    struck = next(e for e in account.events if e.mentions[0].text == "air strike")
    assert (denial.event, denial.slot, denial.value) == (struck.id, "initiator", "Belgium")


def test_what_is_left_unsaid_at_the_head_of_a_sentence_is_of_what_follows(read: Read) -> None:
    account = read("Jets bombed Homs on Friday. Without giving a time, the army said rockets hit a base in Idlib.")
    (doubt,) = [c for c in account.claims if c.stance == "uncertain"]
    hit = next(e for e in account.events if "hit" in e.mentions[0].text)
    assert (doubt.event, doubt.slot, name(account, doubt.speaker)) == (hit.id, "time", "the army")
