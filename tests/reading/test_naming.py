"""What a noun phrase calls somebody: the name, the office, the body, the acronym."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.reading.naming import PhraseReader, fold


@pytest.mark.parametrize(
    ("text", "head", "name", "body"),
    [
        ("Army spokesman Ali Karim spoke.", "Karim", "Ali Karim", "Army"),
        ("A witness, Omar Said, spoke.", "witness", "Omar Said", None),
        ("The Observatory's director, Ali Karim, spoke.", "director", "Ali Karim", "Observatory"),
        ("The Observatory's Ali Karim spoke.", "Karim", "Ali Karim", "Observatory"),
        ("Captain Ali Karim of the Rapid Forces spoke.", "Karim", "Ali Karim", "Rapid Forces"),
        ("U.N. Secretary-General Ban Ki-moon spoke.", "moon", "Ban Ki-moon", None),
        ("Homs Governor Talal al-Barazi spoke.", "Barazi", "Talal al-Barazi", None),
        ("The rebel group Jaysh al-Nasr spoke.", "group", "Jaysh al-Nasr", None),
        ("A local official spoke.", "official", "A local official", None),
        ("The anti-Karim National Army spoke.", "Army", "National Army", None),
    ],
)
def test_a_phrase_is_cut_into_name_and_body(parsed: Parse, text: str, head: str, name: str, body: str | None) -> None:
    s = parsed(text)
    phrase = PhraseReader(s).read(max(i for i, word in enumerate(s.word) if word == head))
    assert s.words(*phrase.name) == name
    assert (s.words(*phrase.body) if phrase.body else None) == body


def test_an_acronym_in_brackets_is_introduced_and_no_part_of_the_name(parsed: Parse) -> None:
    s = parsed("The Free Homs Brigade (FHB) spoke.")
    phrase = PhraseReader(s).read(s.word.index("Brigade"))
    assert (s.words(*phrase.name), phrase.acronym) == ("Free Homs Brigade", "FHB")


@pytest.mark.parametrize(("name", "folded"), [("The US’s", "us"), ("  an  Army ", "army"), ("Reuters", "reuters")])
def test_names_are_folded_for_comparing(name: str, folded: str) -> None:
    assert fold(name) == folded
