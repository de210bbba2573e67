"""Windows over the word pieces of a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from sayso.reading.encoder.windows import CLS, SEP, owners, pieces, window_ids, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "the": 2, "army": 3, "den": 4, "##ied": 5, ".": 6, "it": 7}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def test_pieces_have_the_offsets_of_the_text_as_it_is_written(tokenizer: Tokenizer) -> None:
    text = "The ARMY\n\ndenied it."
    found = pieces(text, tokenizer)
    words = [text[a:b] for a, b in zip(found.starts.tolist(), found.ends.tolist(), strict=True) if a >= 0]
    assert words == ["The", "ARMY", "den", "ied", "it", "."]
    assert found.ids.tolist() == [2, 3, SEP, 4, 5, 7, 6]


def test_a_word_begins_at_its_first_piece_and_a_line_s_end_is_none(tokenizer: Tokenizer) -> None:
    assert pieces("army\ndenied it", tokenizer).heads.tolist() == [0, 2, 4]


@pytest.mark.parametrize("empty", ["", " ", "\x00", "\u200b", "\u200b\n\ufeff"])
def test_a_line_without_words_leaves_no_trace(empty: str, tokenizer: Tokenizer) -> None:
    text = f"{empty}\nthe army\n{empty}\ndenied it\n{empty}"
    found = pieces(text, tokenizer)
    assert found.ids.tolist() == [2, 3, SEP, 4, 5, 7]
    assert text[found.starts[0] : found.ends[1]] == "the army"


@pytest.mark.parametrize("text", ["", " \n ", "\n\n", "\u200b\n\u200b"])
def test_a_text_without_words_has_no_pieces(text: str, tokenizer: Tokenizer) -> None:
    assert len(pieces(text, tokenizer).ids) == 0
    assert windows(0) == []


@given(st.integers(0, 2000), st.integers(8, 300), st.integers(0, 3))
def test_windows_cover_all_pieces_and_are_no_longer_than_their_size(count: int, size: int, part: int) -> None:
    spans = windows(count, size, overlap=part * size // 8)
    assert all(0 < last - first <= size - 2 for first, last in spans)
    assert {n for first, last in spans for n in range(first, last)} == set(range(count))


@given(st.integers(1, 1500))
def test_each_piece_belongs_to_a_window_that_holds_it(count: int) -> None:
    spans = windows(count)
    owner = owners(count, spans)
    assert all(spans[w][0] <= n < spans[w][1] for n, w in enumerate(owner.tolist()))


def test_a_piece_in_two_windows_belongs_to_the_one_in_which_it_stands_further_inside() -> None:
    owner = owners(10, [(0, 6), (4, 10)])
    assert owner.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_a_window_is_framed_by_the_special_pieces() -> None:
    assert window_ids(np.array([7, 8, 9]), (1, 3)).tolist() == [CLS, 8, 9, SEP]
