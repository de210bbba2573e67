"""How many incidents by time, place, type, side and status: as a range where dates or sides leave it open.

An incident counts as certain in a period that holds its whole interval, and as possible in each period that the
interval touches. What is not known has a row of its own. Stubs (known from mentions alone) are not counted, but their
number is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.dyads import names
from sayso.incidents.features import day
from sayso.knowledge.countries import countries
from sayso.ledger import schema
from sayso.ledger.filters import UNKNOWN, Filters, conditions, vagueness
from sayso.vocabulary import load

By = Literal["year", "month", "week", "country", "admin1", "type", "status", "side", "target"]
BY: dict[By, str] = {
    "month": "Month",
    "week": "Week",
    "year": "Year",
    "type": "Type",
    "country": "Country",
    "admin1": "Province",
    "side": "Side that is said to have attacked",
    "target": "Side that is said to have been attacked",
    "status": "Status",
}
"""What can be counted by, with its heading."""
TIMES = ("week", "month", "year")
SIDES: dict[By, str] = {"side": "initiator", "target": "recipient"}

OPEN, VAGUE, OTHER = "open", "vague", "other"
"""Keys of the rows that are no value, besides ``UNKNOWN``: a date open at one end; one vaguer than a year; the rest."""
MOST_SERIES = 12
"""Values of a second division that are shown one by one; the others are summed."""
MOST_ROWS = 600
"""Values of the first division that are given one by one."""

_DIGITS = {"year": 4, "month": 7, "week": 10}


class Count(msgspec.Struct, frozen=True):
    """How many for certain, and how many at most."""

    certain: int = 0
    possible: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.certain + other.certain, self.possible + other.possible)


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the table: its place by key in each division, and the count."""

    keys: tuple[str, ...]
    count: Count


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """A table of counts by one or two divisions. ``labels`` are the words for the keys of each division."""

    by: tuple[By, ...]
    cells: tuple[Cell, ...]
    order: tuple[tuple[str, ...], ...]
    """The keys of each division, in the order in which they are shown."""
    labels: tuple[Mapping[str, str], ...]
    total: int
    """Incidents that fit the filters, each once, without stubs."""
    stubs: int
    """Incidents known from mentions alone, which are not counted."""

    @property
    def several(self) -> bool:
        """Whether one incident may stand in several rows: those with several sides do."""
        return any(name in SIDES for name in self.by)


def check_by(values: Iterable[str]) -> tuple[By, ...]:
    """The divisions that are asked for, one or two, of which one is a time at most. Raises S450, S451."""
    wanted = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    for value in wanted:
        if value not in BY:
            raise SaysoError("S450", value=value, allowed=", ".join(BY))
    if not 1 <= len(wanted) <= 2 or sum(value in TIMES for value in wanted) > 1:
        raise SaysoError("S451", value=",".join(wanted) or "nothing")
    return wanted  # type: ignore[return-value]


def count(connection: Connection, filters: Filters, by: Sequence[str]) -> Counts:
    """How many incidents fit, by one or two divisions (``BY``). Raises S450, S451."""
    divisions = check_by(by)
    i = schema.incidents.c
    where = conditions(filters, connection)
    total = connection.scalar(sa.select(sa.func.count()).where(i.stub.is_(False), *where)) or 0
    stubs = connection.scalar(sa.select(sa.func.count()).where(i.stub.is_(True), *where)) or 0
    sums, order = _capped(divisions, _sums(divisions, _rows(connection, divisions, where)))
    labels = tuple(_labels(connection, name, keys) for name, keys in zip(divisions, order, strict=True))
    places = [{key: number for number, key in enumerate(keys)} for keys in order]
    cells = [Cell(keys=keys, count=found) for keys, found in sums.items()]
    cells.sort(key=lambda cell: tuple(place[key] for place, key in zip(places, cell.keys, strict=True)))
    return Counts(by=divisions, cells=tuple(cells), order=order, labels=labels, total=total, stubs=stubs)


def _rows(
    connection: Connection, divisions: Sequence[By], where: Sequence[sa.ColumnElement[bool]]
) -> Iterable[Sequence[Any]]:
    """Groups of incidents that fall alike, with their number last; two columns for each division."""
    i = schema.incidents.c
    columns: list[sa.ColumnElement[Any]] = []
    source: Any = schema.incidents
    for name in divisions:
        if name in TIMES:
            columns += [sa.func.substr(i.start, 1, _DIGITS[name]), sa.func.substr(i.end, 1, _DIGITS[name])]
        elif name in SIDES:
            p = schema.parties.alias(name)
            source = source.outerjoin(p, sa.and_(p.c.incident_id == i.id, p.c.role == SIDES[name]))
            columns += [p.c.side, p.c.contested]
        elif name == "admin1":
            columns += [i.country, i.admin1]
        else:
            columns += [i[name], sa.null()]
    if not any(name in TIMES for name in divisions):
        query = sa.select(*columns, sa.func.count())
    else:  # Whether an interval is too vague for its periods is seen from its days.
        columns.append(sa.case((vagueness(connection.dialect.name), 1), else_=0))
        query = sa.select(*columns, sa.func.count())
    grouped = query.select_from(source).where(i.stub.is_(False), *where)
    rows = connection.execute(grouped.group_by(*(column for column in columns if not isinstance(column, sa.Null))))
    return _by_week(rows, 2 * divisions.index("week")) if "week" in divisions else rows.all()


