"""Campaigns: a series of similar attacks on one target. Found by a rule that anyone can read, on demand, by index.

That attacks form a series says nothing about what anybody planned: sayso records what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.chains import Edge, edges_between
from sayso.incidents.dyads import names
from sayso.incidents.features import chunks, day
from sayso.incidents.parties import STRIKES
from sayso.ledger import schema
from sayso.vocabulary import load

LEAST = 3
"""Attacks of a campaign, at least."""
GAP_DAYS = 14
"""Each attack begins at most this many days after the one before."""
KNOWN_DAYS = 7
"""An attack whose date is known no closer than this has no place in a series."""
EXACT = 2
"""The least exact place that is one target: UCDP where_prec 1 (exact) or 2 (near)."""
MOST = 100
"""How many attacks before, and how many after an incident are looked at."""

LOOKED_AT = 20_000
"""Incidents among which all series are looked for, the latest."""
MOST_NAMED = 4
"""Sides that are named for one of several series."""

_COLUMNS = ("id", "title", "type", "start", "end", "status", "place_name", "gazetteer_id", "place_precision", "stub")


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """One attack of a campaign, and why it belongs."""

    id: str
    title: str
    type: str
    start: str
    end: str
    status: str
    why: str
    attackers: tuple[str, ...] = ()
    """The names of the sides that are said to have attacked."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One of all series: its place, its first and last day, and its attacks by id, oldest first."""

    family: str
    place_name: str
    country: str | None
    start: str
    end: str
    """The day on which the last attack began."""
    days: tuple[str, ...]
    """The days on which they began."""
    attacks: tuple[str, ...]

    @property
    def first(self) -> str:
        """The id of its earliest attack."""
        return self.attacks[0]


class AllSeries(msgspec.Struct, frozen=True, kw_only=True):
    """The series that the rule finds, those of most attacks first; ``since`` is the first day that was looked at, where
    earlier ones were left out."""

    series: tuple[Series, ...]
    since: str | None


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """A series of similar attacks on one target, oldest first."""

    family: str
    place_name: str
    attacks: tuple[Attack, ...]
    resembling: tuple[Edge, ...]
    """Links by which somebody calls two of them similar."""
    cut: bool
    """Whether it goes on beyond what was looked at."""

    @property
    def first(self) -> str:
        """The id of its earliest attack, by which the campaign can be found again."""
        return self.attacks[0].id


def campaign(connection: Connection, incident_id: str) -> Campaign | None:
    """The campaign that an incident is part of; null where the rule finds none.

    Attacks of one family of types at one place (known exactly or nearly), each beginning at most ``GAP_DAYS`` after the
    one before, three or more; and those that somebody calls similar to one of them.
    """
    row = _row(connection, incident_id)
    if row is None:
        return None
    run, cut = _run(connection, row) if _placed(row) else ([], False)
    if len(run) <= 1:  # Alone at its place: it may be called similar to one of a series elsewhere.
        others = [one for one in _resembled(connection, [incident_id]) if _family(one) == _family(row) and _placed(one)]
        run, cut = max(
            [(run, cut), *(_run(connection, one) for one in others[:LEAST])], key=lambda found: len(found[0])
        )
    if not run:
        return None
    members = {one["id"]: one for one in run}
    for other in _resembled(connection, sorted(members)):
        if _family(other) == _family(run[0]) and other["start"] and other["end"]:
            members.setdefault(other["id"], other)
    if len(members) < LEAST:
        return None
    edges = edges_between(connection, sorted(members), ("similar_to",))
    return _campaign(connection, run, members, edges, cut=cut)


def campaigns(connection: Connection, until: str | None = None) -> AllSeries:
    """All series at one place among the ``LOOKED_AT`` latest incidents, or the latest that began by an ISO date."""
    i = schema.incidents.c
    columns = [i[name] for name in (*_COLUMNS, "country") if name not in ("title", "status")]
    query = sa.select(*columns).where(i.stub.is_(False), i.start.is_not(None))
    if until:
        query = query.where(i.start <= until + "~")
    rows = [
        dict(row) for row in connection.execute(query.order_by(i.start.desc(), i.id.desc()).limit(LOOKED_AT)).mappings()
    ]
    runs: dict[tuple[str, str], list[list[dict[str, Any]]]] = {}
    for row in reversed(rows):
        family = _family(row)
        if family is None or family not in STRIKES or not _placed(row):
            continue
        known = runs.setdefault((row["gazetteer_id"], family), [])
        if known and _gap(known[-1][-1], row) <= GAP_DAYS:
            known[-1].append(row)
        else:
            known.append([row])
    found = [_series(family, run) for (_, family), several in runs.items() for run in several if len(run) >= LEAST]
    found.sort(key=lambda one: one.start, reverse=True)
    found.sort(key=lambda one: -len(one.attacks))
    return AllSeries(series=tuple(found), since=rows[-1]["start"][:10] if len(rows) == LOOKED_AT else None)


def _gap(before: dict[str, Any], row: dict[str, Any]) -> int:
    first, last = day(before["start"]), day(row["start"])
    return (last - first).days if first and last else GAP_DAYS + 1


def _series(family: str, run: Sequence[dict[str, Any]]) -> Series:
    days = tuple(row["start"][:10] for row in run)
    return Series(
        family=family, place_name=run[0]["place_name"] or "", country=run[0]["country"], start=days[0], end=days[-1],
        days=days, attacks=tuple(row["id"] for row in run),
    )  # fmt: skip


