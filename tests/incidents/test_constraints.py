from __future__ import annotations

from sayso.incidents.constraints import Said, settle


def same(number: int, *events: str) -> Said:
    return Said(id=number, kind="same", sides=(events,))


def apart(number: int, one: tuple[str, ...], two: tuple[str, ...]) -> Said:
    return Said(id=number, kind="apart", sides=(one, two))


def test_the_later_of_two_on_one_pair_stands() -> None:
    found = settle([same(1, "a", "b"), apart(2, ("a",), ("b",))])
    assert (found.same, found.apart, found.overruled) == ({}, {("a", "b"): 2}, {1: 2})
    found = settle([apart(1, ("a",), ("b",)), same(2, "a", "b")])
    assert (found.same, found.apart, found.overruled) == ({("a", "b"): 2}, {}, {1: 2})


def test_what_follows_from_later_decisions_counts() -> None:
    found = settle([same(1, "a", "b"), same(2, "b", "c"), apart(3, ("a",), ("c",))])
    assert found.same == {("b", "c"): 2}
    assert found.overruled == {1: 3}


def test_a_decision_may_hold_in_part() -> None:
    found = settle([same(1, "a", "b", "c"), apart(2, ("a",), ("c",))])
    assert found.same == {("a", "b"): 1}
    assert found.overruled == {1: 2}


def test_the_order_in_which_they_are_given_does_not_matter() -> None:
    said = [same(1, "a", "b"), apart(2, ("a", "d"), ("c",)), same(3, "c", "d"), same(4, "b", "c")]
    assert settle(said) == settle(reversed(said))


def test_of_each_event_those_it_must_not_be_joined_with() -> None:
    assert settle([apart(1, ("a",), ("b", "c"))]).forbidden() == {"a": {"b", "c"}, "b": {"a"}, "c": {"a"}}


def test_an_event_that_is_not_found_any_more_leaves_the_others_alone() -> None:
    assert settle([same(1), apart(2, (), ("a",))]).same == {}
