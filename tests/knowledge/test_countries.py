"""Countries by name and by demonym."""

from __future__ import annotations

import pytest

from sayso.knowledge.countries import countries, country_names, demonyms


@pytest.mark.parametrize(
    ("name", "code"),
    [("syria", "SYR"), ("us", "USA"), ("uk", "GBR"), ("ivory coast", "CIV"), ("burma", "MMR"), ("norway", "NOR")],
)
def test_names_of_countries(name: str, code: str) -> None:
    assert country_names()[name] == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("syrian", "SYR"), ("iraqis", "IRQ"), ("burmese", "MMR"), ("nigerien", "NER"), ("nigerian", "NGA")],
)
def test_demonyms_tell_the_country(word: str, code: str) -> None:
    assert demonyms()[word] == code


def test_neighbours_are_mutual_codes() -> None:
    assert {"IRQ", "TUR", "LBN", "JOR"} <= set(countries()["SYR"].neighbours)
