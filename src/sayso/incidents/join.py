"""The joining itself: each new event is put into the incident that it fits best, or starts one; reasons are kept.

An event fits an incident when it is close enough to one of its events and none of them rules it out. An event that fits
two incidents shows that they are one, unless something between them rules that out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.candidates import candidates
from sayso.incidents.compare import Comparison, compare
from sayso.incidents.features import Features, chunks, day, load_by_id, load_features
from sayso.incidents.ids import free_id
from sayso.incidents.summary import refresh
from sayso.ledger import schema

KEPT_REFUSALS = 3
"""How many of the nearest incidents that an event was not joined with are kept, with the reasons."""


MOST_VAGUE_PLACE = 5
"""UCDP where_prec: without a beginning, an incident needs a place at least as exact as a part of a country."""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What an update did: incidents made or changed, ids merged away (old: current), ids removed."""

    changed: tuple[str, ...] = ()
    merged: dict[str, str] = {}
    removed: tuple[str, ...] = ()


def update(connection: Connection, report_ids: Iterable[str]) -> Changes:
    """Join the actual events of these reports into incidents and compute every incident that this touches anew.

    Events that already are in an incident stay there, so that running it twice changes nothing. Incidents that lost
    events (``stale_incidents``) are computed anew too, whatever the reports. Part of the caller's transaction.
    """
    reports = sorted(set(report_ids))
    stale = list(connection.scalars(sa.select(schema.stale_incidents.c.incident_id).order_by("incident_id")))
    work = _Joining(connection, _orphans(connection, stale))
    for event in _new_events(connection, reports):
        work.add(event)
    _carry_over(connection, reports)
    touched = (work.touched | set(stale)) - set(work.merged)
    removed = refresh(connection, sorted(touched))
    connection.execute(sa.delete(schema.stale_incidents))
    return Changes(changed=tuple(sorted(touched - set(removed))), merged=work.merged, removed=removed)


def explain(connection: Connection, event_a: str, event_b: str) -> Comparison:
    """Why two events (ids of ``events``) are or are not held to be one occurrence. Raises S401 for an unknown id."""
    found = load_by_id(connection, (event_a, event_b))
    for wanted in (event_a, event_b):
        if wanted not in found:
            raise SaysoError("S401", id=wanted)
    return compare(found[event_a], found[event_b])


class _Fit(msgspec.Struct, frozen=True):
    """How an event stands to one incident: the member it is closest to, or the one that rules it out."""

    incident_id: str
    member: Features
    comparison: Comparison
    members: tuple[Features, ...] = ()

    @property
    def rank(self) -> tuple[float, str]:
        return (-self.comparison.score, self.incident_id)


