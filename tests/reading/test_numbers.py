from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.model import Count
from sayso.reading.numbers import count_of, number_at


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("18", (18, 18)),
        ("1,200", (1200, 1200)),
        ("twenty-one", (21, 21)),
        ("two hundred and five", (205, 205)),
        ("three thousand", (3000, 3000)),
        ("2 million", (2_000_000, 2_000_000)),
        ("a dozen", (12, 12)),
        ("half a dozen", (6, 6)),
        ("dozens", (24, None)),
        ("scores", (40, None)),
        ("several", (2, None)),
    ],
)
def test_numbers_in_figures_and_words(parsed: Parse, words: str, count: Count) -> None:
    found = number_at(parsed(f"{words} people died."), 0)
    assert found is not None
    assert found[0] == count


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("At least", (18, None)),
        ("More than", (18, None)),
        ("No fewer than", (18, None)),
        ("Up to", (None, 18)),
        ("Fewer than", (None, 18)),
        ("No more than", (None, 18)),
        ("Some", (18, 18)),
    ],
)
def test_words_before_a_number_open_it(parsed: Parse, lead: str, count: Count) -> None:
    s = parsed(f"{lead} 18 people died.")
    found = number_at(s, len(lead.split()))
    assert found is not None
    assert found[0] == count
    assert s.words(found[1], found[2]) == ("18" if lead == "Some" else f"{lead} 18")


@pytest.mark.parametrize("words", ["people died.", "and five.", "The army."])
def test_no_number(parsed: Parse, words: str) -> None:
    assert number_at(parsed(words), 0) is None


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("A soldier", (1, 1)),
        ("Soldiers", (2, None)),
        ("No soldiers", (0, 0)),
        ("His wife", (1, 1)),
        ("Two old men", (2, 2)),
    ],
)
def test_a_noun_phrase_is_counted(parsed: Parse, phrase: str, count: Count) -> None:
    s = parsed(f"{phrase} died.")
    hi = len(phrase.split())
    found = count_of(s, 0, hi, hi - 1)
    assert found is not None
    assert found[0] == count
