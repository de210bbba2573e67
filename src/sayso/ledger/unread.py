"""What could not be read: kept with its reason until it can be."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger.schema import unread
from sayso.ledger.store import now


def put_unread(connection: Connection, source: str, code: str, message: str, *, at: str | None = None) -> None:
    """Keep why a source was not read; a source that was tried before gets the newest reason and one more attempt."""
    seen = {"code": code, "message": message, "last_seen": at or now()}
    tried = sa.update(unread).where(unread.c.source == source).values(**seen, attempts=unread.c.attempts + 1)
    if connection.execute(tried).rowcount == 0:
        connection.execute(sa.insert(unread), seen | {"source": source, "first_seen": seen["last_seen"], "attempts": 1})


def clear_unread(connection: Connection, source: str) -> None:
    """Forget that a source was not read: now it was."""
    connection.execute(sa.delete(unread).where(unread.c.source == source))
