"""Which events an event is weighed against: found by index, so that the size of the ledger does not matter.

Where more stand under an event's keys than ``MOST_WEIGHED`` (a day with tens of thousands of reports on one town),
``CROWD`` of them are weighed, the nearest in time, and of one key and day those whose ids are next to its own, which is
as good as chance.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import Features, chunks, load_by_id
from sayso.incidents.keys import Lookup, joinable, lookups, near, slot, stored
from sayso.ledger import schema
from sayso.ledger.bulk import insert_all

MOST_WEIGHED = 400
"""How many events one is weighed against at most."""
CROWD = 200
"""The same where more are found than can be loaded."""
BAND = 24
"""Of one key and day, how many on either side of an event's own id are weighed where there are too many."""

# One statement, whatever is looked for: what is to be found comes as one JSON text.
_FIND = {
    "sqlite": """
        SELECT k.key, k.event_id FROM json_each(:wanted) AS w CROSS JOIN event_keys AS k
        WHERE k.key = json_extract(w.value, '$[0]')
        AND k.day BETWEEN json_extract(w.value, '$[1]') AND json_extract(w.value, '$[2]') LIMIT :most""",
    "postgresql": """
        SELECT k.key, k.event_id FROM jsonb_array_elements(CAST(:wanted AS jsonb)) AS w JOIN event_keys AS k
        ON k.key = w->>0 AND k.day BETWEEN CAST(w->>1 AS integer) AND CAST(w->>2 AS integer) LIMIT :most""",
}
_K = schema.event_keys.c
_NEXT_DAY = sa.select(sa.func.min(_K.day)).where(_K.key == sa.bindparam("key"), _K.day >= sa.bindparam("since"))
_SLOT = sa.select(_K.event_id).where(_K.key == sa.bindparam("key"), _K.day == sa.bindparam("day"))
_ABOVE = _SLOT.where(_K.event_id > sa.bindparam("id")).order_by(_K.event_id).limit(BAND)
_BELOW = _SLOT.where(_K.event_id < sa.bindparam("id")).order_by(_K.event_id.desc()).limit(BAND)


class Finder:
    """Finds candidates within one transaction; each event is loaded once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Features] = {}
        self._copied: dict[str, list[tuple[str, str, str]]] = {}

    def load(self, ids: Iterable[str]) -> list[Features]:
        """These events, in the order of their ids; an id that is none is left out."""
        wanted = sorted(set(ids))
        self._known |= load_by_id(self._connection, [one for one in wanted if one not in self._known])
        return [self._known[one] for one in wanted if one in self._known]

    def know(self, events: Iterable[Features]) -> list[Features]:
        """Take these events as loaded; returns them by age."""
        found = sorted(events, key=lambda event: (event.published, event.id))
        self._known |= {event.id: event for event in found}
        return found

    def forget(self) -> None:
        """Load everything anew from now on: incidents were changed."""
        self._known.clear()

    def moved(self, event: Features, incident: str) -> None:
        """Know of one event that it is in this incident now."""
        self._known[event.id] = msgspec.structs.replace(event, incident_id=incident)

    def candidates(self, events: Sequence[Features]) -> dict[str, list[Features]]:
        """Of each of these events those of other reports that may be the same occurrence, in the order of their ids."""
        found = {event.id: self._found(event) for event in events}
        copies = {event.id: self._copies(event) for event in events}
        self.load(other for told in (*found.values(), *copies.values()) for other in told)  # At once, not one by one.
        return {event.id: self._near(event, found[event.id], copies[event.id]) for event in events}

    def _near(self, event: Features, found: Mapping[str, Sequence[str]], copies: set[str]) -> list[Features]:
        types = joinable(event.type)
        return [
            other
            for other in self.load([*found, *copies])
            if other.report_id != event.report_id
            and other.type in types
            and (other.id in copies or any(near(event, other, key) for key in found[other.id]))
        ]

    def _found(self, event: Features) -> dict[str, list[str]]:
        wanted = lookups(event)
        sql = sa.text(_FIND[self._connection.dialect.name])
        values = json.dumps([(one.key, one.since, one.until) for one in wanted])
        rows = self._connection.execute(sql, {"wanted": values, "most": 2 * MOST_WEIGHED}).all()
        pairs: Iterable[tuple[str, str]] = ((row[0], row[1]) for row in rows)
        if len(rows) == 2 * MOST_WEIGHED:
            pairs = islice(self._crowded(event, wanted), CROWD)
        found: dict[str, list[str]] = {}
        for key, other in pairs:
            found.setdefault(other, []).append(key)
        return found

    def _crowded(self, event: Features, wanted: Sequence[Lookup]) -> Iterator[tuple[str, str]]:
        """Under each key and day the events next in id, the nearest days first."""
        at = slot(event)
        slots = sorted((abs(day - at), day, one.key) for one in wanted for day in self._days(one))
        for _, day, key in slots:
            for query in (_ABOVE, _BELOW):
                for other in self._connection.scalars(query, {"key": key, "day": day, "id": event.id}):
                    yield key, other

    def _days(self, wanted: Lookup) -> Iterator[int]:
        since = wanted.since
        while True:
            day = self._connection.scalar(_NEXT_DAY, {"key": wanted.key, "since": since})
            if day is None or day > wanted.until:
                return
            yield day
            since = day + 1

    def _copies(self, event: Features) -> set[str]:
        """Events of the same type in reports that copy this one's, or that it copies."""
        if event.copy_root not in self._copied:
            self._copied[event.copy_root] = list(self._in_copies(event.copy_root))
        told = self._copied[event.copy_root]
        return {one for one, report, kind in told if kind == event.type and report != event.report_id}

    def _in_copies(self, root: str) -> Iterator[tuple[str, str, str]]:
        """The actual events of a report and of its near-copies, each with its report and type."""
        r, e = schema.reports.c, schema.events.c
        # First the reports, then their events: asked for at once, a database may walk all events of the type.
        reports = {root, *self._connection.scalars(sa.select(r.id).where(r.copy_of == root).limit(MOST_WEIGHED))}
        for part in chunks(sorted(reports)):
            query = sa.select(e.id, e.report_id, e.type, e.modality).where(e.report_id.in_(part))
            for event, report, kind, modality in self._connection.execute(query):
                if modality == "actual":
                    yield event, report, kind


def put_keys(connection: Connection, events: Sequence[Features]) -> None:
    """Put events into the index anew."""
    k = schema.event_keys
    for part in chunks([event.id for event in events]):
        connection.execute(sa.delete(k).where(k.c.event_id.in_(part)))
    insert_all(connection, k, stored_rows(events))


def stored_rows(events: Iterable[Features]) -> list[dict[str, str | int]]:
    """The rows of the index for these events."""
    return [
        {"key": key, "day": slot(event), "event_id": event.id}
        for event in events
        for key in dict.fromkeys(stored(event))
    ]
