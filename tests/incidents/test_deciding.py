from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from tests.incidents.conftest import RAQQA, Ledger, account, told

from sayso.errors import SaysoError
from sayso.incidents.deciding import say_apart, say_same, undo
from sayso.ledger import decisions, schema
from sayso.model import Span

FAR = msgspec.structs.replace(RAQQA, id="p2", name="Kabul", gazetteer_id="g:kabul", country="AFG", lat=34.5, lon=69.2)


def same(ledger: Ledger, *events: str) -> int:
    with ledger.store.write() as connection:
        return say_same(connection, "Ada", events, note="seen on video")


def apart(ledger: Ledger, one: str, two: str) -> int:
    with ledger.store.write() as connection:
        return say_apart(connection, "Ben", [one], [two])


def take_back(ledger: Ledger, decision: int) -> int:
    with ledger.store.write() as connection:
        return undo(connection, "Ada", decision)


def test_events_that_nothing_else_would_join_are_one_on_a_reviewer_s_word(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told("arrest", place="p2"), places=(RAQQA, FAR)))
    decision = same(ledger, "r1:e1", "r2:e1")
    assert ledger.together("r1:e1", "r2:e1")
    (why,) = json.loads(next(row["why"] for row in ledger.rows(schema.joins) if row["event_id"] == "r2:e1"))
    assert (why["feature"], why["decision"]) == ("decision", decision)


def test_two_events_of_one_report_can_be_said_to_be_one(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), told(id="e2")))
    same(ledger, "r1:e1", "r1:e2")
    assert ledger.together("r1:e1", "r1:e2")


def test_events_said_to_be_different_part_and_the_split_is_on_record(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    kept = ledger.incident_of("r1:e1")
    apart(ledger, "r1:e1", "r2:e1")
    assert ledger.incident_of("r1:e1") == kept != ledger.incident_of("r2:e1")
    (split,) = ledger.rows(schema.splits)
    assert (split["from_incident"], split["to_incident"]) == (kept, ledger.incident_of("r2:e1"))
    assert split["reason"] == "Ben said that they are different occurrences"


def test_a_report_that_comes_later_keeps_to_what_was_decided(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    apart(ledger, "r1:e1", "r2:e1")
    ledger.add(account("r3", told()), account("r4", told()))
    assert not ledger.together("r1:e1", "r2:e1")


def test_the_later_decision_stands_and_both_are_kept(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told("arrest")))
    same(ledger, "r1:e1", "r2:e1")
    apart(ledger, "r1:e1", "r2:e1")
    assert not ledger.together("r1:e1", "r2:e1")
    same(ledger, "r1:e1", "r2:e1")
    assert ledger.together("r1:e1", "r2:e1")
    with ledger.store.read() as connection:
        assert decisions.verify(connection) == 3


def test_what_was_taken_back_no_longer_holds_until_that_is_taken_back(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    before = ledger.incident_of("r2:e1")
    decision = apart(ledger, "r1:e1", "r2:e1")
    undoing = take_back(ledger, decision)
    assert ledger.incident_of("r2:e1") == ledger.incident_of("r1:e1") == before
    take_back(ledger, undoing)
    assert not ledger.together("r1:e1", "r2:e1")


def test_incidents_can_be_named_as_a_whole(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()), account("r3", told("arrest")))
    one, two = ledger.incident_of("r1:e1") or "", ledger.incident_of("r3:e1") or ""
    same(ledger, one, two)
    assert ledger.together("r1:e1", "r2:e1", "r3:e1")


def moved(start: int, words: str, **facts: Any) -> Any:
    event = told(facts.pop("kind", "airstrike"), **facts)
    return msgspec.structs.replace(event, mentions=(Span(start, start + len(words), words),))


def test_a_decision_holds_after_its_report_is_read_anew_under_other_numbers(ledger: Ledger) -> None:
    ledger.add(account("r1", moved(40, "air strike"), moved(4, "a shelling", id="e2", kind="shelling")))
    ledger.add(account("r2", told("arrest")))
    same(ledger, "r1:e1", "r2:e1")
    ledger.add(account("r1", moved(4, "shelling", kind="shelling"), moved(37, "an air strike", id="e2")))
    assert ledger.together("r1:e2", "r2:e1")
    assert not ledger.together("r1:e1", "r2:e1")


def test_a_decision_whose_event_is_no_longer_read_is_kept(ledger: Ledger) -> None:
    ledger.add(account("r1", moved(40, "air strike")), account("r2", told("arrest")))
    same(ledger, "r1:e1", "r2:e1")
    ledger.add(account("r1", moved(4, "shelling", kind="shelling")))
    assert not ledger.together("r1:e1", "r2:e1")
    assert [row["event_id"] for row in ledger.rows(schema.constraints)] == [None, "r2:e1"]
    ledger.add(account("r1", moved(40, "air strike", id="e7")))
    assert ledger.together("r1:e7", "r2:e1")


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (lambda c: say_same(c, "Ada", ["r1:e1", "r9:e1"]), "S410"),
        (lambda c: say_same(c, "Ada", ["r1:e1", "r1:e1"]), "S411"),
        (lambda c: say_apart(c, "Ada", ["r1:e1"], []), "S411"),
        (lambda c: say_same(c, "Ada", ["r1:e1", "r2:e2"]), "S412"),
        (lambda c: say_apart(c, "Ada", ["r1:e1"], ["r1:e1"]), "S413"),
        (lambda c: undo(c, "Ada", 7), "S414"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(ledger: Ledger, say: Any, code: str) -> None:
    ledger.add(account("r1", told()), account("r2", told(), told(id="e2", modality="planned")))
    with pytest.raises(SaysoError, match=f"^{code} "), ledger.store.write() as connection:
        say(connection)
    assert ledger.rows(schema.decisions) == []


def test_what_is_taken_back_cannot_be_taken_back_again(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    decision = apart(ledger, "r1:e1", "r2:e1")
    take_back(ledger, decision)
    with pytest.raises(SaysoError, match=r"^S415 .* decision 2"):
        take_back(ledger, decision)
