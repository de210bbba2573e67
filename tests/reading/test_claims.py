from __future__ import annotations

from tests.reading.conftest import Read, claims, one


def test_each_detail_is_a_claim_with_its_own_words(read: Read) -> None:
    account = read("The army said two rockets hit a base in Homs on Sunday, killing three soldiers.")
    found = {c.slot: (c.value, c.normalised, c.evidence.text) for c in account.claims if c.slot != "recipient"}
    place = account.places[0].id
    assert found == {
        "occurrence": (None, True, "two rockets hit a base in Homs on Sunday, killing three soldiers"),
        "weapon": ("two rockets", None, "two rockets hit"),
        "place": ("Homs", place, "in Homs"),
        "time": ("Sunday", "2021-07-04", "Sunday"),
        "killed": ("killing three soldiers", [3, 3], "killing three soldiers"),
    }


def test_whoever_asserts_a_detail_asserts_the_occurrence(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. The army said the rockets killed three soldiers.")
    speakers = {c.speaker for c in account.claims if c.slot == "killed"}
    assert speakers <= {c.speaker for c in account.claims if c.slot == "occurrence"}


def test_the_same_words_of_one_speaker_are_one_claim(read: Read) -> None:
    account = read("Rockets hit the base on Sunday. Rockets hit the base on Sunday.")
    assert len(claims(account, "occurrence")) == 1
    assert len(claims(account, "weapon")) == 1


def test_two_figures_of_two_speakers_are_two_claims(read: Read) -> None:
    account = read("The blast killed 12 people, the police said. The blast killed 15 people, the army said.")
    assert [row[0] for row in claims(account, "killed")] == ["the police", "the army"]
    assert account.events[0].killed == (12, 15)


def test_a_place_s_evidence_ends_with_the_place(read: Read) -> None:
    account = read("Jets bombed a depot in Idlib which the army said was used by rebels.")
    assert one(account, "place").evidence.text == "in Idlib"


def test_narration_has_no_speaker_and_no_carrier(read: Read) -> None:
    claim = one(read("There was an attack on the base."), "occurrence")
    assert (claim.speaker, claim.via, claim.attribution) == (None, None, None)
