from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.readers.nearby import BLOCK, Nearby

SPAN = st.tuples(st.integers(0, 4 * BLOCK), st.integers(1, 2 * BLOCK)).map(lambda at: Span(at[0], at[0] + at[1], ""))


@given(st.lists(st.lists(SPAN, max_size=3), max_size=8), SPAN)
def test_whatever_overlaps_the_words_is_found_in_order(items: list[list[Span]], words: Span) -> None:
    found = Nearby(enumerate(items)).at(words)
    overlapping = [
        n for n, spans in enumerate(items) if any(s.start < words.end and words.start < s.end for s in spans)
    ]
    assert found == sorted(set(found))
    assert set(overlapping) <= set(found)


def test_what_lies_far_away_is_not_looked_at() -> None:
    assert Nearby([("far", [Span(9 * BLOCK, 9 * BLOCK + 4, "")])]).at(Span(0, 4, "")) == []
