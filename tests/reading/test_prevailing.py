"""Bombings and blasts typed by what the rest of the report tells of."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.reading.prevailing import typed_by_means
from sayso.reading.triggers import find_triggers, find_weapons


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("Air strikes hit the town. The bombing killed two.", "bombing", "airstrike"),
        ("A suicide attack hit the mosque. The blast killed two.", "blast", "suicide_bombing"),
        ("A car bomb exploded. Air strikes followed. The bombing killed two.", "bombing", "bombing"),
        ("The blast killed two.", "blast", "bombing"),
        ("Air strikes hit the town. The attack killed two.", "attack", "armed_attack"),
    ],
)
def test_a_blast_is_of_the_means_told_of(parsed: Parse, text: str, words: str, type_: str) -> None:
    s = parsed(text)
    found = typed_by_means(s, find_triggers(s, find_weapons(s)))
    assert (words, type_) in [(s.words(t.lo, t.hi), t.type) for t in found]
