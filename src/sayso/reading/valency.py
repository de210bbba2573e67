"""What a verb needs beside it to tell of an event: to take a town is one, to take a bus is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sayso.reading.lexicon import words
from sayso.reading.syntax import NOUN_TAGS, Syntax

OBJECTS = frozenset({"dobj", "nsubjpass"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BEHIND = 6
"""How many tokens behind a verb its ground may stand ("driven out of the city")."""


class Valency:
    """Tells for the verbs of one report whether what they need stands beside them.

    ``ground`` holds the tokens of the report's places.
    """

    def __init__(self, s: Syntax, ground: frozenset[int] = frozenset()) -> None:
        self.s = s
        self.ground = ground
        self._met: dict[str, Callable[[int], bool]] = {
            "ground": self._takes_ground,
            "of_ground": self._of_ground,
            "from_ground": self._drives_from_ground,
            "forces": self._moves_forces,
            "into_ground": self._enters_ground,
            "left": self._leaves,
            "aircraft": self._hits_aircraft,
            "falling_aircraft": self._falls,
            "enemy": self._fights,
            "arms": self._destroys,
            "attempt": self._repels,
            "person": self._of_person,
            "armed": self._by_weapon,
        }

    def meets(self, i: int, needs: str) -> bool:
        """Whether the verb or noun at token ``i`` has beside it what its lexicon entry ``needs``."""
        return self._met[needs](i)

    def is_ground(self, k: int) -> bool:
        """Whether the noun at token ``k`` is a place that forces can hold: a named one, "the town", "parts of it"."""
        s = self.s
        if k in self.ground or s.low[k] in words("triggers", "grounds"):
            return True
        lo, hi = s.noun_phrase(k)
        part = s.low[k] in words("triggers", "parts_of_ground")
        return part and any(j in self.ground or s.low[j] in words("triggers", "grounds") for j in range(lo, hi))

    def _objects(self, i: int) -> list[int]:
        s = self.s
        found = [c for c in s.children[i] if s.dep[c] in OBJECTS]
        if not found and s.dep[i] in {"acl", "amod", "relcl"} and s.tag[i] == "VBN":
            found = [s.head[i]]
        return found

    def _among(self, tokens: Iterable[int], entry: str) -> bool:
        return any(self.s.low[k] in words("triggers", entry) for k in tokens)

    def _phrases(self, heads: Iterable[int]) -> list[int]:
        return [k for head in heads for k in range(*self.s.noun_phrase(head))]

    def _prepositions(self, i: int, *low: str) -> list[int]:
        return [c for c in self.s.children[i] if self.s.low[c] in low and c > i]

    def _behind(self, i: int) -> range:
        return range(i + 1, min(i + 1 + BEHIND, self.s.bounds(i)[1]))

    def _takes_ground(self, i: int) -> bool:
        s = self.s
        if any(self.is_ground(k) for k in self._objects(i)):
            return True
        subject = s.child(i, "nsubj")
        rid = bool(self._prepositions(i, "of", "from"))
        return rid and s.child(i, "dobj") is None and subject is not None and self.is_ground(subject)

    def _of_ground(self, i: int) -> bool:
        s = self.s
        return any(self.is_ground(c) for p in self._prepositions(i, "of") for c in s.children[p] if s.dep[c] == "pobj")

    def _drives_from_ground(self, i: int) -> bool:
        s = self.s
        out = any(s.low[k] in words("triggers", "out_of") for k in self._behind(i))
        where = any(self.is_ground(k) for k in self._behind(i) if s.tag[k] in NOUN_TAGS)
        forced = self._among(self._phrases(self._objects(i)), "forces")
        return (out and where) or (forced and s.low[i] in words("triggers", "evicting"))

    def _moves_forces(self, i: int) -> bool:
        return self._among(self._objects(i), "forces")

    def _enters_ground(self, i: int) -> bool:
        s = self.s
        thing = s.child(i, "dobj")
        actor = s.child(i, "nsubj")
        armed = actor is not None and self._among(range(*s.noun_phrase(actor)), "forces")
        return armed and thing is not None and (self.is_ground(thing) or self._among([thing], "wars"))

    def _leaves(self, i: int) -> bool:
        s = self.s
        if s.tag[i] in NOUN_TAGS:
            return self._among(self._behind(i), "forces") or self._among(range(s.noun_phrase(i)[0], i), "forces")
        actor = s.child(i, "nsubj")
        armed = actor is not None and self._among(range(*s.noun_phrase(actor)), "forces")
        sent = self._among(self._objects(i), "forces")
        return (armed and s.child(i, "dobj") is None) or sent

    def _hits_aircraft(self, i: int) -> bool:
        return self._among(self._phrases(self._objects(i)), "aircraft_hit")

    def _falls(self, i: int) -> bool:
        s = self.s
        if s.tag[i] in NOUN_TAGS:
            return self._among(range(s.noun_phrase(i)[0], i), "aircraft_hit")
        return self._among(self._phrases(c for c in s.children[i] if s.dep[c] in SUBJECTS), "aircraft_hit")

    def _fights(self, i: int) -> bool:
        s = self.s
        if s.dep[i] in {"amod", "acl"}:
            return False
        against = [c for p in self._prepositions(i, "with", "against") for c in s.children[p] if s.dep[c] == "pobj"]
        return self._among(self._phrases([*against, *self._objects(i)]), "forces")

    def _destroys(self, i: int) -> bool:
        return self._among(self._phrases(self._objects(i)), "military_objects")

    def _repels(self, i: int) -> bool:
        return self._among(self._objects(i), "repelled")

    def _of_person(self, i: int) -> bool:
        s = self.s
        named = [c for p in self._prepositions(i, "of") for c in s.children[p] if s.tag[c] == "NNP"]
        return bool(named) and not self._among(self._phrases(named), "military_objects")

    def _by_weapon(self, i: int) -> bool:
        """Whether the sentence names a weapon, so that who is hurt in it is hurt by violence."""
        return self._among(range(*self.s.bounds(i)), "arms_at_hand")
