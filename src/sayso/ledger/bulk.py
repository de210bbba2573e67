"""Writing most of a ledger at once: indexes are built at the end instead of row by row.

On SQLite alone: elsewhere readers would have to wait. All is part of the caller's transaction: where that fails, the
indexes are as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
