"""Where the spans of an attribution end."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The army has repeatedly said that rebels shelled Idlib.", "has repeatedly said", "that rebels shelled Idlib"),
        ("But rebels shelled Idlib, the army said.", "said", "But rebels shelled Idlib"),
        ("The army said that “rebels shelled Idlib.”", "said", "that “rebels shelled Idlib"),
        ("“Rebels shelled Idlib,” the army said.", "said", "Rebels shelled Idlib"),
    ],
)
def test_spans_end_as_polnear_ends_them(read: Read, text: str, cue: str, content: str) -> None:
    (found,) = read(text).attributions
    assert ([s.text for s in found.cue], [s.text.rstrip(".”") for s in found.content]) == ([cue], [content])


def test_sentences_of_one_quotation_are_one_span(read: Read) -> None:
    (found,) = read('"Rebels shelled Idlib. They killed ten people," the army said.').attributions
    assert [span.text for span in found.content] == ["Rebels shelled Idlib. They killed ten people"]
