"""A speaker's changed accounts, over its latest incidents: what it said first and what later, in both's words."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy.engine import Connection

from sayso.incidents.shifts import Shift, shifts
from sayso.incidents.testimony import load_testimony
from sayso.ledger import records
from sayso.web import privacy, standing

INCIDENTS_SHOWN = 10
"""Incidents in which a speaker changed its account that its page shows; the count leads to all."""
EACH = 5
"""Changes that are shown of one incident."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of one speaker's account in one incident."""

    incident_id: str
    title: str
    shifts: list[Shift]


def changed(connection: Connection, actor_id: str, *, include_private: bool) -> list[Changed]:
    """The changes of a speaker's account that are news, the latest incidents first, at most ``INCIDENTS_SHOWN``."""
    rows = records.incidents_of(connection, actor_id, "changed", 1, INCIDENTS_SHOWN)
    told = load_testimony(connection, [row["incident_id"] for row in rows])
    found = []
    for row in rows:
        every = shifts(told[row["incident_id"]]) if row["incident_id"] in told else []
        mine = [s for s in every if not s.normal and actor_id in (s.earlier.actor, s.later.actor)][:EACH]
        reports = {said.report for shift in mine for said in (shift.earlier, shift.later)}
        hidden = privacy.hidden_in(connection, sorted(reports), include_private=include_private)
        shown = [standing.masked_shift(shift, hidden) for shift in mine]
        found.append(Changed(incident_id=row["incident_id"], title=row["title"] or row["incident_id"], shifts=shown))
    return found


def as_json(row: Changed) -> dict[str, Any]:
    """The same for programs, with each change in words."""
    every = [msgspec.to_builtins(shift) | {"sentence": shift.sentence} for shift in row.shifts]
    return {"incident": row.incident_id, "title": row.title, "shifts": every}
