"""Which events an event is weighed against: found by index, so that the size of the ledger does not matter."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.compare import WIDE_DAYS, WIDEST_DAYS
from sayso.incidents.features import Features, load_features
from sayso.ledger import schema
from sayso.vocabulary import load


def candidates(connection: Connection, event: Features) -> list[Features]:
    """Events of other reports, already in incidents, that may be the same occurrence; by publication date and id."""
    found = {other.id: other for where in _conditions(connection, event) for other in load_features(connection, where)}
    return sorted(found.values(), key=lambda other: (other.published, other.id))


@cache
def joinable(kind: str) -> tuple[str, ...]:
    """The event types that one of type ``kind`` can be joined with, itself among them."""
    types = load("event_types")
    entry = types.get(kind)
    if entry is None:
        return ()
    return tuple(
        name
        for name, other in types.items()
        if other.family == entry.family or other.family in entry.joins or entry.family in other.joins
    )


def _conditions(connection: Connection, event: Features) -> list[sa.ColumnElement[bool]]:
    e = schema.events.c
    found = []
    copies = _copies(connection, event)
    if copies:
        found.append(sa.and_(e.report_id.in_(copies), e.type == event.type, e.incident_id.is_not(None)))
    if event.first is None or event.last is None:
        return found
    days = (event.last - event.first).days + 1
    if not 0 < days <= WIDEST_DAYS:
        return found
    same_place = e.gazetteer_id == event.gazetteer_id
    in_country = sa.or_(e.country == event.country, e.country.is_(None)) if event.country else sa.true()
    if days > WIDE_DAYS:
        # A vague time joins only at the very same place.
        place = same_place if event.gazetteer_id else in_country
        found.append(sa.and_(place, _starts(event, WIDEST_DAYS), _open_to(event)))
        return found
    found.append(sa.and_(in_country, _starts(event, WIDE_DAYS), _open_to(event)))
    if event.gazetteer_id:
        found.append(sa.and_(same_place, _starts(event, WIDEST_DAYS), _open_to(event)))
    return found


def _open_to(event: Features) -> sa.ColumnElement[bool]:
    e = schema.events.c
    return sa.and_(e.type.in_(joinable(event.type)), e.incident_id.is_not(None), e.report_id != event.report_id)


def _starts(event: Features, days_before: int) -> sa.ColumnElement[bool]:
    assert event.first is not None and event.last is not None  # noqa: PT018
    start = schema.events.c.start
    earliest, latest = event.first - timedelta(days=days_before), event.last + timedelta(days=1)
    # "~" sorts after every character of a time: a clock time on the last day still fits.
    return start.between(earliest.isoformat(), f"{latest.isoformat()}~")


def _copies(connection: Connection, event: Features) -> list[str]:
    r = schema.reports.c
    query = sa.select(r.id).where(sa.or_(r.copy_of == event.copy_root, r.id == event.copy_root))
    return [report for report in connection.scalars(query) if report != event.report_id]
