"""The ledger's incidents as a comparison sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import PRIVATE, chunks, day, hidden
from sayso.ledger import schema


class Ours(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One incident. ``first`` and ``last`` are days, inclusive; ``killed`` is over all reports, null where unknown.

    ``sides`` are the names of the parties, as they may be shown, without people and things that are only described;
    ``actors`` are the ledger's keys of those that are known, ``states`` the countries whose forces are among them.
    """

    id: str
    title: str
    type: str
    first: date
    last: date
    time_precision: str
    place: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = 6
    radius_km: float | None = None
    sides: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    killed_low: int | None = None
    killed_high: int | None = None
    status: str = ""
    reports: int = 0


EXACT = ("minute", "hour", "part_of_day", "day", "days", "week")
"""Precisions of time by which the ledger's span is told: one incident "in 2021" does not make it a year long."""


def spans(connection: Connection) -> tuple[date | None, date | None]:
    """The first and last day of the ledger's incidents that are dated to a week or better; null where it has none."""
    i = schema.incidents.c
    query = sa.select(sa.func.min(i.start), sa.func.max(i.end)).where(i.time_precision.in_(EXACT))
    first, last = connection.execute(query).one()
    return day(first), day(last)


def countries(connection: Connection) -> frozenset[str]:
    """The countries of the ledger's incidents."""
    i = schema.incidents.c
    return frozenset(code for code in connection.scalars(sa.select(i.country).distinct()) if code)


def load_ours(connection: Connection, since: date, until: date, within: Iterable[str]) -> list[Ours]:
    """The dated incidents that may have been between two days, inclusive, in these countries; by first day and id.

    Incidents with an open beginning or end are left out: ``undated`` counts them.
    """
    i = schema.incidents.c
    query = (
        sa.select(schema.incidents)
        .where(i.country.in_(sorted(within)), i.start <= f"{until}T99", i.end >= str(since))
        .order_by(i.start, i.id)
    )
    found: list[Ours] = []
    for part in _parts(connection.execute(query.execution_options(yield_per=500)).mappings()):
        sides = _sides(connection, [row["id"] for row in part])
        found += [made for row in part if (made := _ours(row, sides[row["id"]])) is not None]
    return found


def undated(connection: Connection, within: Iterable[str]) -> int:
    """How many incidents of these countries have no known first or last day."""
    i = schema.incidents.c
    open_ended = sa.or_(i.start.is_(None), i.end.is_(None))
    query = sa.select(sa.func.count()).where(i.country.in_(sorted(within)), open_ended)
    return connection.scalar(query) or 0


def without_country(connection: Connection) -> int:
    """How many incidents are in no known country."""
    i = schema.incidents.c
    return connection.scalar(sa.select(sa.func.count()).where(i.country.is_(None))) or 0


def _parts(rows: sa.MappingResult) -> Iterator[Sequence[sa.RowMapping]]:
    yield from rows.partitions()


def _ours(row: sa.RowMapping, sides: list[_Side]) -> Ours | None:
    first, last = day(row["start"]), day(row["end"])
    if first is None or last is None or last < first:
        return None
    precision = row["place_precision"] or (1 if row["place_name"] else 6)
    return Ours(
        id=row["id"],
        title=row["title"],
        type=row["type"],
        first=first,
        last=last,
        time_precision=row["time_precision"] or "unknown",
        place=row["place_name"],
        **{name: row[name] for name in ("admin1", "country", "lat", "lon", "radius_km", "killed_low", "killed_high")},
        precision=precision if row["lat"] is not None and row["lon"] is not None else max(precision, 5),
        sides=tuple(dict.fromkeys(side.name for side in sides)),
        actors=tuple(dict.fromkeys(side.key for side in sides if side.key)),
        states=tuple(dict.fromkeys(side.state for side in sides if side.state)),
        status=row["status"],
        reports=row["reports"],
    )


class _Side(NamedTuple):
    name: str
    key: str | None
    state: str | None


MOST_SIDES = 12
"""Sides that are taken from one incident."""
_STATE = frozenset({"government", "military", "police", "intelligence"})
_PARTIES = _STATE | {"rebel", "militia", "coalition", "party", "criminal", "intergovernmental", "peacekeeper"}
"""Kinds of actors that are a side of a conflict; "seven people" and "a school" are none."""


def _sides(connection: Connection, ids: Sequence[str]) -> dict[str, list[_Side]]:
    """The parties that are an incident's sides, each once, in the order of their events."""
    e, s, a = schema.events.c, schema.sides.c, schema.actors.c
    found: dict[str, list[_Side]] = defaultdict(list)
    for part in chunks(ids):
        query = (
            sa.select(e.incident_id, e.report_id, e.country, a.id, a.name, a.kind, a.country, a.private, a.kb_id)
            .join(schema.sides, s.event_id == e.id)
            .join(schema.actors, a.id == s.actor_id)
            .where(e.incident_id.in_(part), sa.or_(a.kb_id.is_not(None), a.kind.in_(sorted(_PARTIES))))
            .order_by(e.id, s.id)
        )
        for incident, report, where, key, name, kind, country, private, known in connection.execute(query):
            # "The regime" of a report on Syria is Syria's, though no country stands beside it.
            state = (country or where) if kind in _STATE else None
            side = _Side(PRIVATE, None, None) if hidden(private, key, report) else _Side(name, known, state)
            if side not in found[incident] and len(found[incident]) < MOST_SIDES:
                found[incident].append(side)
    return found
