"""What people decided on incidents, as it reads today: which decisions stand, and which gave way to a later one.

Decisions are never changed (``sayso.ledger.decisions``): a later one on the same two tellings stands over an earlier
one, and an undoing takes back a decision, or an earlier undoing. Both are kept, and both are shown.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.constraints import Said, load_decisions, load_said, settle, undone
from sayso.ledger import schema

KINDS = ("same", "apart", "undo")
PAGE_SIZE = 50
MOST = 200
"""How many decisions on one incident are shown at most, the latest."""
MOST_CONCERNED = 1_000
"""How many decisions are weighed against each other at most to say which stand."""

Kind = Literal["same", "apart", "undo"]
State = Literal["stands", "overruled", "overruled in part", "undone"]


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """One telling that a decision speaks of: the words in the report, and the event that they are read as today.

    ``event`` is null where a newer reading finds none at these words; ``incident`` is that event's incident.
    """

    report: str
    start: int
    text: str
    type: str
    event: str | None = None
    incident: str | None = None


Side = tuple[Spoken, ...]


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """One decision as it is to be read today. ``by``: the decision that stands over it, or undid it.

    "same" has one side, "apart" two; an "undo" has none and names what it ``undoes``.
    """

    id: int
    at: str
    who: str
    kind: Kind
    target: str
    note: str = ""
    sides: tuple[Side, ...] = ()
    undoes: int | None = None
    state: State = "stands"
    by: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it still decides something about incidents."""
        return self.kind != "undo" and self.state in ("stands", "overruled in part")

    @property
    def incidents(self) -> tuple[str, ...]:
        """The incidents that its tellings are part of today."""
        return tuple(sorted({spoken.incident for side in self.sides for spoken in side if spoken.incident}))


class Rulings(msgspec.Struct, frozen=True, kw_only=True):
    """A page of decisions, the latest first; ``number`` counts pages from 1, ``total`` is all of them."""

    items: list[Ruling]
    total: int
    number: int = 1
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def on_incident(connection: Connection, incident_id: str, most: int = MOST) -> Rulings:
    """The decisions on an incident, the latest first: those on its events, and those made under an id it ever had."""
    c, e, d, i = schema.constraints.c, schema.events.c, schema.decisions.c, schema.incident_ids.c
    spoken = (
        sa.select(c.decision_id).join(schema.events, e.id == c.event_id).where(e.incident_id == incident_id).distinct()
    )
    names = sa.select(i.old).where(i.current == incident_id)
    named = sa.select(d.id).where(sa.or_(d.target == incident_id, d.target.in_(names)), d.kind.in_(KINDS))
    ids = sorted({*connection.scalars(spoken), *connection.scalars(named)})
    undoings = [undo for taken, undo in undone(connection).items() if taken in ids]
    ids = sorted({*ids, *undoings}, reverse=True)
    return Rulings(items=_rulings(connection, ids[:most]), total=len(ids), size=most)


def between(connection: Connection, first: Sequence[str], second: Sequence[str]) -> list[Ruling]:
    """The decisions on whether events of these two groups are one occurrence, the latest first."""
    c = schema.constraints.c
    ids = [
        set(connection.scalars(sa.select(c.decision_id).where(c.event_id.in_(part)).distinct()))
        for part in (list(first), list(second))
    ]
    one, two = frozenset(first), frozenset(second)
    found = _rulings(connection, sorted(ids[0] & ids[1], reverse=True))
    return [ruling for ruling in found if _speaks_of(ruling, one, two)]


def _speaks_of(ruling: Ruling, one: frozenset[str], two: frozenset[str]) -> bool:
    sides = [{spoken.event for spoken in side if spoken.event} for side in ruling.sides]
    if ruling.kind == "same":
        return any(side & one and side & two and len(side & (one | two)) > 1 for side in sides)
    if ruling.kind == "apart" and len(sides) == 2:
        left, right = sides
        return bool((left & one and right & two) or (left & two and right & one))
    return False


