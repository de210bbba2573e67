"""What is said to answer, follow, resemble or be part of what, across reports: each link once, with all its voices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import PRIVATE, hidden
from sayso.incidents.ids import current_id
from sayso.ledger import schema

MAX_EDGES = 60
"""How many links between incidents one chain shows at most."""
MAX_STEPS = 6
"""How far a chain is followed from the incident that was asked for."""
VOICES_SHOWN = 12
"""How many tellings of one link are given with their words; ``Edge.tellings`` counts them all."""


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of a link, or one denial of it: who says it (null: the report's narration) in which words."""

    report_id: str
    publisher: str | None
    published: str
    speaker_id: str | None
    speaker: str | None
    speaker_private: bool
    via: str | None
    evidence: str
    evidence_start: int
    evidence_end: int


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One link between two incidents, however many reports tell it.

    ``from_incident`` answers, follows, resembles or is part of ``to_incident``. ``reports`` counts near-copies once.
    """

    kind: str
    from_incident: str
    to_incident: str
    tellings: int
    reports: int
    speakers: int
    voices: tuple[Voice, ...]
    """The earliest tellings, by publication."""
    denied: tuple[Voice, ...] = ()
    """Who denies the motive of the incident that is said to answer; for ``retaliation_for`` alone."""
    distance: int = 0
    """How many links lie between the incident that was asked for and this one."""

    @property
    def disputed(self) -> bool:
        """Whether somebody denies that the one was done for the other."""
        return bool(self.denied)


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """An incident of a chain. A ``stub`` is known from passing mentions alone ("the February strikes")."""

    id: str
    title: str
    type: str
    start: str | None
    end: str | None
    status: str
    stub: bool


class Loose(msgspec.Struct, frozen=True, kw_only=True):
    """A link of the incident to an event that is in no incident: only the words know of it."""

    kind: str
    outgoing: bool
    mention: str
    voice: Voice


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be reached from an incident by links: nearest first, then as the incidents happened."""

    edges: tuple[Edge, ...] = ()
    nodes: dict[str, Node] = {}
    loose: tuple[Loose, ...] = ()
    left_out: int = 0
    """Links that were found but are more than is shown."""


def chain(connection: Connection, incident_id: str, steps: int = MAX_STEPS) -> Chain:
    """The chain of an incident, at most ``MAX_EDGES`` links and ``steps`` links deep; by any id it ever had."""
    here = current_id(connection, incident_id)
    seen, frontier = {here}, [here]
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    left_out = 0
    for distance in range(steps):
        if not frontier or left_out:
            break
        counted = [row for row in _counted(connection, frontier) if _key(row) not in found]
        reached: set[str] = set()
        for row in counted:
            if len(found) == MAX_EDGES:
                left_out += 1
                continue
            found[_key(row)] = row | {"distance": distance}
            reached |= {row["from_incident"], row["to_incident"]}
        frontier = sorted(reached - seen)
        seen |= reached
    nodes = _nodes(connection, seen)
    edges = [_edge(connection, row) for row in found.values()]
    edges.sort(key=lambda edge: (edge.distance, *_moment(nodes, edge), edge.from_incident, edge.to_incident, edge.kind))
    loose = _loose(connection, here)
    return Chain(edges=tuple(edges), nodes=nodes, loose=loose, left_out=left_out)


def edges_between(connection: Connection, incidents: Sequence[str], kinds: Sequence[str]) -> tuple[Edge, ...]:
    """The links of these kinds whose both ends are among these incidents (some hundreds at most)."""
    rows = [row for row in _counted(connection, incidents, both=True) if row["kind"] in kinds]
    return tuple(_edge(connection, row | {"distance": 0}) for row in rows[: 5 * MAX_EDGES])


def _moment(nodes: dict[str, Node], edge: Edge) -> tuple[str, str]:
    ends = [nodes[end] for end in (edge.from_incident, edge.to_incident) if end in nodes]
    return min((node.start or node.end or "~" for node in ends), default="~"), edge.kind


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["kind"], row["from_incident"], row["to_incident"]


