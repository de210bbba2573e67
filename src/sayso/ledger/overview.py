"""What the list page asks beside its rows: places behind a filter, names to choose from, whether anything changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema
from sayso.ledger.filters import Filters, conditions
from sayso.ledger.keys import fold

Record = dict[str, Any]
Role = Literal["speaker", "side"]
ROLES: tuple[Role, ...] = ("speaker", "side")


def version(connection: Connection) -> tuple[int, str]:
    """How many incidents there are and when the last changed: another value means that counts must be made anew."""
    i = schema.incidents.c
    number = connection.scalar(sa.select(sa.func.count()).select_from(schema.incidents)) or 0
    return number, connection.scalar(sa.select(sa.func.max(i.updated_at))) or ""


def places(connection: Connection, filters: Filters, limit: int) -> list[Record]:
    """The places of the incidents that fit, the most incidents first.

    Rows have the place's columns, ``incidents``, the numbers that are ``contested``, ``denied`` and ``unclear`` (by
    status), and ``first_id``, the id of one of them. The same place, known more or less exactly, is several rows.
    """
    i = schema.incidents.c
    f: Any = i
    where = conditions(filters, connection)
    if where:  # Counted after the filter: along the index, each row would have to be fetched for it.
        fits = (
            sa.select(i.gazetteer_id, i.place_name, i.country, i.place_precision, i.status, i.id)
            .where(*where)
            .cte("fits")
        )
        f = fits.prefix_with("MATERIALIZED").c
    keys = (f.gazetteer_id, f.place_name, f.country, f.place_precision)
    by_status = [
        sa.func.sum(sa.case((f.status == status, 1), else_=0)).label(name)
        for name, status in (("contested", "contested"), ("denied", "denied"), ("unclear", "uncertain"))
    ]
    counted = (
        sa.select(*keys, sa.func.count().label("incidents"), *by_status, sa.func.min(f.id).label("first_id"))
        .group_by(*keys)
        .order_by(sa.func.count().desc(), f.place_name, f.country, f.place_precision)
        .limit(limit)
        .subquery()
    )
    # The index holds what is counted; the rest is read for one incident a place.
    query = (
        sa.select(counted, i.admin1, i.lat, i.lon, i.radius_km, i.geometry)
        .join(schema.incidents, i.id == counted.c.first_id)
        .order_by(counted.c.incidents.desc(), counted.c.place_name, counted.c.country, counted.c.place_precision)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def told_of(connection: Connection, incident_ids: Collection[str]) -> dict[str, Record]:
    """By incident id: ``time_words`` and ``weapon`` of its first event that has them, and the names of its
    ``initiator`` and ``recipient`` sides with their ``private`` flag, each once; where no actor is one, the words for
    the thing that was hit."""
    e, s, a = schema.events.c, schema.sides.c, schema.actors.c
    found: dict[str, Record] = {
        key: {"time_words": None, "weapon": None, "initiator": {}, "recipient": {}} for key in incident_ids
    }
    wanted = e.incident_id.in_(list(incident_ids))
    words = sa.select(e.incident_id, e.time_words, e.weapon, e.time_precision).where(wanted).order_by(e.id)
    for incident, time_words, weapon, precision in connection.execute(words):
        known = found[incident]
        known["weapon"] = known["weapon"] or weapon
        if precision == "part_of_day":
            known["time_words"] = known["time_words"] or time_words
    sides = sa.select(e.incident_id, s.role, s.words, a.name, a.private).join(schema.sides, s.event_id == e.id)
    rows = connection.execute(sides.outerjoin(schema.actors, a.id == s.actor_id).where(wanted).order_by(s.id)).all()
    for incident, role, _, name, private in rows:
        if name is not None:
            found[incident][role].setdefault(name, private)
    named = {(incident, role) for incident, role, _, name, _ in rows if name is not None}
    for incident, role, thing, _, _ in rows:
        if (incident, role) not in named:
            found[incident][role].setdefault(thing, False)
    return found


def names(connection: Connection, role: Role, limit: int) -> list[tuple[str, int]]:
    """The names most often met, as speakers with their claims or as sides with their events; no private persons."""
    a = schema.actors.c
    column = schema.claims.c.speaker_id if role == "speaker" else schema.sides.c.actor_id
    counted = (
        sa.select(column.label("actor"), sa.func.count().label("number"))
        .where(column.is_not(None))
        .group_by(column)
        .order_by(sa.func.count().desc())
        .limit(limit)
        .subquery()
    )
    query = sa.select(a.name, counted.c.number).join(counted, counted.c.actor == a.id).where(a.private.is_(False))
    return [(name, number) for name, number in connection.execute(query.order_by(counted.c.number.desc(), a.name))]


def actor_keys(connection: Connection, role: Role, name: str) -> tuple[str, ...]:
    """The ledger keys that a user means by a name: a key, a whole name, or part of names; empty for nobody."""
    a = schema.actors.c
    column = schema.claims.c.speaker_id if role == "speaker" else schema.sides.c.actor_id
    # For each name that fits: listed, all that was ever said would be walked.
    met = sa.exists().where(column == a.id)
    for where in (a.id == name, a.id == fold(name), a.name.icontains(name, autoescape=True)):
        found = connection.scalars(sa.select(a.id).where(where, met).order_by(a.id)).all()
        if found:
            return tuple(found)
    return ()
