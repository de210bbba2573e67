"""Short ids of incidents that people can say aloud: a country, five letters or digits; derived from an event."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.knowledge.countries import countries
from sayso.ledger import schema

# Crockford's base 32: without I, L, O and U, which are misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORTEST = 5


def incident_id(event_id: str, country: str | None, length: int = _SHORTEST) -> str:
    """The id that an incident gets from its first event; ``country`` is ISO 3166-1 alpha-3, "XX" stands for none."""
    number = int.from_bytes(hashlib.sha256(event_id.encode()).digest())
    letters = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    known = countries().get(country or "")
    return f"{known.iso2 if known else 'XX'}-{''.join(letters)}"


def free_id(connection: Connection, event_id: str, country: str | None) -> str:
    """The shortest id of an event that no incident has or ever had."""
    length = _SHORTEST
    while _taken(connection, candidate := incident_id(event_id, country, length)):
        length += 1
    return candidate


def current_id(connection: Connection, wanted: str) -> str:
    """The id under which an incident is found now: itself, or the one that it was merged into."""
    table = schema.incident_ids.c
    return connection.scalar(sa.select(table.current).where(table.old == wanted)) or wanted


def _taken(connection: Connection, candidate: str) -> bool:
    for column in (schema.incidents.c.id, schema.incident_ids.c.old):
        if connection.scalar(sa.select(column).where(column == candidate)) is not None:
            return True
    # An incident formed in this very update has events before it has a row.
    events = schema.events.c
    found = sa.select(events.id).where(events.incident_id == candidate).limit(1)
    return connection.scalar(found) is not None
