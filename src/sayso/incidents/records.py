"""A speaker's record in one incident: what it did there, as counts and marks. Never a score of truth.

A near-copy repeats what was said and counts no second time. Private persons have no record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from sayso.incidents.clash import RIVALS, clash
from sayso.incidents.history import instant
from sayso.incidents.shifts import shifts
from sayso.incidents.statement import Statement, Voice, one_side, voices
from sayso.incidents.status import MOST_VALUES, acknowledging, occurrence_standing, with_occurrence
from sayso.incidents.testimony import Testimony
from sayso.model import Status


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker did in one incident; marks are 0 or 1, ``first`` and ``last`` dates of publication."""

    actor_id: str
    asserts: int
    denies: int
    uncertain: int
    contested: int
    """Somebody independent takes the opposite stance on a detail, or says what cannot be so beside it."""
    contradicted: int
    """Another speaker of its own side (organisation or state) later says the opposite."""
    changed: int
    """The same organisation later gives another account; growing tolls and doubts that settle are not counted."""
    alone: int
    """Nobody independent asserts the occurrence."""
    acknowledged: int
    """It is the side that is said to have done it, and says so."""
    occurrence: int
    """1 where it asserts that it happened, -1 where it denies it, 0 where it does neither or both."""
    first: str
    last: str


def records(testimony: Testimony, status: Status | None = None) -> list[Record]:
    """The records of all speakers of an incident, by their ids; ``status`` is that of the occurrence where known."""
    own = [s for s in testimony.statements if s.report_id == (s.copy_root or s.report_id)]
    spoken: dict[str, list[Statement]] = defaultdict(list)
    for s in own:
        if s.voice is not None and not s.voice.private:
            spoken[s.voice.key].append(s)
    if not spoken:
        return []
    whole = with_occurrence(own)
    several = len(spoken) > 1
    contested = _contested(whole, testimony) if several else set()
    contradicted = _contradicted(whole, testimony) if several else set()
    changed = _changed(testimony) if len({s.report_id for s in own}) > 1 else set()
    status = status or occurrence_standing(testimony.statements, testimony.initiators).status
    denying = {s.voice.key for s in whole if s.voice and s.slot == "occurrence" and s.stance == "denies"}
    asserting = {s.voice.key for s in whole if s.voice and s.slot == "occurrence" and s.stance == "asserts"}
    admitting = {voice.key for voice in acknowledging(whole, testimony.initiators)} if testimony.named else set()
    return [
        Record(
            actor_id=key,
            asserts=sum(s.stance == "asserts" for s in said),
            denies=sum(s.stance == "denies" for s in said),
            uncertain=sum(s.stance == "uncertain" for s in said),
            contested=int(key in contested),
            contradicted=int(key in contradicted),
            changed=int(key in changed),
            alone=int(status == "single_source" and key in asserting),
            acknowledged=int(key in admitting),
            occurrence=int(key in asserting) - int(key in denying),
            first=min(s.published for s in said),
            last=max(s.published for s in said),
        )
        for key, said in sorted(spoken.items())
    ]


def _different(statements: Sequence[Statement]) -> list[Statement]:
    """What different speakers say, the same stance and value of one speaker once, the earliest; at most MOST_VALUES."""
    found: dict[tuple[str, str, str, str], Statement] = {}
    for s in statements:
        if s.voice is not None:
            value = "" if s.slot not in RIVALS else str(s.normalised if s.normalised is not None else s.value)
            found.setdefault((s.slot, s.voice.key, s.stance, value), s)
    return list(found.values())


def _by_slot(statements: Sequence[Statement]) -> list[list[Statement]]:
    slots: dict[str, list[Statement]] = defaultdict(list)
    for s in _different(statements):
        slots[s.slot].append(s)
    return [said[:MOST_VALUES] for said in slots.values()]


def _opposed(one: Statement, two: Statement, testimony: Testimony) -> bool:
    if {one.stance, two.stance} == {"asserts", "denies"}:
        return True
    both = one.stance == two.stance == "asserts"
    return both and clash(one, two, testimony.initiators, testimony.places)


def _contested(whole: Sequence[Statement], testimony: Testimony) -> set[str]:
    found: set[str] = set()
    for said in _by_slot(whole):
        for at, one in enumerate(said):
            for two in said[at + 1 :]:
                if one.voice is None or two.voice is None or _own_side(one.voice, two.voice):
                    continue
                if _opposed(one, two, testimony):
                    found |= {one.voice.key, two.voice.key}
    return found


def _contradicted(whole: Sequence[Statement], testimony: Testimony) -> set[str]:
    found: set[str] = set()
    for said in _by_slot(whole):
        for at, one in enumerate(said):
            for two in said[at + 1 :]:
                if one.voice is None or two.voice is None or one.voice.key == two.voice.key:
                    continue
                earlier, later = sorted((one, two), key=lambda s: instant(s.published))
                if instant(earlier.published)[0] == instant(later.published)[0] or not earlier.voice:
                    continue
                grew = earlier.slot in ("killed", "injured") and _grew(earlier, later)
                if _own_side(one.voice, two.voice) and not grew and _opposed(earlier, later, testimony):
                    found.add(earlier.voice.key)
    return found


def _grew(earlier: Statement, later: Statement) -> bool:
    lows = [s.normalised[0] if isinstance(s.normalised, list) else None for s in (earlier, later)]
    both = earlier.stance == later.stance == "asserts"
    return both and lows[0] is not None and lows[1] is not None and 0 < lows[0] < lows[1]


def _own_side(one: Voice, two: Voice) -> bool:
    return one_side(one, two) or one_side(two, one)


def _changed(testimony: Testimony) -> set[str]:
    speaking = [s for s in testimony.statements if s.voice is not None]
    if len({s.report_id for s in speaking}) < 2 or len(voices(speaking)) == len({s.claim for s in speaking}):
        return set()
    differing = [shift for shift in shifts(testimony) if not shift.normal]
    return {said.actor for shift in differing for said in (shift.earlier, shift.later) if said.actor is not None}
