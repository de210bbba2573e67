"""What an incident amounts to, computed from its events and claims: its row, sides, dyads and speakers' records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents import parties
from sayso.incidents.features import MAIN, PLACE_COLUMNS, Features, chunks, day
from sayso.incidents.parties import Row
from sayso.incidents.records import records
from sayso.incidents.statement import load_statements
from sayso.incidents.summary import Span, summarise
from sayso.incidents.testimony import Testimony, events_of, load_named
from sayso.ledger import schema
from sayso.ledger.bulk import insert_all
from sayso.ledger.store import now


class Counted(msgspec.Struct, frozen=True):
    """All that is written of one incident."""

    row: Row
    """Its columns in ``incidents`` but for ``updated_at``."""
    part: parties.Part
    records: list[Row]

    @property
    def id(self) -> str:
        """The incident's id."""
        found: str = self.row["id"]
        return found


def refresh(connection: Connection, incidents: Sequence[str]) -> tuple[str, ...]:
    """Compute these incidents anew; one that has lost all its events is removed. Returns the ids removed."""
    removed: list[str] = []
    for part in chunks(incidents):
        removed += put(connection, part, count(connection, events_of(connection, part)))
    return tuple(removed)


def count(connection: Connection, events: Mapping[str, str]) -> list[Counted]:
    """Compute the incidents that ``events`` gives these events, each with all its events; writes nothing."""
    members, spans = _members(connection, events)
    statements, named = load_statements(connection, events), load_named(connection, events)
    told = parties.load_told(connection, events, statements)
    found = []
    for incident, mine in members.items():
        said = Testimony(statements=statements.get(incident, []), named=named.get(incident, []))
        row = summarise(mine, spans[incident], said.statements, said.initiators) | {"id": incident}
        heard = [{"incident_id": incident} | msgspec.to_builtins(one) for one in records(said, row["status"])]
        found.append(Counted(row, parties.part(row, told.get(incident, [])), heard))
    return found


def put(connection: Connection, incidents: Sequence[str], counted: Iterable[Counted]) -> list[str]:
    """Bring what is written of these incidents in line; those that were not counted are removed. Returns their ids."""
    table, found = schema.incidents, {one.id: one for one in counted}
    held = connection.execute(sa.select(table).where(table.c.id.in_(incidents))).mappings()
    known = {row["id"]: row for row in held}
    changes: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for incident, before in known.items():
        after = found[incident].row if incident in found else {}
        # Only what differs: an index is written again for each column that is set, whether or not it changes.
        change = {name: value for name, value in after.items() if before[name] != value}
        if change:
            changes[tuple(change)].append(change | {"updated_at": now(), "_id": incident})
    for rows in changes.values():
        names = [name for name in rows[0] if name != "_id"]
        values: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in names}
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("_id")).values(values), rows)
    removed = [incident for incident in incidents if incident not in found]
    if removed:
        connection.execute(sa.delete(table).where(table.c.id.in_(removed)))
        connection.execute(sa.delete(schema.incident_ids).where(schema.incident_ids.c.current.in_(removed)))
    for beside in (schema.parties, schema.dyads, schema.records):
        connection.execute(sa.delete(beside).where(beside.c.incident_id.in_(incidents)))
    put_new(connection, found.values(), but=set(known))
    return removed


def put_new(connection: Connection, counted: Iterable[Counted], but: Iterable[str] = ()) -> None:
    """Write what was counted of incidents of which nothing is written yet; the rows of those in ``but`` are."""
    counted, at, there = list(counted), now(), set(but)
    rows = {
        schema.incidents: [one.row | {"updated_at": at} for one in counted if one.id not in there],
        schema.parties: [row for one in counted for row in one.part.parties],
        schema.dyads: [row for one in counted for row in one.part.dyads],
        schema.records: [row for one in counted for row in one.records],
    }
    for table, new in rows.items():
        insert_all(connection, table, new)


_E, _R = schema.events.c, schema.reports.c
# Made once: they are asked with every report.
_MEMBERS = (
    sa.select(_E.report_id, _E.id, _E.type, _E.start, _E.end, _E.time_precision)
    .add_columns(sa.func.coalesce(_E.terms.contains(MAIN), sa.false()))
    .add_columns(_E.killed_low, _E.killed_high, _E.injured_low, _E.injured_high)
    .add_columns(*(_E[name] for name in PLACE_COLUMNS))
    .where(_E.id.in_(sa.bindparam("events", expanding=True)))
)
_DATES = sa.select(_R.id, _R.published).where(_R.id.in_(sa.bindparam("reports", expanding=True)))


def _members(
    connection: Connection, events: Mapping[str, str]
) -> tuple[dict[str, list[Features]], dict[str, list[Span]]]:
    """The events of each incident by age, as far as its row needs them, and their times by the events' ids."""
    told = [row for part in chunks(list(events)) for row in connection.execute(_MEMBERS, {"events": part}).all()]
    # Asked for on their own and sorted here: joined, SQLite may walk all reports by date for the few that fit.
    dates: dict[str, str] = {}
    for part in chunks(sorted({row[0] for row in told})):
        dates |= dict(connection.execute(_DATES, {"reports": part}).all())
    rows = sorted(((dates[row[0]], *row) for row in told), key=lambda row: row[:3])
    members: dict[str, list[Features]] = defaultdict(list)
    spans: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for published, report, event, kind, start, end, precision, mostly, *rest in rows:
        incident = events[event]
        spans[incident].append((event, (start, end, precision)))
        members[incident].append(
            Features(
                id=event,
                report_id=report,
                type=kind,
                published=published,
                first=day(start),
                last=day(end),
                main=bool(mostly),
                killed=(rest[0], rest[1]),
                injured=(rest[2], rest[3]),
                **dict(zip(PLACE_COLUMNS, rest[4:], strict=True)),
            )
        )
    return members, {incident: [span for _, span in sorted(found)] for incident, found in spans.items()}
