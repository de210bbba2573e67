from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def shelling(sayso: Any) -> str:
    (row,) = json.loads(sayso("incidents", "--type", "shelling", "--format", "json").out)
    return str(row["id"])


def test_it_shows_who_asserts_and_who_denies_in_which_words(sayso: Any, shelling: str) -> None:
    out = sayso("show", shelling).out
    assert "✓ asserts  Northern Observatory" in out
    assert "✕ denies  the US military" in out
    assert "“there was any attack”" in out
    assert "Contested" in out


def test_it_shows_what_answers_it(sayso: Any, shelling: str) -> None:
    assert "Answered by" in sayso("show", shelling).out


def test_private_persons_are_named_only_when_asked_for(sayso: Any, shelling: str) -> None:
    for options in (["--format", "text"], ["--format", "json"]):
        assert "Jane Witness" not in sayso("show", shelling, *options).out
        assert "Jane Witness" in sayso("show", shelling, "--include-private", *options).out


def test_json_has_the_incident_and_its_claims(sayso: Any, shelling: str) -> None:
    found = json.loads(sayso("show", shelling, "--format", "json").out)
    assert found["incident"]["id"] == shelling
    assert {claim["stance"] for claim in found["claims"]} == {"asserts", "denies", "uncertain"}
    assert len(sayso("show", shelling, "--format", "jsonl").out.splitlines()) == 1


def test_an_unknown_id_is_told_so(sayso: Any) -> None:
    ended = sayso("show", "SY-NONE0")
    assert (ended.status, ended.err[:5]) == (2, "S210 ")
