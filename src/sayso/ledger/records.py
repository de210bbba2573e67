"""A speaker's record over all incidents: counts, and the incidents behind each. Counts only, never a score of truth.

The table ``records`` has one row a speaker and incident, a speaker's rows side by side: the counts of a speaker of
100,000 incidents are one walk along them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema

Row = dict[str, Any]
What = Literal["all", "asserts", "denies", "uncertain", "contested", "contradicted", "changed", "alone", "acknowledged"]
WHAT: dict[What, str] = {
    "all": "Spoke to",
    "asserts": "Asserted something in",
    "denies": "Denied something in",
    "uncertain": "Called something not clear in",
    "contested": "Somebody independent said otherwise in",
    "contradicted": "Its own side later said otherwise in",
    "changed": "Gave another account later in",
    "alone": "Nobody independent of it asserted it in",
    "acknowledged": "Said that its own side did it in",
}
"""What can be counted of a speaker, as the beginning of a sentence that a number of incidents ends."""
CLAIMS_OF_EACH = 3
"""Claims of the speaker that are given for each incident of a list."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker's counts: of incidents by ``What``, and of statements by stance, near-copies left out.

    ``first`` and ``last`` are the dates of publication of the first and the last report; null where there is none.
    """

    incidents: dict[str, int]
    statements: dict[str, int]
    first: str | None = None
    last: str | None = None


def actor(connection: Connection, actor_id: str) -> Row | None:
    """The row of one actor; ``None`` where the ledger has none."""
    row = connection.execute(sa.select(schema.actors).where(schema.actors.c.id == actor_id)).mappings().first()
    return None if row is None else dict(row)


def claims_by_stance(connection: Connection, actor_id: str) -> dict[str, int]:
    """How many claims of one speaker the ledger holds by stance, in near-copies and outside of incidents too."""
    c = schema.claims.c
    counted = sa.select(c.stance, sa.func.count()).where(c.speaker_id == actor_id).group_by(c.stance)
    none = {"asserts": 0, "denies": 0, "uncertain": 0}
    return none | {str(stance): int(number) for stance, number in connection.execute(counted)}


def totals(connection: Connection, actor_id: str) -> Totals:
    """The counts of one speaker; all 0 where it has no record."""
    r = schema.records.c
    stances = ("asserts", "denies", "uncertain")
    columns = [sa.func.sum(r[name]).label(f"s_{name}") for name in stances]
    columns += [sa.func.count().label("all")] + [
        sa.func.sum(sa.case((r[name] > 0, 1), else_=0)).label(name) for name in WHAT if name != "all"
    ]
    columns += [sa.func.min(r.first).label("first"), sa.func.max(r.last).label("last")]
    row = connection.execute(sa.select(*columns).where(r.actor_id == actor_id)).mappings().one()
    return Totals(
        incidents={name: int(row[name] or 0) for name in WHAT},
        statements={name: int(row[f"s_{name}"] or 0) for name in stances},
        first=row["first"],
        last=row["last"],
    )


def incidents_of(connection: Connection, actor_id: str, what: What, number: int, size: int) -> list[Row]:
    """One page (from 1) of the incidents behind a count, the latest spoken of first.

    Rows have the record's columns, the incident's ``title``, ``start`` and ``status``, and ``claims``: at most
    ``CLAIMS_OF_EACH`` of the speaker's, with ``report_publisher``, ``report_title`` and ``report_published``.
    """
    r, i = schema.records.c, schema.incidents.c
    where = [r.actor_id == actor_id] + ([] if what == "all" else [r[what] > 0])
    chosen = sa.select(r.incident_id).where(*where).order_by(r.last.desc(), r.incident_id.desc())
    page = list(connection.scalars(chosen.offset((number - 1) * size).limit(size)))
    query = sa.select(schema.records, i.title, i.start, i.status).outerjoin(schema.incidents, i.id == r.incident_id)
    found = connection.execute(query.where(r.actor_id == actor_id, r.incident_id.in_(page))).mappings()
    rows = {row["incident_id"]: dict(row) for row in found}
    words = _claims(connection, actor_id, page, what)
    return [rows[key] | {"claims": words.get(key, [])} for key in page if key in rows]


def _claims(connection: Connection, actor_id: str, incidents: list[str], what: What) -> dict[str, list[Row]]:
    c, p, via = schema.claims.c, schema.reports.c, schema.actors.alias("via")
    found: dict[str, list[Row]] = {}
    for incident in incidents:
        # "coalesce" leaves the index of the incident as the only one: those of a speaker may be a hundred thousand.
        query = (
            sa.select(schema.claims, p.publisher, p.title, p.published, via.c.name.label("via"))
            .join(schema.reports, p.id == c.report_id)
            .outerjoin(via, via.c.id == c.via_id)
            .where(c.incident_id == incident, sa.func.coalesce(c.speaker_id, "") == actor_id, p.copy_of.is_(None))
            .order_by(p.published, c.report_id, c.evidence_start, c.id)
        )
        if what in ("asserts", "denies", "uncertain"):
            query = query.where(sa.func.coalesce(c.stance, "") == what)
        rows = [dict(row) for row in connection.execute(query.limit(CLAIMS_OF_EACH)).mappings()]
        names = ("publisher", "title", "published")
        found[incident] = [row | {f"report_{name}": row[name] for name in names} for row in rows]
    return found
