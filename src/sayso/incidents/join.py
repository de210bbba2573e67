"""The joining: new events are weighed against those that may be the same, and all that this touches is joined anew.

The incidents that come out depend on the set of reports and decisions alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.candidates import Finder, put_keys
from sayso.incidents.clustering import Group, Place, age, attach, cluster, linkage, representatives
from sayso.incidents.compare import Comparison, compare
from sayso.incidents.constraints import Rules, anchor, settle
from sayso.incidents.domain import MOST_DECIDED, MOST_EVENTS, Domain
from sayso.incidents.edges import Pairs, Scores, kept, neighbours, weigh
from sayso.incidents.features import Features, chunks, day, load_by_id, load_features
from sayso.incidents.ids import Naming, name_groups
from sayso.incidents.keys import leaf
from sayso.incidents.summary import refresh
from sayso.incidents.why import Join, reason, reasons, write_joins
from sayso.ledger import schema
from sayso.ledger.store import now

MOST_VAGUE_PLACE = 5
"""UCDP where_prec: without a beginning, an incident needs a place at least as exact as a part of a country."""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What an update did: incidents made or changed, ids merged away (old: current), ids removed."""

    changed: tuple[str, ...] = ()
    merged: dict[str, str] = {}
    removed: tuple[str, ...] = ()


class Arranged(msgspec.Struct, frozen=True, kw_only=True):
    """How a domain was joined: groups of events, the oldest first, and what gives their reasons.

    ``elsewhere`` has vague events that belong to an incident outside the domain.
    """

    groups: tuple[tuple[Features, ...], ...]
    elsewhere: dict[str, str]
    rules: Rules


def update(connection: Connection, report_ids: Iterable[str]) -> Changes:
    """Join the actual events of these reports into incidents and compute every incident that this touches anew.

    Running it twice changes nothing. What lost events as a report was read anew (``stale_incidents``,
    ``stale_events``) is joined anew too, whatever the reports. Part of the caller's transaction.
    """
    return _Update(connection).run(sorted(set(report_ids)))


def rejoin(connection: Connection, events: Iterable[str], reason: str) -> Changes:
    """Join these events, and all that is connected with them, anew; ``reason`` says in words why one may split."""
    return _Update(connection, reason, MOST_DECIDED).run((), events)


