"""Overlapping spans over a text, cut into pieces that can be drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.web.textmarks import Mark, paragraphs, pieces, sentence_around

marks = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("abc")).map(
        lambda parts: Mark(min(parts[:2]), max(parts[:2]), parts[2])
    ),
    max_size=12,
)


@given(st.text(max_size=50), marks)
def test_pieces_give_the_text_back_and_know_their_marks(text: str, over: list[Mark]) -> None:
    found = pieces(text, over)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        for place in range(piece.start, piece.start + len(piece.text)):
            assert {mark.kind for mark in piece.marks} == {mark.kind for mark in over if mark.start <= place < mark.end}


def test_a_withheld_name_is_replaced_once() -> None:
    found = pieces("Ali Hassan fled.", [Mark(0, 10, "withheld"), Mark(4, 16, "claim")])
    assert "".join(piece.shown for piece in found) == "[name withheld] fled."


@given(st.text(alphabet="ab.!\n ", max_size=80), st.data())
def test_a_sentence_holds_the_words_it_is_about(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = sentence_around(text, start, end)
    assert 0 <= left <= start
    assert end <= right <= len(text)


def test_a_sentence_ends_at_its_stop_and_at_a_paragraph() -> None:
    text = "One fell. Two fell in “Raqqa.” Three\n\nFour"
    left, right = sentence_around(text, 10, 13)
    assert text[left:right] == "Two fell in “Raqqa.”"
    left, right = sentence_around(text, 32, 34)
    assert text[left:right].strip() == "Three"


@given(st.text(alphabet="ab \n", max_size=60))
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    edges = list(paragraphs(text))
    assert "".join(text[a:b] for a, b in edges).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in edges
    ) == "".join(text.split())
