"""Which incidents a page, a command or an export asks for: one value, one SQL condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import partial
from typing import Any, Literal, cast

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.ledger import schema, search
from sayso.ledger.held import held
from sayso.vocabulary import load

Sort = Literal["newest", "oldest", "deadliest", "reports", "speakers", "denials", "updated"]
Field = Literal["type", "country", "status"]
Dated = Literal["close", "vague", "open", "unknown"]
"""How far a date is known: both ends within a year; both ends, but further apart; one end; neither."""
UNKNOWN = "unknown"
"""Stands for a province or a side that is not known."""
MOST_DAYS = 366
"""A longer interval is vague."""

ORDERS: dict[str, tuple[str, bool]] = {
    "newest": ("start", True),
    "oldest": ("start", False),
    "deadliest": ("killed_high", True),
    "reports": ("reports", True),
    "speakers": ("speakers", True),
    "denials": ("denies", True),
    "updated": ("updated_at", True),
}
"""Each order: the column and whether it descends. Unknown values come last in every one of them."""

MOST_OFFERED = 8
"""How many names of a vocabulary an error line lists; of a longer one it offers those that are alike."""

_COUNTRY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident must be to be listed; an empty filter asks for nothing. Values of one filter are alternatives.

    ``since`` and ``until`` are ISO 8601 days, months or years, inclusive: incidents whose interval may touch them fit,
    those of no known date do not. ``speakers`` are actors' ledger keys; with ``stance``, only where they took that
    stance; ``sides`` are keys of actors that initiated or received it. ``ids`` are incidents' own ids. ``box`` is west,
    south, east, north in degrees. ``report`` is a report's id. ``stubs`` asks only for incidents known from mentions
    alone, or (false) only for the others. ``provinces`` are a country and its province, "SYR/Aleppo". ``attackers`` and
    ``attacked`` are keys of sides ("state:SYR", sayso.incidents.parties), contested or not; ``UNKNOWN`` where there is
    none.
    """

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    speakers: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    stance: str | None = None
    report: str | None = None
    text: str | None = None
    box: tuple[float, float, float, float] | None = None
    stubs: bool | None = None
    provinces: tuple[str, ...] = ()
    attackers: tuple[str, ...] = ()
    attacked: tuple[str, ...] = ()
    dated: Dated | None = None

    def check(self) -> Filters:
        """These filters. Raises S211 for a value that is none of the vocabulary's, or no date."""
        for what, values, allowed in (
            ("type", self.types, "event_types"),
            ("status", self.statuses, "statuses"),
            ("stance", (self.stance,) if self.stance else (), "stances"),
        ):
            known = load(allowed) if values else {}
            for value in values:
                if value not in known:
                    raise SaysoError("S211", value=value, what=what, allowed=_offer(value, known))
        for value in self.countries:
            if not _COUNTRY.fullmatch(value):
                raise SaysoError("S211", value=value, what="country", allowed="ISO 3166-1 alpha-3, such as SYR")
        for value in filter(None, (self.since, self.until)):
            if not _DATE.fullmatch(value):
                raise SaysoError("S211", value=value, what="date", allowed="YYYY-MM-DD")
        return self

    def without(self, field: Field) -> Filters:
        """These filters but one, as a facet needs them that offers alternatives."""
        plural = {"type": "types", "country": "countries", "status": "statuses"}[field]
        return msgspec.structs.replace(self, **{plural: ()})


def _offer(value: str, known: Iterable[str]) -> str:
    """What may be meant instead: every name where they are few, else those that are alike."""
    names = list(known)
    if len(names) <= MOST_OFFERED:
        return ", ".join(names)
    alike = get_close_matches(value, names, n=3, cutoff=0.5) or names[:3]
    return f"{', '.join(alike)} or another of docs/vocabulary.md"


def check_sort(value: str) -> Sort:
    """An order by its name. Raises S211."""
    if value not in ORDERS:
        raise SaysoError("S211", value=value, what="sort order", allowed=", ".join(ORDERS))
    return cast(Sort, value)


def conditions(filters: Filters, connection: Connection) -> list[sa.ColumnElement[bool]]:
    """The filters as SQL conditions over ``incidents``, to be joined by AND, for this transaction of the connection."""
    return conditions_on(filters, connection.dialect.name, partial(held, connection))


