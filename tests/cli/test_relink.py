from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.relink import summary
from sayso.incidents import Relinked
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account


@pytest.mark.usefixtures("filled")
def test_a_ledger_that_is_in_order_stays_as_it_is(sayso: Any) -> None:
    ended = sayso("relink")
    assert (ended.status, ended.out) == (0, "2 events: every incident is as it was.\n")


def test_what_was_not_joined_is(sayso: Any, tmp_path: Path, make_account: Callable[..., Account]) -> None:
    with Store.open(tmp_path / "sayso.sqlite") as store, store.write() as connection:
        put_account(connection, make_account(), "one.txt")
    assert sayso("relink").out == "2 events: 2 incidents made or changed.\n"
    assert "2 incidents" in sayso("incidents").out


def test_there_must_be_a_ledger(sayso: Any) -> None:
    ended = sayso("relink", "--ledger", "none.sqlite")
    assert ended.status == 2
    assert ended.err.startswith("S206 ")


def test_the_summary_says_all_that_changed() -> None:
    found = Relinked(events=2000, changed=3, removed=1, merged={"SY-AAAAA": "SY-BBBBB"})
    assert summary(found) == (
        "2,000 events: 3 incidents made or changed, 1 id now leading to another incident, 1 incident removed."
    )
