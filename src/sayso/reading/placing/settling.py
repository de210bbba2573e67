"""The place of an event: the most exact that its words name, else that taken up, else the report's only one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.model import Place
from sayso.reading.placing.choosing import HALTS
from sayso.reading.syntax import Syntax

if TYPE_CHECKING:
    from sayso.reading.events import Draft

WITHIN = {"facility": 0, "district": 0, "village": 1, "town": 1, "city": 1, "admin2": 3, "admin1": 4, "region": 5}
"""How exact a kind of place is by its name, also where the gazetteer has it not and its precision is that of what it
lies in."""


def most_exact(places: Iterable[Place]) -> Place | None:
    """The most exact of the places by what they are called, the first named of those that are alike; null of none."""
    return min(places, key=lambda p: (WITHIN.get(p.kind or "", 9), p.precision or 9, p.span.start), default=None)


def bind_places(drafts: list[Draft], s: Syntax) -> None:
    """Give each event whose own words name no place the one that the telling gives it, with the reason."""
    own = [d for d in drafts if d.place is not None]
    for d in drafts:
        if d.place is None:
            d.settled, d.place_reason = _taken_up(d, s) or _only(d, own) or (None, None)


def _taken_up(d: Draft, s: Syntax) -> tuple[Place, str] | None:
    taken = next((m.taken_up for m in d.mentions if m.taken_up is not None), None)
    if taken is None:
        return None
    return taken.place, f"“{s.words(taken.lo, taken.hi)}” takes up {taken.place.name}, which is named before"


def _only(d: Draft, own: list[Draft]) -> tuple[Place, str] | None:
    """The one place where all else happened that a report tells: weak evidence, none for truces, none of two."""
    told = [o.place for o in own if o.modality == "actual" and o.place is not None]
    if d.modality != "actual" or d.type in HALTS or len({p.gazetteer_id or p.name for p in told}) != 1:
        return None
    return told[0], f"no place is named for it; all else that is told happened in {told[0].name}"
