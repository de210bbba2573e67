"""The chain of responses: which incident answers, follows, resembles or is part of which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import PRIVATE, chunks, hidden
from sayso.incidents.ids import current_id
from sayso.ledger import schema

MAX_STEPS = 200
"""How many links one chain shows at most."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One link between two incidents, with the words that make it and who says them (null: the report's narration)."""

    id: str
    kind: str
    from_incident: str
    to_incident: str
    from_title: str
    to_title: str
    report_id: str
    speaker_id: str | None
    speaker: str | None
    via: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    distance: int
    """How many links lie between the incident that was asked for and this one: 0 for its own."""


def chain(connection: Connection, incident_id: str) -> tuple[Step, ...]:
    """All links that can be reached from an incident, nearest first, then as the incidents happened."""
    seen = {current_id(connection, incident_id)}
    frontier, found, distance = sorted(seen), dict[str, Step](), 0
    while frontier and len(found) < MAX_STEPS:
        rows = [row for row in _links(connection, frontier) if row["id"] not in found]
        for row in rows[: MAX_STEPS - len(found)]:
            found[row["id"]] = _step(row, distance)
        reached = {row[end] for row in rows for end in ("from_incident", "to_incident")}
        frontier = sorted(reached - seen)
        seen |= reached
        distance += 1
    return tuple(found.values())


def _step(row: dict[str, Any], distance: int) -> Step:
    names = ("speaker", "via")
    shown = {
        name: PRIVATE if hidden(row[f"{name}_private"], row[f"{name}_id"], row["report_id"]) else row[name]
        for name in names
    }
    facts = {name: row[name] for name in Step.__struct_fields__ if name not in (*names, "distance")}
    return msgspec.convert(facts | shown | {"distance": distance}, Step)


def _links(connection: Connection, incidents: Sequence[str]) -> list[dict[str, Any]]:
    k = schema.links.c
    first, second = schema.incidents.alias("first"), schema.incidents.alias("second")
    speaker, via = schema.actors.alias("speaker"), schema.actors.alias("via")
    found: dict[str, dict[str, Any]] = {}
    for part in chunks(incidents):
        query = (
            sa.select(schema.links)
            .add_columns(first.c.title.label("from_title"), second.c.title.label("to_title"))
            .add_columns(speaker.c.name.label("speaker"), speaker.c.private.label("speaker_private"))
            .add_columns(via.c.name.label("via"), via.c.private.label("via_private"))
            .join(first, first.c.id == k.from_incident)
            .join(second, second.c.id == k.to_incident)
            .outerjoin(speaker, speaker.c.id == k.speaker_id)
            .outerjoin(via, via.c.id == k.via_id)
            .where(sa.or_(k.from_incident.in_(part), k.to_incident.in_(part)), k.from_incident != k.to_incident)
            .order_by(first.c.start, k.id)
        )
        found |= {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return list(found.values())