def joinable_events(where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition on ``events`` for those that form incidents, among those that fit ``where``."""
    e = schema.events.c
    located = sa.or_(e.start.is_not(None), e.place_precision <= MOST_VAGUE_PLACE)
    return sa.and_(where, e.modality == "actual", located)


def explain(connection: Connection, event_a: str, event_b: str) -> Comparison:
    """Why two events (ids of ``events``) are or are not held to be one occurrence. Raises S401 for an unknown id."""
    found = load_by_id(connection, (event_a, event_b))
    for wanted in (event_a, event_b):
        if wanted not in found:
            raise SaysoError("S401", id=wanted)
    return compare(found[event_a], found[event_b])


class _Update:
    """One run of the joining, within one transaction."""

    def __init__(self, connection: Connection, reason: str = "a further report came", most: int = MOST_EVENTS) -> None:
        self._connection = connection
        self._reason = reason
        self._most = most
        self._pairs = Pairs()
        self._finder = Finder(connection)
        self._touched: set[str] = set()
        self._gone: set[str] = set()
        self._merged: dict[str, str] = {}

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
        _carry_over(self._connection, reports)
        for table in (schema.stale_incidents, schema.stale_events):
            self._connection.execute(sa.delete(table))
        return self._finish(stale)

    def _finish(self, stale: Sequence[str]) -> Changes:
        wanted = self._touched | set(stale) | self._gone
        removed = set(refresh(self._connection, sorted(wanted)))
        return Changes(
            changed=tuple(sorted(wanted - removed)),
            merged=self._merged,
            removed=tuple(sorted(removed - set(self._merged))),
        )

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
        return [
            event.id for event in self._finder.load(lost) if left[event.id] + lost[event.id] >= kept(leaf(event))
        ]

    def _join(self, seeds: set[str], orphans: list[Features]) -> None:
        domain = Domain(self._connection, self._finder, self._most)
        domain.spread(seeds)
        if domain.complete:
            self._settle(domain, orphans)
            return
        # Too much at once, or something too large: one seed after another.
        done: set[str] = set()
        for seed in sorted(self._finder.load(seeds), key=age):
            if seed.id in done:
                continue
            domain = Domain(self._connection, self._finder, self._most)
            domain.spread([seed.id])
            if domain.complete:
                done |= set(domain.events)
                self._settle(domain, orphans)
            else:
                done.add(seed.id)
                self._put_greedily(seed)

    def _settle(self, domain: Domain, orphans: list[Features]) -> None:
        """Join all events of a domain and write what changed."""
        if not domain.events:
            return
        outcome = arrange(self._connection, domain, self._pairs)
        naming = name_groups(self._connection, outcome.groups, self._held(domain), orphans)
        self._move(outcome, naming)
        joins: list[Join] = []
        for group, incident in zip(outcome.groups, naming.ids, strict=True):
            joins += reasons(group, incident, domain.pairs, outcome.rules, self._pairs.of)
        joins += self._elsewhere(outcome, domain)
        write_joins(self._connection, joins)
        # What was loaded shows the incidents of before.
        self._finder.forget()

    def _elsewhere(self, outcome: Arranged, domain: Domain) -> list[Join]:
        """Why vague events are in incidents outside the domain."""
        joins: list[Join] = []
        for event, incident in outcome.elsewhere.items():
            near = {other.id: other for other in domain.load(domain.pairs[event])}
            known = {
                other: found
                for other, found in near.items()
                if outcome.elsewhere.get(other, found.incident_id if other not in domain.events else None) == incident
            }
            joins.append(reason(domain.events[event], known, incident, domain.pairs[event], {}, self._pairs.of))
        return joins

    def _held(self, domain: Domain) -> set[str]:
        """Incidents of the domain's events that have events outside it too."""
        inside = Counter(event.incident_id for event in domain.events.values() if event.incident_id)
        e, held = schema.events.c, set[str]()
        for part in chunks(sorted(inside)):
            query = sa.select(e.incident_id, sa.func.count()).where(e.incident_id.in_(part)).group_by(e.incident_id)
            held |= {old for old, count in self._connection.execute(query) if old and count > inside[old]}
        return held

    def _move(self, outcome: Arranged, naming: Naming) -> None:
        """Write the incidents of the events, and what became of the ids that they had."""
        moved = dict(outcome.elsewhere)
        before = {event.id: event.incident_id for event in self._finder.load(moved)}
        for group, incident in zip(outcome.groups, naming.ids, strict=True):
            for event in group:
                before[event.id], moved[event.id] = event.incident_id, incident
        changed = {event: incident for event, incident in moved.items() if before[event] != incident}
        assign(self._connection, changed)
        self._touched |= set(changed.values()) | {old for event in changed if (old := before[event])}
        redirect(self._connection, naming, self._reason)
        self._gone |= set(naming.merged)
        self._touched -= set(naming.merged)
        self._merged = {old: naming.merged.get(new, new) for old, new in self._merged.items()} | naming.merged

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
        for incident in sorted(near, key=lambda one: (-near[one], one)):
            if self._fits(event, incident):
                break
        else:
            (incident,) = name_groups(self._connection, [[event]]).ids
        assign(self._connection, {event.id: incident})
        self._touched.add(incident)
        self._finder.forget()
        group = [member for member in self._finder.load(pairs[event.id]) if member.incident_id == incident]
        known = {member.id: member for member in group}
        joins = [reason(event, known, incident, pairs[event.id], {}, self._pairs.of)] if known else reasons([event], incident, pairs, Rules(), self._pairs.of)
        write_joins(self._connection, joins)

    def _fits(self, event: Features, incident: str) -> bool:
        e = schema.events.c
        told = sa.select(e.id).where(e.incident_id == incident, e.report_id == event.report_id).limit(1)
        if self._connection.scalar(told) is not None:
            return False
        first = sa.select(e.id).where(e.incident_id == incident).order_by(e.incident_id, e.report_id).limit(64)
        members = self._finder.load(self._connection.scalars(first))
        return linkage([event], representatives(members), self._pairs.of).joins


def arrange(connection: Connection, domain: Domain, made: Pairs) -> Arranged:
    """Put the events of a domain into groups; vague ones that belong to an incident outside it are told apart."""
    rules = settle(domain.said.values())
    dated, vague = domain.dated, domain.leaves
    exact = {event.id for event in dated}
    forced = _forced(rules, exact)
    first = [*dated, *(event for event in vague if event.id in forced)]
    groups = cluster(first, _among(domain.pairs, exact), rules, made.of)
    rest = [event for event in vague if event.id not in forced]
    leaves = cluster(rest, _among(domain.pairs, {event.id for event in rest}), rules, made.of)
    places = {f"#{at}": _place(f"#{at}", group) for at, group in enumerate(groups)}
    where = {event.id: f"#{at}" for at, group in enumerate(groups) for event in group if event.id in exact}
    outside = _outside(domain, rest)
    where |= outside
    places |= _places(connection, set(outside.values()), set(domain.events))
    chosen = attach(leaves, domain.pairs, where, places, rules)
    whole = [list(group) for group in groups]
    elsewhere: dict[str, str] = {}
    for at, leaf_group in enumerate(leaves):
        key = chosen.get(at)
        if key is None:
            whole.append(leaf_group)
        elif key.startswith("#"):
            whole[int(key[1:])] += leaf_group
        else:
            elsewhere |= dict.fromkeys((event.id for event in leaf_group), key)
    ordered = sorted((tuple(sorted(group, key=age)) for group in whole), key=lambda group: age(group[0]))
    return Arranged(groups=tuple(ordered), elsewhere=elsewhere, rules=rules)


def assign(connection: Connection, incidents: Mapping[str, str]) -> None:
    """Write the incidents of these events, beside them and beside their claims and links."""
    rows = [{"of": event, "incident": incident} for event, incident in incidents.items()]
    if not rows:
        return
    columns = (
        (schema.events.c.id, "incident_id"),
        (schema.claims.c.event_id, "incident_id"),
        (schema.links.c.from_event, "from_incident"),
        (schema.links.c.to_event, "to_incident"),
    )
    for event, column in columns:
        query = sa.update(event.table).where(event == sa.bindparam("of")).values({column: sa.bindparam("incident")})
        connection.execute(query, rows)


def redirect(connection: Connection, naming: Naming, reason: str) -> None:
    """Write where ids that were given up lead, and what an id was split into."""
    table = schema.incident_ids
    if naming.restored:
        connection.execute(sa.delete(table).where(table.c.old.in_(naming.restored)))
    for gone, into in naming.merged.items():
        connection.execute(sa.update(table).where(table.c.current == gone).values(current=into))
        connection.execute(sa.insert(table), {"old": gone, "current": into})
    rows = [{"at": now(), "from_incident": old, "to_incident": new, "reason": reason} for old, new in naming.split]
    if rows:
        connection.execute(sa.insert(schema.splits), rows)


def _among(pairs: Mapping[str, Scores], ids: set[str]) -> dict[str, Scores]:
    return {event: {other: score for other, score in pairs[event].items() if other in ids} for event in ids & set(pairs)}


def _forced(rules: Rules, dated: set[str]) -> set[str]:
    """The events that decisions make one with a dated one, directly or through others."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, two in rules.same:
        near[one].add(two)
        near[two].add(one)
    found, frontier = set[str](), {event for event in near if event in dated}
    while frontier:
        found |= frontier
        frontier = {other for event in frontier for other in near[event]} - found
    return found


def _place(key: str, events: Iterable[Features]) -> Place:
    events = list(events)
    return Place(key, frozenset(event.report_id for event in events), frozenset(event.id for event in events))


def _outside(domain: Domain, leaves: Sequence[Features]) -> dict[str, str]:
    """The incidents of dated events outside the domain that likely are the same as one of these vague ones."""
    others = {other for event in leaves for other in domain.pairs.get(event.id, {})} - set(domain.events)
    return {event.id: event.incident_id for event in domain.load(others) if event.incident_id and not leaf(event)}


def _places(connection: Connection, incidents: set[str], inside: set[str]) -> dict[str, Place]:
    e = schema.events.c
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in chunks(sorted(incidents)):
        query = sa.select(e.incident_id, e.id, e.report_id).where(e.incident_id.in_(part))
        for incident, event, report in connection.execute(query):
            if event not in inside:
                told[incident or ""].append((event, report))
    return {
        incident: Place(incident, frozenset(report for _, report in found), frozenset(event for event, _ in found))
        for incident, found in told.items()
    }


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


def _carry_over(connection: Connection, reports: Sequence[str]) -> None:
    """Write the incidents of these reports' events beside their claims and links."""
    e = schema.events.c
    columns = (
        (schema.claims, "incident_id", schema.claims.c.event_id),
        (schema.links, "from_incident", schema.links.c.from_event),
        (schema.links, "to_incident", schema.links.c.to_event),
    )
    for part in chunks(reports):
        for table, column, event_id in columns:
            found = sa.select(e.incident_id).where(e.id == event_id).scalar_subquery()
            connection.execute(sa.update(table).where(table.c.report_id.in_(part)).values({column: found}))
