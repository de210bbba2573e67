"""Writing most of a ledger at once: rows go to the database as they are, indexes are built at the end.

On SQLite alone: elsewhere readers would have to wait. All is part of the caller's transaction: where that fails, the
indexes are as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection


@contextmanager
def without_indexes(connection: Connection, indexes: Sequence[sa.Index]) -> Iterator[None]:
    """Do without these indexes meanwhile; nothing may be looked up by them."""
    if connection.dialect.name != "sqlite":
        yield
        return
    for index in indexes:
        index.drop(connection, checkfirst=True)
    yield
    for index in indexes:
        index.create(connection)


def insert_all(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that all have the same columns, none of them left to a default."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(sa.insert(table), rows)
        return
    # Compiled by SQLAlchemy, every row would be walked twice more before it is written.
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in rows[0])
    values = ", ".join(f":{name}" for name in rows[0])
    connection.exec_driver_sql(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({values})", list(rows))
