from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from sayso.reading.lexicon import inflect, load_lexicon, phrases, values, words
from sayso.vocabulary import load

MINE = ("actors", "casualties", "cues", "grammar", "hedges", "links", "modality", "numbers", "roles", "stands")
EVENTS = ("triggers", "weapons")
HELPERS = ("launch", "open", "kill", "wound", "shoot", "anaphoric")


@pytest.mark.parametrize("name", MINE + EVENTS)
def test_every_entry_says_what_it_is_and_has_words(name: str) -> None:
    for key, row in load_lexicon(name).items():
        assert row["label"], key
        assert row["help"], key
        lists = [row[kind] for kind in ("words", "nouns", "verbs", "phrases", "values", "types") if kind in row]
        assert lists, key
        assert all(isinstance(word, str) and word for kind in lists for word in kind), key


@pytest.mark.parametrize("name", MINE)
def test_no_entry_is_left_over(name: str) -> None:
    folder = Path(str(files("sayso.reading")))
    code = "".join(f.read_text(encoding="utf-8") for f in folder.rglob("*.py"))
    assert [key for key in load_lexicon(name) if f'"{key}"' not in code] == []


def test_triggers_that_open_events_are_event_types() -> None:
    rows = load_lexicon("triggers").items()
    openers = {row.get("type", k) for k, row in rows if {"nouns", "verbs", "phrases"} & set(row)}
    assert openers - set(HELPERS) <= set(load("event_types"))
    assert {row["type"] for row in load_lexicon("weapons").values()} - {None} <= set(load("event_types"))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("attack", {"attack", "attacks", "attacked", "attacking"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("clash", {"clash", "clashes", "clashed", "clashing"}),
        ("say says said saying", {"say", "says", "said", "saying"}),
    ],
)
def test_verbs_are_inflected(verb: str, forms: set[str]) -> None:
    assert inflect(verb) == forms


def test_words_phrases_and_values_of_an_entry() -> None:
    assert "denied" in words("cues", "deny")
    assert ("in", "response", "to") in phrases("roles", "motive")
    assert values("numbers", "scales")["dozen"] == 12
