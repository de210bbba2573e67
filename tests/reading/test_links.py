from __future__ import annotations

import pytest
from tests.reading.conftest import Read, name

from sayso.model import Account


def links(account: Account) -> list[tuple[str, str, str]]:
    return [(x.from_, x.to, x.kind) for x in account.links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack in Homs followed an air strike on Idlib.", [("e1", "e2", "follows")]),
        ("The attack in Homs was followed by an air strike on Idlib.", [("e2", "e1", "follows")]),
        ("Rebels attacked the base after jets bombed Idlib.", [("e1", "e2", "follows")]),
        (
            "Israel struck Damascus on Sunday in retaliation for a rocket attack on Haifa.",
            [("e1", "e2", "retaliation_for")],
        ),
        ("Israel struck Damascus in response to a rocket attack on Haifa.", [("e1", "e2", "retaliation_for")]),
        ("Rockets hit the base on Sunday. Jets bombed Idlib on Friday.", []),
    ],
)
def test_links_are_made_by_words_alone(read: Read, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert links(read(text)) == expected


def test_a_similar_attack_resembles_the_one_told_before(read: Read) -> None:
    account = read("Sunday’s rocket attack on the base comes six days after US troops came under a similar attack.")
    assert ("e1", "e2", "similar_to") in links(account)


def test_a_habit_of_answering_makes_the_next_such_telling_an_answer(read: Read) -> None:
    account = read(
        "Jets bombed a depot in May. It was not the first time that the US has retaliated for attacks on its bases. "
        "In June, the US bombed a base in Homs. The strikes followed a rocket attack on Baghdad."
    )
    assert links(account) == [("e2", "e3", "follows"), ("e2", "e3", "retaliation_for")]
    assert account.links[1].evidence.text.startswith("It was not the first time")


def test_attacks_on_single_places_are_part_of_those_on_an_area(read: Read) -> None:
    account = read(
        "Rocket attacks on several neighborhoods in Aleppo killed ten people on Sunday. "
        "Two rockets hit the al-Midan neighborhood in Aleppo, killing three people."
    )
    assert all(kind == "part_of" for _, _, kind in links(account))


def test_a_link_is_on_the_word_of_who_says_it(read: Read) -> None:
    account = read("The army said rebels attacked the base after jets bombed Idlib.")
    assert [(x.kind, name(account, x.speaker)) for x in account.links] == [("follows", "The army")]
