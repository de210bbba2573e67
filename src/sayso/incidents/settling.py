"""Events that are connected, put into incidents: what their groups are, which ids they keep, and what is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.candidates import Finder
from sayso.incidents.clustering import Place, age, attach, cluster
from sayso.incidents.constraints import Rules, settle
from sayso.incidents.counting import refresh
from sayso.incidents.domain import Domain
from sayso.incidents.edges import Pairs, Scores
from sayso.incidents.features import Features, chunks
from sayso.incidents.ids import Naming, name_groups
from sayso.incidents.keys import leaf
from sayso.incidents.postponed import put_off
from sayso.incidents.why import Join, reason, reasons, write_joins
from sayso.ledger import schema
from sayso.ledger.store import now

Column = sa.Column[Any]
Counting = Callable[[Connection, Sequence[str]], Iterable[str]]
"""Computes incidents anew and returns the ids of those that are no more."""

_BESIDE: tuple[tuple[Column, Column], ...] = (
    (schema.claims.c.event_id, schema.claims.c.incident_id),
    (schema.links.c.from_event, schema.links.c.from_incident),
    (schema.links.c.to_event, schema.links.c.to_incident),
)
"""Where an event is named, and where its incident stands beside it."""


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


class Settler:
    """Settles one domain after the other, within one transaction; ``finish`` computes the incidents that this touched.

    ``reason`` says in words why an incident may become several. Without ``carry`` the incidents are written beside the
    events alone, and the caller does ``carry_over`` in the end.
    """

    def __init__(
        self, connection: Connection, finder: Finder, pairs: Pairs, reason: str, *, carry: bool = True
    ) -> None:
        self._connection = connection
        self._finder = finder
        self._pairs = pairs
        self._reason = reason
        self._assign = assign if carry else assign_events
        # In the order in which they were touched, which is about the order of what they rest on in the file.
        self._touched: dict[str, None] = {}
        self._gone: set[str] = set()
        self._merged: dict[str, str] = {}

    def touch(self, incident: str) -> None:
        """Have this incident computed anew."""
        self._touched[incident] = None

    def settle(self, domain: Domain, orphans: list[Features]) -> dict[str, str]:
        """Join all events of a domain and write what changed; returns the incident of each event."""
        if not domain.events:
            return {}
        outcome = arrange(self._connection, domain, self._pairs)
        naming = name_groups(self._connection, outcome.groups, self._held(domain), orphans)
        moved = self._move(outcome, naming)
        joins: list[Join] = []
        for group, incident in zip(outcome.groups, naming.ids, strict=True):
            joins += reasons(group, incident, domain.pairs, outcome.rules, self._pairs.of)
        joins += self._elsewhere(outcome, domain)
        write_joins(self._connection, joins)
        # What was loaded shows the incidents of before.
        self._finder.forget()
        return moved

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

    def _move(self, outcome: Arranged, naming: Naming) -> dict[str, str]:
        """Write the incidents of the events, and what became of the ids that they had; returns them."""
        moved = dict(outcome.elsewhere)
        before = {event.id: event.incident_id for event in self._finder.load(moved)}
        for group, incident in zip(outcome.groups, naming.ids, strict=True):
            for event in group:
                before[event.id], moved[event.id] = event.incident_id, incident
        changed = {event: incident for event, incident in moved.items() if before[event] != incident}
        self._assign(self._connection, changed)
        self._touched |= dict.fromkeys([*changed.values(), *(old for event in changed if (old := before[event]))])
        redirect(self._connection, naming, self._reason)
        self._gone |= set(naming.merged)
        for old in naming.merged:
            self._touched.pop(old, None)
        self._merged = {old: naming.merged.get(new, new) for old, new in self._merged.items()} | naming.merged
        return moved

    def finish(self, stale: Iterable[str] = (), *, later: bool = False, counting: Counting | None = None) -> Changes:
        """Compute every incident that was touched, and these, anew; with ``later`` the large ones may wait."""
        wanted = list(dict.fromkeys([*self._touched, *sorted(stale), *sorted(self._gone)]))
        if later:
            waiting = put_off(self._connection, wanted)
            wanted = [incident for incident in wanted if incident not in waiting]
        removed = set((counting or refresh)(self._connection, wanted))
        return Changes(
            changed=tuple(sorted(set(wanted) - removed)),
            merged=self._merged,
            removed=tuple(sorted(removed - set(self._merged))),
        )


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
    assign_events(connection, incidents)
    for event, incident in _BESIDE:
        _write(connection, event, incident, incidents)


def assign_events(connection: Connection, incidents: Mapping[str, str]) -> None:
    """Write the incidents of these events beside them alone."""
    _write(connection, schema.events.c.id, schema.events.c.incident_id, incidents)


def carry_over(connection: Connection, reports: Sequence[str] | None = None) -> None:
    """Write the incidents of the events of these reports, or of all, beside their claims and links."""
    e = schema.events.c
    for event, incident in _BESIDE:
        found = sa.select(e.incident_id).where(e.id == event).scalar_subquery()
        query = sa.update(event.table).values({incident: found})
        if reports is None:
            connection.execute(query)
        else:
            for part in chunks(reports):
                connection.execute(query.where(event.table.c.report_id.in_(part)))


def _write(connection: Connection, event: Column, incident: Column, incidents: Mapping[str, str]) -> None:
    rows = [{"of": one, "into": into} for one, into in incidents.items()]
    if rows:
        query = sa.update(event.table).where(event == sa.bindparam("of")).values({incident: sa.bindparam("into")})
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
    return {
        event: {other: score for other, score in pairs[event].items() if other in ids} for event in ids & set(pairs)
    }


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
