"""The whole ledger joined anew: what comes out is what its reports and decisions give, whatever happened before.

One transaction: killed at any point the ledger is as it was before, and the same call gives the same incidents. What is
in place already is not written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.candidates import Finder, stored_rows
from sayso.incidents.components import Listed, batches, components
from sayso.incidents.constraints import anchor
from sayso.incidents.counting import put, put_new, refresh
from sayso.incidents.domain import Domain
from sayso.incidents.edges import Pairs, Scores, best, kept, write_lists
from sayso.incidents.features import MAIN, Features, chunks, day, load_by_id
from sayso.incidents.join import joinable_events
from sayso.incidents.keys import MONTH, WEEK
from sayso.incidents.processes import Progress, compared, counted, rarely_collected
from sayso.incidents.settling import Changes, Settler, carry_over
from sayso.incidents.sweep import Pair, copied_pairs
from sayso.incidents.testimony import events_of
from sayso.incidents.version import mark_joined
from sayso.ledger import copies, schema
from sayso.ledger.bulk import insert_all, without_indexes
from sayso.ledger.engine import roomy
from sayso.ledger.store import Store

FEW = 20_000
"""Up to so many events or incidents one process is as quick as two."""
ANALYSED = 2_000
"""How many entries of an index are looked at to see how it is made up; SQLite would walk all of a large ledger."""

_STAGED = sa.Table(
    "staged_keys",
    sa.MetaData(),
    *(sa.Column(column.name, column.type) for column in schema.event_keys.columns),
    prefixes=["TEMPORARY"],
)
# By these nothing is looked up while a ledger is joined for the first time, and every row of theirs changes.
_LATER = (
    *(index for table in (schema.incidents, schema.parties, schema.dyads, schema.records) for index in table.indexes),
    *(index for table in (schema.joins, schema.edges, schema.event_keys) for index in table.indexes),
    *(
        index
        for table in (schema.claims, schema.links)
        for index in table.indexes
        if any("incident" in column.name for column in index.columns)
    ),
)


class Relinked(msgspec.Struct, frozen=True, kw_only=True):
    """What a relinking found and changed: counts of events and incidents; ids merged away (old: current)."""

    events: int
    changed: int
    """Incidents made or changed."""
    removed: int
    merged: dict[str, str]


def relink(store: Store, *, processes: int = 2, progress: Progress | None = None) -> Relinked:
    """Join all events of a ledger anew and write what differs. Raises what ``Store.write`` raises.

    Nobody else can write meanwhile. ``processes`` share comparing and counting; on a database by URL one does it all.
    """
    with store.write() as connection:
        copies.refill(connection)  # Committed first: the processes that share the work read the file.
    with store.write() as connection:
        return relink_within(connection, store if processes > 1 else None, processes, progress)


def relink_within(
    connection: Connection, store: Store | None = None, processes: int = 1, progress: Progress | None = None
) -> Relinked:
    """The same within the caller's transaction; with ``store`` further processes read its file."""
    with roomy(connection), rarely_collected():
        return _Relinking(connection, store, processes, progress or (lambda what, done, of: None)).run()


class _Relinking:
    """One relinking. ``first``: nothing was joined yet, so that nothing that is written need be sought first."""

    def __init__(self, connection: Connection, store: Store | None, processes: int, say: Progress) -> None:
        self._connection = connection
        self._path = Path(store.name) if store is not None and connection.dialect.name == "sqlite" else None
        self._processes = processes
        self._say = say
        e, i = schema.events.c, schema.incidents.c
        joined = sa.select(e.id).where(e.incident_id.is_not(None)).limit(1)
        self._first = connection.scalar(joined) is None and connection.scalar(sa.select(i.id).limit(1)) is None

    def run(self) -> Relinked:
        connection = self._connection
        _anchor_all(connection)
        events = _in_order(connection)
        lists = _lists(events, self._pairs(events))
        with ExitStack() as stack:
            if self._first:
                for table in (schema.event_keys, schema.edges, schema.joins):
                    connection.execute(sa.delete(table))
                stack.enter_context(without_indexes(connection, _LATER))
                _STAGED.create(connection)
            changes = self._joined(events, lists)
        mark_joined(connection)
        if changes.changed:
            # How the database looks things up rests on counts that were taken when no event was in an incident.
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA analysis_limit={ANALYSED}")
            connection.exec_driver_sql("ANALYZE")
        return Relinked(
            events=len(events), changed=len(changes.changed), removed=len(changes.removed), merged=dict(changes.merged)
        )

    def _pairs(self, events: Sequence[Listed]) -> Iterator[Pair]:
        path = self._path if len(events) > FEW else None
        yield from compared(self._connection, events, path, self._processes, self._say)
        yield from copied_pairs(self._connection, _families(self._connection))

    def _joined(self, events: Sequence[Listed], lists: Mapping[str, Scores]) -> Changes:
        connection, pairs = self._connection, Pairs()
        finder = Finder(connection)
        why = "the whole ledger was joined anew"
        settler = Settler(connection, finder, pairs, why, carry=not self._first)
        settled = self._settled(finder, settler, pairs, events, lists)
        # What a part comes to rests on its events alone: where there are no incidents yet, it is counted meanwhile.
        meanwhile = self._first and self._path is not None and len(events) > FEW
        if meanwhile and self._path is not None:
            for computed in counted(self._path, settled, self._processes):
                put_new(connection, computed)
        else:
            deque(settled, maxlen=0)
        if self._first:
            carry_over(connection)
            _sort_keys(connection)
        stale = list(connection.scalars(sa.select(schema.stale_incidents.c.incident_id)))
        for table in (schema.stale_incidents, schema.stale_events):
            connection.execute(sa.delete(table))
        return settler.finish(stale, counting=_counted_already if meanwhile else self._count)

    def _settled(
        self,
        finder: Finder,
        settler: Settler,
        pairs: Pairs,
        events: Sequence[Listed],
        lists: Mapping[str, Scores],
    ) -> Iterator[dict[str, str]]:
        """The events with their incidents, part by part, as they are written."""
        done = 0
        for part in batches(components(self._connection, events, lists)):
            yield self._settle(finder, settler, pairs, part, lists)
            done += len(part)
            self._say("Joining", done, len(events))

    def _settle(
        self, finder: Finder, settler: Settler, pairs: Pairs, part: Sequence[str], lists: Mapping[str, Scores]
    ) -> dict[str, str]:
        # What nothing is compared with needs none of its sides.
        alone = [event for event in part if event not in lists]
        finder.know(load_by_id(self._connection, alone, bare=True).values())
        domain = Domain(self._connection, finder, len(part))
        domain.hold(part)
        self._bring_keys(list(domain.events.values()))
        write_lists(self._connection, {event: lists.get(event, {}) for event in part}, new=self._first)
        for event in part:
            for other, score in lists.get(event, {}).items():
                domain.pairs[event][other] = domain.pairs[other][event] = score
        pairs.forget()
        return settler.settle(domain, [])

    def _bring_keys(self, events: Sequence[Features]) -> None:
        if not self._first:
            _bring_keys(self._connection, events)
        else:
            insert_all(self._connection, _STAGED, stored_rows(events))

    def _count(self, connection: Connection, incidents: Sequence[str]) -> list[str]:
        if self._path is None or len(incidents) <= FEW:
            return list(refresh(connection, incidents))
        removed: list[str] = []
        parts = list(chunks(incidents))
        found = counted(self._path, (events_of(connection, part) for part in parts), self._processes)
        for done, (part, computed) in enumerate(zip(parts, found, strict=True), 1):
            removed += put(connection, part, computed)
            self._say("Counting", done, len(parts))
        return removed


