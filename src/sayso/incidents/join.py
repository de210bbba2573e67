"""The joining: new events are weighed against those that may be the same, and all that this touches is joined anew.

The incidents that come out depend on the set of reports and decisions alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.candidates import Finder, put_keys
from sayso.incidents.clustering import CLEAR, age, linkage, representatives
from sayso.incidents.constraints import Rules, anchor
from sayso.incidents.domain import MOST_DECIDED, MOST_EVENTS, Domain
from sayso.incidents.edges import Pairs, kept, neighbours, weigh
from sayso.incidents.features import Features, chunks, day, load_features
from sayso.incidents.ids import name_groups
from sayso.incidents.keys import leaf
from sayso.incidents.settling import Changes, Settler, assign, carry_over
from sayso.incidents.version import is_current
from sayso.incidents.why import reason, reasons, write_joins
from sayso.ledger import schema

MOST_VAGUE_PLACE = 5
"""UCDP where_prec: without a beginning, an incident needs a place at least as exact as a part of a country."""
MOST_TRIED = 4
"""So many incidents an event is weighed against, by 16 events of each, where too many are connected to join anew."""
FEW_JOINED = 5_000
"""A ledger of an older joining with no more events than this is joined anew as the next report comes."""


def update(connection: Connection, report_ids: Iterable[str]) -> Changes:
    """Join the actual events of these reports into incidents and compute every incident that this touches anew.

    Running it twice changes nothing. What lost events as a report was read anew (``stale_incidents``,
    ``stale_events``) is joined anew too, whatever the reports; a large incident that hardly grew is computed by
    ``settle_stale``. Part of the caller's transaction. Raises S420 for a large ledger of an older joining.
    """
    _bring_up(connection)
    return _Update(connection).run(sorted(set(report_ids)))


def settle_stale(connection: Connection) -> Changes:
    """Compute the large incidents to which reports came, and all others that wait for it."""
    return update(connection, ())


def any_stale(connection: Connection) -> bool:
    """Whether ``settle_stale`` has anything to do."""
    return connection.scalar(sa.select(schema.stale_incidents.c.incident_id).limit(1)) is not None


def rejoin(connection: Connection, events: Iterable[str], reason: str) -> Changes:
    """Join these events, and all that is connected with them, anew; ``reason`` says in words why one may split."""
    _bring_up(connection)
    return _Update(connection, reason, MOST_DECIDED).run((), events)


def joinable_events(where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition on ``events`` for those that form incidents, among those that fit ``where``.

    They have a date or a place; or a report is mostly about them, and rare names tell them from others.
    """
    e = schema.events.c
    # The terms are JSON text whose keys stand in one order (sayso.ledger.terms).
    named = sa.and_(e.terms.contains('"main":true'), sa.not_(e.terms.startswith('{"names":[]')))
    located = sa.or_(e.start.is_not(None), e.place_precision <= MOST_VAGUE_PLACE)
    return sa.and_(where, e.modality == "actual", sa.or_(located, named))


def _bring_up(connection: Connection) -> None:
    """Join a ledger of an older joining anew where it is small; raises S420 where that takes long."""
    if is_current(connection):
        return
    if (connection.scalar(sa.select(sa.func.count()).select_from(schema.joins)) or 0) > FEW_JOINED:
        raise SaysoError("S420")
    from sayso.incidents.relinking import relink_within

    relink_within(connection)


