"""What is only believed of a party or of a weapon."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read, name

STRIKE = "An air strike hit a hospital in Homs on Sunday. "


def doubts(read: Read, text: str) -> list[tuple[str | None, str, str | None]]:
    """Speaker, slot and value of all that is left open."""
    account = read(text)
    return [(name(account, c.speaker), c.slot, c.value) for c in account.claims if c.stance == "uncertain"]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("The planes are believed to be Russian.", (None, "initiator", "Russian")),
        ("The army is believed to be behind the strike.", (None, "initiator", "The army")),
        ("Rebels may be responsible for the strike, a monitor said.", ("a monitor", "initiator", "Rebels")),
        ("An official said the strike appeared to be the work of the army.", ("An official", "initiator", "the army")),
    ],
)
def test_who_is_only_believed_to_have_done_it(read: Read, text: str, doubt: tuple[str | None, str, str]) -> None:
    assert doubts(read, STRIKE + text) == [doubt]


def test_what_a_gas_is_only_believed_to_be(read: Read) -> None:
    text = "A gas attack killed ten people in Homs on Sunday. They were treated for a gas suspected of being chlorine."
    assert (None, "weapon", "chlorine") in doubts(read, text)


def test_who_voices_doubts_of_a_truce_is_their_speaker(read: Read) -> None:
    text = "The army announced a truce in Homs on Sunday. Diplomats voiced scepticism regarding the truce."
    assert ("Diplomats", "occurrence", None) in doubts(read, text)


def test_what_is_known_is_not_only_believed(read: Read) -> None:
    assert doubts(read, STRIKE + "The planes are Russian. The army is behind the strike.") == []
