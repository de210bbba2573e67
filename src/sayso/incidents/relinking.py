"""The whole ledger joined anew: what comes out is what its reports and decisions give, whatever happened before.

One transaction: killed at any point the ledger is as it was before, and the same call gives the same incidents. What is
in place already is not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.candidates import Finder, stored_rows
from sayso.incidents.constraints import SAME, anchor, load_decisions, undone
from sayso.incidents.domain import Domain
from sayso.incidents.edges import Pairs, Scores, best, kept, write_lists
from sayso.incidents.features import MAIN, Features, chunks, day, load_by_id
from sayso.incidents.join import joinable_events
from sayso.incidents.keys import MONTH, WEEK
from sayso.incidents.settling import Settler
from sayso.incidents.sweep import WINDOW_DAYS, Pair, copied_pairs, sweep
from sayso.incidents.version import mark_joined
from sayso.ledger import copies, schema
from sayso.ledger.engine import file_engine
from sayso.ledger.store import Store

AT_ONCE = 1_000
"""How many events are joined together, where they are not connected."""
ANALYSED = 2_000
"""How many entries of an index are looked at to see how it is made up; SQLite would walk all of a large ledger."""
FEW = 20_000
"""Up to so many events one process is as quick as two."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


class Relinked(msgspec.Struct, frozen=True, kw_only=True):
    """What a relinking found and changed: counts of events and incidents; ids merged away (old: current)."""

    events: int
    changed: int
    """Incidents made or changed."""
    removed: int
    merged: dict[str, str]


def relink(store: Store, *, processes: int = 2, progress: Progress | None = None) -> Relinked:
    """Join all events of a ledger anew and write what differs. Raises what ``Store.write`` raises.

    Nobody else can write meanwhile. ``processes`` share the comparing; on a database by URL one does it all.
    """
    with store.write() as connection:
        copies.refill(connection)  # Committed first: the processes that share the comparing read the file.
    with store.write() as connection:
        return relink_within(connection, store if processes > 1 else None, processes, progress)


def relink_within(
    connection: Connection, store: Store | None = None, processes: int = 1, progress: Progress | None = None
) -> Relinked:
    """The same within the caller's transaction; with ``store`` further processes read its file."""
    say = progress or (lambda what, done, of: None)
    _anchor_all(connection)
    events = _in_order(connection)
    lists = _lists(events, _compared(connection, events, store if len(events) > FEW else None, processes, say))
    finder = Finder(connection)
    pairs = Pairs()
    settler = Settler(connection, finder, pairs, "the whole ledger was joined anew")
    done = 0
    for part in _batches(_components(connection, events, lists)):
        _settle(connection, finder, settler, pairs, part, lists)
        done += len(part)
        say("Joining", done, len(events))
    say("Counting", 0, 1)
    stale = list(connection.scalars(sa.select(schema.stale_incidents.c.incident_id)))
    for table in (schema.stale_incidents, schema.stale_events):
        connection.execute(sa.delete(table))
    changes = settler.finish(stale)
    mark_joined(connection)
    if changes.changed:
        # How the database looks things up rests on counts that were taken when no event was in an incident.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA analysis_limit={ANALYSED}")
        connection.exec_driver_sql("ANALYZE")
    return Relinked(
        events=len(events), changed=len(changes.changed), removed=len(changes.removed), merged=dict(changes.merged)
    )


class _Listed(msgspec.Struct, frozen=True, order=True, array_like=True):
    """An event by the day under which it stands in the index of the joining."""

    day: int
    id: str
    leaf: bool


def _anchor_all(connection: Connection) -> None:
    c = schema.constraints.c
    anchor(connection, sorted(connection.scalars(sa.select(c.report_id).where(c.event_id.is_(None)).distinct())))


def _in_order(connection: Connection) -> list[_Listed]:
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
        vague = not mostly if not 0 < days <= MONTH else days > WEEK
        found.append(_Listed(0 if at is None else at.toordinal(), event, vague))
    found.sort()
    return found


def _compared(
    connection: Connection, events: Sequence[_Listed], store: Store | None, processes: int, say: Progress
) -> Iterator[Pair]:
    """All likely pairs, near-copies last; several processes take a stretch of days each."""
    path = None if store is None or connection.dialect.name != "sqlite" else Path(store.name)
    stretches = list(_stretches(events, 1 if path is None else processes))
    if path is None:
        for ids, before in stretches:
            yield from sweep(connection, ids, before)
    else:
        tasks = [(str(path), ids, before) for ids, before in stretches]
        with get_context("spawn").Pool(processes) as pool:
            for done, found in enumerate(pool.imap(_sweep_file, tasks), 1):
                yield from found
                say("Comparing", done, len(tasks))
    yield from copied_pairs(connection, _families(connection))


