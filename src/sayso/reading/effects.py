"""Why an attack was made and what it destroyed: reasons and damage told in the clause of a trigger."""

from __future__ import annotations

from sayso.reading.lexicon import phrases, words
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger


class EffectReader:
    """Reads reasons and damage in one report."""

    def __init__(self, s: Syntax, trigger_at: dict[int, Trigger]) -> None:
        self.s = s
        self.trigger_at = trigger_at

    def of(self, t: Trigger) -> list[Detail]:
        """The reason and the damage that hang on this trigger."""
        return self._motive(t) + self._damage(t)

    def _motive(self, t: Trigger) -> list[Detail]:
        s = self.s
        lo, hi = self._reach(t)
        for i in range(lo, hi):
            for phrase in phrases("roles", "motive"):
                if tuple(s.low[i : i + len(phrase)]) == phrase:
                    end = self._phrase_end(i, hi)
                    if end - i > len(phrase):
                        return [Detail("motive", i, end, i, end)]
        return []

    def _phrase_end(self, i: int, hi: int) -> int:
        s = self.s
        end = min(hi, max(s.right[i] + 1, i + 1))
        anchor = i + 1 if s.dep[i] != "prep" else i
        end = min(hi, max(end, s.right[anchor] + 1))
        return s.trimmed(i, end)

    def _damage(self, t: Trigger) -> list[Detail]:
        s = self.s
        lo, hi = self._reach(t)
        for i in range(lo, hi):
            if s.low[i] in words("roles", "damage_nouns") and s.tag[i] in NOUN_TAGS:
                a, b = s.noun_phrase(i, full=True)
                verb = s.head[i]
                a = verb if s.tag[verb].startswith("VB") and 0 < a - verb < 4 else a
                b = max(b, min(hi, s.right[i] + 1))
                return [Detail("damage", a, s.trimmed(a, b), a, s.trimmed(a, b))]
            if s.low[i] in words("roles", "damage") and s.tag[i].startswith("VB") and i not in self.trigger_at:
                thing = s.child(i, "dobj", "nsubjpass")
                if thing is not None:
                    a, b = s.noun_phrase(thing, full=True)
                    a, b = min(a, i), max(b, i + 1)
                    return [Detail("damage", a, b, a, b)]
        return []

    def _reach(self, t: Trigger) -> tuple[int, int]:
        """From this trigger to the next one of its sentence that is not of killing or firing."""
        lo, hi = self.s.bounds(t.head)
        for k in range(t.hi, hi):
            other = self.trigger_at.get(k)
            if other is not None and other.entry not in {"kill", "launch", "anaphoric"} and other.noun and k - t.hi > 6:
                return t.lo, hi
        return t.lo, hi
