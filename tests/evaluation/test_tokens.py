"""Tokens of a test set become text again, and each keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.tokens import WRITTEN, written


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("He did n't go , they said .", "He didn't go, they said."),
        ("the boy 's return", "the boy's return"),
        ("`` We pray , '' he said", '"We pray," he said'),
        ('He said : " No . " Then " yes "', 'He said: "No." Then "yes"'),
        ("Miami - based exiles", "Miami-based exiles"),
        ("He left - they say", "He left-they say"),
        ("- They left", "- They left"),
        ("( US $ 5 ) or 3 %", "(US $5) or 3%"),
        ("al-Nusra -LRB- JN -RRB- fighters", "al-Nusra (JN) fighters"),
        ("1991 / 92", "1991/92"),
    ],
)
def test_tokens_are_joined_as_they_were_written(tokens: str, text: str) -> None:
    assert written(tokens.split(" ")).text == text


@given(st.lists(st.sampled_from(["a", "Homs", "5", "-", '"', "'s", "(", ")", ".", "``", "''", "/", "-LRB-", "$"])))
def test_every_token_keeps_its_place(tokens: list[str]) -> None:
    found = written(tokens)
    assert [found.text[a:b] for a, b in found.spans] == [WRITTEN.get(token, token) for token in tokens]
    assert not found.text.startswith(" ")
    assert "  " not in found.text
