from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.sources.normalise import normalise, sha256

CLEAN = " date 2021-07-05 A facility\n\n“There is  no truth,” said Col. Núñez – twice."


def test_text_in_normal_form_stays_as_it_is() -> None:
    assert normalise(CLEAN) == CLEAN


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\ufeffa", "a"),
        ("a\x00b\x07c\x7f", "abc"),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("cafe\u0301", "café"),
        ("\n \n  a b \n\n", "  a b"),
        ("\x93quoted\x94 \x81 \x95", "“quoted”   •"),
        ("at\u00adtack\u200b", "attack"),
        ("evil\u202eti.exe\u2069", "evilti.exe"),
        ("\ud800", "\ufffd"),
    ],
)
def test_each_rule(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


def test_arabic_joiners_stay() -> None:
    assert normalise("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text(alphabet=st.characters() | st.sampled_from("\r\n\t \x00\x85\u0301\u2028\ufeff\ud800"), max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not {"\r", "\x00", "\ufeff", "\u00a0"} & set(once)


def test_a_text_and_its_utf_8_have_one_hash() -> None:
    assert sha256("é") == sha256("é".encode()) != sha256("e")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("the mili-\ntants left", "the militants left"),
        ("an anti-\ngovernment group", "an anti-government group"),
        ("the mili\xad\ntants left", "the militants left"),
        ("al-\nQaida left", "al-\nQaida left"),
        ("ﬁve oﬃcers", "five officers"),
    ],
)
def test_words_broken_by_the_printer_are_mended(text: str, mended: str) -> None:
    assert normalise(text) == mended
    assert normalise(mended) == mended
