"""Our own annotations: offsets in the stead of others' words, and every row checked."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from sayso.model import Slot
from training.annotate import ACCOUNTS, SHARED, AnnotationError, Compiler, accounts

TEXT = "Rockets hit the base on Sunday. The army denied the attack. The attack killed two."


def source(**changes: Any) -> dict[str, Any]:
    event = {
        "id": "e1",
        "type": "shelling",
        "mentions": ["Rockets hit", "attack#2"],
        "time": ["2021-07-04", "2021-07-04", "day", "on Sunday"],
        "place": None,
        "initiators": [],
        "recipients": ["the base"],
        "killed": [2, 2],
    }
    claims = [["e1", "occurrence", True, "denies", "The army", None, "the attack"]]
    return {"report": "r", "published": "2021-07-05", "events": [event | changes], "claims": claims}


def test_words_become_offsets_and_the_second_of_them_is_meant_by_its_number() -> None:
    made = Compiler(source(), TEXT).compiled()
    assert [TEXT[a:b] for a, b in made["events"][0]["mentions"]] == ["Rockets hit", "attack"]
    assert made["events"][0]["mentions"][1][0] == TEXT.rindex("attack")
    assert TEXT not in json.dumps(made)
    assert "Rockets" not in json.dumps(made)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"type": "picnic"}, "picnic"),
        ({"mentions": ["tanks rolled"]}, "tanks rolled"),
        ({"time": ["2021-07-05", "2021-07-04", "day", "on Sunday"]}, "is after"),
        ({"killed": [3, 2]}, "more than"),
    ],
)
def test_a_row_that_does_not_hold_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(AnnotationError, match=said):
        Compiler(source(**changes), TEXT).compiled()


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated reports' texts are not here")
def test_the_committed_annotations_stand_in_their_reports() -> None:
    found = list(accounts())
    assert len(found) == len(list(ACCOUNTS.glob("*.json")))
    slots = {claim["slot"] for account in found for claim in account["claims"]}
    assert slots <= set(get_args(Slot))
    for account in found:
        text = account["report"]["text"]
        assert all(text[m["start"] : m["end"]] == m["text"] for event in account["events"] for m in event["mentions"])
