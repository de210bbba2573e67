"""What reviewers said: appended, never overwritten, each record sealed with the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.ledger import schema
from sayso.ledger.store import now

FIRST_HASH = "0" * 64


def append(connection: Connection, *, who: str, kind: str, target: str, value: Any, at: str | None = None) -> int:
    """Record a decision and return its id. ``value`` is what JSON can hold; ``at`` is ISO 8601, now where null."""
    table = schema.decisions
    row = {"at": at or now(), "who": who, "kind": kind, "target": target, "value": _canonical(value)}
    row["previous_hash"] = last_hash(connection)
    row["hash"] = seal(row)
    return int(connection.execute(sa.insert(table).returning(table.c.id), row).scalar_one())


def verify(connection: Connection) -> int:
    """How many decisions the chain holds. Raises S212 at the first that was changed, removed or put in between.

    A chain cut off at its end still verifies: note the last hash elsewhere to see that.
    """
    table, previous, count = schema.decisions, FIRST_HASH, 0
    for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings():
        if row["previous_hash"] != previous or row["hash"] != seal(dict(row)):
            raise SaysoError("S212", id=row["id"])
        previous, count = row["hash"], count + 1
    return count


def count(connection: Connection) -> int:
    """How many decisions were ever recorded."""
    return connection.scalar(sa.select(sa.func.count()).select_from(schema.decisions)) or 0


def last_hash(connection: Connection) -> str:
    """The hash of the latest decision, which seals all before it; noted elsewhere, it shows a chain cut off."""
    table = schema.decisions
    return connection.scalar(sa.select(table.c.hash).order_by(table.c.id.desc()).limit(1)) or FIRST_HASH


def seal(row: dict[str, Any]) -> str:
    """The hash of a decision's columns and of the hash before it, SHA-256 in hexadecimal."""
    sealed = {name: row[name] for name in ("at", "who", "kind", "target", "value", "previous_hash")}
    return hashlib.sha256(_canonical(sealed).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
