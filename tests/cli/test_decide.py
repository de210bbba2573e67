"""``sayso decide``: what a reviewer says is recorded, joins or splits at once, can be undone, and is never lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.api import Ledger
from sayso.model import Account


@pytest.fixture
def two(filled: Path) -> tuple[str, str]:
    """The two incidents of the ledger: rockets, and the air strike that is said to answer them."""
    with Ledger(filled) as ledger:
        rows = ledger.incidents().to_dicts()
    return next(r["id"] for r in rows if r["type"] == "shelling"), next(
        r["id"] for r in rows if r["type"] == "airstrike"
    )


def incidents(path: Path) -> int:
    with Ledger(path) as ledger:
        return ledger.incidents().height


def test_what_is_said_to_be_one_is_one(sayso: Any, filled: Path, two: tuple[str, str]) -> None:
    ended = sayso("decide", "same", *two, "--who", "Rana", "--note", "one night, one exchange")
    assert ended.status == 0
    words = " ".join(ended.out.split())
    assert words.startswith("1. Rana: 2 tellings are one occurrence “one night, one exchange” — stands 20")
    assert incidents(filled) == 1


def test_the_id_that_was_merged_leads_to_what_it_is_part_of(sayso: Any, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    shown = [sayso("show", incident).status for incident in two]
    assert shown == [0, 0]
    assert "Rana said so" in " ".join(sayso("why", *two).out.split())


def test_an_incident_is_split_by_naming_what_is_another(sayso: Any, filled: Path, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    with sqlite3.connect(filled) as connection:
        ((event, incident),) = connection.execute("SELECT id, incident_id FROM events WHERE type = 'airstrike'")
    ended = sayso("decide", "apart", incident, event, "--who", "Omar")
    assert "Omar: one telling and one telling are different occurrences — stands" in " ".join(ended.out.split())
    assert incidents(filled) == 2


def test_contradictory_decisions_are_both_kept_and_the_later_stands(sayso: Any, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    sayso("decide", "apart", two[0], two[0], "--who", "Omar")  # refused: nothing would be left
    event = json.loads(sayso("decide", "list", "--json").out)[0]["sides"][0][0]["event"]
    sayso("decide", "apart", two[0], event, "--who", "Omar")
    lines = sayso("decide", "list").out
    assert "2. " in lines.split("1. ")[0]
    assert "overruled by the later decision 2" in " ".join(lines.split())
    assert {entry["state"] for entry in json.loads(sayso("decide", "list", "--json").out)} == {"stands", "overruled"}


def test_a_decision_can_be_undone_and_that_too(sayso: Any, filled: Path, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    assert "takes decision 1 back" in " ".join(sayso("decide", "undo", 1, "--who", "Omar").out.split())
    assert incidents(filled) == 2
    sayso("decide", "undo", 2, "--who", "Rana")
    assert incidents(filled) == 1
    lines = " ".join(sayso("decide", "list").out.split())
    assert "takes decision 1 back — undone by decision 3" in lines


def test_decisions_on_one_incident_are_listed_alone(sayso: Any, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    assert "Rana" in sayso("decide", "list", two[0].lower()).out
    ended = sayso("decide", "list", "SY-NONE0")
    assert (ended.status, ended.err[:5]) == (2, "S210 ")


def test_nothing_decided_is_said_so(sayso: Any, two: tuple[str, str]) -> None:
    assert "Nobody has decided anything here." in sayso("decide", "list").out
    assert "Nobody has decided on this incident." in sayso("decide", "list", two[0]).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("same", "SY-NONE0", "SY-NONE1"), "S410"),
        (("apart", "SY-NONE0", "x"), "S210"),
        (("undo", "7"), "S414"),
    ],
)
@pytest.mark.usefixtures("filled")
def test_what_is_not_there_is_refused_and_nothing_recorded(sayso: Any, arguments: tuple[str, ...], code: str) -> None:
    ended = sayso("decide", *arguments, "--who", "Rana")
    assert (ended.status, ended.err[:5]) == (2, f"{code} ")
    assert "Nobody has decided anything here." in sayso("decide", "list").out


def test_what_is_no_part_of_the_incident_cannot_be_split_off(sayso: Any, two: tuple[str, str]) -> None:
    assert sayso("decide", "apart", two[0], "elsewhere", "--who", "Rana").err.startswith("S462 ")
    assert sayso("decide", "apart", two[0], two[0], "--who", "Rana").err.startswith("S463 ")


def test_incidents_can_be_kept_apart_before_they_are_ever_joined(sayso: Any, two: tuple[str, str]) -> None:
    assert sayso("decide", "apart", *two, "--who", "Rana").status == 0
    assert "Rana said so" in " ".join(sayso("why", *two).out.split())


def test_who_decides_is_named(sayso: Any, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert sayso("decide", "same", *two, "--who", " ").err.startswith("S461 ")
    monkeypatch.setenv("SAYSO_REVIEWER", "the night desk")
    assert "the night desk:" in " ".join(sayso("decide", "same", *two).out.split())


def test_the_login_name_stands_where_nobody_is_named(
    sayso: Any, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_REVIEWER", raising=False)
    monkeypatch.setenv("LOGNAME", "rana")
    assert " rana: " in " ".join(sayso("decide", "same", *two).out.split())


def test_a_changed_decision_is_found_out(sayso: Any, filled: Path, two: tuple[str, str]) -> None:
    sayso("decide", "same", *two, "--who", "Rana")
    whole = sayso("decide", "verify").out
    assert whole.startswith("All seals fit, of 1 decision. ")
    with sqlite3.connect(filled) as connection:
        (seal,) = connection.execute("SELECT hash FROM decisions").fetchone()
        connection.execute("UPDATE decisions SET who = 'somebody else'")
    assert seal in whole
    ended = sayso("decide", "verify")
    assert (ended.status > 0, ended.err[:5]) == (True, "S212 ")


def test_python_does_the_same(filled: Path, two: tuple[str, str]) -> None:
    with Ledger(filled) as ledger:
        number = ledger.say_same("Rana", *two, note="one exchange")
        assert ledger.incidents().height == 1
        ledger.undo("Rana", number)
        ledger.say_apart("Omar", *two)
        found = ledger.decisions()
        assert [ruling.kind for ruling in found.items] == ["apart", "undo", "same"]
        assert [ruling.id for ruling in ledger.decisions(two[0]).items] == [3, 2, 1]
    assert incidents(filled) == 2


def test_a_decision_outlives_a_new_reading(
    sayso: Any, filled: Path, two: tuple[str, str], make_account: Callable[..., Account]
) -> None:
    from sayso import incidents as joining
    from sayso.ledger.store import Store
    from sayso.ledger.write import put_account

    sayso("decide", "same", *two, "--who", "Rana")
    again = make_account(reader="test-2")
    with Store.open(filled) as store, store.write() as connection:
        put_account(connection, again, "one.txt")
        joining.update(connection, [again.report.id])
    assert incidents(filled) == 1