def conditions_on(
    filters: Filters, dialect: str, sought: Callable[[str, sa.Select[Any]], sa.Select[Any]] = lambda _, wanted: wanted
) -> list[sa.ColumnElement[bool]]:
    """The same for any connection; ``sought`` may give another query for incidents that are costly to find, by name."""
    i = schema.incidents.c
    found: list[sa.ColumnElement[bool]] = []
    for column, values in ((i.type, filters.types), (i.country, filters.countries), (i.status, filters.statuses)):
        if values:
            found.append(column.in_(values))
    if filters.stubs is not None:
        found.append(i.stub.is_(filters.stubs))
    if filters.ids:
        found.append(i.id.in_(filters.ids))
    if filters.since:
        found.append(sa.func.coalesce(i.end, i.start) >= filters.since)
    if filters.until:
        # "~" sorts after every character of a date: "2021-07-05T10:00" and "2021-07-05" are both within "2021-07".
        found.append(sa.func.coalesce(i.start, i.end) <= filters.until + "~")
    if filters.box:
        west, south, east, north = filters.box
        found.append(i.lat.between(south, north))
        found.append(i.lon.between(west, east) if west <= east else sa.or_(i.lon >= west, i.lon <= east))
    if filters.speakers or filters.stance:
        found.append(i.id.in_(sought("speakers", _claimed(filters))))
    if filters.sides:
        s, e = schema.sides.c, schema.events.c
        acted = sa.select(e.incident_id).join(schema.sides, s.event_id == e.id).where(s.actor_id.in_(filters.sides))
        found.append(i.id.in_(sought("sides", acted.where(e.incident_id.is_not(None)))))
    for role, keys in (("initiator", filters.attackers), ("recipient", filters.attacked)):
        if keys:
            found.append(_took_part(role, keys))
    if filters.provinces:
        found.append(_in_province(filters.provinces))
    if filters.dated:
        found.append(_dated(filters.dated, dialect))
    if filters.report:
        told = sa.select(schema.events.c.incident_id).where(schema.events.c.report_id == filters.report)
        found.append(i.id.in_(told))
    if filters.text and filters.text.strip():
        found.append(i.id.in_(sought("text", search.incident_ids(filters.text, dialect=dialect))))
    return found


def _took_part(role: str, keys: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Whether one of the sides is said to have taken that part; for ``UNKNOWN``, whether none is."""
    i, p = schema.incidents.c, schema.parties.c
    found: list[sa.ColumnElement[bool]] = []
    known = [key for key in keys if key != UNKNOWN]
    if known:
        found.append(i.id.in_(sa.select(p.incident_id).where(p.role == role, p.side.in_(known))))
    if UNKNOWN in keys:
        found.append(~sa.exists().where(p.incident_id == i.id, p.role == role))
    return sa.or_(*found)


def _in_province(values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    i = schema.incidents.c
    found: list[sa.ColumnElement[bool]] = [
        sa.and_(i.country == country, i.admin1 == province)
        for country, _, province in (value.partition("/") for value in values if value != UNKNOWN)
    ]
    if UNKNOWN in values:
        found += [i.country.is_(None), i.admin1.is_(None), i.admin1 == ""]
    return sa.or_(*found)


def _dated(wanted: Dated, dialect: str) -> sa.ColumnElement[bool]:
    i = schema.incidents.c
    if wanted == "unknown":
        return sa.and_(i.start.is_(None), i.end.is_(None))
    if wanted == "open":
        return i.start.is_(None) != i.end.is_(None)
    both = sa.and_(i.start.is_not(None), i.end.is_not(None))
    vague = vagueness(dialect)
    return sa.and_(both, vague if wanted == "vague" else sa.not_(vague))


def vagueness(dialect: str) -> sa.ColumnElement[bool]:
    """Whether the interval of an incident with two known ends is longer than ``MOST_DAYS``; told on SQLite alone."""
    if dialect != "sqlite":
        return sa.false()
    i = schema.incidents.c
    days = [sa.func.julianday(sa.func.substr(column, 1, 10)) for column in (i.end, i.start)]
    return days[0] - days[1] > MOST_DAYS


def _claimed(filters: Filters) -> sa.Select[Any]:
    c = schema.claims.c
    query = sa.select(c.incident_id).where(c.incident_id.is_not(None))
    if filters.speakers:
        query = query.where(c.speaker_id.in_(filters.speakers))
    if filters.stance:
        query = query.where(c.stance == filters.stance)
    return query
