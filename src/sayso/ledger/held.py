"""Incidents found by what stands beside them (words, speakers, sides): sought once, however often a page asks.

A page lists, counts and maps the same incidents. Of a million with a word that one in ten has, each of these would walk
all mentions again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_KEY = "sayso_held"


def held(connection: Connection, name: str, wanted: sa.Select[tuple[Any]]) -> sa.Select[tuple[Any]]:
    """What ``wanted`` gives (ids of incidents), kept under ``name`` until the transaction ends or asks for other ones.

    On SQLite, where a reader may have tables of its own; elsewhere ``wanted`` itself.
    """
    if connection.dialect.name != "sqlite":
        return wanted
    compiled = wanted.compile(dialect=connection.dialect)
    asked = (connection.get_transaction(), str(compiled), repr(compiled.params))
    table = sa.Table(
        f"held_{name}",
        sa.MetaData(),
        sa.Column("incident_id", sa.String, primary_key=True),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
    )
    known = connection.info.setdefault(_KEY, {})
    if known.get(name) != asked:
        table.drop(connection, checkfirst=True)
        table.create(connection)
        # Grouped, they come in the order in which they are kept.
        each = wanted.group_by(*wanted.selected_columns)
        connection.execute(sa.insert(table).from_select(["incident_id"], each))
        known[name] = asked
    return sa.select(table.c.incident_id)
