from __future__ import annotations

from tests.incidents.test_responses import strike

from sayso.incidents.exchanges import patterns, said


def test_strike_answer_strike_is_an_exchange_where_it_is_said() -> None:
    strikes = [strike("A", "a", "2020-01-01"), strike("B", "b", "2020-02-01"), strike("C", "a", "2020-03-01")]
    (found,) = said(strikes, [("retaliation_for", "B", "A"), ("follows", "C", "B")])
    assert [(one.strike.incident_id, one.answers) for one in found.members] == [("A", ()), ("B", ("A",)), ("C", ("B",))]
    assert found.ground == "said"


def test_one_answer_alone_is_no_exchange() -> None:
    strikes = [strike("A", "a", "2020-01-01"), strike("B", "b", "2020-01-02")]
    assert said(strikes, [("retaliation_for", "B", "A")]) == []


def test_links_between_strikes_of_one_side_make_no_exchange() -> None:
    strikes = [strike(name, "a", f"2020-01-0{number}") for number, name in enumerate("ABC", 1)]
    assert said(strikes, [("follows", "B", "A"), ("follows", "C", "B")]) == []


def test_strikes_in_turn_are_only_a_pattern_in_time() -> None:
    days = (("A", "a", 1), ("B", "b", 3), ("C", "b", 4), ("D", "a", 7), ("E", "a", 20))
    (found,) = patterns([strike(name, way, f"2020-01-{day:02}") for name, way, day in days])
    assert (found.ground, found.size, found.turns) == ("pattern", 4, 3)
    assert [one.why for one in found.members][1:] == [
        "the other side, 2 days later",
        "the same side again, 1 day later",
        "the other side, 3 days later",
    ]


def test_dates_that_are_too_vague_make_no_pattern() -> None:
    strikes = [
        strike("A", "a", "2020-01-01"),
        strike("B", "b", "2020-01-01", "2020-01-31"),
        strike("C", "a", "2020-01-02"),
    ]
    assert patterns(strikes) == []
