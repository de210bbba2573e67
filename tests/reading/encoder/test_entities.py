"""Names in roles: which words fill one, which fillers are one name, and which are kept. No model is run."""

from __future__ import annotations

from math import exp

import pytest
from tests.reading.encoder.conftest import CERTAIN, OUTSIDE, description, made_up

from sayso.reading.encoder.entities import certainty, fillers, named, plain_words, role_fillers, roles, weighed

B, I = "B-victim", "I-victim"  # noqa: E741
ORG = "B-perp_org"


def found(text: str, marked: dict[tuple[int, str], float], head: str = "muc") -> list[tuple[str, str]]:
    some = fillers(text, made_up(text, marked), description(), head)
    return [(f.role, text[f.start : f.end]) for f in some]


def sure(*labels: tuple[int, str]) -> dict[tuple[int, str], float]:
    return dict.fromkeys(labels, CERTAIN)


def test_roles_are_in_the_order_of_the_labels() -> None:
    assert roles(description()) == ["perp_org", "victim"]
    assert roles(description(), "described") == ["described"]


@pytest.mark.parametrize(
    ("text", "marked", "fills"),
    [
        ("Police found Jose Paz dead.", sure((2, B), (3, I)), [("victim", "Jose Paz")]),
        ("Police found Jose Paz dead.", {}, []),
        ("killed the mayor of", sure((1, B), (2, I), (3, I)), [("victim", "mayor")]),
        ("killed two of the", sure((1, B), (2, I), (3, I)), []),
        ("killed Ana Paz Eva Diaz", sure((1, B), (2, I), (3, B), (4, I)),
         [("victim", "Ana Paz"), ("victim", "Eva Diaz")]),
        ("killed Jose.    Paz too", sure((1, B), (3, I)), [("victim", "Jose"), ("victim", "Paz")]),
        ("ELN killed Paz", sure((0, ORG), (2, B)), [("perp_org", "ELN"), ("victim", "Paz")]),
    ],
)  # fmt: skip
def test_the_words_of_a_role(text: str, marked: dict[tuple[int, str], float], fills: list[tuple[str, str]]) -> None:
    assert found(text, marked) == fills


def test_words_with_little_share_of_a_role_are_not_looked_at() -> None:
    text = "killed Paz"
    assert found(text, {(1, B): OUTSIDE - 5}) == []
    assert found(text, {(1, B): OUTSIDE - 0.5}) == [("victim", "Paz")]


def test_words_far_apart_are_not_one_filler() -> None:
    assert found("Paz     Diaz", sure((0, B), (1, I))) == [("victim", "Paz"), ("victim", "Diaz")]


def test_a_text_without_words_fills_nothing() -> None:
    assert found("", {}) == []
    assert named("", made_up("", {}), description()) == []


def test_the_share_is_that_of_the_role_in_its_words() -> None:
    text = "killed Jose Paz"
    (one,) = fillers(text, made_up(text, {(1, B): OUTSIDE, (2, I): OUTSIDE + 1}), description())
    assert one.share == pytest.approx((1 / 2 + exp(1) / (exp(1) + 1)) / 2, abs=0.01)


def test_people_only_described_are_among_the_words_of_all_roles() -> None:
    text = "Gunmen shot farmers"
    encoded = made_up(text, sure((2, "B-described")))
    assert [(f.role, text[f.start : f.end]) for f in role_fillers(text, encoded, description())] == [
        ("described", "farmers")
    ]


def names(text: str, marked: dict[tuple[int, str], float], **fields: object) -> dict[str, list[str]]:
    some = named(text, made_up(text, marked), description(**fields))
    return {one.words: [text[f.start : f.end] for f in one.fillers] for one in some}


