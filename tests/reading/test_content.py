from __future__ import annotations

import pytest
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The army confirmed the attack on the base.", ["the attack on the base"]),
        ("The army denied any attack on the village.", ["any attack on the village"]),
    ],
)
def test_content_is_a_phrase(read: Read, text: str, content: list[str]) -> None:
    found = [span.text for a in read(text).attributions for span in a.content]
    assert found == content


def test_content_ends_where_another_speaker_begins(read: Read) -> None:
    account = read("Rockets hit the base, a monitor said, though the army denied there was any attack.")
    assert [a.content[0].text for a in account.attributions] == ["Rockets hit the base", "there was any attack"]
    assert [a.stance for a in account.attributions] == ["asserts", "denies"]
