"""Who acts and who is hit: the noun phrases that a trigger's verbs, prepositions and participles name as its sides."""

from __future__ import annotations

from sayso.model import Slot, Stance
from sayso.reading.lexicon import words
from sayso.reading.roles import Detail
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import Trigger, Weapon

STEPS = 4
"""How many verbs up a shared subject is looked for."""
LINKED = frozenset({"conj", "xcomp", "advcl", "pcomp"})


class PartyReader:
    """Reads sides in one report; ``settlements`` are the tokens of towns and the like, which are hit but do not act."""

    def __init__(
        self,
        s: Syntax,
        weapon_at: dict[int, Weapon],
        trigger_at: dict[int, Trigger],
        place_of: dict[int, str],
        settlements: frozenset[int],
    ) -> None:
        self.s = s
        self.weapon_at = weapon_at
        self.trigger_at = trigger_at
        self.place_of = place_of
        self.settlements = settlements

    def party(self, slot: Slot, head: int, stance: Stance | None = None) -> list[Detail]:
        """The noun phrase as initiator or recipient, with all that is coordinated with it."""
        s, made = self.s, []
        for h in s.conjuncts(head):
            if self._is_side(h) and (self._can_act(h) if slot == "initiator" else self._is_target(h)):
                lo, hi = s.noun_phrase(h, full=s.low[h] in words("roles", "facility"))
                made.append(Detail(slot, lo, hi, lo, hi, h, stance or self.doubt(lo, h)))
        return made

    def initiator_of(self, verb: int | None) -> list[Detail]:
        """The agent of a passive verb ("… by gunmen") as initiator; nothing where it has none."""
        agent = self.agent(verb) if verb is not None else None
        return self.party("initiator", agent, self.verb_doubt(verb)) if verb is not None and agent is not None else []

    def recipient(self, head: int) -> list[Detail]:
        """What is hit, and whose it was; a town as a whole is a place, no recipient."""
        found = []
        for d in self.party("recipient", head):
            if d.head is not None and (d.head not in self.settlements or self._is_facility(d.head)):
                found += [d, *self.users(d.head)]
        return found

    def users(self, head: int) -> list[Detail]:
        """Whose the thing hit was: "used by X", "held by X" in a participle or a relative clause."""
        s, found = self.s, []
        for c in s.children[head]:
            if s.dep[c] not in {"acl", "relcl"} or c < head:
                continue
            for verb in (c, *(k for k in s.children[c] if s.dep[k] in {"ccomp", "xcomp"})):
                who = self.agent(verb) if s.low[verb] in words("roles", "using") else None
                if who is not None:
                    lo, hi = s.noun_phrase(who)
                    start = self._clause_start(verb, head)
                    found.append(Detail("recipient", start, hi, lo, hi, who, implied=s.dep[c] == "acl"))
        return found

    def _clause_start(self, verb: int, head: int) -> int:
        s = self.s
        if s.dep[verb] == "acl":
            return s.left[verb] if s.left[verb] > head else verb
        return min([verb, *(k for k in s.children[verb] if s.dep[k] in {"aux", "auxpass"} and k > head)])

    def subject(self, verb: int) -> int | None:
        """The active subject of a verb, shared over coordination and participles."""
        s = self.s
        for _ in range(STEPS):
            found = s.child(verb, "nsubj")
            if found is not None:
                relative = s.low[found] in words("grammar", "relatives") and s.dep[verb] == "relcl"
                return s.head[verb] if relative else found
            if s.child(verb, "nsubjpass", "auxpass") is not None:
                return None
            if s.dep[verb] not in LINKED or s.head[verb] == verb:
                return s.head[verb] if s.dep[verb] == "acl" and s.tag[verb] == "VBG" else None
            up = s.head[verb]
            verb = up if s.is_verb(up) else s.head[up]
            if not s.is_verb(verb) or s.low[verb] in words("roles", "not_doing"):
                return None
            if s.tag[verb] == "VBN" and (agent := self.agent(verb)) is not None:
                return agent
        return None

    def agent(self, verb: int) -> int | None:
        """The head of "by …" below a verb."""
        s = self.s
        for c in s.children[verb]:
            if s.dep[c] == "agent" or (s.dep[c] == "prep" and s.low[c] == "by"):
                by = s.child(c, "pobj")
                if by is not None:
                    return by
        return None

    def doubt(self, lo: int, head: int) -> Stance | None:
        """Uncertain where the phrase itself leaves open whether it was they: "suspected militants"."""
        return "uncertain" if words("modality", "party_doubt") & set(self.s.low[lo:head]) else None

    def verb_doubt(self, verb: int) -> Stance | None:
        """Uncertain where the verb leaves open who did it: "reportedly", "is believed to have …"."""
        s = self.s
        up = s.head[verb]
        beside = [s.low[c] for k in {verb, up} for c in s.children[k]]
        if words("modality", "authorship_doubt") & set(beside):
            return "uncertain"
        held = s.dep[verb] == "xcomp" and s.tag[up] == "VBN" and s.low[up] in words("modality", "held_to")
        return "uncertain" if held else None

    def can_be_hit(self, head: int) -> bool:
        """Whether a noun behind "on", "at" or "of" is what was hit rather than a date or a place."""
        s = self.s
        if head in self.settlements or head in self.place_of:
            return self._is_facility(head)
        return not (self.is_date(head) or s.tag[head] == "CD")

    def is_date(self, i: int) -> bool:
        """Whether a token is a word of a date."""
        return self.s.low[i] in words("grammar", "dates") or self.s.low[i] in words("grammar", "weekdays")

    def _is_facility(self, i: int) -> bool:
        return self.s.low[i] in words("roles", "facility")

    def _is_side(self, h: int) -> bool:
        s = self.s
        named = s.tag[h][0] in "NC" or s.low[h] == "others"
        return named and s.low[h] not in words("roles", "no_party") and s.low[h] not in words("grammar", "dates")

    def _can_act(self, h: int) -> bool:
        weapon = h in self.weapon_at and self.s.low[h] not in words("roles", "agents")
        return not (weapon or h in self.trigger_at or h in self.settlements)

    def _is_target(self, h: int) -> bool:
        weapon = h in self.weapon_at and self.s.low[h] not in words("roles", "targets")
        event = self.trigger_at.get(h)
        return not weapon and not (event is not None and event.noun)
