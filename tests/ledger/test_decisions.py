from __future__ import annotations

import pytest
import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.ledger import decisions, schema
from sayso.ledger.store import Store

TABLE = schema.decisions


@pytest.fixture
def three(store: Store) -> Store:
    with store.write() as connection:
        for number in range(3):
            decisions.append(connection, who="ann", kind="accept", target=f"SY-AAAA{number}", value={"note": "é"})
    return store


def test_a_chain_that_nobody_touched_verifies(three: Store) -> None:
    with three.read() as connection:
        assert decisions.verify(connection) == 3


def test_an_empty_chain_verifies(store: Store) -> None:
    with store.read() as connection:
        assert decisions.verify(connection) == 0


@pytest.mark.parametrize(
    "change",
    [
        sa.update(TABLE).where(TABLE.c.id == 2).values(value='{"note":"e"}'),
        sa.update(TABLE).where(TABLE.c.id == 2).values(who="bob"),
        sa.update(TABLE).where(TABLE.c.id == 2).values(at="2020-01-01T00:00:00+00:00"),
        sa.delete(TABLE).where(TABLE.c.id == 2),
        sa.delete(TABLE).where(TABLE.c.id == 1),
    ],
)
def test_a_changed_or_missing_decision_is_found(three: Store, change: sa.Executable) -> None:
    with three.write() as connection:
        connection.execute(change)
    with three.read() as connection, pytest.raises(SaysoError, match=r"^S212 "):
        decisions.verify(connection)


def test_a_decision_with_a_hash_of_its_own_does_not_fit_the_next(three: Store) -> None:
    with three.write() as connection:
        row = dict(connection.execute(sa.select(TABLE).where(TABLE.c.id == 2)).mappings().one()) | {"who": "bob"}
        connection.execute(sa.update(TABLE).where(TABLE.c.id == 2).values(who="bob", hash=decisions.seal(row)))
    with three.read() as connection, pytest.raises(SaysoError, match=r"^S212 decision 3"):
        decisions.verify(connection)
