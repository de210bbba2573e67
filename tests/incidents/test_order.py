"""The same reports give the same incidents, in whatever order and in whatever batches they come."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.incidents.made_up import made_up

from sayso.incidents import edges, update
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account


def joined(batches: Iterable[Sequence[Account]]) -> dict[str, Any]:
    """What a fresh ledger holds after these batches: groups, likely pairs, reasons; nothing that is history."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ledger.db") as store:
        for batch in batches:
            with store.write() as connection:
                for one in batch:
                    put_account(connection, one, "test")
                update(connection, [one.report.id for one in batch])
        return held(store)


def held(store: Store) -> dict[str, Any]:
    """Incidents with their events, likely pairs and reasons, without ids and times of day."""
    e, p, j, i = schema.events.c, schema.edges.c, schema.joins.c, schema.incidents.c
    columns = [column for column in i if column.name not in ("id", "updated_at")]
    with store.read() as connection:
        groups: dict[str, set[str]] = {}
        for event, incident in connection.execute(sa.select(e.id, e.incident_id)):
            groups.setdefault(incident, set()).add(event)
        rows = {row[0]: tuple(row[1:]) for row in connection.execute(sa.select(i.id, *columns))}
        return {
            "incidents": {frozenset(events): rows[incident] for incident, events in groups.items() if incident},
            "pairs": set(connection.execute(sa.select(p.event_id, p.other_id, p.score)).all()),
            "reasons": set(connection.execute(sa.select(j.event_id, j.score, j.why)).all()),
        }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(order=st.permutations(range(9)), seed=st.integers(0, 5))
def test_any_order(order: list[int], seed: int) -> None:
    accounts = made_up(seed, 9)
    assert joined([accounts[at]] for at in order) == joined([accounts])


@pytest.mark.parametrize("seed", range(3))
def test_one_at_a_time_in_batches_and_read_again(seed: int) -> None:
    accounts = made_up(seed, 24)
    chance = random.Random(seed)
    shuffled = chance.sample(accounts, len(accounts))
    batches = [shuffled[at : at + 5] for at in range(0, len(shuffled), 5)]
    again = [[one] for one in chance.sample(accounts, 6)]
    whole = joined([accounts])
    assert max(map(len, whole["incidents"])) > 3
    assert joined(batches) == whole
    assert joined([*([one] for one in reversed(accounts)), *again]) == whole


def test_lists_of_likely_pairs_that_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "KEPT", 2)
    monkeypatch.setattr(edges, "KEPT_VAGUE", 3)
    accounts = made_up(7, 24)
    shuffled = random.Random(7).sample(accounts, len(accounts))
    whole = joined([accounts])
    assert joined([one] for one in shuffled) == whole
    assert joined([*([one] for one in reversed(accounts)), shuffled[:3], shuffled[3:5]]) == whole