def attackers(connection: Connection, series: Sequence[Series]) -> dict[str, list[tuple[str, int]]]:
    """By the id of its first attack: the sides that are said to have attacked in a series, and in how many attacks."""
    p = schema.parties.c
    whose = {identity: one.first for one in series for identity in one.attacks}
    counted: dict[str, dict[str, int]] = {one.first: {} for one in series}
    for part in chunks(sorted(whose)):
        query = sa.select(p.incident_id, p.side).where(p.incident_id.in_(part), p.role == "initiator")
        for identity, side in connection.execute(query):
            known = counted[whose[identity]]
            known[side] = known.get(side, 0) + 1
    named = names(connection, {side for known in counted.values() for side in known})
    return {
        first: sorted(((named[side], n) for side, n in known.items()), key=lambda one: (-one[1], one[0]))[:MOST_NAMED]
        for first, known in counted.items()
    }


def _campaign(
    connection: Connection,
    run: Sequence[dict[str, Any]],
    members: dict[str, dict[str, Any]],
    edges: tuple[Edge, ...],
    *,
    cut: bool,
) -> Campaign:
    placed = {one["id"] for one in run}
    attackers = _attackers(connection, members)
    ordered = sorted(members.values(), key=lambda one: (one["start"], one["id"]))
    attacks: list[Attack] = []
    before: dict[str, Any] | None = None
    for one in ordered:
        why = _why(one, before if one["id"] in placed else None, edges, placed=one["id"] in placed)
        facts = {name: one[name] for name in ("id", "title", "type", "start", "end", "status")}
        attacks.append(Attack(**facts, why=why, attackers=attackers.get(one["id"], ())))
        before = one if one["id"] in placed else before
    return Campaign(
        family=_family(run[0]) or "", place_name=run[0]["place_name"] or "", attacks=tuple(attacks),
        resembling=edges, cut=cut,
    )  # fmt: skip


def _why(one: dict[str, Any], before: dict[str, Any] | None, edges: Sequence[Edge], *, placed: bool) -> str:
    alike = sum(one["id"] in (edge.from_incident, edge.to_incident) for edge in edges)
    words = "called similar to another of them" if alike else ""
    if not placed:
        return words
    where = f"at the same place, {one['place_name']}"
    if before is not None:
        first, last = day(before["start"]), day(one["start"])
        gap = (last - first).days if first and last else 0
        where += ", on the same day" if gap == 0 else f", {gap} day{'s' * (gap > 1)} after the one before"
    return f"{where}; {words}" if words else where


def _run(connection: Connection, row: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The attacks of one family at one place around an incident that follow each other closely enough."""
    i = schema.incidents.c
    family = _family(row)
    types = [name for name, entry in load("event_types").items() if entry.family == family]
    base = (
        sa.select(*(i[name] for name in _COLUMNS))
        .where(i.gazetteer_id == row["gazetteer_id"], i.type.in_(types), i.stub.is_(False), i.end.is_not(None))
        .where(i.place_precision <= EXACT)
    )
    queries = (
        (base.where(i.start >= row["start"]).order_by(i.start, i.id), 1),
        (base.where(i.start < row["start"]).order_by(i.start.desc(), i.id.desc()), -1),
    )
    found: list[dict[str, Any]] = []
    cut = False
    for query, way in queries:
        edge = day(row["start"])
        rows = [dict(one) for one in connection.execute(query.limit(MOST)).mappings()]
        for one in rows:
            start = day(one["start"])
            if start is None or edge is None or not _dated(one):
                continue
            if way * (start - edge) > timedelta(days=GAP_DAYS):
                break
            found.append(one)
            edge = start
        else:
            cut = cut or len(rows) == MOST
    return found, cut


def _resembled(connection: Connection, incidents: Sequence[str]) -> list[dict[str, Any]]:
    """The incidents that somebody calls similar to one of these, without these."""
    k, i = schema.links.c, schema.incidents.c
    found: set[str] = set()
    for here, there in ((k.from_incident, k.to_incident), (k.to_incident, k.from_incident)):
        query = sa.select(there).where(here.in_(incidents), k.kind == "similar_to", there.is_not(None)).distinct()
        found |= set(connection.scalars(query.order_by(there).limit(MOST)))
    wanted = sorted(found - set(incidents))[:MOST]
    query = sa.select(*(i[name] for name in _COLUMNS)).where(i.id.in_(wanted)).order_by(i.start, i.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _row(connection: Connection, incident_id: str) -> dict[str, Any] | None:
    i = schema.incidents.c
    query = sa.select(*(i[name] for name in _COLUMNS)).where(i.id == incident_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None or _family(dict(row)) not in STRIKES:
        return None
    return dict(row)


def _placed(row: dict[str, Any]) -> bool:
    exact = row["gazetteer_id"] is not None and (row["place_precision"] or 7) <= EXACT
    return exact and not row["stub"] and _dated(row)


def _dated(row: dict[str, Any]) -> bool:
    first, last = day(row["start"]), day(row["end"])
    return first is not None and last is not None and (last - first).days <= KNOWN_DAYS


def _family(row: dict[str, Any]) -> str | None:
    entry = load("event_types").get(row["type"])
    return entry.family if entry else None


def _attackers(connection: Connection, members: dict[str, dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    p = schema.parties.c
    query = sa.select(p.incident_id, p.side).where(p.incident_id.in_(sorted(members)), p.role == "initiator")
    rows = connection.execute(query.order_by(p.incident_id, p.side)).all()
    named = names(connection, {side for _, side in rows})
    found: dict[str, tuple[str, ...]] = {}
    for identity, side in rows:
        found[identity] = (*found.get(identity, ()), named[side])
    return found