class _Update:
    """One run of the joining, within one transaction."""

    def __init__(self, connection: Connection, reason: str = "a further report came", most: int = MOST_EVENTS) -> None:
        self._connection = connection
        self._most = most
        self._pairs = Pairs()
        self._finder = Finder(connection)
        self._settler = Settler(connection, self._finder, self._pairs, reason)

    def run(self, reports: Sequence[str], seeds: Iterable[str] = ()) -> Changes:
        stale = list(self._connection.scalars(sa.select(schema.stale_incidents.c.incident_id).order_by("incident_id")))
        s = schema.stale_events.c
        lost: dict[str, int] = dict(self._connection.execute(sa.select(s.event_id, s.lost)).all())
        new = self._new_events(reports)
        put_keys(self._connection, new)
        anchored = anchor(self._connection, reports)
        again = self._finder.load(self._short_of(lost))
        changed, _ = weigh(self._connection, self._finder, self._pairs, [*new, *again])
        wanted = {event.id for event in new} | changed | set(lost) | anchored | set(seeds)
        orphans = _orphans(self._connection, stale)
        self._join(wanted, orphans)
        carry_over(self._connection, reports)
        for table in (schema.stale_incidents, schema.stale_events):
            self._connection.execute(sa.delete(table))
        return self._settler.finish(stale, later=bool(reports))

    def _new_events(self, reports: Sequence[str]) -> list[Features]:
        found: list[Features] = []
        for part in chunks(reports):
            found += load_features(self._connection, joinable_events(schema.events.c.report_id.in_(part)))
        return self._finder.know(found)

    def _short_of(self, lost: Mapping[str, int]) -> list[str]:
        """Of the events that lost likely pairs those that may have a next best one that was not kept."""
        e = schema.edges.c
        left: Counter[str] = Counter()
        for part in chunks(sorted(lost)):
            query = sa.select(e.event_id, sa.func.count()).where(e.event_id.in_(part)).group_by(e.event_id)
            left.update(dict(self._connection.execute(query).all()))
        return [event.id for event in self._finder.load(lost) if left[event.id] + lost[event.id] >= kept(leaf(event))]

    def _join(self, seeds: set[str], orphans: list[Features]) -> None:
        domain = Domain(self._connection, self._finder, self._most)
        domain.spread(seeds)
        if domain.complete and len(domain.events) <= self._most:
            self._settler.settle(domain, orphans)
            return
        # Too much at once, or something too large: one seed after another.
        done, large = set[str](), set[str]()
        for seed in sorted(self._finder.load(seeds), key=age):
            if seed.id in done:
                continue
            domain = Domain(self._connection, self._finder, self._most, large)
            domain.spread([seed.id])
            if domain.complete:
                done |= set(domain.events)
                self._settler.settle(domain, orphans)
                continue
            done.add(seed.id)
            if not leaf(seed):  # Of what it reaches the dated ones reach it.
                large |= domain.beyond | set(domain.events)
            self._put_greedily(seed)

    def _put_greedily(self, event: Features) -> None:
        """Put one event into the incident of its likely pairs that it fits best, or leave it where it is."""
        if event.incident_id is not None:
            return
        pairs = neighbours(self._connection, [event.id])
        near: dict[str, float] = {}
        for other in self._finder.load(pairs[event.id]):
            if other.incident_id is not None:
                score = pairs[event.id][other.id]
                near[other.incident_id] = max(near.get(other.incident_id, score), score)
        ranked = sorted(near, key=lambda one: (-near[one], one))
        if leaf(event) and len(ranked) > 1 and near[ranked[0]] - near[ranked[1]] < CLEAR:
            ranked = []
        for incident in ranked[:MOST_TRIED]:
            if self._fits(event, incident):
                break
        else:
            (incident,) = name_groups(self._connection, [[event]]).ids
        assign(self._connection, {event.id: incident})
        self._settler.touch(incident)
        self._finder.moved(event, incident)
        group = [member for member in self._finder.load(pairs[event.id]) if member.incident_id == incident]
        known = {member.id: member for member in group}
        joins = (
            [reason(event, known, incident, pairs[event.id], {}, self._pairs.of)]
            if known
            else reasons([event], incident, pairs, Rules(), self._pairs.of)
        )
        write_joins(self._connection, joins)

    def _fits(self, event: Features, incident: str) -> bool:
        e = schema.events.c
        told = sa.select(e.id).where(e.incident_id == incident, e.report_id == event.report_id).limit(1)
        if self._connection.scalar(told) is not None:
            return False
        first = sa.select(e.id).where(e.incident_id == incident).order_by(e.incident_id, e.report_id).limit(64)
        members = self._finder.load(self._connection.scalars(first))
        return linkage([event], representatives(members), self._pairs.of).joins


def _orphans(connection: Connection, stale: Sequence[str]) -> list[Features]:
    """Incidents that lost all their events, as what a new event must look like to take their id."""
    i, e = schema.incidents, schema.events.c
    found = []
    for part in chunks(stale):
        kept_ids = sa.select(e.incident_id).where(e.incident_id.in_(part))
        for row in connection.execute(sa.select(i).where(i.c.id.in_(part), i.c.id.not_in(kept_ids))).mappings():
            same = {name: row[name] for name in ("id", "type", "gazetteer_id", "place_name")}
            found.append(Features(report_id="", first=day(row["start"]), **same))
    return found
