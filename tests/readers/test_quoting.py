from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.readers.quoting import LONGEST, Quotes, distance

TEXT = "“We hit it,” he said.\nThe  army’s jets\nhit Homs; jets hit 1,018 posts. Jets left."


def _quotes(text: str = TEXT) -> Quotes:
    return Quotes(text, [(0, len(text))])


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("hit Homs", "hit Homs"),
        ('"We hit it," he said', "“We hit it,” he said"),
        ("army's jets hit", "army’s jets\nhit"),
        ("  The army’s  jets ", "The  army’s jets"),
        ("1,018 posts", "1,018 posts"),
    ],
)
def test_a_quote_is_found_up_to_white_space_and_quotation_marks(quote: str, words: str) -> None:
    found = _quotes().nearest(quote)
    assert found is not None
    assert found.text == words
    assert TEXT[found.start : found.end] == words


@pytest.mark.parametrize(
    "quote",
    ["", "   ", "hit Damascus", "Hit Homs", "he sai", "it Homs", "018 posts", "18", "1", "hit … Homs", "x" * 9000],
)
def test_what_is_not_the_reports_is_not_found(quote: str) -> None:
    assert _quotes().places(quote) == []


def test_a_quote_cuts_no_letter_from_its_accent() -> None:
    assert Quotes("cafe\u0301 blast", [(0, 11)]).places("cafe") == []


def test_a_quote_too_long_is_none() -> None:
    text = "word " * LONGEST
    assert _quotes(text).places(text.strip()) == []


def test_no_quote_runs_over_two_paragraphs() -> None:
    text = "Jets struck.\n\nHoms was hit."
    assert Quotes(text, [(0, 12), (14, len(text))]).places("struck. Homs") == []
    assert Quotes(text, [(0, 12), (14, len(text))]).places("struck.\0Homs") == []


def test_words_outside_the_ranges_are_not_the_models_to_quote() -> None:
    assert Quotes("alpha bravo", [(6, 11)]).places("alpha") == []


def test_of_several_places_the_nearest_to_the_anchor_is_meant() -> None:
    text = "jets hit A. jets hit B. jets hit C."
    quotes = _quotes(text)
    anchor = quotes.nearest("C")
    assert anchor is not None
    assert quotes.nearest("jets") == Span(0, 4, "jets")
    assert quotes.nearest("jets", anchor) == Span(24, 28, "jets")
    assert quotes.nearest("jets", anchor, {Span(24, 28, "jets")}) == Span(12, 16, "jets")
    assert quotes.nearest("C", anchor, {anchor}) is None


def test_of_two_places_as_near_the_earlier_is_meant() -> None:
    found = _quotes("ab x ab").nearest("ab", Span(3, 4, "x"))
    assert found == Span(0, 2, "ab")


@pytest.mark.parametrize(("other", "far"), [((0, 3), 2), ((5, 7), 0), ((6, 9), 0), ((10, 12), 3)])
def test_distance_is_what_lies_between(other: tuple[int, int], far: int) -> None:
    assert distance(Span(5, 7, "xy"), Span(*other, "")) == far


ALPHABET = st.text(st.sampled_from("ab1 ,.\n\t\0\xa0“”\"’'é\u0301x"), max_size=60)


@given(ALPHABET, ALPHABET, st.integers(0, 60), st.integers(0, 60))
def test_every_place_is_verbatim_and_in_bounds(text: str, quote: str, start: int, end: int) -> None:
    lo, hi = sorted((min(start, len(text)), min(end, len(text))))
    for span in Quotes(text, [(lo, hi)]).places(quote):
        assert lo <= span.start < span.end <= hi
        assert text[span.start : span.end] == span.text
        assert _plain(span.text) == _plain(quote)


@given(st.lists(st.sampled_from(["jets", "hit", "“Homs”", "1,018", "army’s"]), min_size=1, max_size=12), st.data())
def test_whole_words_of_a_text_are_always_found(words: list[str], data: st.DataObject) -> None:
    text = "  ".join(words)
    lo = data.draw(st.integers(0, len(words) - 1))
    hi = data.draw(st.integers(lo + 1, len(words)))
    assert _quotes(text).places(" ".join(words[lo:hi]))


def _plain(text: str) -> str:
    for mark in "“”":
        text = text.replace(mark, '"')
    return " ".join(text.replace("’", "'").replace("\0", "").split())
