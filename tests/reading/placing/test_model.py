"""The binder: where an act happened, and where it did not."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.conftest import Parse

from sayso.reading.language import read_paragraphs
from sayso.reading.places import read_places
from sayso.reading.placing import binder, names_of
from sayso.reading.placing.forest import Forest
from sayso.reading.placing.model import SHA256, digest
from sayso.reading.syntax import Syntax, parse


def where(s: Syntax, act: str) -> list[str]:
    i = s.low.index(act)
    names = [n for n in names_of(s, read_places(s.text)) if s.sentence_of[n.head] == s.sentence_of[i]]
    bound = binder()
    likely = zip(names, bound.likelihoods(s, i, names), strict=True)
    return [s.text[n.start : n.end] for n, p in likely if p >= bound.threshold]


@pytest.mark.parametrize(
    ("text", "act", "places"),
    [
        ("Four people were killed in Homs on Sunday.", "killed", ["Homs"]),
        ("The rebels captured the town of Mayadeen.", "captured", ["Mayadeen"]),
        ("A bomb detonated near a market in Baghdad, police told reporters in Washington.", "detonated", ["Baghdad"]),
        ("Police in London said a man was shot in Birmingham.", "shot", ["Birmingham"]),
        ("Troops shelled the villages of Soran and Maharda in the province of Hama.", "shelled", ["Soran", "Maharda"]),
        ("The fighters fled to Turkey after dozens were killed in Aleppo.", "killed", ["Aleppo"]),
        ("He was shot dead in the town of Marjayoun, in southern Lebanon.", "shot", ["Marjayoun"]),
    ],
)
def test_an_act_is_placed_where_it_happened(parsed: Parse, text: str, act: str, places: list[str]) -> None:
    assert where(parsed(text), act) == places


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The Syrian army killed five fighters.", "killed"),
        ("Diallo, a native of Guinea, was shot by police.", "shot"),
        ("At least 26 civilians were killed on Friday, said the Syrian Observatory for Human Rights.", "killed"),
    ],
)
def test_an_act_has_no_place_where_none_is_told(parsed: Parse, text: str, act: str) -> None:
    assert where(parsed(text), act) == []


def test_weights_are_those_that_the_docs_speak_of() -> None:
    raw = files("sayso.reading.placing").joinpath("weights.json").read_bytes()
    assert digest(raw) == SHA256
    assert len(raw) < 300_000


def test_a_tree_is_walked_to_its_leaf() -> None:
    tree = [[0, 1.5, 1, 2], [-0.5], [1, 0.0, 3, 4], [0.1], [0.9]]
    assert Forest([tree]).sums([[1.5, 9.0], [2.0, 0.0], [2.0, 0.1]]) == [-0.5, 0.1, 0.9]
    assert Forest([tree, [[1.0]]]).sums([[1.5, 9.0]]) == [0.5]
    assert Forest([]).sums([[1.5, 9.0]]) == [0.0]


WORDS = ["Homs", "Aleppo", "in", "of", "killed", ",", ".", "the", "rebels", "“", "and", "said", "al-Bab", "army"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=15))
def test_any_words_have_likelihoods_between_nought_and_one(words: list[str]) -> None:
    text = " ".join(["Gunmen", "killed", *words])
    s = next(parse([(text, read_paragraphs(text))]))
    if len(s.word) < 2:
        return
    names = [n for n in names_of(s, read_places(text)) if not n.lo <= 1 < n.hi]
    likely = binder().likelihoods(s, 1, names)
    assert len(likely) == len(names)
    assert all(0.0 <= p <= 1.0 for p in likely)
    assert likely == binder().likelihoods(s, 1, names)