class _Joining:
    """One run of the joining, within one transaction."""

    def __init__(self, connection: Connection, orphans: list[Features]) -> None:
        self._connection = connection
        self._orphans = orphans
        self.touched: set[str] = set()
        self.merged: dict[str, str] = {}

    def add(self, event: Features) -> None:
        """Put one event into an incident and keep why."""
        fits, misses = self._weigh(event)
        if not fits:
            self._write(event, self._new_id(event), None, _refusals(misses))
            return
        best = fits[0]
        target, members = best.incident_id, best.members
        for other in fits[1:]:
            apart = _ruled_out(members, other.members)
            if apart is None:
                target = self._merge(target, members, other)
                members += other.members
            else:
                misses.append(_Fit(other.incident_id, other.member, apart))
        why = [row | {"event": best.member.id} for row in best.comparison.as_rows()]
        self._write(event, target, best.comparison.score, why + _refusals(misses))

    def _weigh(self, event: Features) -> tuple[list[_Fit], list[_Fit]]:
        """The incidents that the event fits, the best first, and those near it that it does not fit."""
        near: dict[str, list[_Fit]] = defaultdict(list)
        for other in candidates(self._connection, event):
            if other.incident_id is not None:
                near[other.incident_id].append(_Fit(other.incident_id, other, compare(event, other)))
        hopeful = [incident for incident, found in near.items() if any(fit.comparison.joins for fit in found)]
        misses = [min(found, key=lambda fit: fit.rank) for incident, found in near.items() if incident not in hopeful]
        fits: list[_Fit] = []
        for incident, members in self._members(hopeful).items():
            fit = _fit(event, incident, members)
            (fits if fit.comparison.joins else misses).append(fit)
        return sorted(fits, key=lambda fit: fit.rank), misses

    def _members(self, incidents: Sequence[str]) -> dict[str, list[Features]]:
        found: dict[str, list[Features]] = defaultdict(list)
        for part in chunks(sorted(incidents)):
            for member in load_features(self._connection, schema.events.c.incident_id.in_(part)):
                found[member.incident_id or ""].append(member)
        return found

    def _new_id(self, event: Features) -> str:
        """A new incident's id; that of an incident whose reports were all read again, where this is plainly it."""
        for orphan in self._orphans:
            if (orphan.type, orphan.first, orphan.gazetteer_id, orphan.place_name) == (
                event.type,
                event.first,
                event.gazetteer_id,
                event.place_name,
            ):
                self._orphans.remove(orphan)
                return orphan.id
        return free_id(self._connection, event.id, event.country)

    def _merge(self, target: str, members: Sequence[Features], other: _Fit) -> str:
        """Make two incidents one, under the id of the one whose first report is the earlier; returns that id."""
        first = {target: min(map(_age, members)), other.incident_id: min(map(_age, other.members))}
        kept, gone = sorted(first, key=lambda incident: (first[incident], incident))
        redirect = schema.incident_ids
        for table, column in (
            (schema.events, schema.events.c.incident_id),
            (schema.claims, schema.claims.c.incident_id),
            (schema.joins, schema.joins.c.incident_id),
            (schema.links, schema.links.c.from_incident),
            (schema.links, schema.links.c.to_incident),
            (redirect, redirect.c.current),
        ):
            self._connection.execute(sa.update(table).where(column == gone).values({column: kept}))
        self._connection.execute(sa.delete(schema.incidents).where(schema.incidents.c.id == gone))
        self._connection.execute(sa.insert(redirect), {"old": gone, "current": kept})
        self.merged = {old: kept if new == gone else new for old, new in self.merged.items()} | {gone: kept}
        self.touched.discard(gone)
        return kept

    def _write(self, event: Features, incident: str, score: float | None, why: list[dict[str, Any]]) -> None:
        events, joins = schema.events, schema.joins
        self._connection.execute(sa.update(events).where(events.c.id == event.id).values(incident_id=incident))
        row = {"event_id": event.id, "incident_id": incident, "score": score}
        self._connection.execute(sa.delete(joins).where(joins.c.event_id == event.id))
        self._connection.execute(sa.insert(joins), row | {"why": json.dumps(why, ensure_ascii=False)})
        self.touched.add(incident)


def _fit(event: Features, incident: str, members: Sequence[Features]) -> _Fit:
    """The closest member; but where one rules the event out, that one decides, unless a near-copy's words settle it."""
    found = [_Fit(incident, member, compare(event, member), tuple(members)) for member in members]
    copied = [fit for fit in found if fit.comparison.reasons[0].feature == "copy"]
    refused = [fit for fit in found if fit.comparison.refused]
    return min(copied or refused or found, key=lambda fit: fit.rank)


def _ruled_out(one: Sequence[Features], two: Sequence[Features]) -> Comparison | None:
    """What rules out that two incidents are one; null where nothing does."""
    pairs = (compare(first, second) for first in one for second in two)
    return next((found for found in pairs if found.refused), None)


def _refusals(misses: list[_Fit]) -> list[dict[str, Any]]:
    """The nearest incidents that the event was not joined with, in words."""
    near = sorted(misses, key=lambda fit: fit.rank)[:KEPT_REFUSALS]
    return [
        {
            "feature": "apart",
            "words": f"Not joined with {fit.incident_id}: {fit.comparison.why_not}",
            "weight": None if fit.comparison.refused else fit.comparison.score,
            "event": fit.member.id,
            "incident": fit.incident_id,
        }
        for fit in near
    ]


def _age(event: Features) -> tuple[str, str]:
    return (event.published, event.id)


def _new_events(connection: Connection, reports: Sequence[str]) -> list[Features]:
    e = schema.events.c
    found: list[Features] = []
    for part in chunks(reports):
        located = sa.or_(e.start.is_not(None), e.place_precision <= MOST_VAGUE_PLACE)
        where = sa.and_(e.report_id.in_(part), e.modality == "actual", e.incident_id.is_(None), located)
        found += load_features(connection, where)
    return sorted(found, key=_age)


def _orphans(connection: Connection, stale: Sequence[str]) -> list[Features]:
    """Incidents that lost all their events, as what a new event must look like to take their id."""
    i, e = schema.incidents, schema.events.c
    found = []
    for part in chunks(stale):
        kept = sa.select(e.incident_id).where(e.incident_id.in_(part))
        for row in connection.execute(sa.select(i).where(i.c.id.in_(part), i.c.id.not_in(kept))).mappings():
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
