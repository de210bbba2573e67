from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read, claims, name

from sayso.reading.hedges import find_hedges


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        (
            "It was not immediately clear where the rockets were fired from.",
            "origin",
            "where the rockets were fired from",
        ),
        ("It was not clear where the attack took place.", "place", "where the attack took place"),
        ("It is unclear who fired the rockets.", "initiator", "who fired the rockets"),
        ("It is unclear whether there was an attack.", "occurrence", "whether there was an attack"),
        ("It was not known how many people were killed.", "killed", "how many people were killed"),
        ("It was not known how many people were injured.", "injured", "how many people were injured"),
        ("It was not clear which group carried out the attack.", "initiator", "which group carried out the attack"),
        ("It is not clear why the base was attacked.", "motive", "why the base was attacked"),
        ("Police are investigating when the bomb was planted.", "time", "when the bomb was planted"),
    ],
)
def test_questions_left_open(parsed: Parse, text: str, slot: str, words: str) -> None:
    s = parsed(text)
    assert [(h.slots, s.words(h.lo, h.hi)) for h in find_hedges(s)] == [((slot,), words)]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("There was no immediate toll.", ("killed", "injured")),
        ("There were conflicting reports on the number of casualties.", ("killed", "injured")),
        ("The officer spoke without giving a date.", ("time",)),
        ("The casualties are not big.", ("killed",)),
    ],
)
def test_figures_withheld(parsed: Parse, text: str, slots: tuple[str, ...]) -> None:
    assert [h.slots for h in find_hedges(parsed(text))] == [slots]


@pytest.mark.parametrize("text", ["It is clear who fired the rockets.", "The army said where the attack took place."])
def test_what_is_known_is_no_hedge(parsed: Parse, text: str) -> None:
    assert find_hedges(parsed(text)) == []


def test_a_doubt_opens_no_event_and_speaks_to_the_last_one_told(read: Read) -> None:
    account = read("Two rockets hit the base on Sunday. It was not clear who fired the rockets.")
    assert len(account.events) == 1
    assert claims(account, "initiator") == [(None, "uncertain", "who fired the rockets")]


@pytest.mark.parametrize(
    ("text", "slots", "words"),
    [
        (
            "The report could not be independently verified.",
            ("occurrence",),
            "The report could not be independently verified",
        ),
        ("There was no immediate claim of responsibility.", ("initiator",), "no immediate claim of responsibility"),
        (
            "The medics were unable to determine the type of the gas.",
            ("weapon",),
            "unable to determine the type of the gas",
        ),
        ("The group said that it shot down the plane but did not say how.", ("weapon",), "how"),
    ],
)
def test_what_nobody_vouches_for(parsed: Parse, text: str, slots: tuple[str, ...], words: str) -> None:
    s = parsed(text)
    assert [(h.slots, s.words(h.lo, h.hi)) for h in find_hedges(s)] == [(slots, words)]


@pytest.mark.parametrize(
    "text", ["The report was verified.", "The video could not be verified.", "Police asked how they entered the base."]
)
def test_what_was_checked_or_is_no_event_is_no_hedge(parsed: Parse, text: str) -> None:
    assert find_hedges(parsed(text)) == []


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("The monitor was unable to determine the type of the bomb.", ("The monitor", "weapon")),
        ("The monitor could not say whether the raid was Syrian or Russian.", ("The monitor", "initiator")),
        ("The New Arab cannot independently verify the reports.", ("New Arab", "occurrence")),
        ("The number of people killed is unclear.", (None, "killed")),
    ],
)
def test_whoever_does_not_know_it_is_its_speaker(read: Read, text: str, doubt: tuple[str | None, str]) -> None:
    account = read("An air raid hit a market in Homs on Sunday. " + text)
    found = [(name(account, c.speaker), c.slot) for c in account.claims if c.stance == "uncertain"]
    assert found == [doubt]


@pytest.mark.parametrize("text", ["It was unclear whether the boy was alive.", "The ministry gave no precise toll."])
def test_what_leaves_none_of_the_slots_open(read: Read, text: str) -> None:
    account = read("An air raid hit a market in Homs on Sunday. " + text)
    assert {c.stance for c in account.claims} == {"asserts"}


def test_a_toll_left_open_is_that_of_the_last_act(read: Read) -> None:
    account = read(
        "Air strikes hit Homs on Sunday. The air strikes destroyed a school. Rebels shelled Fuaa on Saturday. "
        "A monitor said there was no immediate toll."
    )
    shelling = next(e for e in account.events if e.type == "shelling")
    assert {c.event for c in account.claims if c.stance == "uncertain"} == {shelling.id}


def test_what_names_no_event_speaks_of_the_reports_own(read: Read) -> None:
    account = read(
        "A bomb killed ten people in Homs on Sunday. The bombing wounded twelve, a doctor said. "
        "Last year an air strike hit the town. There was no immediate claim of responsibility."
    )
    (claim,) = [c for c in account.claims if c.stance == "uncertain"]
    assert claim.event == account.events[0].id