def _by_week(rows: Iterable[Sequence[Any]], place: int) -> list[Sequence[Any]]:
    """The rows with the Mondays of their days, those that are alike then as one: SQL groups by day."""
    found: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        days = (_monday(row[place]), _monday(row[place + 1]))
        found[(*row[:place], *days, *row[place + 2 : -1])] += row[-1]
    return [(*row, number) for row, number in found.items()]


@lru_cache(maxsize=65536)
def _monday(iso: str | None) -> str | None:
    """The Monday of a day's week; what is no day of the calendar stays as it is."""
    at = day(iso)
    return iso if at is None else (at - timedelta(days=at.weekday())).isoformat()


def _sums(divisions: Sequence[By], rows: Iterable[Sequence[Any]]) -> dict[tuple[str, ...], Count]:
    """The cells with their counts: an incident is certain in the one cell that nothing leaves open."""
    certain: dict[tuple[str, str], int] = defaultdict(int)
    possible: dict[tuple[str, str], int] = defaultdict(int)
    timed = any(name in TIMES for name in divisions)
    values = cache(_values)  # Many groups share a value.
    first, second = divisions[0], divisions[1] if len(divisions) > 1 else None
    for row in rows:
        vague, number = bool(row[-2]) if timed else False, row[-1]
        others = values(second, row[2], row[3], vague) if second else _ALONE
        for key, sure in values(first, row[0], row[1], vague):
            for other, certainly in others:
                possible[key, other] += number
                if sure and certainly:
                    certain[key, other] += number
    wide = len(divisions)
    return {keys[:wide]: Count(certain.get(keys, 0), number) for keys, number in possible.items()}


_ALONE = [("", True)]
"""The one value of a second division that is not asked for."""


def _values(name: By, one: Any, other: Any, vague: bool) -> list[tuple[str, bool]]:
    if name in TIMES:
        return _periods(name, one, other, vague=vague)
    if name in SIDES:
        return [(one, not other)] if one else [(UNKNOWN, True)]
    if name == "admin1":
        return [(f"{one}/{other}", True)] if one and other else [(UNKNOWN, True)]
    return [(one, True)] if one else [(UNKNOWN, True)]


def _periods(name: str, start: str | None, end: str | None, *, vague: bool) -> list[tuple[str, bool]]:
    """The periods that an interval touches; certain where it is one."""
    if start is None and end is None:
        return [(UNKNOWN, True)]
    if start is None or end is None:
        return [(OPEN, True)]
    if vague:
        return [(VAGUE, True)]
    if name == "week" and (day(start) is None or day(end) is None):
        return [(UNKNOWN, True)]
    keys = periods(name, start, end)
    return [(key, len(keys) == 1) for key in keys] or [(UNKNOWN, True)]


@lru_cache(maxsize=4096)
def periods(name: str, first: str, last: str) -> tuple[str, ...]:
    """All periods from one to another, both included: ISO years, months, or the Mondays of weeks."""
    if name == "year":
        return tuple(f"{year:04d}" for year in range(int(first), int(last) + 1))
    if name == "week":
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return tuple((start + timedelta(days=7 * n)).isoformat() for n in range((end - start).days // 7 + 1))
    (y0, m0), (y1, m1) = ((int(part) for part in key.split("-")) for key in (first, last))
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(y0 * 12 + m0 - 1, y1 * 12 + m1))


def _capped(
    divisions: Sequence[By], sums: Mapping[tuple[str, ...], Count]
) -> tuple[dict[tuple[str, ...], Count], tuple[tuple[str, ...], ...]]:
    """The sums with the rarest values of a division summed up as ``other``, and the keys in their order."""
    order: list[tuple[str, ...]] = []
    kept: list[dict[str, str]] = []
    for place, name in enumerate(divisions):
        totals: dict[str, int] = defaultdict(int)
        for keys, found in sums.items():
            totals[keys[place]] += found.possible
        timed = name in TIMES
        limit = MOST_ROWS if place == 0 or timed else MOST_SERIES
        special = [key for key in (OPEN, VAGUE, UNKNOWN) if key in totals]
        values = [key for key in totals if key not in special]
        values.sort(key=lambda key: (key,) if timed else (-totals[key], key))
        shown, rest = (values[-limit:], values[:-limit]) if timed else (values[:limit], values[limit:])
        kept.append({key: key for key in (*shown, *special)} | dict.fromkeys(rest, OTHER))
        order.append((*([OTHER] if rest and timed else []), *shown, *([OTHER] if rest and not timed else []), *special))
    merged: dict[tuple[str, ...], Count] = {}
    for keys, found in sums.items():
        cell = tuple(as_shown[key] for as_shown, key in zip(kept, keys, strict=True))
        known = merged.get(cell)
        merged[cell] = found if known is None else known + found
    return merged, tuple(order)


def _labels(connection: Connection, name: By, keys: Sequence[str]) -> dict[str, str]:
    known = names(connection, keys) if name in SIDES else {}
    return {key: _label(name, key, known) for key in keys}


def _label(name: By, key: str, known: Mapping[str, str]) -> str:
    special = {
        UNKNOWN: "date not stated" if name in TIMES else "not known",
        OPEN: "before or after a date",
        VAGUE: "vaguer than a year",
        OTHER: "earlier" if name in TIMES else "all others",
    }
    if key in special:
        return special[key]
    if name in ("type", "status"):
        entry = load("event_types" if name == "type" else "statuses").get(key)
        return entry.label if entry else key
    if name in ("country", "admin1"):
        code, _, province = key.partition("/")
        country = countries().get(code)
        return ", ".join(part for part in (province, country.name if country else code) if part)
    return known.get(key, key)
