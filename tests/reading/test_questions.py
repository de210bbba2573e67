"""Which slots a question leaves open."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.reading.questions import of_the_event, slots_asked


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("who fired the rockets", ("initiator",)),
        ("who was killed in the raid", ("recipient",)),
        ("whether the raid was Syrian or Russian", ("initiator",)),
        ("whether the strikes had killed civilians", ("killed",)),
        ("if there were any casualties", ("killed", "injured")),
        ("if members of his group were targeted", ("recipient",)),
        ("which government was behind the attacks", ("initiator",)),
        ("what caused the blast", ("weapon",)),
        ("what effect it would have", ()),
        ("who carried out the attack or why", ("initiator", "motive")),
        ("when and where the bomb was planted", ("time", "place")),
    ],
)
def test_what_a_question_asks_for(parsed: Parse, question: str, slots: tuple[str, ...]) -> None:
    s = parsed(question)
    assert slots_asked(s, 0, len(s.word)) == slots


@pytest.mark.parametrize(
    ("question", "told"),
    [("whether the raid was Russian", True), ("why", True), ("whether he was an accomplice or a hostage", False)],
)
def test_what_a_question_is_about(parsed: Parse, question: str, told: bool) -> None:
    s = parsed(question)
    assert of_the_event(s, 0, len(s.word)) is told
