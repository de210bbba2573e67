"""What could not be read: kept with its reason until it can be."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger.schema import unread
from sayso.ledger.store import now

_RECORD = re.compile(r":\d+$")


def put_unread(connection: Connection, source: str, code: str, message: str, *, at: str | None = None) -> None:
    """Keep why a source was not read; a source that was tried before gets the newest reason and one more attempt."""
    seen = {"code": code, "message": message, "last_seen": at or now()}
    tried = sa.update(unread).where(unread.c.source == source).values(**seen, attempts=unread.c.attempts + 1)
    if connection.execute(tried).rowcount == 0:
        connection.execute(sa.insert(unread), seen | {"source": source, "first_seen": seen["last_seen"], "attempts": 1})


def clear_unread(connection: Connection, source: str, *, still: Collection[str] = ()) -> None:
    """Forget that a source, or records in it (``source:3``), were not read, but for what is ``still`` not."""
    found = find_unread(connection, source, still=still)
    if found:
        connection.execute(sa.delete(unread).where(unread.c.source.in_(found)))


def find_unread(connection: Connection, source: str, *, still: Collection[str] = ()) -> list[str]:
    """The kept names of a source and of records in it, without those that are ``still`` not read."""
    records = unread.c.source.startswith(source, autoescape=True)
    kept = connection.scalars(sa.select(unread.c.source).where(records))
    # LIKE is blind to case on SQLite; and "a.txt.bak" is no record of "a.txt".
    return [
        name
        for name in kept
        if name not in still and name.startswith(source) and name[len(source) : len(source) + 1] in ("", ":")
    ]


def unread_files(connection: Connection) -> list[str]:
    """The files that could not be read, or not wholly; a record's file stands for it."""
    kept = connection.scalars(sa.select(unread.c.source).order_by(unread.c.source))
    return list(dict.fromkeys(_RECORD.sub("", name) for name in kept))