def _counted(connection: Connection, incidents: Sequence[str], *, both: bool = False) -> list[dict[str, Any]]:
    """Links that touch these incidents, one row for each kind and pair, the most told first."""
    k, r = schema.links.c, schema.reports.c
    within = [k.from_incident.in_(incidents), k.to_incident.in_(incidents)]
    query = (
        sa.select(
            k.kind,
            k.from_incident,
            k.to_incident,
            sa.func.count().label("tellings"),
            sa.func.count(sa.func.coalesce(r.copy_of, r.id).distinct()).label("reports"),
            sa.func.count(k.speaker_id.distinct()).label("speakers"),
        )
        .join(schema.reports, r.id == k.report_id)
        .where(sa.and_(*within) if both else sa.or_(*within))
        .where(k.from_incident != k.to_incident)
        .group_by(k.kind, k.from_incident, k.to_incident)
        .order_by(sa.func.count().desc(), k.kind, k.from_incident, k.to_incident)
        .limit(10 * MAX_EDGES)
    )
    return _both_ways([dict(row) for row in connection.execute(query).mappings()])


def _both_ways(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A resemblance reads the same from either end: its two directions are one link."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        if row["kind"] == "similar_to":
            first, second = sorted((row["from_incident"], row["to_incident"]), reverse=True)
            row = row | {"from_incident": first, "to_incident": second}
        known = found.get(_key(row))
        if known is None:
            found[_key(row)] = row
        else:
            for name in ("tellings", "reports", "speakers"):
                known[name] += row[name]
    return list(found.values())


def _edge(connection: Connection, row: dict[str, Any]) -> Edge:
    k = schema.links.c
    ends = [sa.and_(k.from_incident == row["from_incident"], k.to_incident == row["to_incident"])]
    if row["kind"] == "similar_to":
        ends.append(sa.and_(k.from_incident == row["to_incident"], k.to_incident == row["from_incident"]))
    denied: tuple[Voice, ...] = ()
    if row["kind"] == "retaliation_for":
        c = schema.claims.c
        denying = (c.incident_id == row["from_incident"], c.slot == "motive", c.stance == "denies")
        denied = _voices(connection, schema.claims, *denying)
    return Edge(**row, voices=_voices(connection, schema.links, sa.or_(*ends), k.kind == row["kind"]), denied=denied)


def _voices(connection: Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> tuple[Voice, ...]:
    """The earliest tellings, each speaker (or narration) of a report once."""
    query = _told(table, *where).limit(4 * VOICES_SHOWN)
    found: dict[tuple[str, str | None], Voice] = {}
    for row in connection.execute(query).mappings():
        found.setdefault((row["report_id"], row["speaker_id"]), _voice(dict(row)))
    return tuple(found.values())[:VOICES_SHOWN]


def _told(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    c, r = table.c, schema.reports.c
    speaker, via = schema.actors.alias("speaker"), schema.actors.alias("via")
    return (
        sa.select(c.report_id, c.speaker_id, c.via_id, c.evidence, c.evidence_start, c.evidence_end)
        .add_columns(r.publisher, r.published)
        .add_columns(speaker.c.name.label("speaker"), speaker.c.private.label("speaker_private"))
        .add_columns(via.c.name.label("via"), via.c.private.label("via_private"))
        .join(schema.reports, r.id == c.report_id)
        .outerjoin(speaker, speaker.c.id == c.speaker_id)
        .outerjoin(via, via.c.id == c.via_id)
        .where(*where)
        .order_by(r.published, r.id, c.evidence_start, c.id)
    )


def _voice(row: dict[str, Any]) -> Voice:
    """A telling; the name of a private person is kept back."""
    shown = {
        name: PRIVATE if hidden(row[f"{name}_private"], row[f"{name}_id"], row["report_id"]) else row[name]
        for name in ("speaker", "via")
    }
    facts = {name: row[name] for name in Voice.__struct_fields__ if name not in shown}
    return Voice(**(facts | shown | {"speaker_private": bool(row["speaker_private"])}))


def _nodes(connection: Connection, incidents: set[str]) -> dict[str, Node]:
    i = schema.incidents.c
    columns = [i[name] for name in Node.__struct_fields__]
    rows = connection.execute(sa.select(*columns).where(i.id.in_(sorted(incidents)))).mappings()
    return {row["id"]: Node(**row) for row in rows}


def _loose(connection: Connection, incident_id: str) -> tuple[Loose, ...]:
    """Links of the incident whose other end is in no incident."""
    k, e = schema.links.c, schema.events.c
    found: list[Loose] = []
    for here, there, outgoing in (("from", "to", True), ("to", "from", False)):
        query = (
            _told(schema.links, k[f"{here}_incident"] == incident_id, k[f"{there}_incident"].is_(None))
            .add_columns(k.kind, e.mention)
            .join(schema.events, e.id == k[f"{there}_event"])
            .limit(VOICES_SHOWN)
        )
        for row in connection.execute(query).mappings():
            voice = _voice(dict(row))
            found.append(Loose(kind=row["kind"], outgoing=outgoing, mention=row["mention"], voice=voice))
    return tuple(found)
