"""Slot fillers of an event, and the words that show who did what to whom."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Slot, Stance


@dataclass(frozen=True, slots=True)
class Detail:
    """One slot filler: evidence tokens ``[lo, hi)``, value tokens ``[value_lo, value_hi)``, the head of a named party.

    ``stance`` overrides that of the attribution around it ("suspected", "believed to be").
    """

    slot: Slot
    lo: int
    hi: int
    value_lo: int
    value_hi: int
    head: int | None = None
    stance: Stance | None = None
    implied: bool = False
    """Belongs to the event without a claim of its own: who uses the facility that was hit, a weapon told elsewhere."""
    phrase: bool = False
    """The value's words are the party's name: a modifier, whose parsed phrase would name less."""