def _counted_already(_: Connection, __: Sequence[str]) -> list[str]:
    return []


def _sort_keys(connection: Connection) -> None:
    """Write the keys that were put aside in the order in which they stand."""
    k = _STAGED.c
    columns = [k.key, k.day, k.event_id]
    connection.execute(sa.insert(schema.event_keys).from_select(columns, sa.select(*columns).order_by(*columns)))
    _STAGED.drop(connection)


def _anchor_all(connection: Connection) -> None:
    c = schema.constraints.c
    anchor(connection, sorted(connection.scalars(sa.select(c.report_id).where(c.event_id.is_(None)).distinct())))


def _in_order(connection: Connection) -> list[Listed]:
    """All events that form incidents, in the order of their days."""
    e, r = schema.events.c, schema.reports.c
    main = sa.func.coalesce(e.terms.contains(MAIN), sa.false())
    query = sa.select(e.id, e.start, e.end, r.published, main).join(schema.reports, r.id == e.report_id)
    found = []
    for event, start, end, published, mostly in connection.execute(query.where(joinable_events(sa.true()))):
        first, last, told = day(start), day(end), day(published)
        days = 0 if first is None or last is None else (last - first).days + 1
        at = first if 0 < days <= MONTH else told
        # As sayso.incidents.keys.leaf has it.
        vague = not mostly and not 0 < days <= WEEK
        found.append(Listed(0 if at is None else at.toordinal(), event, vague))
    found.sort()
    return found


def _families(connection: Connection) -> Iterator[list[str]]:
    """The events of near-copies and of what they copy, by original."""
    e, r = schema.events.c, schema.reports.c
    roots = sorted(connection.scalars(sa.select(r.copy_of).where(r.copy_of.is_not(None)).distinct()))
    for root in roots:
        told = sa.select(e.id).join(schema.reports, r.id == e.report_id)
        yield list(connection.scalars(told.where(sa.or_(r.id == root, r.copy_of == root), joinable_events(sa.true()))))


def _lists(events: Sequence[Listed], pairs: Iterable[Pair]) -> dict[str, Scores]:
    """Of each event that has any its best pairs."""
    leaves = {one.id for one in events if one.leaf}
    found: dict[str, Scores] = {}
    for one, two, score in pairs:
        for event, other in ((one, two), (two, one)):
            scores = found.setdefault(event, {})
            scores[other] = score
            if len(scores) > 4 * kept(event in leaves):
                found[event] = best(scores, kept(event in leaves))
    return {event: best(scores, kept(event in leaves)) for event, scores in found.items()}


def _bring_keys(connection: Connection, events: Sequence[Features]) -> None:
    """Write the keys of these events where they are not those that stand in the index."""
    k = schema.event_keys
    wanted = {(row["key"], row["day"], row["event_id"]) for row in stored_rows(events)}
    held: set[tuple[str, int, str]] = set()
    for part in chunks([event.id for event in events]):
        query = sa.select(k.c.key, k.c.day, k.c.event_id).where(k.c.event_id.in_(part))
        held |= {(key, at, event) for key, at, event in connection.execute(query)}
    stale = sorted({event for _, _, event in held - wanted})
    for part in chunks(stale):
        connection.execute(sa.delete(k).where(k.c.event_id.in_(part)))
    gone = set(stale)
    new = [row for row in sorted(wanted) if row not in held or row[2] in gone]
    insert_all(connection, k, [{"key": key, "day": at, "event_id": event} for key, at, event in new])
