from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.conftest import Ledger, account, told
from tests.incidents.made_up import made_up
from tests.incidents.test_order import held

from sayso.incidents import components, relink, relinking, update
from sayso.incidents.deciding import say_apart, say_same
from sayso.ledger import schema
from sayso.ledger.engine import CACHE
from sayso.ledger.store import Store
from sayso.ledger.write import put_account

TABLES = [
    table
    for table in schema.metadata.sorted_tables
    if table.name not in ("meta", "splits", "incident_ids", "accounts", "decisions")
]


def dump(store: Store) -> dict[str, Any]:
    with store.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(sa.select(table)).all())) for table in TABLES}


@pytest.mark.parametrize("seed", range(2))
def test_what_came_one_by_one_stays_as_it_is(ledger: Ledger, seed: int) -> None:
    for one in random.Random(seed).sample(made_up(seed, 24), 24):
        ledger.add(one)
    before = dump(ledger.store)
    found = relink(ledger.store)
    assert (found.changed, found.removed, found.merged) == (0, 0, {})
    assert dump(ledger.store) == before


@pytest.mark.parametrize("batch", [5, 1000])
def test_what_was_never_joined_comes_out_as_if_it_had_come_one_by_one(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(components, "AT_ONCE", batch)
    accounts = made_up(3, 24)
    ledger.add(*accounts)
    with Store.open(tmp_path / "other.db") as store:
        with store.write() as connection:
            for one in accounts:
                put_account(connection, one, "test")
        found = relink(store)
        assert found.events == sum(len(one.events) for one in accounts)
        assert held(store) == held(ledger.store)


@pytest.mark.parametrize("joined", [0, 8], ids=["nothing joined", "some joined"])
def test_processes_share_the_work(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, joined: int) -> None:
    accounts = made_up(4, 16)
    ledger.add(*accounts[:joined])
    with ledger.store.write() as connection:
        for one in accounts[joined:]:
            put_account(connection, one, "test")
    monkeypatch.setattr(relinking, "FEW", 0)
    relink(ledger.store, processes=2)
    shared = dump(ledger.store)
    monkeypatch.undo()
    assert relink(ledger.store, processes=1).changed == 0
    assert dump(ledger.store) == shared


def test_the_indexes_are_there_again_after_the_first_joining(ledger: Ledger) -> None:
    indexes = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix_%' ORDER BY name")
    with ledger.store.write() as connection:
        for one in made_up(4, 4):
            put_account(connection, one, "test")
        before = connection.execute(indexes).all()
    relink(ledger.store)
    with ledger.store.read() as connection:
        assert connection.execute(indexes).all() == before
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -CACHE


def test_decisions_hold(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()), account("r3", told("arrest")))
    with ledger.store.write() as connection:
        say_apart(connection, "reviewer", ["r1:e1"], ["r2:e1"])
        say_same(connection, "reviewer", ["r1:e1", "r3:e1"])
    relink(ledger.store)
    assert not ledger.together("r1:e1", "r2:e1")
    assert ledger.together("r1:e1", "r3:e1")


def test_a_ledger_of_an_older_joining_is_joined_anew_first_and_keeps_its_ids(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()), account("r3", told("arrest")))
    before = {event: ledger.incident_of(event) for event in ("r1:e1", "r3:e1")}
    with ledger.store.write() as connection:
        for table in (schema.event_keys, schema.edges, schema.joins):
            connection.execute(sa.delete(table))
        connection.execute(sa.delete(schema.meta).where(schema.meta.c.key == "joining"))
        events = sa.select(schema.events.c.id, schema.events.c.incident_id, sa.literal("[]"))
        connection.execute(sa.insert(schema.joins).from_select(["event_id", "incident_id", "why"], events))
    ledger.add(account("r4", told()))
    assert ledger.together("r1:e1", "r2:e1", "r4:e1")
    assert {event: ledger.incident_of(event) for event in before} == before


def test_a_larger_ledger_of_an_older_joining_asks_for_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.errors import SaysoError
    from sayso.incidents import join

    ledger.add(account("r1", told()))
    with ledger.store.write() as connection:
        connection.execute(sa.delete(schema.meta).where(schema.meta.c.key == "joining"))
    monkeypatch.setattr(join, "FEW_JOINED", 0)
    with pytest.raises(SaysoError, match=r"S420 .*sayso relink"), ledger.store.write() as connection:
        update(connection, ["r1"])
    relink(ledger.store)
    with ledger.store.write() as connection:
        assert update(connection, ["r1"]).changed == ()