def _sweep_file(task: tuple[str, list[str], list[str]]) -> list[Pair]:
    path, ids, before = task
    engine = file_engine(Path(path))
    try:
        with engine.connect() as connection, connection.begin():
            return list(sweep(connection, ids, before))
    finally:
        engine.dispose()


def _stretches(events: Sequence[_Listed], number: int) -> Iterator[tuple[list[str], list[str]]]:
    """The events in so many stretches, each with the earlier events that its own are weighed against."""
    size = max(1, -(-len(events) // number))
    for start in range(0, len(events), size):
        since = events[start].day - WINDOW_DAYS
        lead = start
        while lead > 0 and events[lead - 1].day >= since:
            lead -= 1
        yield [one.id for one in events[start : start + size]], [one.id for one in events[lead:start]]


def _families(connection: Connection) -> Iterator[list[str]]:
    """The events of near-copies and of what they copy, by original."""
    e, r = schema.events.c, schema.reports.c
    roots = sorted(connection.scalars(sa.select(r.copy_of).where(r.copy_of.is_not(None)).distinct()))
    for root in roots:
        told = sa.select(e.id).join(schema.reports, r.id == e.report_id)
        yield list(connection.scalars(told.where(sa.or_(r.id == root, r.copy_of == root), joinable_events(sa.true()))))


def _lists(events: Sequence[_Listed], pairs: Iterable[Pair]) -> dict[str, Scores]:
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


def _components(connection: Connection, events: Sequence[_Listed], lists: Mapping[str, Scores]) -> Iterator[list[str]]:
    """The events in sets that nothing connects: likely pairs, decisions, or vague events of one report."""
    sets = _Sets()
    vague: dict[str, str] = {}
    for one in events:
        for other in lists.get(one.id, ()):
            sets.join(one.id, other)
        if one.leaf and one.id in lists:
            sets.join(vague.setdefault(one.id.rsplit(":", 1)[0], one.id), one.id)
    joinable = {one.id for one in events}
    for said in _all_said(connection):
        told = [event for event in said if event in joinable]
        for event in told[1:]:
            sets.join(told[0], event)
    yield from sets.parts([one.id for one in events])


def _all_said(connection: Connection) -> Iterator[list[str]]:
    d = schema.decisions.c
    taken = undone(connection)
    ids = [one for one in connection.scalars(sa.select(d.id).where(d.kind == SAME).order_by(d.id)) if one not in taken]
    yield from (said.events for said in load_decisions(connection, ids))


class _Sets:
    """Disjoint sets of events."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def _root(self, event: str) -> str:
        root = event
        while (above := self._parent.get(root, root)) != root:
            root = above
        while event != root:
            self._parent[event], event = root, self._parent.get(event, event)
        return root

    def join(self, one: str, two: str) -> None:
        """Make the sets of these two one."""
        first, second = sorted((self._root(one), self._root(two)))
        self._parent[first] = first
        self._parent[second] = first

    def parts(self, events: Iterable[str]) -> Iterator[list[str]]:
        """The sets of these events, in the order of the first of each."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in events:
            found[self._root(event)].append(event)
        yield from found.values()


def _batches(parts: Iterable[list[str]]) -> Iterator[list[str]]:
    batch: list[str] = []
    for part in parts:
        if batch and len(batch) + len(part) > AT_ONCE:
            yield batch
            batch = []
        batch = batch + part
    if batch:
        yield batch


def _settle(
    connection: Connection,
    finder: Finder,
    settler: Settler,
    pairs: Pairs,
    part: Sequence[str],
    lists: Mapping[str, Scores],
) -> None:
    # What nothing is compared with needs none of its sides.
    alone = [event for event in part if event not in lists]
    finder.know(load_by_id(connection, alone, bare=True).values())
    domain = Domain(connection, finder, len(part))
    domain.hold(part)
    _bring_keys(connection, list(domain.events.values()))
    write_lists(connection, {event: lists.get(event, {}) for event in part})
    for event in part:
        for other, score in lists.get(event, {}).items():
            domain.pairs[event][other] = domain.pairs[other][event] = score
    settler.settle(domain, [])
    pairs.forget()


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
    if new:
        connection.execute(sa.insert(k), [{"key": key, "day": at, "event_id": event} for key, at, event in new])
