"""What pages, commands and exports ask the ledger for. Every query rests on an index; rows come as plain dictionaries.

Each function takes a connection of ``Store.read()``. Keys are the columns of ``schema.py``; what is added is named in
the docstring of the function or value.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.ledger import schema
from sayso.ledger.filters import ORDERS, Field, Filters, Sort, conditions
from sayso.ledger.keys import fold
from sayso.ledger.write import read_account
from sayso.model import Account
from sayso.reading.relevance import GATES

Record = dict[str, Any]

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500
MAX_QUOTED = 1000
"""How many rows of one kind a page of one speaker or incident shows at most."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list: ``number`` counts from 1, ``total`` is all that fit the filters."""

    items: list[Record]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """All that the ledger has of one incident.

    ``events`` have ``sides`` (role, actor_id, name, private, words), and ``why`` (JSON text) and ``score`` of the join.
    ``claims`` have ``speaker``, ``speaker_kind``, ``speaker_private``, ``via`` and ``report_publisher``, ``_title``,
    ``_published``, ``_copy_of``; so have ``refused``, claims that were read but refused, with the ``reason``.
    ``answers`` are links from this incident to others, ``answered_by`` links from others to it: each has ``speaker``,
    ``speaker_private``, ``other_id``, ``other_title``, ``other_start``, ``other_end``, ``other_status`` (null where the
    other event is in no incident) and ``other_mention``.
    """

    incident: Record
    events: list[Record]
    claims: list[Record]
    reports: list[Record]
    answers: list[Record]
    answered_by: list[Record]
    refused: list[Record] = []


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """One speaker: the actor's row, counts of its stances, its claims (newest incident first) with incident facts."""

    actor: Record
    counts: dict[str, int]
    claims: list[Record]


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """One report: its row, its account, which incidents its events are in, and its copies."""

    report: Record
    account: Account
    incidents: dict[str, str]
    """Incident ids by the account's event ids."""
    copies: list[Record]


