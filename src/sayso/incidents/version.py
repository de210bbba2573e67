"""Which joining a ledger's incidents are from: one that knows nothing of the index must be joined anew first."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger.schema import joins, meta

KEY = "joining"
JOINING = "4"
"""To be raised when the keys, the comparison or the clustering give other incidents than before."""


def is_current(connection: Connection) -> bool:
    """Whether the incidents of a ledger are from this joining, or there are none yet."""
    found = connection.scalar(sa.select(meta.c.value).where(meta.c.key == KEY))
    if found is None and connection.scalar(sa.select(joins.c.event_id).limit(1)) is None:
        mark_joined(connection)
        return True
    return found == JOINING


def mark_joined(connection: Connection) -> None:
    """Note that all incidents are from this joining."""
    held = connection.scalar(sa.select(meta.c.value).where(meta.c.key == KEY))
    if held == JOINING:
        return
    connection.execute(sa.delete(meta).where(meta.c.key == KEY))
    connection.execute(sa.insert(meta), {"key": KEY, "value": JOINING})
