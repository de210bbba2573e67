"""What a reviewer decides about incidents: that events are one occurrence, or different ones; and taking it back.

Each is appended to the decisions, never written over an earlier one, and joins anew what it touches, within the
caller's transaction. The later decision stands; docs/incidents.md says how two that contradict each other are settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.clustering import age
from sayso.incidents.constraints import APART, SAME, UNDO, load_decisions, put_constraints, undone
from sayso.incidents.features import Features, load_by_id, load_features
from sayso.incidents.ids import current_id
from sayso.incidents.join import rejoin
from sayso.ledger import decisions, schema
from sayso.ledger.write import read_account

MOST_ANCHORED = 50
"""Of an incident named as a whole, so many of its events are noted, the oldest."""

Anchor = dict[str, Any]


def say_same(connection: Connection, who: str, events: Iterable[str], note: str = "") -> int:
    """Record that these (ids of events, or of incidents with all their events) are one occurrence; the decision's id.

    Raises S410 for an unknown id, S411 for fewer than two events, S412 for one that is part of no incident.
    """
    side = _named(connection, events)
    if len(side) < 2:
        raise SaysoError("S411")
    return _record(connection, who, SAME, [side], note, f"{who} said that they are one occurrence")


def say_apart(connection: Connection, who: str, side: Iterable[str], other: Iterable[str], note: str = "") -> int:
    """Record that what is named on one side and on the other are different occurrences; the decision's id.

    Events of one side may still be different occurrences. Raises S410 for an unknown id, S411 for an empty side, S412
    for an event that is part of no incident, S413 for one on both sides.
    """
    sides = [_named(connection, side), _named(connection, other)]
    if not all(sides):
        raise SaysoError("S411")
    both = {event.id for event in sides[0]} & {event.id for event in sides[1]}
    if both:
        raise SaysoError("S413", id=min(both))
    return _record(connection, who, APART, sides, note, f"{who} said that they are different occurrences")


def undo(connection: Connection, who: str, decision_id: int, note: str = "") -> int:
    """Take a decision back, or an earlier undoing; both stay on record. Returns the id of the new decision.

    Raises S414 where there is no such decision about incidents, S415 where it is undone already.
    """
    d = schema.decisions.c
    found = connection.execute(sa.select(d.kind, d.target, d.value).where(d.id == decision_id)).first()
    if found is None or found.kind not in (SAME, APART, UNDO):
        raise SaysoError("S414", id=decision_id)
    by = undone(connection).get(decision_id)
    if by is not None:
        raise SaysoError("S415", id=decision_id, by=by)
    value = {"decision": decision_id, "note": note}
    new = decisions.append(connection, who=who, kind=UNDO, target=current_id(connection, found.target), value=value)
    spoken = decision_id
    while (step := _undoes(connection, spoken)) is not None:
        spoken = step
    rejoin(connection, load_decisions(connection, [spoken])[0].events, f"{who} took back decision {decision_id}")
    return new


def _undoes(connection: Connection, decision_id: int) -> int | None:
    d = schema.decisions.c
    found = connection.execute(sa.select(d.kind, d.value).where(d.id == decision_id)).one()
    return int(json.loads(found.value)["decision"]) if found.kind == UNDO else None


def _record(
    connection: Connection, who: str, kind: str, sides: Sequence[Sequence[Features]], note: str, reason: str
) -> int:
    events = [event for side in sides for event in side]
    target = min(events, key=age).incident_id or ""
    anchors = [_anchors(connection, side) for side in sides]
    value = {"sides": anchors, "note": note}
    new = decisions.append(connection, who=who, kind=kind, target=target, value=value)
    put_constraints(connection, new, anchors)
    rejoin(connection, [event.id for event in events], reason)
    return new


def _named(connection: Connection, ids: Iterable[str]) -> list[Features]:
    """The events that these ids name, each once, in the order of the ids."""
    found: dict[str, Features] = {}
    for wanted in dict.fromkeys(ids):
        event = load_by_id(connection, [wanted]).get(wanted)
        if event is None:
            found |= _of_incident(connection, wanted)
        elif event.incident_id is None:
            raise SaysoError("S412", id=wanted)
        else:
            found[wanted] = event
    return list(found.values())


def _of_incident(connection: Connection, wanted: str) -> dict[str, Features]:
    incident = current_id(connection, wanted)
    events = load_features(connection, schema.events.c.incident_id == incident)
    if not events:
        raise SaysoError("S410", id=wanted)
    return {event.id: event for event in sorted(events, key=age)[:MOST_ANCHORED]}


def _anchors(connection: Connection, events: Sequence[Features]) -> list[Anchor]:
    """The events with the place of their first mention in the report's text, so that they are found again."""
    found = []
    for event in events:
        account = read_account(connection, event.report_id)
        told = next(one for one in account.events if f"{event.report_id}:{one.id}" == event.id) if account else None
        start, text = (told.mentions[0].start, told.mentions[0].text) if told else (0, event.mention)
        found.append({"report": event.report_id, "id": event.id, "start": start, "text": text, "type": event.type})
    return found
