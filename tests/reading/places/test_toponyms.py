"""Toponyms as geoparsing corpora count them: adjectives, speakers and names within names too."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sayso.reading.places import read_places, read_toponyms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Syrian and Iraqi soldiers met Americans.", ["Syrian", "Iraqi", "Americans"]),
        ("Moscow says that it was not involved.", ["Moscow"]),
        ("Call the Chicago Police Department.", ["Chicago"]),
        ("He studied at the University of Georgia in Atlanta.", ["Georgia", "Atlanta"]),
        ("Snow fell in southwest Kansas.", ["Kansas"]),
        ("The Iowa-based firm closed.", ["Iowa"]),
        ("The Arab-Israeli conflict went on.", ["Israeli"]),
        ("Rep. Donald Humason, R-Boston, voted.", ["Boston"]),
        ("A Chicago man was held.", ["Chicago"]),
        ("They fought in the Damascus area.", ["Damascus"]),
        ("A fire in Alexandria, La., killed one.", ["Alexandria", "La."]),
        ("The Rapides Parish Fire District came.", ["Rapides Parish"]),
        ("She drove down Memphis Street.", []),
        ("Virginia Woolf wrote it.", []),
    ],
)
def test_every_name_of_a_place_counts(text: str, names: list[str]) -> None:
    assert [t.name for t in read_toponyms(text)] == names


def test_adjectives_are_told_apart_and_placed() -> None:
    found = read_toponyms("Syrian planes flew.")[0]
    assert (found.kind, found.country, found.gazetteer_id) == ("demonym", "SYR", "country:SYR")
    assert found.reason


def test_places_leave_them_out() -> None:
    assert read_places("Syrian officers called the Chicago Police Department.") == ()


def test_spans_are_exact_and_apart() -> None:
    text = "Paris-Henry County officials and the Paris, Tenn., police met U.S. officers in North Carolina."
    spans = [t.span for t in read_toponyms(text)]
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
