"""Names that may be where an act happened."""

from __future__ import annotations

import itertools

import pytest
from tests.reading.conftest import Parse

from sayso.reading.places import read_places
from sayso.reading.placing import names_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rockets hit Um Dullu village in Homs.", ["Rockets", "Um Dullu", "Homs"]),
        ("A ship was seized in the Gulf of Aden.", ["A", "Gulf of Aden"]),
        ("Jets bombed Tal Al-‘Eiss near Aleppo.", ["Jets", "Tal Al-‘Eiss", "Aleppo"]),
        ("Tanks shelled Al-‘Anbar.", ["Tanks", "Al-‘Anbar"]),
        ("Troops left Israeli-held Beaufort Castle.", ["Troops", "Beaufort Castle"]),
        ("Shells fell in Homs, Aleppo and Idlib.", ["Shells", "Homs", "Aleppo", "Idlib"]),
        ("In Mosul a bomb went off.", ["Mosul"]),
        ("nothing is named here", []),
    ],
)
def test_names_are_capitalised_runs_of_one_name_each(parsed: Parse, text: str, names: list[str]) -> None:
    s = parsed(text)
    found = [text[n.start : n.end] for n in names_of(s)]
    openers = {"A", "In"}
    assert [n for n in found if n not in openers] == [n for n in names if n not in openers]


def test_a_name_knows_the_place_that_was_read_there(parsed: Parse) -> None:
    text = "Rockets hit the city of Homs."
    names = names_of(parsed(text), read_places(text))
    assert [(text[n.start : n.end], n.place.country if n.place else None) for n in names][-1] == ("Homs", "SYR")


def test_names_do_not_overlap_and_stand_in_order(parsed: Parse) -> None:
    text = (
        "Shells from Idlib fell on Aleppo University, on Syria's Deir el-Zour province and near the Iraq-Syria border."
    )
    names = names_of(parsed(text), read_places(text))
    assert all(a.end <= b.start and a.hi <= b.lo for a, b in itertools.pairwise(names))
