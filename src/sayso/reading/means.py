"""With what an attack was made: the weapon of a trigger, with its words and the doubt in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.model import Span, Stance
from sayso.reading.lexicon import load_lexicon, words
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import LAUNCH, Trigger, Weapon, plural

EVIDENCE = 9
"""Longest stretch of tokens from a weapon to its trigger that is shown as one."""
WEAPON_TYPES = frozenset({"airstrike", "drone_strike", "shelling", "chemical_attack", "bombing"})
"""Lexicon entries whose nouns name the means by themselves."""
BY_AIR = frozenset({"airstrike", "drone_strike"})
"""Types whose trigger nouns name the means ("air strikes"): "air" alone is no weapon."""


class MeansReader:
    """Reads weapons in one report; ``trigger_at`` and ``weapon_at`` are token to trigger and to weapon."""

    def __init__(self, s: Syntax, trigger_at: dict[int, Trigger], weapon_at: dict[int, Weapon]) -> None:
        self.s = s
        self.trigger_at = trigger_at
        self.weapon_at = weapon_at

    def of(self, t: Trigger) -> list[Detail]:
        """The weapon of this trigger, or its own noun where that names the means ("air strikes")."""
        if t.weapon is None:
            standing = t.noun or self.s.tag[t.head] == "VBG"
            named = standing and t.entry in WEAPON_TYPES
            return [Detail("weapon", t.lo, t.hi, t.lo, t.hi)] if named else []
        if self._is_party(t, t.weapon[1] - 1) or self._of_a_thing(t.weapon[1] - 1):
            return []
        lo, hi = self._weapon_range(t, *t.weapon)
        first, last = min(lo, t.lo), max(hi, t.hi)
        if last - first > EVIDENCE or self._by_air(t) is not None:
            first, last = lo, hi
        doubt, elsewhere = self._weapon_doubt(t), self._of_another(t, t.weapon[1] - 1)
        return [Detail("weapon", first, last, lo, hi, stance=doubt, implied=elsewhere)]

    def _is_party(self, t: Trigger, weapon: int) -> bool:
        """ "Russian warplanes hit …", "snipers", "shot down a plane": who did it or what was hit, not the means."""
        s = self.s
        if s.low[weapon] in words("roles", "wielders"):
            return True
        suffers = s.dep[weapon] in {"dobj", "nsubjpass"} or s.low[t.lo : t.lo + 1] == ["came"]
        if suffers and t.entry != LAUNCH and s.low[weapon] in words("roles", "targets"):
            return True
        acts = s.dep[weapon] == "nsubj" or (s.dep[weapon] == "pobj" and s.low[s.head[weapon]] == "by")
        return acts and s.low[weapon] in words("sides", "craft")

    def _of_a_thing(self, weapon: int) -> bool:
        """ "A gas field", "the air force": the word says what kind of thing the noun behind it is."""
        s, behind = self.s, weapon + 1
        return behind < len(s.low) and s.low[behind] in words("roles", "no_means") and s.head[weapon] == behind

    def _of_another(self, t: Trigger, weapon: int) -> bool:
        """Whether the weapon hangs on another trigger, which has the claim: "attacked when rockets were fired"."""
        other = self.trigger_at.get(self.s.head[weapon])
        inside = t.lo <= weapon < t.hi or weapon in self.trigger_at
        return other is not None and other is not t and not inside and other.weapon == t.weapon

    def _weapon_range(self, t: Trigger, lo: int, hi: int) -> tuple[int, int]:
        by_air = self._by_air(t)
        if by_air is not None:
            return by_air.lo, by_air.hi
        behind = self.weapon_at.get(hi)
        if behind is not None and self.s.low[hi - 1] in words("roles", "manner"):
            # "A suicide car bomb".
            return lo, behind.hi
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


def weapon_of(wordings: Sequence[Span], type_: str) -> Span | None:
    """Which of the wordings for an event's weapon says most of it; none where all of them name only who used it.

    A munition comes before the noun of attack and that before what it was dropped or fired from; of two munitions that
    which makes the event's ``type_``, then the one in more words.
    """
    ranked = [(_rank(w.text, type_), w) for w in wordings]
    best = max((row for row in ranked if row[0][0]), key=lambda row: row[0], default=None)
    return best[1] if best is not None else None


def _rank(wording: str, type_: str) -> tuple[int, bool, int, int]:
    tokens = [w.strip("\"'“”,.").lower() for w in wording.replace("-", " ").split()]
    found = {kind for phrase, kind in _munitions() if _holds(tokens, phrase)}
    telling = [w for w in tokens if w not in words("sides", "counting") | words("roles", "taking_up")]
    if found:
        return 3, type_ in found, len(telling), len(wording)
    if set(tokens) <= words("roles", "manner"):
        return 0, False, 0, 0
    craft = bool(words("sides", "craft") & set(tokens[-1:]))
    return 1 if craft else 2, False, len(telling), len(wording)


def _holds(tokens: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[i : i + len(phrase)]) == phrase for i in range(len(tokens)))


@cache
def _munitions() -> list[tuple[tuple[str, ...], str | None]]:
    """The words for what is fired, dropped or set off, with their type; no craft, no person, no bare manner."""
    found = []
    for row in load_lexicon("weapons").values():
        for word in (form for w in row["words"] for form in (w, plural(w))):
            phrase = tuple(word.lower().replace("-", " ").split())
            means = phrase[-1] not in words("sides", "craft") | words("roles", "wielders")
            if means and not set(phrase) <= words("roles", "manner"):
                found.append((phrase, row["type"]))
    return found
