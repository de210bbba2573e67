"""With what an attack was made: the weapon of a trigger, with its words and the doubt in them."""

from __future__ import annotations

from sayso.model import Stance
from sayso.reading.lexicon import words
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger

EVIDENCE = 9
"""Longest stretch of tokens from a weapon to its trigger that is shown as one."""
WEAPON_TYPES = frozenset({"airstrike", "drone_strike", "shelling", "chemical_attack", "bombing"})
"""Lexicon entries whose nouns name the means by themselves."""
BY_AIR = frozenset({"airstrike", "drone_strike"})
"""Types whose trigger nouns name the means ("air strikes"): "air" alone is no weapon."""


class MeansReader:
    """Reads weapons in one report; ``trigger_at`` is token to trigger."""

    def __init__(self, s: Syntax, trigger_at: dict[int, Trigger]) -> None:
        self.s = s
        self.trigger_at = trigger_at

    def of(self, t: Trigger) -> list[Detail]:
        """The weapon of this trigger, or its own noun where that names the means ("air strikes")."""
        if t.weapon is None:
            named = t.noun and t.entry in WEAPON_TYPES
            return [Detail("weapon", t.lo, t.hi, t.lo, t.hi)] if named else []
        lo, hi = self._weapon_range(t, *t.weapon)
        first, last = min(lo, t.lo), max(hi, t.hi)
        if last - first > EVIDENCE or self._by_air(t) is not None:
            first, last = lo, hi
        doubt, elsewhere = self._weapon_doubt(t), self._of_another(t, t.weapon[1] - 1)
        return [Detail("weapon", first, last, lo, hi, stance=doubt, implied=elsewhere)]

    def _of_another(self, t: Trigger, weapon: int) -> bool:
        """Whether the weapon hangs on another trigger, which has the claim: "attacked when rockets were fired"."""
        other = self.trigger_at.get(self.s.head[weapon])
        inside = t.lo <= weapon < t.hi or weapon in self.trigger_at
        return other is not None and other is not t and not inside and other.weapon == t.weapon

    def _weapon_range(self, t: Trigger, lo: int, hi: int) -> tuple[int, int]:
        by_air = self._by_air(t)
        if by_air is not None:
            return by_air.lo, by_air.hi
        if self.s.tag[hi - 1] in NOUN_TAGS and not (t.noun and t.lo <= lo < t.hi):
            left, right = self.s.noun_phrase(hi - 1)
            return min(lo, left) if lo - left <= 4 else lo, min(right, hi)
        return lo, hi

    def _by_air(self, t: Trigger) -> Trigger | None:
        """The trigger noun that is the means: "air strikes"; "air" alone is no weapon."""
        named = self.trigger_at.get(t.weapon[0]) if t.weapon is not None and t.type in BY_AIR else None
        return named if named is not None and named.noun else None

    def _weapon_doubt(self, t: Trigger) -> Stance | None:
        """ "A suspected chemical attack": that it happened is said, with what it was done is not."""
        s = self.s
        lo = s.noun_phrase(t.head)[0] if t.noun else t.lo
        before = words("modality", "weapon_doubt") & set(s.low[max(0, lo - 1) : t.head])
        beside = words("modality", "weapon_doubtfully") & {s.low[c] for c in s.children[t.head]}
        return "uncertain" if before or (beside and not t.noun) else None
