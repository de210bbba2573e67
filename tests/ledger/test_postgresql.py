"""The ledger on a real PostgreSQL: the same rows, lists and incidents as on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from tests.postgresql import cluster, programs

from sayso import incidents
from sayso.errors import SaysoError
from sayso.incidents.deciding import say_apart
from sayso.ledger import queries, schema
from sayso.ledger.filters import Filters
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
MakeAccount = Callable[..., Account]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """The address of an empty database."""
    name = f"t{uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


def add(store: Store, account: Account) -> None:
    with store.write() as connection:
        put_account(connection, account, "x.txt")
        incidents.update(connection, [account.report.id])


def rows(store: Store) -> list[tuple[str, str, int]]:
    i = schema.incidents.c
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(sa.select(i.id, i.status, i.reports).order_by(i.id))]


def test_the_same_incidents_as_on_sqlite(url: str, tmp_path: Path, make_account: MakeAccount) -> None:
    accounts = [
        make_account(),
        make_account(text="Rockets hit Alford, a war monitor said.\n\nThe US military denied it."),
    ]
    with Store.open(url) as served, Store.open(tmp_path / "ledger.sqlite") as file:
        for account in accounts:
            add(served, account)
            add(file, account)
        assert rows(served) == rows(file) != []


def test_lists_and_searches(url: str, make_account: MakeAccount) -> None:
    with Store.open(url) as store:
        add(store, make_account())
        with store.read() as connection:
            found = queries.list_incidents(connection, Filters(text="Alford", statuses=("contested",)))
            assert found.total == len(found.items) == 1
            assert queries.incident(connection, found.items[0]["id"]) is not None


def test_joining_anew_changes_nothing(url: str, make_account: MakeAccount) -> None:
    with Store.open(url) as store:
        for text in ("", " It was late.", " It was dark."):
            add(store, make_account(text=f"Rockets hit the base at Alford on Sunday, a war monitor said.{text}"))
        before = rows(store)
        assert incidents.relink(store).changed == 0
        assert rows(store) == before != []


def test_a_decision_holds(url: str, make_account: MakeAccount) -> None:
    with Store.open(url) as store:
        add(store, make_account())
        with store.write() as connection:
            one, other = connection.scalars(sa.select(schema.incidents.c.id).order_by("id"))
            say_apart(connection, "A. Reviewer", [one], [other])
        assert len(rows(store)) == 2


def test_reading_again_supersedes(url: str, make_account: MakeAccount) -> None:
    with Store.open(url) as store:
        add(store, make_account())
        before = rows(store)
        add(store, make_account(reader="newer"))
        assert rows(store) == before


def test_two_writers_at_once_give_what_one_gives(url: str, make_account: MakeAccount) -> None:
    texts = [f"Rockets hit Alford on Sunday, a war monitor said. Report {number}." for number in range(12)]
    accounts = [make_account(text=text) for text in texts]
    with Store.open(url) as store:
        context = get_context("spawn")
        writers = [context.Process(target=_add_all, args=(url, accounts[part::2])) for part in range(2)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(120)
        assert [writer.exitcode for writer in writers] == [0, 0]
        together = [(status, reports) for _, status, reports in rows(store)]
    assert sum(reports for _, reports in together) >= len(accounts)
    assert max(reports for _, reports in together) == len(accounts)


def _add_all(url: str, accounts: list[Account]) -> None:
    with Store.open(url) as store:
        for account in accounts:
            add(store, account)


def test_a_reader_sees_one_state_whoever_writes_meanwhile(url: str, make_account: MakeAccount) -> None:
    with Store.open(url) as store, Store.open(url) as other:
        add(store, make_account())
        with store.read() as connection:
            before = connection.scalar(sa.select(sa.func.count()).select_from(schema.reports))
            add(other, make_account(text="Rockets hit Benton on Sunday, a war monitor said."))
            assert connection.scalar(sa.select(sa.func.count()).select_from(schema.reports)) == before
        assert len(rows(store)) >= 1


def test_a_writer_that_waits_too_long_is_told_so(
    url: str, monkeypatch: pytest.MonkeyPatch, make_account: MakeAccount
) -> None:
    monkeypatch.setattr("sayso.ledger.engine.BUSY_SECONDS", 1.0)
    with Store.open(url) as store, Store.open(url) as other, store.write(), pytest.raises(SaysoError, match="S204"):
        add(other, make_account())
