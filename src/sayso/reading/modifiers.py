"""Who did it, told before a noun of attack: "US-led coalition air strikes", "regime raids", "terrorist attacks"."""

from __future__ import annotations

from functools import lru_cache

from sayso.model import Stance
from sayso.reading.lexicon import words
from sayso.reading.nouns import MEDIA, PROPER, REMEMBERED, NounReader, kind_of, of_nation
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger

REACH = 10
"""How many tokens before the noun are looked at."""
NAME = 5
"""How many tokens a known name before the noun may have."""
INSIDE = frozenset({"HYPH", "JJ", "VBN", "VBD"}) | NOUN_TAGS


@lru_cache(maxsize=REMEMBERED)
def _known(name: str) -> bool:
    from sayso.knowledge.actors import ActorBase

    record = ActorBase.open().lookup(name) if name[:1].isupper() or "-" in name else None
    return record is not None and record.kind not in MEDIA


class ModifierReader:
    """Reads the sides before nouns of attack in one report."""

    def __init__(self, s: Syntax, nouns: NounReader) -> None:
        self.s = s
        self.nouns = nouns
        self._terrorists = self._named_terrorists()

    def of(self, t: Trigger) -> list[Detail]:
        """The sides before the trigger, the one nearest to it first."""
        return self._before(self._start(t), t.head)

    def right_before(self, t: Trigger) -> list[Detail]:
        """The side right before a verb form: "died in government shelling"."""
        side = self._ending(max(self.s.bounds(t.head)[0], t.lo - NAME), t.lo)
        return self._detail(side, t.head) if side is not None else []

    def of_weapon(self, h: int) -> list[Detail]:
        """Whose a weapon was that struck: "US cruise missiles hit …", "killed by regime bombs"."""
        return self._before(max(self.s.bounds(h)[0], self.s.noun_phrase(h)[0]), h)

    def _before(self, lo: int, h: int) -> list[Detail]:
        s = self.s
        found: list[Detail] = []
        end = h
        while end > lo:
            side = self._ending(lo, end)
            if side is None:
                if found or self._other_noun(end - 1, h):
                    break
                end -= 1
                continue
            found += self._detail(side, h)
            end = side[0] - 1
            if end <= s.bounds(h)[0] or s.low[end] not in {"and", ",", "or"}:
                break
            # "Syrian regime and Russian bombing": the first side may stand outside the parsed phrase.
            lo = min(lo, max(s.bounds(h)[0], end - NAME))
        return found

    def _other_noun(self, k: int, h: int) -> bool:
        """ "Syrian gas field battle": what stands before the facility tells of that."""
        s = self.s
        return k != h and s.tag[k] in NOUN_TAGS and self.nouns.is_facility(k)

    def holder(self, thing: int) -> list[Detail]:
        """The group that a thing taken belonged to: "an IS warehouse", "the rebel-held town"."""
        s = self.s
        lo = max(s.noun_phrase(thing)[0], thing - REACH)
        for end in range(thing, lo, -1):
            held = s.low[end] in words("roles", "holding") if end < thing else False
            stop = end - 1 if held and s.word[end - 1] == "-" else end
            side = self._ending(lo, stop) if stop > lo else None
            if side is not None and (held or self._is_group(*side)):
                return [Detail("recipient", side[0], end + held, *side, side[1] - 1, phrase=True)]
        return []

    def _is_group(self, lo: int, hi: int) -> bool:
        return kind_of(self.s.words(lo, hi)) == "rebel" and _known(self.s.words(lo, hi))

    def _start(self, t: Trigger) -> int:
        """Where the words before the trigger begin: behind a possessive, another verb or another event."""
        s = self.s
        lo = max(s.bounds(t.head)[0], t.head - REACH)
        first = max(lo, min(s.noun_phrase(t.head)[0], t.lo))
        for k in range(t.head - 1, first - 1, -1):
            if s.tag[k] in {"POS", "PRP$"} or (k in self.nouns.trigger_at and not t.lo <= k < t.hi):
                return k + 1
        return first

    def _ending(self, lo: int, end: int) -> tuple[int, int] | None:
        """The side whose last word is right before token ``end``."""
        s, last = self.s, end - 1
        if not self._may_name(last) or self._against(last):
            return None
        known = next((k for k in range(max(lo, end - NAME), end) if self._is_known(k, end)), None)
        if known is None and s.low[last] not in words("roles", "side_nouns") and not of_nation(s.low[last]):
            return None
        start = last if known is None else known
        while start > lo and self._joins(start - 1):
            start -= 1
        return None if self._against(start) else (start, end)

    def _is_known(self, start: int, end: int) -> bool:
        inside = range(start, end)
        return all(self._may_name(k) for k in inside) and _known(self.s.words(start, end))

    def _may_name(self, k: int) -> bool:
        s = self.s
        weapon = k in self.nouns.weapon_at and s.low[k] not in words("roles", "agents")
        town = k in self.nouns.settlements and not of_nation(s.low[k])
        return s.tag[k] in INSIDE and not (weapon or town or self.nouns.is_date(k))

    def _joins(self, k: int) -> bool:
        """Whether a token belongs to the side behind it: "Syrian | government", "US-led | coalition"."""
        s = self.s
        if not self._may_name(k):
            return False
        low = s.low[k]
        if low in words("roles", "side_nouns") or of_nation(low) or low in words("roles", "backing"):
            return True
        hyphen = s.tag[k] == "HYPH" or s.word[k] == "-"
        return hyphen or (s.word[k + 1] == "-" and s.tag[k] in PROPER)

    def _against(self, k: int) -> bool:
        """ "Anti-Muslim attacks": those attacked, not who did it."""
        s = self.s
        return k >= 2 and s.word[k - 1] == "-" and s.low[k - 2] in words("roles", "anti")

    def _detail(self, side: tuple[int, int], h: int) -> list[Detail]:
        s, (lo, hi) = self.s, side
        if s.word[hi - 1] == "-" and s.low[hi] in words("roles", "backing"):
            # "US-led air strikes".
            hi += 1
        while hi - lo > 1 and s.low[hi - 1] in words("roles", "terror"):
            hi -= 1
        before = s.low[s.noun_phrase(h)[0] : lo]
        doubt: Stance | None = "uncertain" if words("modality", "party_doubt") & set(before) else None
        if (hi - lo, s.low[lo]) == (1, "military"):
            # "Military action": what kind it is, and nobody's.
            return []
        if s.low[hi - 1] not in words("roles", "terror"):
            return [Detail("initiator", lo, h + 1, lo, hi, hi - 1, doubt, phrase=True)]
        who = self._terrorists
        if who is None:
            return []
        a, b = s.noun_phrase(who)
        return [Detail("initiator", lo, h + 1, a, b, who, doubt)]

    def _named_terrorists(self) -> int | None:
        """Whom a report calls the terrorists: only where it does are "terrorist attacks" theirs."""
        s = self.s
        for k, low in enumerate(s.low):
            bare = low == "terrorists" and s.tag[k] in NOUN_TAGS and not s.quoted[k]
            body = low in words("roles", "bodies") and s.tag[k].endswith("S") and s.low[k - 1 : k] == ["terrorist"]
            if (bare or body) and not any(s.tag[j] in PROPER for j in range(s.noun_phrase(k)[0], k - body)):
                return k
        return None
