"""Decisions as they read today: what stands, what a later one overruled, what was undone; nothing is ever lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.incidents.conftest import Ledger, account, told

from sayso.incidents import decided
from sayso.incidents.deciding import say_apart, say_same, undo
from sayso.incidents.ruling_words import became, says

A, B, C = "r1:e1", "r2:e1", "r3:e1"


@pytest.fixture
def three(ledger: Ledger) -> Ledger:
    """Three reports of air strikes on one town, a month apart: three incidents."""
    for number, day in enumerate(("2016-03-01", "2016-04-01", "2016-05-01"), 1):
        ledger.add(account(f"r{number}", told(day=day), published=day, publisher=f"Outlet {number}"))
    assert len({ledger.incident_of(event) for event in (A, B, C)}) == 3
    return ledger


def same(ledger: Ledger, *events: str, who: str = "Rana", note: str = "") -> int:
    with ledger.store.write() as connection:
        return say_same(connection, who, events, note)


def apart(ledger: Ledger, side: str, other: str, who: str = "Omar") -> int:
    with ledger.store.write() as connection:
        return say_apart(connection, who, [side], [other])


def taken_back(ledger: Ledger, decision: int, who: str = "Rana") -> int:
    with ledger.store.write() as connection:
        return undo(connection, who, decision)


def states(ledger: Ledger) -> dict[int, tuple[str, int | None]]:
    with ledger.store.read() as connection:
        return {ruling.id: (ruling.state, ruling.by) for ruling in decided.listed(connection).items}


def test_a_decision_stands_and_says_who_and_why(three: Ledger) -> None:
    number = same(three, A, B, note="one strike, two dates")
    with three.store.read() as connection:
        (ruling,) = decided.listed(connection).items
    assert (ruling.id, ruling.who, ruling.kind, ruling.note) == (number, "Rana", "same", "one strike, two dates")
    assert ruling.stands
    assert ruling.incidents == (three.incident_of(A),)
    assert [spoken.event for side in ruling.sides for spoken in side] == [A, B]
    assert says(ruling) == "2 tellings are one occurrence"
    assert became(ruling) == "stands"


def test_of_two_that_contradict_each_other_the_later_stands_and_both_are_kept(three: Ledger) -> None:
    first = same(three, A, B)
    assert three.together(A, B)
    second = apart(three, A, B)
    assert not three.together(A, B)
    assert states(three) == {first: ("overruled", second), second: ("stands", None)}
    third = same(three, A, B, who="Lina")
    assert three.together(A, B)
    assert states(three) == {first: ("stands", None), second: ("overruled", third), third: ("stands", None)}


def test_what_a_later_decision_leaves_of_an_earlier_one_stands_in_part(three: Ledger) -> None:
    first = same(three, A, B, C)
    second = apart(three, A, C)
    assert states(three)[first] == ("overruled in part", second)
    with three.store.read() as connection:
        ruling = decided.one(connection, first)
    assert ruling is not None
    assert ruling.stands
    assert became(ruling) == f"stands in part; for the rest, the later decision {second} stands"


def test_an_undoing_can_be_undone(three: Ledger) -> None:
    first = same(three, A, B)
    back = taken_back(three, first)
    assert not three.together(A, B)
    assert states(three) == {first: ("undone", back), back: ("stands", None)}
    again = taken_back(three, back)
    assert three.together(A, B)
    assert states(three) == {first: ("stands", None), back: ("undone", again), again: ("stands", None)}


def test_what_was_undone_overrules_nothing(three: Ledger) -> None:
    first = same(three, A, B)
    second = apart(three, A, B)
    taken_back(three, second)
    assert states(three)[first] == ("stands", None)
    assert three.together(A, B)


@pytest.mark.parametrize("event", [A, B])
def test_an_incident_lists_all_that_was_ever_decided_on_it(three: Ledger, event: str) -> None:
    first = same(three, A, B)
    second = apart(three, A, B)
    back = taken_back(three, second)
    with three.store.read() as connection:
        found = decided.on_incident(connection, three.incident_of(event) or "")
        assert decided.on_incident(connection, three.incident_of(C) or "").items == []
    assert [ruling.id for ruling in found.items] == [back, second, first]
    assert found.total == 3


def test_decisions_between_two_are_those_on_both(three: Ledger) -> None:
    first = same(three, A, B)
    second = apart(three, A, C)
    with three.store.read() as connection:
        between: Callable[..., list[int]] = lambda *pair: [r.id for r in decided.between(connection, *pair)]  # noqa: E731
        assert between([A], [B]) == [first]
        assert between([C], [A]) == [second]
        assert between([B], [C]) == []


def test_decisions_are_listed_page_by_page_the_latest_first(three: Ledger) -> None:
    numbers = [same(three, A, B) for _ in range(3)]
    with three.store.read() as connection:
        first, second = (decided.listed(connection, number, 2) for number in (1, 2))
        beyond = decided.listed(connection, 9, 2)
    assert [ruling.id for ruling in (*first.items, *second.items)] == numbers[::-1]
    assert (first.total, first.pages, beyond.number) == (3, 2, 2)


def test_no_decision_has_the_number_of_none(three: Ledger) -> None:
    with three.store.read() as connection:
        assert decided.one(connection, 7) is None
