from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims, name

from sayso.model import Account


def said(account: Account) -> list[tuple[str | None, str | None, str, list[str]]]:
    return [
        (name(account, a.speaker), name(account, a.via), a.stance, [span.text for span in a.content])
        for a in account.attributions
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "“Rockets hit the base on Sunday,” said the Syrian Observatory for Human Rights.",
            "Syrian Observatory for Human Rights",
            "Rockets hit the base on Sunday",
        ),
        ("According to the army, rebels shelled Idlib.", "the army", "rebels shelled Idlib"),
        ("Rebels shelled Idlib on Sunday, according to the army.", "the army", "Rebels shelled Idlib on Sunday"),
        ("The army said in a statement on Friday that rebels shelled Idlib.", "The army", "that rebels shelled Idlib"),
    ],
)
def test_content_stands_on_either_side_of_the_cue(read: Read, text: str, speaker: str, content: str) -> None:
    assert said(read(text)) == [(speaker, None, "asserts", [content])]


def test_whom_the_speaker_told_carries_it(read: Read) -> None:
    account = read("Ahmed Karim, an army spokesman, told Reuters that rebels shelled Idlib on Sunday.")
    assert said(account) == [("Ahmed Karim", "Reuters", "asserts", ["that rebels shelled Idlib on Sunday"])]


def test_an_agency_beside_a_speaker_carries_and_says_nothing_itself(read: Read) -> None:
    account = read("The army said rebels shelled Idlib on Sunday, according to The Associated Press.")
    assert [row[:2] for row in said(account)] == [("The army", "Associated Press")]


def test_an_agency_alone_speaks(read: Read) -> None:
    account = read("Rebels shelled Idlib on Sunday, according to The Associated Press.")
    assert [row[:2] for row in said(account)] == [("Associated Press", None)]


def test_attributions_nest_and_the_inner_speaker_has_the_claim(read: Read) -> None:
    account = read("The ministry said that witnesses reported that rebels shelled Idlib.")
    assert [(name(account, a.speaker), a.within) for a in account.attributions] == [
        ("The ministry", None),
        ("witnesses", "t1"),
    ]
    assert claims(account, "occurrence") == [("witnesses", "asserts", "rebels shelled Idlib")]


def test_a_pronoun_speaks_for_the_speaker_before(read: Read) -> None:
    account = read("Ahmed Karim said rebels shelled Idlib. He added that three soldiers were killed.")
    assert [row[0] for row in said(account)] == ["Ahmed Karim", "Ahmed Karim"]
    assert claims(account, "killed") == [("Ahmed Karim", "asserts", "three soldiers were killed")]


def test_several_speakers_of_one_cue_each_have_the_claim(read: Read) -> None:
    account = read("The army, the police and a local official said gunmen attacked a bus near Homs.")
    words = "gunmen attacked a bus near Homs"
    assert claims(account, "occurrence") == [
        (speaker, "asserts", words) for speaker in ("The army", "the police", "a local official")
    ]


def test_a_quotation_that_goes_on_has_the_same_speaker(read: Read) -> None:
    account = read("“Rockets hit the base,” the governor said. “They killed three soldiers and wounded five others.”")
    (row,) = said(account)
    assert (row[0], len(row[3])) == ("the governor", 2)
    assert claims(account, "killed") == [("the governor", "asserts", "killed three soldiers")]


def test_the_next_sentence_without_a_cue_is_narration(read: Read) -> None:
    account = read("The army said rebels shelled Idlib on Sunday. Jets bombed Aleppo on Friday.")
    assert [row[0] for row in claims(account, "occurrence")] == ["The army", None]


def test_lives_are_not_said(read: Read) -> None:
    assert said(read("The attack claimed 30 lives.")) == []


def test_what_somebody_wishes_is_an_attribution_of_its_own_and_claims_nothing(read: Read) -> None:
    account = read("The governor called for an end to the air strikes on Idlib.")
    assert [row[0] for row in said(account)] == ["The governor"]
    assert {claim.speaker for claim in account.claims} <= {None}


STRUCK = "An air strike hit a market in Idlib on Sunday, {who} said. "


def test_a_monitor_that_is_named_soon_after_is_one_with_its_description(read: Read) -> None:
    account = read(STRUCK.format(who="a monitoring group") + "The Syrian Observatory for Human Rights said ten died.")
    assert {name(account, a.speaker) for a in account.attributions} == {"Syrian Observatory for Human Rights"}
    assert "a monitoring group" not in {a.name for a in account.actors}


def test_a_monitor_carried_by_an_agency_stays_apart_from_one_named_later(read: Read) -> None:
    first = "An air strike hit a market in Idlib on Sunday, a war monitor said, according to Reuters. "
    account = read(first + "The Syrian Observatory for Human Rights said ten died.")
    assert len({a.speaker for a in account.attributions}) == 2


def test_an_indefinite_description_is_no_listed_name(read: Read) -> None:
    account = read(STRUCK.format(who="a monitor"))
    (monitor,) = [a for a in account.actors if a.name == "a monitor"]
    assert (monitor.kind, monitor.kb_id) == ("monitor", None)
