from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.sides import Named, group_of, one_initiator, one_recipient


def kept(names: list[str], *, hit: bool = False) -> list[str]:
    listed = [Named(name) for name in names]
    return [names[i] for i in (one_recipient if hit else one_initiator)(listed)]


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (["the regime", "Regime forces"], ["the regime"]),
        (["Russian", "a Russian warplane"], ["Russian"]),
        (["Government helicopters", "regime forces"], ["regime forces"]),
        (["terrorists", "ISIS terrorists"], ["ISIS terrorists"]),
        (["the militants", "Boko Haram"], ["Boko Haram"]),
        (["a suicide bomber", "the attacker"], ["a suicide bomber"]),
        (["IS", "Islamic State group jihadists"], ["IS"]),
        (["The planes", "Russian warplanes"], ["Russian warplanes"]),
        (["Jaysh al-Islam", "Jaysh al-Islam terrorists"], ["Jaysh al-Islam"]),
    ],
)
def test_one_side_under_several_names_is_listed_once(names: list[str], one: list[str]) -> None:
    assert kept(names) == one


@pytest.mark.parametrize(
    "names",
    [
        ["US", "US-led coalition"],
        ["the army", "rebels"],
        ["Syria", "Russia"],
        ["Hezbollah", "the army"],
        ["Free Syrian Army", "Syrian Arab Army"],
        ["militants", "Iraqi troops"],
    ],
)
def test_two_sides_stay_two(names: list[str]) -> None:
    assert kept(names) == names


def test_names_keep_their_order_where_a_later_one_says_more() -> None:
    assert kept(["terrorists", "the army", "ISIS terrorists"]) == ["the army", "ISIS terrorists"]


def test_the_actor_base_tells_that_two_names_are_one() -> None:
    assert one_initiator([Named("Daesh", "actor:is"), Named("the caliphate", "actor:is")]) == [0]


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (["At least 11 civilians", "68 civilians"], ["At least 11 civilians"]),
        (["two children", "three children"], ["two children"]),
        (["a base", "an air base near Homs"], ["an air base near Homs"]),
        (["the convoy", "a UN convoy"], ["a UN convoy"]),
        (["a woman", "13 other people"], ["a woman"]),
        (["Six people", "four people"], ["Six people"]),
        (["18 people", "civilians"], ["civilians"]),
        (["dozens of civilians", "three civilians"], ["dozens of civilians"]),
    ],
)
def test_those_hit_are_listed_once(names: list[str], one: list[str]) -> None:
    assert kept(names, hit=True) == one


@pytest.mark.parametrize(
    "names",
    [
        ["a woman", "four civilians"],
        ["two soldiers", "a base"],
        ["the Salah Eddin neighborhood", "the Zahraa neighborhood"],
        ["several shops", "cars", "24 people"],
    ],
)
def test_two_that_were_hit_stay_two(names: list[str]) -> None:
    assert kept(names, hit=True) == names


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("the terrorist groups", "terrorist"),
        ("Terrorist organizations", "terrorist"),
        ("terrorists", "terrorist"),
        ("rebel fighters", "rebel"),
        ("ISIS terrorists", None),
        ("the army", None),
    ],
)
def test_fighters_without_a_name_are_one_group_by_one_word(text: str, group: str | None) -> None:
    assert group_of(text) == group


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_names_are_kept_in_order_and_never_all_dropped(names: list[str]) -> None:
    for settle in (one_initiator, one_recipient):
        found = settle([Named(n) for n in names])
        assert found == sorted(found)
        assert bool(found) == bool(names)
