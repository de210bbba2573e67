"""``sayso why``: the two, what holds of them, and what was weighed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.api import Ledger
from sayso.model import Account


@pytest.fixture
def two(filled: Path) -> tuple[str, str]:
    """The two incidents of the ledger, an air strike and what it is said to answer."""
    with Ledger(filled) as ledger:
        first, second = sorted(ledger.incidents()["id"].to_list())
    return first, second


def test_it_says_what_holds_and_why(sayso: Any, two: tuple[str, str]) -> None:
    ended = sayso("why", *two)
    assert ended.status == 0
    words = " ".join(ended.out.split())
    assert "They are two incidents: one report tells the two apart." in words
    assert "✕ one report tells the two apart" in words
    assert all(incident in words for incident in two)


def test_json_has_every_finding_with_its_weight(sayso: Any, two: tuple[str, str]) -> None:
    found = json.loads(sayso("why", *two, "--json").out)
    assert found["verdict"] == "They are two incidents: one report tells the two apart."
    (pair,) = found["pairs"]
    assert pair["comparison"]["refused"]
    assert pair["comparison"]["probability"] == 0
    assert [reason["weight"] for reason in pair["comparison"]["reasons"]] == [None]


def test_weights_come_to_a_likelihood(sayso: Any, filled: Path, make_account: Callable[..., Account]) -> None:
    ended = sayso("why", *_copied(filled, make_account))
    words = " ".join(ended.out.split())
    assert "They share 2 incidents: two of their tellings are alike (more than 99 %)." in words
    assert "before anything is known of the two" in words
    assert "a likelihood of" in words


def _copied(filled: Path, make_account: Callable[..., Account]) -> tuple[str, str]:
    """Two reports that tell of the same, the second in other words."""
    from sayso import incidents
    from sayso.ledger.store import Store
    from sayso.ledger.write import put_account

    first = make_account()
    second = make_account(text=first.report.text + " So said another outlet.", publisher="Another Outlet")
    with Store.open(filled) as store, store.write() as connection:
        put_account(connection, second, "two.txt")
        incidents.update(connection, [second.report.id])
    return first.report.id, second.report.id


def test_an_unknown_id_is_told_so(sayso: Any, two: tuple[str, str]) -> None:
    ended = sayso("why", two[0], "SY-NONE0")
    assert (ended.status, ended.err[:5]) == (2, "S460 ")


def test_python_gives_the_same(filled: Path, two: tuple[str, str]) -> None:
    with Ledger(filled) as ledger:
        found = ledger.why(*two)
    assert (found.first.id, found.second.id, found.together) == (*two, ())
