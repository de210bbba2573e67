"""Denials in other words than those of denying."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read, name

STRIKE = "An air strike hit a hospital in Homs on Sunday. "


def denials(read: Read, text: str) -> list[tuple[str | None, str, str | None]]:
    """Speaker, slot and value of all that is denied."""
    account = read(text)
    return [(name(account, c.speaker), c.slot, c.value) for c in account.claims if c.stance == "denies"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "The defence ministry said Russian planes did not carry out strikes near Homs.",
            ("The defence ministry", "initiator", "Russian planes"),
        ),
        (
            "The defence ministry said Russian planes were not carrying out any missions there.",
            ("The defence ministry", "initiator", "Russian planes"),
        ),
        ("Despite repeated denials by the army, France called for talks.", ("the army", "occurrence", None)),
        ("The defence ministry dismissed the reports as fabricated.", ("The defence ministry", "occurrence", None)),
        ("The army described the reports as untrue.", ("The army", "occurrence", None)),
        ("The army said the reports were baseless.", ("The army", "occurrence", None)),
        (
            "The ministry said its air force was not responsible for the strike.",
            ("The ministry", "initiator", "The ministry"),
        ),
        ("The ministry said Russia had nothing to do with the strike.", ("The ministry", "initiator", "Russia")),
        ("Talks broke down, with the army denying the air strike.", ("the army", "occurrence", None)),
        (
            "The minister said no Russian servicemen died in the attack.",
            ("The minister", "recipient", "Russian servicemen"),
        ),
    ],
)
def test_what_is_disputed(read: Read, text: str, denied: tuple[str, str, str | None]) -> None:
    assert denials(read, STRIKE + text) == [denied]


def test_an_accident_denies_that_it_was_shot_down(read: Read) -> None:
    text = "Rebels shot down a plane near Homs on Sunday. State media said the crash was due to a technical fault."
    assert denials(read, text) == [("State media", "occurrence", None)]


def test_who_is_said_not_to_be_hit_is_denied_as_a_recipient(read: Read) -> None:
    text = "The coalition said on Sunday it bombed the rebels, not Assad."
    assert denials(read, text) == [("The coalition", "recipient", "Assad")]


@pytest.mark.parametrize(
    "text", ["The army said the reports were true.", "The army said its planes will not carry out strikes near Homs."]
)
def test_what_is_no_denial(read: Read, text: str) -> None:
    assert denials(read, STRIKE + text) == []
