"""Why an attack was made and what it destroyed: reasons and damage told in the clause of a trigger."""

from __future__ import annotations

from sayso.reading.lexicon import phrases, words
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger


class EffectReader:
    """Reads reasons and damage in one report; ``trigger_at`` is token to trigger."""

    def __init__(self, s: Syntax, trigger_at: dict[int, Trigger]) -> None:
        self.s = s
        self.trigger_at = trigger_at

    def of(self, t: Trigger) -> list[Detail]:
        """The first reason and the first damage told from this trigger to the end of its sentence."""
        hi = self.s.bounds(t.head)[1]
        motive = next((d for i in range(t.lo, hi) if (d := self._motive(i, hi)) is not None), None)
        damage = next((d for i in range(t.lo, hi) if (d := self._damage(i, hi)) is not None), None)
        return [d for d in (motive, damage) if d is not None]

    def _motive(self, i: int, hi: int) -> Detail | None:
        """ "In response to …": the phrase and what hangs on it."""
        s = self.s
        phrase = next((p for p in phrases("roles", "motive") if tuple(s.low[i : i + len(p)]) == p), None)
        if phrase is None:
            return None
        anchor = i if s.dep[i] == "prep" else i + 1
        end = s.trimmed(i, min(hi, max(s.right[i], s.right[min(anchor, hi - 1)]) + 1))
        return Detail("motive", i, end, i, end) if end - i > len(phrase) else None

    def _damage(self, i: int, hi: int) -> Detail | None:
        s = self.s
        if s.low[i] in words("roles", "damage_nouns") and s.tag[i] in NOUN_TAGS:
            a, b = s.noun_phrase(i, full=True)
            if s.is_verb(s.head[i]) and 0 < a - s.head[i] < 4:
                a = s.head[i]
            b = s.trimmed(a, max(b, min(hi, s.right[i] + 1)))
            return Detail("damage", a, b, a, b)
        if s.low[i] in words("roles", "damage") and s.is_verb(i) and i not in self.trigger_at:
            thing = s.child(i, "dobj", "nsubjpass")
            if thing is not None:
                a, b = s.noun_phrase(thing, full=True)
                a, b = min(a, i), max(b, i + 1)
                return Detail("damage", a, b, a, b)
        return None