def listed(connection: Connection, number: int = 1, size: int = PAGE_SIZE) -> Rulings:
    """One page of all decisions on incidents, the latest first."""
    d = schema.decisions.c
    where = d.kind.in_(KINDS)
    total = connection.scalar(sa.select(sa.func.count()).select_from(schema.decisions).where(where)) or 0
    number = max(1, min(number, -(-total // size)))
    ids = sa.select(d.id).where(where).order_by(d.id.desc()).offset((number - 1) * size).limit(size)
    return Rulings(items=_rulings(connection, list(connection.scalars(ids))), total=total, number=number, size=size)


def one(connection: Connection, decision_id: int) -> Ruling | None:
    """One decision on incidents; null where there is none of this number."""
    d = schema.decisions.c
    known = connection.scalars(sa.select(d.id).where(d.id == decision_id, d.kind.in_(KINDS)))
    return next(iter(_rulings(connection, list(known))), None)


def _rulings(connection: Connection, ids: Sequence[int]) -> list[Ruling]:
    """These decisions, the latest first, each with what became of it."""
    taken_back = undone(connection)
    rules = settle(_concerned(connection, [number for number in ids if number not in taken_back], taken_back))
    kept = {*rules.same.values(), *rules.apart.values()}
    found = _read(connection, ids)
    return [
        _settled(found[number], taken_back, rules.overruled, kept)
        for number in sorted(set(ids), reverse=True)
        if number in found
    ]


def _settled(ruling: Ruling, taken_back: Mapping[int, int], over: Mapping[int, int], kept: Collection[int]) -> Ruling:
    if ruling.id in taken_back:
        return msgspec.structs.replace(ruling, state="undone", by=taken_back[ruling.id])
    if ruling.id in over:
        state: State = "overruled in part" if ruling.id in kept else "overruled"
        return msgspec.structs.replace(ruling, state=state, by=over[ruling.id])
    return ruling


def _concerned(connection: Connection, ids: Sequence[int], taken_back: Mapping[int, int]) -> list[Said]:
    """These decisions and all that bear on them: those on the same events, those on the events of these, and so on."""
    found = {said.id: said for said in load_decisions(connection, ids)}
    new = list(found.values())
    while new and len(found) < MOST_CONCERNED:
        events = {event for said in new for event in said.events}
        new = [said for said in load_said(connection, events) if said.id not in found]
        found |= {said.id: said for said in new}
    return [said for said in found.values() if said.id not in taken_back]


def _read(connection: Connection, ids: Sequence[int]) -> dict[int, Ruling]:
    d = schema.decisions.c
    found: dict[int, Ruling] = {}
    wanted = sorted(set(ids))
    now = _today(connection, wanted)
    for at in range(0, len(wanted), PAGE_SIZE):
        query = sa.select(schema.decisions).where(d.id.in_(wanted[at : at + PAGE_SIZE]), d.kind.in_(KINDS))
        for row in connection.execute(query).mappings():
            found[row["id"]] = _ruling(row, json.loads(row["value"]), now)
    return found


def _ruling(row: Mapping[Any, Any], value: dict[str, Any], now: Mapping[tuple[int, int, int], _Today]) -> Ruling:
    sides = tuple(
        tuple(_spoken(told, now.get((row["id"], side, place))) for place, told in enumerate(those))
        for side, those in enumerate(value.get("sides", ()))
    )
    return Ruling(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        kind=row["kind"],
        target=row["target"],
        note=value.get("note") or "",
        sides=sides,
        undoes=value.get("decision"),
    )


_Today = tuple[str | None, str | None]
"""An event and its incident."""


def _spoken(told: Mapping[str, Any], today: _Today | None) -> Spoken:
    event, incident = today or (None, None)
    words = {name: told[name] for name in ("report", "start", "text", "type")}
    return Spoken(event=event, incident=incident, **words)


def _today(connection: Connection, ids: Sequence[int]) -> dict[tuple[int, int, int], _Today]:
    """The event and the incident that each telling of these decisions is today, by decision, side and place."""
    c, e = schema.constraints.c, schema.events.c
    found: dict[tuple[int, int, int], _Today] = defaultdict(lambda: (None, None))
    for at in range(0, len(ids), PAGE_SIZE):
        query = (
            sa.select(c.decision_id, c.side, c.place, c.event_id, e.incident_id)
            .outerjoin(schema.events, e.id == c.event_id)
            .where(c.decision_id.in_(ids[at : at + PAGE_SIZE]))
        )
        for row in connection.execute(query):
            found[row.decision_id, row.side, row.place] = (row.event_id, row.incident_id)
    return found