@pytest.mark.parametrize(
    ("text", "marked", "groups"),
    [
        ("Jose Paz died. Paz left.", sure((0, B), (1, I), (4, B)), {"Jose Paz": ["Jose Paz", "Paz"]}),
        ("Paz died. Jose Paz left.", sure((0, B), (3, B), (4, I)), {"Jose Paz": ["Paz", "Jose Paz"]}),
        ("Jose Luis Paz died, Dr Paz left.", sure((0, B), (1, I), (2, I), (5, B), (6, I)),
         {"Jose Luis Paz": ["Jose Luis Paz", "Dr Paz"]}),
        ("Paz and Diaz", sure((0, B), (2, B)), {"Paz": ["Paz"], "Diaz": ["Diaz"]}),
        ("PAZ and Paz", sure((0, B), (2, B)), {"PAZ": ["PAZ", "Paz"]}),
        ("Ana and Banana", sure((0, B), (2, B)), {"Ana": ["Ana"], "Banana": ["Banana"]}),
        ("Red Army met Blue Army", sure((0, ORG), (1, "I-perp_org"), (3, ORG), (4, "I-perp_org")),
         {"Red Army": ["Red Army"], "Blue Army": ["Blue Army"]}),
    ],
)  # fmt: skip
def test_fillers_of_one_name_are_one(
    text: str, marked: dict[tuple[int, str], float], groups: dict[str, list[str]]
) -> None:
    assert names(text, marked) == groups


def test_one_name_in_two_roles_is_two() -> None:
    text = "ELN and ELN"
    some = named(text, made_up(text, sure((0, ORG), (2, B))), description())
    assert [(one.role, one.words) for one in some] == [("perp_org", "ELN"), ("victim", "ELN")]


def test_white_space_within_a_name_is_one_space() -> None:
    text = "Jose\nPaz"
    assert list(names(text, sure((0, B), (1, I)))) == ["Jose Paz"]


def test_without_weights_the_surest_mention_decides() -> None:
    text = "Paz and Diaz"
    marked = {(0, B): CERTAIN, (2, B): OUTSIDE - 0.5}
    assert list(names(text, marked)) == ["Paz"]
    assert set(names(text, marked, thresholds={"named": 0.2})) == {"Paz", "Diaz"}
    assert len(named(text, made_up(text, marked), description(), least=0.0)) == 2


@pytest.mark.parametrize(("weights", "kept"), [({"bias": 5.0}, True), ({"bias": -5.0}, False)])
def test_weights_of_a_role_decide_on_it_alone(weights: dict[str, float], kept: bool) -> None:
    text = "ELN killed Paz"
    found = names(text, sure((0, ORG), (2, B)), selection={"victim": weights})
    assert ("Paz" in found) == kept
    assert "ELN" in found


def test_more_mentions_and_a_relevant_text_make_a_name_likelier() -> None:
    weights = {"victim": {"mentions": 1.0, "relevant": 1.0, "bias": -2.0}}
    text = "Paz and Paz"

    def share(types: float, *words: int) -> float:
        marked = sure(*((word, B) for word in words))
        ((one, _),) = weighed(text, made_up(text, marked, types), description(selection=weights))
        return one.share

    assert share(0.9, 0, 2) > share(0.9, 0) > share(0.1, 0)


def test_how_sure_it_is_is_the_likeliest_over_all_mentions_but_not_the_outside() -> None:
    text = "ELN and ELN"
    labels = {(0, "REPORTED AS FACT"): 1.0, (2, "POSSIBLE"): 3.0, (1, "REPORTED AS FACT"): CERTAIN}
    encoded = made_up(text, sure((0, ORG), (2, ORG)) | labels)
    (one,) = named(text, encoded, description())
    assert certainty(one, encoded, description()) == "POSSIBLE"


@pytest.mark.parametrize(
    ("words", "plain"), [("The Army", "army"), ("  a   Bus ", "bus"), ("ÉTAT", "etat"), ("the", "")]
)
def test_words_are_compared_small_and_without_articles(words: str, plain: str) -> None:
    assert plain_words(words) == plain
