"""Why an event is in its incident, in words: what was found of it and the event there that it is closest to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.clustering import Weigh, age, representatives
from sayso.incidents.constraints import Rules
from sayso.incidents.edges import Scores, edge_score
from sayso.incidents.features import Features, chunks
from sayso.incidents.keys import leaf
from sayso.ledger import schema
from sayso.ledger.bulk import insert_all


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """A row of ``joins``: the event that this one is joined by (null for the first), the score, the reasons."""

    event_id: str
    incident_id: str
    partner: str | None = None
    score: float | None = None
    why: tuple[dict[str, Any], ...] = ()

    @property
    def same_as(self) -> tuple[str, str | None, float | None]:
        """What tells whether a row must be written anew."""
        return (self.incident_id, self.partner, self.score)


def reasons(
    group: Sequence[Features], incident: str, pairs: Mapping[str, Scores], rules: Rules, weigh: Weigh
) -> list[Join]:
    """Why each event of a group is in it; the group's oldest event needs no reason."""
    known = {event.id: event for event in group}
    decided = _decided(rules, known)
    # A vague mention comes into an incident by a dated event, so that it is never the first of one.
    first = min(group, key=lambda event: (leaf(event), age(event)))
    found = [Join(event_id=first.id, incident_id=incident)]
    for event in group:
        if event is not first:
            found.append(reason(event, known, incident, pairs.get(event.id, {}), decided, weigh))
    return found


def reason(
    event: Features,
    known: Mapping[str, Features],
    incident: str,
    scores: Scores,
    decided: Mapping[str, tuple[str, int]],
    weigh: Weigh,
) -> Join:
    """Why an event is in an incident with these others: the likeliest of its pairs, else what a reviewer decided."""
    near = [(-score, other) for other, score in scores.items() if other in known]
    if not near and event.id in decided:
        other, decision = decided[event.id]
        row: dict[str, Any] = {"feature": "decision", "words": "a reviewer said that the two are one", "weight": None}
        row |= {"event": other, "decision": decision}
        return Join(event_id=event.id, incident_id=incident, partner=other, why=(row,))
    if near:
        partner = known[min(near)[1]]
    else:
        others = [other for other in representatives(known.values()) if other is not event]
        partner = min(others, key=lambda other: (-weigh(event, other).score, other.id))
    comparison = weigh(event, partner)
    why = tuple(row | {"event": partner.id} for row in comparison.as_rows())
    return Join(
        event_id=event.id, incident_id=incident, partner=partner.id, score=round(edge_score(comparison), 6), why=why
    )


def _decided(rules: Rules, known: Mapping[str, Features]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for (one, two), decision in sorted(rules.same.items()):
        if one in known and two in known:
            found.setdefault(one, (two, decision))
            found.setdefault(two, (one, decision))
    return found


def write_joins(connection: Connection, wanted: Iterable[Join]) -> int:
    """Bring ``joins`` in line with these; returns how many rows were written."""
    rows = {join.event_id: join for join in wanted}
    known = _load(connection, sorted(rows))
    new = [join for event, join in rows.items() if event not in known]
    changed = [join for event, join in rows.items() if event in known and known[event] != join.same_as]
    j = schema.joins
    insert_all(connection, j, [{"event_id": join.event_id, **_row(join)} for join in new])
    if changed:
        query = sa.update(j).where(j.c.event_id == sa.bindparam("event"))
        connection.execute(query, [{"event": join.event_id, **_row(join)} for join in changed])
    return len(new) + len(changed)


def _row(join: Join) -> dict[str, Any]:
    why = json.dumps(join.why, ensure_ascii=False)
    return {"incident_id": join.incident_id, "score": join.score, "why": why}


def _load(connection: Connection, events: Sequence[str]) -> dict[str, tuple[str, str | None, float | None]]:
    j = schema.joins.c
    found: dict[str, tuple[str, str | None, float | None]] = {}
    for part in chunks(events):
        query = sa.select(j.event_id, j.incident_id, j.score, j.why).where(j.event_id.in_(part))
        for event, incident, score, why in connection.execute(query):
            rows = json.loads(why)
            found[event] = (incident, rows[0].get("event") if rows else None, score)
    return found
