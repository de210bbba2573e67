from __future__ import annotations

from typing import Any

import pytest

from sayso.incidents.clustering import Place, attach, cluster, representatives
from sayso.incidents.compare import THRESHOLD, Comparison
from sayso.incidents.constraints import Rules
from sayso.incidents.edges import COPY
from sayso.incidents.features import Features
from sayso.incidents.reason import Reason

GOOD = THRESHOLD + 3
BAD = THRESHOLD - 4


def event(name: str, report: str | None = None, **facts: Any) -> Features:
    report = report or f"r-{name}"
    return Features(id=name, report_id=report, type="airstrike", copy_root=facts.pop("root", report), **facts)


def groups(
    events: list[Features], scores: dict[str, float | None], rules: Rules | None = None, copies: tuple[str, ...] = ()
) -> list[str]:
    """Groups of events; ``scores`` by pair ("ab"), null where something rules it out; a pair not given is bad."""

    def weigh(one: Features, two: Features) -> Comparison:
        score = scores.get("".join(sorted((one.id, two.id))), BAD)
        # The sum of the weights and the score differ by where the log-odds start.
        start = Comparison((Reason("type", "", 0.0),)).score
        return Comparison((Reason("type", "", None if score is None else score - start),))

    pairs: dict[str, dict[str, float]] = {}
    for pair, score in scores.items():
        if pair in copies or (score is not None and score >= THRESHOLD):
            kept = COPY if pair in copies else score or 0.0
            pairs.setdefault(pair[0], {})[pair[1]] = kept
            pairs.setdefault(pair[1], {})[pair[0]] = kept
    found = cluster(events, pairs, rules or Rules(), weigh)
    return sorted("".join(sorted(one.id for one in group)) for group in found)


A, B, C, D = (event(name) for name in "abcd")


def test_pairs_make_groups() -> None:
    assert groups([A, B, C], {"ab": GOOD, "ac": GOOD, "bc": GOOD}) == ["abc"]


def test_one_bridge_is_not_enough() -> None:
    assert groups([A, B, C], {"ab": GOOD, "bc": THRESHOLD + 1, "ac": BAD}) == ["ab", "c"]


def test_what_rules_out_one_pair_keeps_the_groups_apart() -> None:
    assert groups([A, B, C], {"ab": GOOD + 1, "bc": GOOD, "ac": None}) == ["ab", "c"]


def test_two_events_of_one_report_are_never_in_one_group() -> None:
    other = event("c", report="r-a")
    assert groups([A, B, other], {"ab": GOOD, "bc": GOOD - 1, "ac": GOOD}) == ["ab", "c"]


def test_near_copies_come_first_and_need_no_further_reason() -> None:
    scores: dict[str, float | None] = {"ab": GOOD, "bc": BAD, "ac": None}
    assert groups([A, B, C], scores, copies=("bc",)) == ["a", "bc"]


def test_decisions_outweigh_everything() -> None:
    other = event("c", report="r-a")
    assert groups([A, other], {"ac": None}, Rules(same={("a", "c"): 1})) == ["ac"]
    assert groups([A, B], {"ab": GOOD}, Rules(apart={("a", "b"): 1})) == ["a", "b"]
    assert groups([A, B, C], {"ab": GOOD + 1, "bc": GOOD, "ac": GOOD}, Rules(apart={("a", "c"): 1})) == ["ab", "c"]


@pytest.mark.parametrize("order", ["abcd", "dcba", "bdac"])
def test_the_order_of_the_events_does_not_matter(order: str) -> None:
    known = {one.id: one for one in (A, B, C, D)}
    scores: dict[str, float | None] = {"ab": GOOD, "bc": GOOD, "cd": GOOD, "ac": None, "bd": GOOD, "ad": None}
    assert groups([known[name] for name in order], scores) == groups([A, B, C, D], scores)


def test_for_a_large_group_each_text_stands_once_before_its_copies() -> None:
    copies = [event(f"x{number:02}", root="r-x", published="2016-05-01") for number in range(30)]
    own = event("z", published="2016-05-30")
    standing = representatives([*copies, own])
    assert len(standing) == 16
    assert own in standing


def places(**ids: str) -> dict[str, Place]:
    return {key: Place(key, frozenset(f"r-{one}" for one in held), frozenset(held)) for key, held in ids.items()}


def attached(scores: dict[str, float], rules: Rules | None = None, report: str | None = None) -> dict[int, str]:
    where = {"a": "X", "b": "X", "c": "Y"}
    return attach([[event("v", report)]], {"v": scores}, where, places(X="ab", Y="c"), rules or Rules())


def test_a_vague_event_goes_where_it_alone_fits() -> None:
    assert attached({"a": 2.0, "b": 1.0}) == {0: "X"}
    assert attached({}) == {}


def test_a_vague_event_that_fits_two_goes_to_neither_unless_one_is_clearly_likelier() -> None:
    assert attached({"a": 2.0, "c": 1.0}) == {}
    assert attached({"a": 4.0, "c": 1.0}) == {0: "X"}


def test_a_vague_event_keeps_to_what_its_report_and_reviewers_tell_apart() -> None:
    assert attached({"a": 4.0}, report="r-b") == {}
    assert attached({"a": 4.0}, Rules(apart={("b", "v"): 1})) == {}


def test_of_two_vague_events_of_one_report_one_is_taken() -> None:
    leaves = [[event("v", "r-v")], [event("w", "r-v")]]
    pairs = {"v": {"a": 2.0}, "w": {"a": 3.0}}
    assert attach(leaves, pairs, {"a": "X"}, places(X="a"), Rules()) == {1: "X"}