def list_incidents(
    connection: Connection,
    filters: Filters | None = None,
    sort: Sort = "newest",
    number: int = 1,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of incidents, whole rows of ``incidents``."""
    table = schema.incidents
    where = conditions(filters or Filters(), connection)
    total = connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0
    size, number = _bounds(number, size, total)
    # Ids first: skipped rows of a far page are read from the index alone.
    ids = sa.select(table.c.id).where(*where).order_by(*_order(sort)).offset((number - 1) * size).limit(size).subquery()
    query = sa.select(table).join(ids, ids.c.id == table.c.id).order_by(*_order(sort))
    return Page(items=_records(connection, query), total=total, number=number, size=size)


def facet(connection: Connection, field: Field, filters: Filters | None = None) -> list[tuple[str | None, int]]:
    """The values of a field with the number of incidents each would list, the other filters kept; the most first."""
    column = schema.incidents.c[field]
    where = conditions((filters or Filters()).without(field), connection)
    query = sa.select(column, sa.func.count()).where(*where).group_by(column).order_by(sa.func.count().desc(), column)
    return [(value, count) for value, count in connection.execute(query)]


def facets(connection: Connection, filters: Filters | None = None) -> dict[Field, list[tuple[str | None, int]]]:
    """``facet`` for type, country and status."""
    wanted = filters or Filters()
    fields: tuple[Field, ...] = ("type", "country", "status")
    # Fields that no filter is set on are counted over the same incidents: one query does for all of them.
    free = [field for field in fields if wanted.without(field) == wanted]
    found = {field: facet(connection, field, wanted) for field in fields if field not in free}
    columns = [schema.incidents.c[field] for field in free]
    if columns:
        where = conditions(wanted, connection)
        rows = connection.execute(sa.select(*columns, sa.func.count()).where(*where).group_by(*columns)).all()
        for number, field in enumerate(free):
            counts: Counter[str | None] = Counter()
            for row in rows:
                counts[row[number]] += row[-1]
            found[field] = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return {field: found[field] for field in fields}


def histogram(connection: Connection, filters: Filters | None = None, unit: str = "month") -> list[tuple[str, int]]:
    """How many incidents began in each "year", "month" or "day" (ISO 8601), oldest first; empty ones are left out."""
    start = schema.incidents.c.start
    part = sa.func.substr(start, 1, {"year": 4, "month": 7, "day": 10}[unit])
    where = [*conditions(filters or Filters(), connection), start.is_not(None)]
    query = sa.select(part, sa.func.count()).where(*where).group_by(part).order_by(part)
    return [(value, count) for value, count in connection.execute(query)]


def incident(connection: Connection, incident_id: str) -> Incident | None:
    """All about one incident, also by an id that was merged into another; ``None`` where there is none."""
    table = schema.incidents
    current = connection.scalar(
        sa.select(schema.incident_ids.c.current).where(schema.incident_ids.c.old == incident_id)
    )
    found = _records(connection, sa.select(table).where(table.c.id == (current or incident_id)))
    if not found:
        return None
    wanted = found[0]["id"]
    e, r = schema.events, schema.reports
    told = sa.select(e.c.report_id).where(e.c.incident_id == wanted)
    facts = sa.select(*_report_columns()).where(r.c.id.in_(told)).order_by(r.c.published, r.c.id)
    return Incident(
        incident=found[0],
        events=_events(connection, wanted),
        claims=_claims(connection, schema.claims.c.incident_id == wanted),
        reports=_records(connection, facts),
        answers=_links(connection, wanted, outgoing=True),
        answered_by=_links(connection, wanted, outgoing=False),
        refused=_claims(connection, _within(wanted), schema.refused),
    )


def _within(incident_id: str) -> sa.ColumnElement[bool]:
    """The refused claims on the events of an incident."""
    e = schema.events.c
    return schema.refused.c.event_id.in_(sa.select(e.id).where(e.incident_id == incident_id))


def _events(connection: Connection, incident_id: str) -> list[Record]:
    e, j = schema.events, schema.joins
    query = sa.select(e, j.c.why, j.c.score).outerjoin(j, j.c.event_id == e.c.id).where(e.c.incident_id == incident_id)
    found = _records(connection, query.order_by(e.c.id).limit(MAX_QUOTED))
    s, a = schema.sides, schema.actors
    rows = sa.select(s.c.event_id, s.c.role, s.c.actor_id, s.c.words, a.c.name, a.c.private).outerjoin(
        a, a.c.id == s.c.actor_id
    )
    sides = _records(connection, rows.where(s.c.event_id.in_([event["id"] for event in found])).order_by(s.c.id))
    return [event | {"sides": [side for side in sides if side["event_id"] == event["id"]]} for event in found]


def _claims(connection: Connection, where: sa.ColumnElement[bool], c: sa.Table = schema.claims) -> list[Record]:
    """Rows of claims, or of those that were refused, with the names of who speaks and the report."""
    r = schema.reports
    speaker, via = schema.actors.alias("speaker"), schema.actors.alias("via")
    query = (
        sa.select(
            c,
            speaker.c.name.label("speaker"),
            speaker.c.kind.label("speaker_kind"),
            speaker.c.private.label("speaker_private"),
            via.c.name.label("via"),
            *(r.c[name].label(f"report_{name}") for name in ("publisher", "title", "published", "copy_of")),
        )
        .join(r, r.c.id == c.c.report_id)
        .outerjoin(speaker, speaker.c.id == c.c.speaker_id)
        .outerjoin(via, via.c.id == c.c.via_id)
        .where(where)
        .order_by(r.c.published, c.c.report_id, c.c.evidence_start, c.c.id)
        .limit(MAX_QUOTED)
    )
    return _records(connection, query)


def _links(connection: Connection, incident_id: str, *, outgoing: bool) -> list[Record]:
    k, e, i, a = schema.links, schema.events, schema.incidents, schema.actors
    here, there = ("from", "to") if outgoing else ("to", "from")
    query = (
        sa.select(
            k,
            a.c.name.label("speaker"),
            a.c.private.label("speaker_private"),
            i.c.id.label("other_id"),
            i.c.title.label("other_title"),
            i.c.start.label("other_start"),
            i.c.end.label("other_end"),
            i.c.status.label("other_status"),
            e.c.mention.label("other_mention"),
        )
        .outerjoin(a, a.c.id == k.c.speaker_id)
        .outerjoin(e, e.c.id == k.c[f"{there}_event"])
        .outerjoin(i, i.c.id == k.c[f"{there}_incident"])
        .where(k.c[f"{here}_incident"] == incident_id)
        .order_by(i.c.start, k.c.id)
        .limit(MAX_QUOTED)
    )
    return _records(connection, query)


def speakers(connection: Connection, number: int = 1, size: int = PAGE_SIZE, *, private: bool = False) -> Page:
    """Who speaks in the ledger, the most claims first. Private persons are left out unless ``private``.

    Each has the actor's row, ``asserts``, ``denies``, ``uncertain`` (numbers of claims) and ``incidents``.
    """
    c, a = schema.claims.c, schema.actors
    named = [] if private else [a.c.private.is_(False)]
    spoken = sa.select(c.speaker_id, sa.func.count().label("claims")).where(c.speaker_id.is_not(None))
    said = spoken.group_by(c.speaker_id).subquery()
    everybody = sa.select(sa.func.count()).select_from(said).join(a, a.c.id == said.c.speaker_id)
    total = connection.scalar(everybody.where(*named)) or 0
    size, number = _bounds(number, size, total)
    query = sa.select(a).join(said, said.c.speaker_id == a.c.id).where(*named)
    query = query.order_by(said.c.claims.desc(), a.c.name, a.c.id).offset((number - 1) * size).limit(size)
    rows = _records(connection, query)
    stances = [
        sa.func.sum(sa.case((c.stance == stance, 1), else_=0)).label(stance)
        for stance in ("asserts", "denies", "uncertain")
    ]
    counted = sa.select(c.speaker_id, *stances, sa.func.count(c.incident_id.distinct()).label("incidents"))
    counted = counted.where(c.speaker_id.in_([row["id"] for row in rows])).group_by(c.speaker_id)
    counts = {row["speaker_id"]: row for row in _records(connection, counted)}
    names = ("asserts", "denies", "uncertain", "incidents")
    items = [row | {name: counts[row["id"]][name] for name in names} for row in rows]
    return Page(items=items, total=total, number=number, size=size)


def speaker_keys(connection: Connection, name: str) -> tuple[str, ...]:
    """The ledger keys of the speaker that a user means: a key, a name, or part of names. Raises S210 for nobody."""
    a, spoken = schema.actors.c, sa.select(schema.claims.c.speaker_id)
    for where in (a.id == name, a.id == fold(name), a.name.icontains(name, autoescape=True)):
        found = connection.scalars(sa.select(a.id).where(where, a.id.in_(spoken)).order_by(a.id)).all()
        if found:
            return tuple(found)
    raise SaysoError("S210", what="speaker", id=name)


def speaker(connection: Connection, actor_id: str) -> Speaker | None:
    """What one actor says, at most ``MAX_QUOTED`` claims; ``None`` where the ledger has no such actor.

    Claims have, besides those of ``Incident``, ``incident_title``, ``incident_start`` and ``incident_status``.
    """
    found = _records(connection, sa.select(schema.actors).where(schema.actors.c.id == actor_id))
    if not found:
        return None
    c, i = schema.claims.c, schema.incidents.c
    counted = sa.select(c.stance, sa.func.count()).where(c.speaker_id == actor_id).group_by(c.stance)
    counts = {"asserts": 0, "denies": 0, "uncertain": 0}
    counts |= dict(connection.execute(counted).all())
    claims = _claims(connection, c.speaker_id == actor_id)
    ids = {claim["incident_id"] for claim in claims if claim["incident_id"]}
    rows = _records(connection, sa.select(i.id, i.title, i.start, i.status).where(i.id.in_(ids)))
    facts = {row["id"]: {f"incident_{name}": row[name] for name in ("title", "start", "status")} for row in rows}
    none = {"incident_title": None, "incident_start": None, "incident_status": None}
    claims = [claim | facts.get(claim["incident_id"], none) for claim in claims]
    claims.sort(key=lambda claim: claim["incident_start"] or "", reverse=True)
    return Speaker(actor=found[0], counts=counts, claims=claims)


def reports(connection: Connection, number: int = 1, size: int = PAGE_SIZE) -> Page:
    """Reports, the newest first, without text; each with its ``reader`` and counts of ``events`` and ``claims``."""
    r, a = schema.reports.c, schema.accounts.c
    total = connection.scalar(sa.select(sa.func.count()).select_from(schema.reports)) or 0
    size, number = _bounds(number, size, total)
    order = (r.published.desc(), r.id.desc())
    ids = sa.select(r.id).order_by(*order).offset((number - 1) * size).limit(size).subquery()
    counts = [
        sa.select(sa.func.count()).where(table.c.report_id == r.id).scalar_subquery().label(table.name)
        for table in (schema.events, schema.claims)
    ]
    query = sa.select(*_report_columns(), *counts, a.reader).join(ids, ids.c.id == r.id)
    query = query.outerjoin(schema.accounts, a.report_id == r.id).order_by(*order)
    return Page(items=_records(connection, query), total=total, number=number, size=size)


def reports_not_read(connection: Connection) -> int:
    """How many reports are kept without having been read, since they are on other matters."""
    reader = schema.accounts.c.reader
    found = connection.scalar(sa.select(sa.func.count()).where(reader.startswith(GATES, autoescape=True)))
    return found or 0


def report(connection: Connection, report_id: str) -> ReportPage | None:
    """One report with its account; ``None`` where the ledger has no such report."""
    r, e = schema.reports, schema.events.c
    found = _records(connection, sa.select(r).where(r.c.id == report_id))
    account = read_account(connection, report_id)
    if not found or account is None:
        return None
    joined = sa.select(e.id, e.incident_id).where(e.report_id == report_id, e.incident_id.is_not(None))
    return ReportPage(
        report=found[0],
        account=account,
        incidents={event.removeprefix(f"{report_id}:"): into for event, into in connection.execute(joined)},
        copies=_records(
            connection, sa.select(*_report_columns()).where(r.c.copy_of == report_id).order_by(r.c.published)
        ),
    )


def unread(connection: Connection, limit: int = MAX_QUOTED) -> list[Record]:
    """What could not be read, and why; the last seen first."""
    table = schema.unread
    return _records(connection, sa.select(table).order_by(table.c.last_seen.desc(), table.c.id).limit(limit))


def counts(connection: Connection) -> dict[str, int]:
    """How many reports, incidents, claims and unread sources the ledger has."""
    tables = (schema.reports, schema.incidents, schema.claims, schema.unread)
    return {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}


def _bounds(number: int, size: int, total: int) -> tuple[int, int]:
    """A page's size and number, within what there is."""
    size = max(1, min(size, MAX_PAGE_SIZE))
    return size, max(1, min(number, -(-total // size)))


def _order(sort: Sort) -> list[sa.UnaryExpression[Any]]:
    column, descends = ORDERS[sort]
    by, tie = schema.incidents.c[column], schema.incidents.c.id
    return [by.desc().nulls_last(), tie.desc()] if descends else [by.asc().nulls_last(), tie.asc()]


def _report_columns() -> list[sa.Column[Any]]:
    return [column for column in schema.reports.c if column.name != "text"]


def _records(connection: Connection, query: sa.Select[Any]) -> list[Record]:
    return [dict(row) for row in connection.execute(query).mappings()]
