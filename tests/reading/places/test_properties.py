"""Whatever the text: places never raise, spans are exact, every answer has a reason, the work grows with the length."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Place
from sayso.reading.places import read_places, read_toponyms

PIECES = [
    "Aleppo", "Homs", "Syria", "Syrian", "Iraq-Syria border", "al-", "Deir ez-Zor", "the", "of", "in", "near", "20 km",
    "north of", "and", ",", ".", "’s", "-", "Paris", "Texas", "La.", "counties", "County", "village of", "said", "R-",
    "Bank of", "airbase", "eastern", "Moscow", "agreed", "Mrs.", "May 12", "\n", "ʿ", "دير الزور", "Дейр", "—", "(",
]  # fmt: skip
words = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(st.one_of(words, st.text(max_size=120)))
@pytest.mark.parametrize("read", [read_places, read_toponyms])
def test_any_text_is_read(read: Callable[[str], tuple[Place, ...]], text: str) -> None:
    found = read(text)
    for place in found:
        assert text[place.span.start : place.span.end] == place.span.text == place.name
        assert place.reason
        assert (place.lat is None) == (place.lon is None)
        assert place.precision is None or 1 <= place.precision <= 7
        if place.precision in (2, 3, 4, 5) and place.lat is not None:
            assert place.geometry is not None or place.radius_km
    assert [p.id[1:] for p in found] == [str(i) for i in range(1, len(found) + 1)]


def steps(text: str) -> int:
    """Calls made while reading: a measure of the work that no other process on the machine disturbs."""
    count = 0

    def tally(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(tally)
    try:
        read_places(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "Aleppo Homs Hama Idlib ",
        "Syrian Iraqi ",
        "Bank of ",
        "Aleppo, ",
        "20 km north of ",
        "Aleppo-Homs-",
        "the villages of X and Y, ",
        "Iraq-Syria border ",
        "the Iraq-Syria border near Aleppo, ",
        "Moscow has has ",
        "A. B. ",
    ],
)
def test_the_work_grows_with_the_length(unit: str) -> None:
    read_places(unit * 40)
    short, long = steps(unit * 100), steps(unit * 400)
    assert long < 6 * short
