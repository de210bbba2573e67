"""What bombings and blasts without a weapon of their own were, by the means that all the rest of a report tells of."""

from __future__ import annotations

from dataclasses import replace

from sayso.reading.lexicon import words
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import OPEN, Trigger

FROM_AFAR = frozenset({"airstrike", "shelling"})


def typed_by_means(s: Syntax, triggers: list[Trigger]) -> list[Trigger]:
    """The triggers of a report, blasts and bombings without a weapon typed by the means told of elsewhere in it.

    Attacks and strikes stay open: that a report tells of one means says too little of another attack in it.
    """
    means = {t.type for t in triggers if not _blast(t)}
    return [replace(t, type=_type(s, t, means)) if _blast(t) else t for t in triggers]


def _blast(t: Trigger) -> bool:
    """Whether nothing beside an open word for a blast or a bombing says by what means it was."""
    return t.entry == OPEN and t.type == "bombing" and t.weapon is None


def _type(s: Syntax, t: Trigger, means: set[str]) -> str:
    if "suicide_bombing" in means:
        return "suicide_bombing"
    if s.low[t.head] in words("triggers", "bombs") and means & FROM_AFAR and "bombing" not in means:
        return "airstrike"
    return t.type
