"""All that an incident's status, history and counts rest on: its statements, the initiators named, the places named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import PLACE_COLUMNS, Features, chunks, hidden
from sayso.incidents.statement import Statement, Voice, load_statements
from sayso.ledger import schema


class Named(msgspec.Struct, frozen=True):
    """An initiator, as a report published then names it."""

    voice: Voice
    report_id: str
    published: str


class Testimony(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What an incident rests on; statements in the order of publication and of the words."""

    statements: Sequence[Statement] = ()
    named: Sequence[Named] = ()
    places: dict[str, Features] = {}
    """What is known of the places named, by gazetteer id."""

    @cached_property
    def initiators(self) -> list[Voice]:
        """Who is said to have done it, as named; each once."""
        return list(dict.fromkeys(named.voice for named in self.named))


def load_testimony(connection: Connection, incidents: Sequence[str]) -> dict[str, Testimony]:
    """What these incidents rest on, by incident; one without statements has none."""
    events = events_of(connection, incidents)
    statements, named = load_statements(connection, events), load_named(connection, events)
    places = _places(connection, incidents)
    return {
        key: Testimony(statements=statements.get(key, []), named=named.get(key, []), places=places.get(key, {}))
        for key in incidents
        if key in statements or key in named
    }


def events_of(connection: Connection, incidents: Sequence[str]) -> dict[str, str]:
    """The events of these incidents, each with its incident."""
    e = schema.events.c
    found: dict[str, str] = {}
    for part in chunks(incidents):
        found |= dict(connection.execute(sa.select(e.id, e.incident_id).where(e.incident_id.in_(part))).all())
    return found


_E, _S, _A, _R = schema.events.c, schema.sides.c, schema.actors.c, schema.reports.c
# Made once: it is asked with every report.
_INITIATORS = (
    sa.select(_E.id.label("event"), _E.report_id, _R.published, _S.id)
    .add_columns(_A.id.label("key"), _A.name, _A.kind, _A.country, _A.affiliation, _A.private)
    .join(schema.sides, _S.event_id == _E.id)
    .join(schema.actors, _A.id == _S.actor_id)
    .join(schema.reports, _R.id == _E.report_id)
    .where(_E.id.in_(sa.bindparam("events", expanding=True)), _S.role == "initiator")
)


def load_named(connection: Connection, events: Mapping[str, str]) -> dict[str, list[Named]]:
    """The initiators of these events, by the incidents that ``events`` gives them, in the order of publication."""
    told: list[Any] = []
    for part in chunks(list(events)):
        told += connection.execute(_INITIATORS, {"events": part}).mappings()
    found: dict[str, list[Named]] = defaultdict(list)
    for row in sorted(told, key=lambda row: (row["published"], row["report_id"], row["key"])):
        facts = {name: row[name] for name in Voice.__struct_fields__}
        facts |= {"private": hidden(row["private"], row["key"], row["report_id"])}
        found[events[row["event"]]].append(Named(Voice(**facts), row["report_id"], row["published"]))
    return found


def _places(connection: Connection, incidents: Iterable[str]) -> dict[str, dict[str, Features]]:
    e = schema.events.c
    found: dict[str, dict[str, Features]] = defaultdict(dict)
    columns = [e[name] for name in PLACE_COLUMNS]
    for part in chunks(list(incidents)):
        query = sa.select(e.incident_id, *columns).where(e.incident_id.in_(part), e.gazetteer_id.is_not(None))
        rows = connection.execute(query.distinct()).mappings()
        # Of one place known more and less exactly, the vaguer leaves more room.
        for row in sorted(rows, key=lambda row: (-(row["place_precision"] or 1), -(row["radius_km"] or 0))):
            known = {name: row[name] for name in PLACE_COLUMNS}
            found[row["incident_id"]].setdefault(
                row["gazetteer_id"], Features(id=row["gazetteer_id"], report_id="", type="", **known)
            )
    return found
