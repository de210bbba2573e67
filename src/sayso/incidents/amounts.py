"""All that an incident's claims amount to: each detail's status with its history, numbers by kind of speaker, and who
has changed their account."""

from __future__ import annotations

from typing import Any

import msgspec

from sayso.incidents.history import Change, history
from sayso.incidents.shifts import Shift, shifts
from sayso.incidents.status import Standing, standings
from sayso.incidents.testimony import Testimony
from sayso.incidents.tolls import Toll, tolls

CHANGES_KEPT = 12
"""Changes of one detail's status that are given, the latest; the others are counted."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """A detail's status as it stands, with its reason, and how it came to be so: the latest change first."""

    slot: str
    standing: Standing
    changes: list[Change]
    left_out: int = 0


class Amounts(msgspec.Struct, frozen=True, kw_only=True):
    """What the claims of an incident amount to; the occurrence is the first of ``reached``."""

    reached: list[Reached]
    tolls: list[Toll]
    shifts: list[Shift]

    @property
    def by_slot(self) -> dict[str, Standing]:
        """The status of each detail."""
        return {one.slot: one.standing for one in self.reached}

    @property
    def since(self) -> Change | None:
        """Since when the occurrence has its status, and what gave it."""
        return self.reached[0].changes[0] if self.reached and self.reached[0].changes else None


def amounts(testimony: Testimony) -> Amounts:
    """What an incident's claims amount to; empty where it has none."""
    now = standings(testimony.statements, testimony.initiators, testimony.places) if testimony.statements else {}
    past = {one.slot: one.changes[::-1] for one in history(testimony)}
    return Amounts(
        reached=[_reached(slot, standing, past.get(slot, [])) for slot, standing in now.items()],
        tolls=tolls(testimony.statements),
        shifts=shifts(testimony),
    )


def _reached(slot: str, standing: Standing, changes: list[Change]) -> Reached:
    kept = changes[:CHANGES_KEPT]
    return Reached(slot=slot, standing=standing, changes=kept, left_out=len(changes) - len(kept))


def as_json(found: Amounts) -> dict[str, Any]:
    """The same for programs, with each change in words."""
    return {
        "standings": [
            {
                "slot": one.slot,
                "status": one.standing.status,
                "reason": one.standing.reason,
                "beside": one.standing.beside,
                "history": [msgspec.to_builtins(change) | {"sentence": change.sentence} for change in one.changes],
                "changes_left_out": one.left_out,
            }
            for one in found.reached
        ],
        "tolls": msgspec.to_builtins(found.tolls),
        "shifts": [msgspec.to_builtins(shift) | {"sentence": shift.sentence} for shift in found.shifts],
    }
