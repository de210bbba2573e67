"""Pairs of sides: how often each is said to have struck the other, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.features import chunks
from sayso.incidents.parties import Direction, Side
from sayso.knowledge.countries import countries
from sayso.ledger import schema

PAGE_SIZE = 50
MAX_STRIKES = 300
"""How many strikes of one dyad are given one by one, the latest; the months count them all."""
MAX_LINKED = 2000
"""How many links between the strikes of one dyad are read at most."""


class Dyad(msgspec.Struct, frozen=True, kw_only=True):
    """Two sides, and how many incidents tell that the one struck the other. ``a`` is the first in the order of keys.

    An incident that some lay on the one and some on the other counts for both, as contested.
    """

    a: Side
    b: Side
    by_a: int
    by_b: int
    clashes: int
    """Fighting in which both took part, whoever began."""
    contested: int
    """Rows among these whose attacker is contested."""
    first: str | None
    last: str | None

    @property
    def total(self) -> int:
        """Strikes of either side, and clashes."""
        return self.by_a + self.by_b + self.clashes


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of a dyad. ``said`` speakers lay it on that side (0: the reports' own words), ``denied`` deny it."""

    incident_id: str
    direction: Direction
    said: int
    denied: int
    contested: bool
    title: str
    type: str
    start: str | None
    end: str | None
    time_precision: str | None
    status: str
    stub: bool
    killed_low: int | None
    killed_high: int | None


class DyadPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the list of dyads, the most strikes first."""

    items: list[Dyad]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


_COUNTS = ("by_a", "by_b", "clashes", "contested", "first", "last")


def _counted() -> list[sa.ColumnElement[Any]]:
    d = schema.dyads.c

    def number(where: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
        return sa.func.sum(sa.case((where, 1), else_=0))

    return [
        *(number(d.direction == way).label(name) for way, name in (("a", "by_a"), ("b", "by_b"), ("both", "clashes"))),
        number(d.contested).label("contested"),
        sa.func.min(d.start).label("first"),
        sa.func.max(d.start).label("last"),
    ]


def dyads(connection: Connection, number: int = 1, size: int = PAGE_SIZE, side: str | None = None) -> DyadPage:
    """The dyads with the most strikes, or those of one side (its key)."""
    d = schema.dyads.c
    mine = [sa.or_(d.side_a == side, d.side_b == side)] if side else []
    grouped = sa.select(d.side_a, d.side_b, *_counted()).where(*mine).group_by(d.side_a, d.side_b)
    pairs = sa.select(d.side_a, d.side_b).where(*mine).distinct().subquery()
    total = connection.scalar(sa.select(sa.func.count()).select_from(pairs)) or 0
    order = grouped.order_by(sa.func.count().desc(), d.side_a, d.side_b)
    rows = connection.execute(order.offset((number - 1) * size).limit(size)).mappings().all()
    named = names(connection, {key for row in rows for key in (row["side_a"], row["side_b"])})
    return DyadPage(items=[_dyad(dict(row), named) for row in rows], total=total, number=number, size=size)


def dyad(connection: Connection, one: str, other: str) -> Dyad | None:
    """The dyad of two sides (keys in either order); null where no incident is between them."""
    first, second = sorted((one, other))
    d = schema.dyads.c
    query = sa.select(*_counted()).where(d.side_a == first, d.side_b == second)
    row = connection.execute(query).mappings().one()
    if row["by_a"] is None:
        return None
    return _dyad({"side_a": first, "side_b": second, **row}, names(connection, (first, second)))


def _dyad(row: dict[str, Any], named: dict[str, str]) -> Dyad:
    a, b = (Side(row[key], named.get(row[key], row[key])) for key in ("side_a", "side_b"))
    return Dyad(a=a, b=b, **{name: row[name] for name in _COUNTS})


def strikes(
    connection: Connection,
    one: str,
    other: str,
    since: str | None = None,
    until: str | None = None,
    limit: int = MAX_STRIKES,
) -> list[Strike]:
    """The strikes of a dyad, oldest first, those without a beginning last; of more than ``limit`` the latest.

    ``since`` and ``until`` are ISO dates, inclusive, on the beginning of an incident.
    """
    first, second = sorted((one, other))
    d, i = schema.dyads.c, schema.incidents.c
    where = [d.side_a == first, d.side_b == second]
    if since:
        where.append(d.start >= since)
    if until:
        where.append(d.start <= until + "~")
    ids = (
        sa.select(d.incident_id, d.direction)
        .where(*where)
        .order_by(d.start.desc().nulls_last(), d.direction, d.incident_id)
        .limit(limit)
        .subquery()
    )
    columns = [i[name] for name in Strike.__struct_fields__ if name in i]
    query = (
        sa.select(d.incident_id, d.direction, d.said, d.denied, d.contested, *columns)
        .join(ids, sa.and_(ids.c.incident_id == d.incident_id, ids.c.direction == d.direction))
        .join(schema.incidents, i.id == d.incident_id)
        .where(d.side_a == first, d.side_b == second)
        .order_by(d.start.asc().nulls_last(), d.incident_id, d.direction)
    )
    return [Strike(**row) for row in connection.execute(query).mappings()]


def months(connection: Connection, one: str, other: str) -> list[tuple[str, str, int, int]]:
    """For each month in which an incident of the dyad began: ISO month, direction, how many, how many contested."""
    first, second = sorted((one, other))
    d = schema.dyads.c
    month = sa.func.substr(d.start, 1, 7)
    query = (
        sa.select(month, d.direction, sa.func.count(), sa.func.sum(sa.case((d.contested, 1), else_=0)))
        .where(d.side_a == first, d.side_b == second, d.start.is_not(None))
        .group_by(month, d.direction)
        .order_by(month, d.direction)
    )
    return [(when, way, number, contested) for when, way, number, contested in connection.execute(query)]


def linked(connection: Connection, one: str, other: str) -> list[tuple[str, str, str]]:
    """The links of answering and following between incidents of a dyad: kind, from, to; ``MAX_LINKED`` at most."""
    first, second = sorted((one, other))
    k, d = schema.links.c, schema.dyads.c
    ours = sa.select(d.incident_id).where(d.side_a == first, d.side_b == second)
    query = (
        sa.select(k.kind, k.from_incident, k.to_incident)
        .where(k.kind.in_(("retaliation_for", "follows")), k.from_incident != k.to_incident)
        .where(k.from_incident.in_(ours), k.to_incident.in_(ours))
        .group_by(k.kind, k.from_incident, k.to_incident)
        .order_by(k.from_incident, k.to_incident, k.kind)
        .limit(MAX_LINKED)
    )
    return [(kind, source, target) for kind, source, target in connection.execute(query)]


def linked_counts(connection: Connection) -> dict[tuple[str, str], int]:
    """How many pairs of attacks of each dyad are linked as attack and answer; dyads with none are left out."""
    k = schema.links.c
    pairs = (
        sa.select(k.from_incident, k.to_incident)
        .where(k.kind.in_(("retaliation_for", "follows")), k.from_incident != k.to_incident)
        .distinct()
        .subquery()
    )
    one, other = schema.dyads.alias("one"), schema.dyads.alias("other")
    both = sa.select(one.c.side_a, one.c.side_b, pairs.c.from_incident, pairs.c.to_incident).distinct()
    both = both.select_from(pairs).join(one, one.c.incident_id == pairs.c.from_incident)
    same = sa.and_(
        other.c.incident_id == pairs.c.to_incident, other.c.side_a == one.c.side_a, other.c.side_b == one.c.side_b
    )
    found = both.join(other, same).subquery()
    query = sa.select(found.c.side_a, found.c.side_b, sa.func.count()).group_by(found.c.side_a, found.c.side_b)
    return {(a, b): number for a, b, number in connection.execute(query)}


def linked_among(connection: Connection, incidents: Sequence[str]) -> list[tuple[str, str, str]]:
    """The links of answering and following among these incidents (some hundreds at most): kind, from, to."""
    k = schema.links.c
    query = (
        sa.select(k.kind, k.from_incident, k.to_incident)
        .where(k.from_incident.in_(incidents), k.to_incident.in_(incidents), k.from_incident != k.to_incident)
        .where(k.kind.in_(("retaliation_for", "follows")))
        .group_by(k.kind, k.from_incident, k.to_incident)
        .order_by(k.from_incident, k.to_incident, k.kind)
    )
    return [(kind, source, target) for kind, source, target in connection.execute(query.limit(MAX_LINKED))]


def dyads_of(connection: Connection, incident_id: str) -> list[tuple[str, str]]:
    """The pairs of sides between which an incident was."""
    d = schema.dyads.c
    query = sa.select(d.side_a, d.side_b).where(d.incident_id == incident_id).distinct()
    return [(a, b) for a, b in connection.execute(query.order_by(d.side_a, d.side_b))]


def names(connection: Connection, sides: Iterable[str]) -> dict[str, str]:
    """The names of sides by key: of several, the one in most incidents, then the first in the alphabet."""
    found: dict[str, tuple[int, str]] = {}
    p = schema.parties.c
    for part in chunks(sorted(set(sides))):
        query = sa.select(p.side, p.name, sa.func.count()).where(p.side.in_(part)).group_by(p.side, p.name)
        for side, name, number in connection.execute(query):
            found[side] = min(found.get(side, (1, name)), (-number, name))
    return {side: name for side, (_, name) in found.items()}


def side_key(connection: Connection, words: str) -> str:
    """The key of the side that a user means: a key, a country's code or name, or a side's name. Raises S210."""
    p = schema.parties.c
    known = countries()
    code = next(
        (code for code, one in known.items() if words.upper() == code or words.casefold() == one.name.casefold()), None
    )
    for key in (words, f"state:{code}" if code else None, f"actor:{words}"):
        if key and connection.scalar(sa.select(p.side).where(p.side == key).limit(1)):
            return key
    query = sa.select(p.side).where(p.name.icontains(words, autoescape=True)).group_by(p.side)
    found = connection.scalar(query.order_by(sa.func.count().desc(), p.side).limit(1))
    if found is None:
        raise SaysoError("S210", what="side", id=words)
    return str(found)


def by_incident(strikes: Sequence[Strike]) -> dict[str, Strike]:
    """The strikes by incident, uncontested ones first where an incident is attributed to both sides."""
    found: dict[str, Strike] = {}
    for one in sorted(strikes, key=lambda strike: strike.contested):
        found.setdefault(one.incident_id, one)
    return found
