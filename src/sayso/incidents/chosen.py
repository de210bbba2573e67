"""Which events people mean when they name incidents, events and reports in a decision."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.deciding import MOST_ANCHORED
from sayso.incidents.features import chunks
from sayso.incidents.ids import current_id
from sayso.ledger import schema


def incident_named(connection: Connection, name: str) -> str:
    """The incident that an id stands for now, in any case of letters. Raises S210 where there is none."""
    found = _incident(connection, name)
    if found is None:
        raise SaysoError("S210", what="incident", id=name)
    return found


def named(connection: Connection, names: Sequence[str]) -> list[str]:
    """The ids, those of incidents as they are now and in capitals; what is no incident is left as it is."""
    return list(dict.fromkeys(_incident(connection, name) or name.strip() for name in names))


def parted(connection: Connection, incident: str, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The events that are to be one side, and those of the incident that are the other.

    ``names`` are events of the incident, reports that tell of it, or other incidents, which are to stay other ones.
    Of a side named by an incident the oldest events stand for all. Raises S210, S462 for what is none of these, S463
    where nothing of the incident would be left.
    """
    here = incident_named(connection, incident)
    inside = _events(connection, schema.events.c.incident_id == here)
    side: dict[str, None] = {}
    for name in names:
        other = _incident(connection, name)
        if other == here:
            raise SaysoError("S463", incident=here)
        if other is not None:
            found = _events(connection, schema.events.c.incident_id == other)[:MOST_ANCHORED]
        else:
            found = [event for event in inside if event == name or event.rpartition(":")[0] == name]
        if not found:
            raise SaysoError("S462", id=name, incident=here)
        side |= dict.fromkeys(found)
    rest = [event for event in inside if event not in side]
    if not rest:
        raise SaysoError("S463", incident=here)
    return list(side), rest[:MOST_ANCHORED]


def incidents_of(connection: Connection, events: Sequence[str]) -> list[str]:
    """The incidents that these events are part of now."""
    e = schema.events.c
    found: set[str] = set()
    for part in chunks(list(events)):
        found |= {one for one in connection.scalars(sa.select(e.incident_id).where(e.id.in_(part)).distinct()) if one}
    return sorted(found)


def _incident(connection: Connection, name: str) -> str | None:
    i = schema.incidents.c
    for wanted in dict.fromkeys((name.strip(), name.strip().upper())):
        found = connection.scalar(sa.select(i.id).where(i.id == current_id(connection, wanted)))
        if found is not None:
            return str(found)
    return None


def _events(connection: Connection, where: sa.ColumnElement[bool]) -> list[str]:
    e, r = schema.events.c, schema.reports.c
    query = sa.select(e.id).join(schema.reports, r.id == e.report_id).where(where)
    return list(connection.scalars(query.order_by(r.published, e.id)))
