"""Comparisons kept in the ledger, so that the pages can show them: put, listed, read, forgotten.

Neither ACLED's nor UCDP's notes, headlines or articles are kept: ids, dates, places, sides, numbers and source names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.result import OUTCOMES, About, Comparison, Entry
from sayso.errors import SaysoError
from sayso.ledger import schema
from sayso.ledger.store import now

CHUNK = 2000
"""Rows written or read at a time."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A kept comparison without its entries."""

    id: int
    name: str
    dataset: str
    file: str
    made_at: str
    about: About


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one kept comparison has of an incident: an id of theirs, and the details on which the two differ."""

    comparison: int
    name: str
    dataset: str
    foreign_id: str
    differs: tuple[str, ...]


def keep(connection: Connection, name: str, found: Comparison) -> int:
    """Keep a comparison under a name, in the place of an earlier one of that name; its id."""
    sets = schema.comparison_sets
    connection.execute(sa.delete(sets).where(sets.c.name == name))
    row = {"name": name, "dataset": found.about.dataset, "file": found.about.file, "made_at": now()}
    about = msgspec.json.encode(found.about).decode()
    set_id = int(connection.execute(sa.insert(sets).returning(sets.c.id), row | {"about": about}).scalar_one())
    for at in range(0, len(found.entries), CHUNK):
        _put(connection, set_id, found.entries[at : at + CHUNK], at)
    return set_id


def _put(connection: Connection, set_id: int, entries: Sequence[Entry], at: int) -> None:
    events, matches = schema.comparison_events, schema.comparison_matches
    theirs = [entry.theirs for entry in entries if entry.theirs is not None]
    if theirs:
        rows = [{"set_id": set_id, "foreign_id": e.id, "data": msgspec.json.encode(e).decode()} for e in theirs]
        connection.execute(sa.insert(events), rows)
    known = sa.select(events.c.foreign_id, events.c.id).where(
        events.c.set_id == set_id, events.c.foreign_id.in_([event.id for event in theirs])
    )
    numbers: dict[str, int] = dict(connection.execute(known).all())
    connection.execute(
        sa.insert(matches),
        [
            {
                "set_id": set_id,
                "outcome": entry.outcome,
                "position": at + number,
                "incident_id": entry.ours.id if entry.ours else None,
                "event_id": numbers[entry.theirs.id] if entry.theirs else None,
                "differs": _marked(entry),
                "data": msgspec.json.encode(msgspec.structs.replace(entry, theirs=None)).decode(),
            }
            for number, entry in enumerate(entries)
        ],
    )


def _marked(entry: Entry) -> str:
    return "".join(f",{difference.detail}" for difference in entry.differs) + "," if entry.differs else ""


def forget(connection: Connection, name: str) -> None:
    """Take a kept comparison out of the ledger. Raises S836 where there is none of that name."""
    sets = schema.comparison_sets
    if connection.execute(sa.delete(sets).where(sets.c.name == name)).rowcount == 0:
        names = ", ".join(kept.name for kept in kept_comparisons(connection)) or "none is kept"
        raise SaysoError("S836", name=name, names=names)


def kept_comparisons(connection: Connection) -> list[Kept]:
    """All kept comparisons, by name."""
    sets = schema.comparison_sets
    return [_kept(row) for row in connection.execute(sa.select(sets).order_by(sets.c.name)).mappings()]


def kept_comparison(connection: Connection, set_id: int) -> Kept | None:
    """One kept comparison; null where there is none."""
    sets = schema.comparison_sets
    row = connection.execute(sa.select(sets).where(sets.c.id == set_id)).mappings().first()
    return None if row is None else _kept(row)


def _kept(row: Any) -> Kept:
    about = msgspec.json.decode(row["about"], type=About)
    return Kept(**{name: row[name] for name in ("id", "name", "dataset", "file", "made_at")}, about=about)


def kept_entries(
    connection: Connection,
    set_id: int,
    outcome: str,
    *,
    differs: str | None = None,
    side: str | None = None,
    start: int = 0,
    size: int | None = None,
) -> tuple[int, list[Entry]]:
    """How many entries of one outcome there are, and a stretch of them by day.

    ``differs`` asks for matches that differ on a detail ("any" for at least one), ``side`` for entries with an event of
    "ours" or "theirs".
    """
    m, e = schema.comparison_matches.c, schema.comparison_events.c
    where = [m.set_id == set_id, m.outcome == outcome]
    if differs:
        where.append(m.differs != "" if differs == "any" else m.differs.contains(f",{differs},"))
    if side:
        where.append(m.incident_id.is_not(None) if side == "ours" else m.event_id.is_not(None))
    total = connection.scalar(sa.select(sa.func.count()).select_from(schema.comparison_matches).where(*where)) or 0
    query = (
        sa.select(m.data, e.data)
        .select_from(schema.comparison_matches)
        .outerjoin(schema.comparison_events, e.id == m.event_id)
        .where(*where)
        .order_by(m.position)
        .offset(start)
    )
    rows = connection.execute(query if size is None else query.limit(size)).all()
    return total, [_entry(*row) for row in rows]


def every_entry(connection: Connection, set_id: int) -> Iterator[Entry]:
    """All entries of a kept comparison, in their order, fetched in pieces."""
    for outcome in OUTCOMES:
        total, entries = kept_entries(connection, set_id, outcome, size=CHUNK)
        yield from entries
        for start in range(CHUNK, total, CHUNK):
            yield from kept_entries(connection, set_id, outcome, start=start, size=CHUNK)[1]


def _entry(data: str, theirs: str | None) -> Entry:
    entry = msgspec.json.decode(data, type=Entry)
    event = None if theirs is None else msgspec.json.decode(theirs, type=ForeignEvent)
    return msgspec.structs.replace(entry, theirs=event)


def told_of(connection: Connection, incident_id: str) -> list[Told]:
    """What the kept comparisons have of one incident, also under ids that were merged into it."""
    m, e, s, i = (
        table.c
        for table in (
            schema.comparison_matches,
            schema.comparison_events,
            schema.comparison_sets,
            schema.incident_ids,
        )
    )
    former = connection.scalars(sa.select(i.old).where(i.current == incident_id)).all()
    query = (
        sa.select(s.id, s.name, s.dataset, e.foreign_id, m.differs)
        .select_from(schema.comparison_matches)
        .join(schema.comparison_sets, s.id == m.set_id)
        .join(schema.comparison_events, e.id == m.event_id)
        .where(m.incident_id.in_([incident_id, *former]))
        .order_by(s.name, e.foreign_id)
    )
    return [
        Told(comparison=number, name=name, dataset=dataset, foreign_id=key, differs=tuple(filter(None, on.split(","))))
        for number, name, dataset, key, on in connection.execute(query)
    ]
