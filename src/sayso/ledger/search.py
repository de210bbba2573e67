"""Text search over the ledger: FTS5 on SQLite, plain substring search elsewhere. The only module that knows which."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger.schema import events, search_text

_COLUMNS = "title, place, names, quotes"
_DDL = (
    f"""CREATE VIRTUAL TABLE search_fts USING fts5({_COLUMNS}, content='search_text', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_fts(rowid, {_COLUMNS}) VALUES (new.id, new.title, new.place, new.names, new.quotes); END""",
    f"""CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_fts(search_fts, rowid, {_COLUMNS})
        VALUES ('delete', old.id, old.title, old.place, old.names, old.quotes); END""",
)


def create_index(connection: Connection) -> None:
    """Make the FTS5 index and the triggers that keep it; nothing to do on other databases."""
    if connection.dialect.name == "sqlite":
        for statement in _DDL:
            connection.exec_driver_sql(statement)


def terms(query: str) -> list[str]:
    """What a user looks for: words, and "phrases in quotes"."""
    return [phrase or word for phrase, word in re.findall(r'["“]([^"“”]+)["”]|([^\s"“”]+)', query)]


def incident_ids(query: str, *, dialect: str) -> sa.Select[tuple[str]]:
    """A query for the incidents one of whose events holds every term; the last may be the beginning of a word."""
    found = sa.select(events.c.incident_id).join(search_text, search_text.c.event_id == events.c.id)
    found = found.where(events.c.incident_id.is_not(None))
    wanted = terms(query)
    if not wanted:
        return found.where(sa.false())
    if dialect == "sqlite":
        # Quoted, so that nothing a user types is read as FTS5's own operators.
        match = " AND ".join(f'"{term.replace(chr(34), chr(32))}"' for term in wanted) + "*"
        rows = sa.text("SELECT rowid FROM search_fts WHERE search_fts MATCH :match").bindparams(match=match)
        return found.where(search_text.c.id.in_(rows.columns(sa.column("rowid", sa.Integer))))
    whole = search_text.c.title + " " + search_text.c.place + " " + search_text.c.names + " " + search_text.c.quotes
    return found.where(*(whole.icontains(term, autoescape=True) for term in wanted))
