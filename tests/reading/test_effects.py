from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Israel struck Damascus in retaliation for a raid on Haifa.", "in retaliation for a raid on Haifa"),
        ("Militants attacked the base because of its support for the army.", "because of its support for the army"),
        ("Militants attacked the base in 2020.", None),
    ],
)
def test_reasons(read: Read, text: str, words: str | None) -> None:
    assert [row[2] for row in claims(read(text), "motive")] == ([words] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Regime raids on Idlib destroyed a hospital.", "destroyed a hospital"),
        ("The attack on the base caused damage to two buildings.", "caused damage to two buildings"),
        ("The attack on the base wounded a soldier.", None),
    ],
)
def test_damage(read: Read, text: str, words: str | None) -> None:
    assert [row[2] for row in claims(read(text), "damage")] == ([words] if words else [])
