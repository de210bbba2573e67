"""Names parted from their type words."""

from __future__ import annotations

import pytest

from sayso.knowledge.placewords import split_type


@pytest.mark.parametrize(
    ("name", "stem", "cls"),
    [
        ("Al-Omar field", "Al-Omar", "field"),
        ("Al Omar oil fields", "Al Omar", "field"),
        ("Kweyris military airport", "Kweyris", "air"),
        ("Saif al-Dawleh neighborhood", "Saif al-Dawleh", "district"),
        ("Idlib province", "Idlib", "province"),
        ("Mosul", "Mosul", None),
        ("city", "city", None),
    ],
)
def test_type_words_are_split_off(name: str, stem: str, cls: str | None) -> None:
    found = split_type(name)
    assert (found.stem, found.cls) == (stem, cls)
