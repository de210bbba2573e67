from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims, only


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels attacked the airport.", "actual"),
        ("The rebels threatened to attack the airport.", "planned"),
        ("The army plans an offensive on Idlib.", "planned"),
        ("The rebels will attack the airport.", "planned"),
        ("If rebels attack the airport, the army will answer.", "hypothetical"),
        ("The rebels might attack the airport.", "hypothetical"),
        ("Militants regularly attack convoys.", "generic"),
        ("The camp was used to support drone strikes.", "generic"),
    ],
)
def test_modality(read: Read, text: str, modality: str) -> None:
    assert only(read(text)).modality == modality


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("There was an attack on the village.", "asserts"),
        ("There was no attack on the village.", "denies"),
        ("The army did not attack the village.", "denies"),
        ("An alleged attack on the village killed ten people.", "uncertain"),
        ("Rebels reportedly attacked the village.", "uncertain"),
        ("There is no truth to the reports of an attack on the village.", "denies"),
    ],
)
def test_stance_of_the_clause_itself(read: Read, text: str, stance: str) -> None:
    assert [row[1] for row in claims(read(text), "occurrence")] == [stance]
