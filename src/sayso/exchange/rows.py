"""Incidents and claims as plain rows, streamed in one fixed order: by the day they began, then by id."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.exchange.privacy import Names, private_names
from sayso.incidents.features import PRIVATE, hidden
from sayso.ledger import schema
from sayso.ledger.filters import Filters, conditions

Row = dict[str, Any]

CHUNK = 500
"""How many rows are fetched at a time: memory does not grow with the ledger."""
COUNTRY = 6
"""UCDP where_prec from which on a place is no closer than a country, and has no point."""
KEPT_REPORTS = 512
"""Of how many reports the private names are kept in memory."""

_WHEN = ("start", "end", "time_precision")
_WHERE = ("gazetteer_id", "country", "admin1", "lat", "lon", "place_precision", "radius_km", "geometry")


def incident_rows(connection: Connection, filters: Filters, *, include_private: bool = False) -> Iterator[Row]:
    """The incidents that fit the filters, with the columns of ``columns.INCIDENTS``."""
    i = schema.incidents
    query = sa.select(i).where(*conditions(filters, connection))
    for part in _stream(connection, query.order_by(i.c.start.nulls_last(), i.c.id)):
        ids = [row["id"] for row in part]
        sides = _sides(connection, ids, include_private=include_private)
        told, previous = _reports(connection, ids), _previous_ids(connection, ids)
        for row in part:
            yield {
                **{name: row[name] for name in ("id", "type", "title", "status", "reason", *_WHEN)},
                **_where(row),
                **{f"{slot}_{end}": row[f"{slot}_{end}"] for slot in ("killed", "injured") for end in ("low", "high")},
                **{name: row[name] for name in ("reports", "speakers", "asserts", "denies", "uncertain", "updated_at")},
                "initiators": sides[row["id"], "initiator"],
                "recipients": sides[row["id"], "recipient"],
                "publishers": sorted({publisher for publisher, _ in told[row["id"]] if publisher}),
                "urls": sorted({url for _, url in told[row["id"]] if url}),
                "previous_ids": previous[row["id"]],
            }


def claim_rows(connection: Connection, filters: Filters, *, include_private: bool = False) -> Iterator[Row]:
    """The claims on the incidents that fit the filters, with the columns of ``columns.CLAIMS``."""

    @lru_cache(maxsize=KEPT_REPORTS)
    def names(report_id: str) -> Names:
        return private_names(connection, report_id)

    for part in _stream(connection, _claims(filters, connection)):
        for row in part:
            yield _claim(row, None if include_private else names(row["report_id"]))


def _claims(filters: Filters, connection: Connection) -> sa.Select[Any]:
    c, i, r = schema.claims.c, schema.incidents.c, schema.reports.c
    speaker, via = schema.actors.alias("speaker"), schema.actors.alias("via")
    where = [i[name] for name in (*_WHEN, "place_name", *_WHERE)]
    return (
        sa.select(schema.claims, *where, r.sha256, r.copy_of, r.publisher, r.title, r.published, r.url)
        .add_columns(speaker.c.name.label("speaker"), speaker.c.kind.label("speaker_kind"))
        .add_columns(speaker.c.private.label("speaker_private"))
        .add_columns(via.c.name.label("via"), via.c.private.label("via_private"))
        .join(schema.incidents, i.id == c.incident_id)
        .join(schema.reports, r.id == c.report_id)
        .outerjoin(speaker, speaker.c.id == c.speaker_id)
        .outerjoin(via, via.c.id == c.via_id)
        .where(*conditions(filters, connection))
        .order_by(i.start.nulls_last(), i.id, r.published, c.report_id, c.evidence_start, c.id)
    )


def _claim(row: Row, names: Names | None) -> Row:
    """One claim; ``names`` are what must be taken out of its words, ``None`` where everything may stay."""
    speaker, via, speaker_id = row["speaker"], row["via"], row["speaker_id"]
    normalised = None if row["normalised"] is None else json.loads(row["normalised"])
    value, evidence, title, redacted = row["value"], row["evidence"], row["title"], False
    if names is not None:
        value, evidence, title = names.out_of(value), names.out_of(evidence), names.out_of(title)
        redacted = (value, evidence) != (row["value"], row["evidence"])
        normalised = None if isinstance(normalised, str) and normalised in names.keys else normalised
        if hidden(row["speaker_private"], speaker_id, row["report_id"]):
            speaker, speaker_id = PRIVATE, None
        if hidden(row["via_private"], row["via_id"], row["report_id"]):
            via = PRIVATE
    same = ("id", "incident_id", "event_id", "slot", "stance", "speaker_kind", "evidence_start", "evidence_end")
    return {
        **{name: row[name] for name in (*same, "report_id", "copy_of", "publisher", "published", "url", *_WHEN)},
        **_where(row),
        "value": value,
        "normalised": normalised,
        "speaker": speaker,
        "speaker_id": speaker_id,
        "via": via,
        "evidence": evidence,
        "confidence": row["confidence"],
        "redacted": redacted,
        "report_sha256": row["sha256"],
        "report_title": title,
    }


def _where(row: Row) -> Row:
    found = {"place": row["place_name"], **{name: row[name] for name in _WHERE}}
    precision = row["place_precision"]
    if precision is None or precision >= COUNTRY:
        # A point in the middle of a country is a place that nobody named.
        found |= {"lat": None, "lon": None, "radius_km": None, "geometry": None}
    return found


def _stream(connection: Connection, query: sa.Select[Any]) -> Iterator[list[Row]]:
    result = connection.execute(query.execution_options(yield_per=CHUNK))
    for part in result.mappings().partitions():
        yield [dict(row) for row in part]


def _sides(
    connection: Connection, incidents: Sequence[str], *, include_private: bool
) -> dict[tuple[str, str], list[str]]:
    """The names by incident and role, each once, in the order of reports and of their words."""
    e, s, a = schema.events.c, schema.sides.c, schema.actors.c
    query = (
        sa.select(e.incident_id, e.report_id, s.role, s.words, a.id, a.name, a.private)
        .join(schema.events, e.id == s.event_id)
        .outerjoin(schema.actors, a.id == s.actor_id)
        .where(e.incident_id.in_(incidents))
        .order_by(e.id, s.id)
    )
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for incident, report, role, words, key, name, private in connection.execute(query):
        shown = PRIVATE if hidden(private, key, report) and not include_private else name or words
        if shown not in found[incident, role]:
            found[incident, role].append(shown)
    return found


def _reports(connection: Connection, incidents: Sequence[str]) -> dict[str, list[tuple[str | None, str | None]]]:
    e, r = schema.events.c, schema.reports.c
    query = sa.select(e.incident_id, r.publisher, r.url).join(schema.reports, r.id == e.report_id)
    found: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for incident, publisher, url in connection.execute(query.where(e.incident_id.in_(incidents))):
        found[incident].append((publisher, url))
    return found


def _previous_ids(connection: Connection, incidents: Sequence[str]) -> dict[str, list[str]]:
    table = schema.incident_ids.c
    query = sa.select(table.current, table.old).where(table.current.in_(incidents)).order_by(table.old)
    found: dict[str, list[str]] = defaultdict(list)
    for current, old in connection.execute(query):
        found[current].append(old)
    return found
