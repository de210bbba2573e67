from __future__ import annotations

from typing import Any

from tests.readers.conftest import chat

from sayso.model import Account
from sayso.readers.prompt import load_prompt
from sayso.sources import report_from_text
from sayso.vocabulary import load


def test_the_prompt_is_filled_and_names_the_whole_vocabulary() -> None:
    system = load_prompt().system
    assert not [name for name in ("types", "slots", "stances", "modalities", "example_text") if f"{{{name}}}" in system]
    for vocabulary in ("event_types", "slots", "stances", "modalities"):
        assert all(f"- {key}: " in system for key in load(vocabulary))


def test_nothing_of_the_example_s_answer_is_refused(make_reader: Any) -> None:
    prompt = load_prompt()
    report = report_from_text(prompt.example_text, published="2021-07-06")
    account = next(make_reader(chat(prompt.example_answer)).read([report]))
    assert isinstance(account, Account)
    assert [note.text for note in account.notes if "Alford" not in note.text] == []
    (event,) = account.events
    assert event.killed == (4, None)
    assert event.initiators == ()
    names = {actor.id: actor.name for actor in account.actors}
    said = {(c.slot, c.stance, names[c.speaker or ""], names.get(c.via or "")) for c in account.claims}
    assert ("occurrence", "asserts", "residents", "Northern Wire") in said
    assert ("initiator", "denies", "The army", None) in said
