"""Large incidents are not computed with every report that comes, but as they have grown or when all reports are in."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import chunks
from sayso.ledger import schema

LARGE = 200
"""An incident of more reports is not computed with each further one."""
GROWTH = 0.02
"""By how much of its reports it must have grown, or shrunk, to be computed at once."""


def put_off(connection: Connection, incidents: Iterable[str]) -> set[str]:
    """Which of these incidents may wait: large ones that hardly changed; they are noted in ``stale_incidents``."""
    i, e = schema.incidents.c, schema.events.c
    found: set[str] = set()
    for part in chunks(sorted(incidents)):
        for incident, before in connection.execute(sa.select(i.id, i.reports).where(i.id.in_(part), i.reports > LARGE)):
            reports = sa.select(sa.func.count(e.report_id.distinct())).where(e.incident_id == incident)
            if abs((connection.scalar(reports) or 0) - before) < GROWTH * before:
                found.add(incident)
    if found:
        connection.execute(sa.insert(schema.stale_incidents), [{"incident_id": one} for one in sorted(found)])
    return found
