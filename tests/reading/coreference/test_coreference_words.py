"""Words as coreference compares them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.coreference.words import Rarity, alike, cosine, stem, telling

WORDS = st.lists(st.sampled_from(["bombed", "Aleppo", "clinic", "police", "met", "the"]), max_size=8)


@pytest.mark.parametrize(
    ("word", "cut"),
    [("bombed", "bomb"), ("Bombing", "bomb"), ("bombs", "bomb"), ("explosion", "explos"), ("red", "red"), ("", "")],
)
def test_a_word_loses_its_ending_but_keeps_three_letters(word: str, cut: str) -> None:
    assert stem(word) == cut


def test_marks_and_grammar_say_nothing() -> None:
    assert list(telling(["The", "bombing", ",", "of", "Aleppo", "x", "7th"])) == ["bombing", "Aleppo", "7th"]


def test_a_stem_that_every_report_has_weighs_nothing_and_an_unseen_one_most() -> None:
    rarity = Rarity({"police": 9, "clinic": 1}, 9)
    assert rarity.of("police") == 0.0
    assert 0.0 < rarity.of("clinic") < rarity.of("aleppo") == math.log(10)


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_one_of_the_same_words(first: list[str], second: list[str]) -> None:
    rarity = Rarity({}, 100)
    a, b = rarity.vector(first), rarity.vector(second)
    assert cosine(a, b) == pytest.approx(cosine(b, a))
    assert cosine(a, a) == pytest.approx(1.0 if a else 0.0)


def test_reports_are_alike_by_what_few_of_them_have() -> None:
    reports = [
        ["Jets", "bombed", "Aleppo", "clinic"],
        ["Clinic", "in", "Aleppo", "bombed", "by", "jets"],
        ["Jets", "bombed", "Homs", "market"],
        ["Homs", "market", "was", "bombed"],
    ]
    found = alike(reports)
    assert found[0, 1] > 0.9
    assert found[2, 3] > 0.9
    assert found[0, 2] < 0.1
    assert np.allclose(found, found.T)


def test_a_report_without_words_is_like_no_other() -> None:
    assert alike([[], ["Aleppo"], ["Aleppo"]])[0, 1] == 0.0


def test_reports_that_share_no_words_are_alike_through_one_that_both_are_like() -> None:
    reports = [
        ["Jets", "bombed", "Aleppo", "clinic"],
        ["Aleppo", "clinic", "nurses", "died"],
        ["Nurses", "died", "mourned"],
        ["Homs", "market", "opened"],
        ["Homs", "market", "traders"],
    ]
    found = alike(reports)
    assert found[0, 1] > found[0, 2] > 0.0
    assert found[0, 3] == 0.0
