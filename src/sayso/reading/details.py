"""What a clause says around a trigger: who did it, to whom, with what, and from where."""

from __future__ import annotations

from dataclasses import replace

from sayso.model import Stance
from sayso.reading.effects import EffectReader
from sayso.reading.lexicon import words
from sayso.reading.means import MeansReader
from sayso.reading.modifiers import ModifierReader
from sayso.reading.nouns import NounReader
from sayso.reading.parties import PartyReader
from sayso.reading.roles import Detail
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger, Weapon

TAKEN = "territory_taken"
DOWNED = "aircraft_downed"
NOBODY_HIT = frozenset({"territory_taken", "territory_lost", "withdrawal", "deployment", "ceasefire"})
"""Types whose object is where they happened, not who or what was hit."""
UP = 4
"""How many heads above "in an attack" the verb of killing may stand, which the parser may hang it on by others."""
FIRED = frozenset({"shelling", "armed_attack", "shoot"})
"""Entries whose "from" tells who fired, where it stands before their post ("shelling from army posts")."""
AGREED = frozenset({"ceasefire"})
"""Types whose sides agree on it: a nation before the noun says where it holds, not who did it."""


class DetailReader:
    """Reads the details of triggers in one report; ``place_of`` is token to place id."""

    def __init__(
        self,
        s: Syntax,
        weapons: list[Weapon],
        triggers: list[Trigger],
        place_of: dict[int, str],
        settlements: frozenset[int],
    ) -> None:
        self.s = s
        self.weapon_at = {k: w for w in weapons for k in range(w.lo, w.hi)}
        self.trigger_at = {k: t for t in triggers for k in range(t.lo, t.hi)}
        self.place_of = place_of
        self.settlements = settlements
        self.effects = EffectReader(s, self.trigger_at)
        self.means = MeansReader(s, self.trigger_at, self.weapon_at)
        self.nouns = NounReader(s, self.weapon_at, self.trigger_at, place_of, settlements)
        self.parties = PartyReader(s, self.nouns)
        self.modifiers = ModifierReader(s, self.nouns)
        self._read: dict[int, list[Detail]] = {}

    def of(self, t: Trigger) -> list[Detail]:
        """All details that hang on this trigger, in the order of the text."""
        if t.head not in self._read:
            found = [*(self._noun(t) if t.noun else self._verb(t)), *self.means.of(t), *self.effects.of(t)]
            if t.type in NOBODY_HIT:
                found = [d for d in found if d.slot != "recipient"]
                found += self._losers(t) if t.type == TAKEN else []
            self._read[t.head] = sorted(_unique(found), key=lambda d: (d.lo, d.hi, d.slot))
        return self._read[t.head]

    # Around a verb -------------------------------------------------------------------------------------------------

    def _verb(self, t: Trigger) -> list[Detail]:
        s = self.s
        verb = s.head[t.head] if s.dep[t.head] in {"aux", "auxpass"} else t.head
        if s.tag[verb] in NOUN_TAGS:
            return self._state(verb, t)
        if s.low[t.hi - 1] == "to":
            # "Fell to X": X took it.
            takers = [k for c in s.children[verb] if s.low[c] == "to" and (k := s.child(c, "pobj")) is not None]
            return [d for k in takers for d in self.parties.party("initiator", k)]
        hit = self._passive_subject(verb)
        if self._came_under(t):
            subject = self.parties.subject(verb)
            found = self.parties.recipient(subject) if subject is not None else []
            return found + self._attackers(verb) + self._prepositions(verb, t)
        if hit is not None and self._cut_short(verb, hit):
            found = self.parties.party("initiator", hit) + self._objects(verb)
        elif hit is not None or self._is_passive(verb):
            person = hit is not None and s.low[hit] in words("roles", "persons")
            hit = self.parties.named_before(hit) if hit is not None and person else hit
            found = self.parties.recipient(hit) if hit is not None else []
            agent = self.parties.agent(verb)
            found += self._agents(verb) + (self._behind_agent(agent, t) if agent is not None else [])
        else:
            found = self._active(verb, t)
        return found + self._prepositions(verb, t)

    def _is_passive(self, verb: int) -> bool:
        s = self.s
        return s.child(verb, "auxpass") is not None or (s.tag[verb] == "VBN" and self.parties.agent(verb) is not None)

    def _passive_subject(self, verb: int) -> int | None:
        """Who or what a passive verb or a participle behind a noun says was hit."""
        s = self.s
        hit = s.child(verb, "nsubjpass")
        if hit is None and s.tag[verb] == "VBN" and s.dep[verb] in {"acl", "amod"} and s.child(verb, "nsubj") is None:
            return s.head[verb]
        return hit

    def _losers(self, t: Trigger) -> list[Detail]:
        """From whom a place was taken: "recaptured it from X", "retook the airport that X held", "an X warehouse"."""
        s = self.s
        found: list[Detail] = []
        things = [c for c in s.children[t.head] if s.dep[c] in {"dobj", "nsubjpass"}]
        for c in (c for k in (t.head, *things) for c in s.children[k]):
            who = s.child(c, "pobj") if s.dep[c] == "prep" and s.low[c] == "from" else None
            found += self.parties.party("recipient", who) if who is not None and self.nouns.can_act(who) else []
        for thing in (k for c in things for k in [self.parties.antecedent(c)]):
            # "Evicted the army", "the militants were ousted": those driven out.
            found += self.parties.party("recipient", thing) if self.nouns.can_act(thing) else []
        for thing in things:
            found += [replace(d, implied=False) for d in self.parties.users(thing)]
            found += self.modifiers.holder(thing)
        return found

    def _cut_short(self, verb: int, noun: int) -> bool:
        """ "That rebels targeted on Friday a base": read as a participle, though nothing else says what rebels did."""
        s = self.s
        active = s.child(verb, "dobj") is not None or s.dep[noun] in {"ROOT", "ccomp", "advcl"}
        alone = s.dep[verb] == "acl" and active and verb > noun
        return alone and self.parties.agent(verb) is None and self.nouns.can_act(noun)

    def _state(self, noun: int, t: Trigger) -> list[Detail]:
        """ "Under siege by X", "under attack": those who are, and by whom."""
        s, found = self.s, []
        for c in s.children[noun]:
            by = s.child(c, "pobj") if s.low[c] in {"by", "from"} else None
            found += self.parties.party("initiator", by) if by is not None else []
        above = next((a for a in s.ancestors(noun) if s.is_verb(a)), None)
        subject = self.parties.subject(above) if above is not None else None
        if above is not None and s.child(above, "expl") is not None:
            subject = s.child(above, "attr")
        return found + (self.parties.recipient(subject) if subject is not None else [])

    def _came_under(self, t: Trigger) -> bool:
        """ "Came under attack": the subject is the one hit."""
        return self.s.low[t.lo : t.lo + 2] in (["came", "under"], ["come", "under"])

    def _attackers(self, verb: int) -> list[Detail]:
        """ "Came under attack from X"."""
        s = self.s
        hi = s.bounds(verb)[1]
        for c in range(verb, min(hi, verb + 6)):
            who = s.child(c, "pobj") if s.low[c] in {"from", "by"} and s.dep[c] in {"prep", "agent"} else None
            if who is not None:
                return self.parties.party("initiator", who)
        return []

    def _agents(self, verb: int) -> list[Detail]:
        """The agent of a passive verb: "hit by gunmen", and whose the missiles were in "hit by US missiles"."""
        agent = self.parties.agent(verb)
        return self._doers(agent, self.parties.verb_doubt(verb)) if agent is not None else []

    def _doers(self, h: int, doubt: Stance | None) -> list[Detail]:
        """Who acts as subject or agent: the noun itself, or the side whose weapon it is."""
        found = self.parties.party("initiator", h, doubt)
        core = self.nouns.core(h)
        if found or core not in self.weapon_at:
            return found
        return [replace(d, stance=doubt or d.stance) for d in self.modifiers.of_weapon(core)]

    def _active(self, verb: int, t: Trigger) -> list[Detail]:
        found: list[Detail] = []
        subject = self.parties.taken_up(self.parties.subject(verb))
        if subject is not None and t.type == DOWNED and self.s.low[subject] in words("roles", "targets"):
            # "Their helicopter crashed".
            return self.parties.recipient(subject)
        if subject is not None and subject not in self.trigger_at:
            found += self._doers(subject, self.parties.verb_doubt(verb))
        if not found and self.s.tag[verb] == "VBG":
            # "Died in government shelling": a verb form that stands as a noun.
            found += self.modifiers.right_before(t)
        if t.entry != "launch":
            found += self._objects(verb)
        return found

    def _objects(self, verb: int) -> list[Detail]:
        """All objects of a verb: where commas are lost the parser gives it several."""
        return [d for c in self.s.children[verb] if self.s.dep[c] == "dobj" for d in self.parties.recipient(c)]

    # Around a noun -------------------------------------------------------------------------------------------------

    def _noun(self, t: Trigger) -> list[Detail]:
        s, found = self.s, []
        if t.type not in AGREED:
            found += self.modifiers.of(t)
        owner = s.child(t.head, "poss")
        if owner is not None:
            who = self.parties.named_before(owner) if s.tag[owner] == "PRP$" else owner
            found += self.parties.party("initiator", who) if who is not None else []
        found += self._prepositions(t.head, t) + self._by(t)
        for c in s.children[t.head]:
            if s.dep[c] in {"acl", "relcl"} and c > t.head and t.type not in AGREED:
                found += self._participle(c)
        thing = s.child(t.head, "dobj")
        if thing is not None:
            # "of shelling a school": a verb form that stands as a noun.
            found += self.parties.recipient(thing)
        above = self._governed(t) if s.is_verb(s.head[t.head]) else self._killed_in(t)
        if any(d.slot == "initiator" and d.lo > t.head for d in found):
            # "Supports an assault by Y": its own "by" says who does it.
            above = [d for d in above if d.slot != "initiator"]
        return found + above

    def _killed_in(self, t: Trigger) -> list[Detail]:
        """ "X killed five people in an attack": who killed is who attacked; "X took part in an attack"."""
        s, prep = self.s, self.s.head[t.head]
        if s.dep[t.head] != "pobj" or s.low[prep] not in words("roles", "during"):
            return []
        if s.low[s.head[prep]] in words("roles", "taking_part") | {"part"} and s.low[prep] == "in":
            return self._taking_part(s.head[prep])
        verb = next((a for _, a in zip(range(UP), s.ancestors(prep), strict=False) if self._harms(a)), None)
        if verb is None:
            return []
        if s.child(verb, "auxpass") is not None or (s.tag[verb] == "VBN" and s.child(verb, "nsubj") is None):
            return self.parties.initiator_of(verb)
        subject = self.parties.taken_up(self.parties.subject(verb))
        if subject is None or subject in self.trigger_at or self._killed(subject, verb):
            return []
        return self.parties.party("initiator", subject)

    def _killed(self, subject: int, verb: int) -> bool:
        """ "Six citizens killed in attacks": those who were killed, in a headline that leaves out "were"."""
        s = self.s
        counted = any(s.tag[k] == "CD" for k in range(*s.noun_phrase(subject)))
        return self.nouns.is_civilian(subject) or (counted and s.tag[verb] in {"VBN", "VBD"})

    def _harms(self, verb: int) -> bool:
        s = self.s
        own = s.dep[verb] not in {"acl", "amod"} and s.is_verb(verb)
        return own and s.low[verb] in words("roles", "harm")

    def _taking_part(self, above: int) -> list[Detail]:
        """ "X is involved in an offensive", "X took part in the attack"."""
        s = self.s
        verb = above if s.is_verb(above) else s.head[above]
        if s.low[verb] not in words("roles", "taking_part"):
            return []
        subject = s.child(verb, "nsubjpass")
        if subject is None:
            subject = self.parties.subject(verb)
        if subject is None and s.dep[verb] == "conj":
            subject = s.child(s.head[verb], "nsubj")
        subject = self.parties.taken_up(subject)
        return self.parties.party("initiator", subject) if subject is not None else []

    def _by(self, t: Trigger) -> list[Detail]:
        """ "Registered 604 breaches by X": "by" right behind the noun is its own, wherever the parser hangs it."""
        s, by = self.s, t.hi
        if by >= s.bounds(t.head)[1] or s.low[by] != "by" or s.head[by] == t.head:
            return []
        who = s.child(by, "pobj")
        return self.parties.party("initiator", who) if who is not None else []

    def _governed(self, t: Trigger) -> list[Detail]:
        """What the verb above a trigger noun says: "X launched an attack", "X suffered one", "the attack killed X"."""
        s, verb = self.s, self.s.head[t.head]
        dep = s.dep[t.head]
        halted = s.low[verb] in words("roles", "halting") and s.tag[verb] != "VB"
        if dep == "dobj" and (halted or s.low[verb] in words("roles", "perform")):
            subject = self.parties.taken_up(self.parties.subject(verb))
            if subject is None or subject in self.trigger_at:
                return self._prepositions(verb, t)
            doer = self.parties.party("initiator", subject, self.parties.verb_doubt(verb))
            return doer + self._prepositions(verb, t)
        if dep == "dobj" and s.low[verb] in words("roles", "suffer"):
            subject = self.parties.subject(verb)
            return self.parties.party("recipient", subject) if subject is not None else []
        if dep == "nsubjpass":
            return self._passive(verb, t)
        if dep == "dobj" and s.low[verb] in words("links", "follow"):
            return self._prepositions(verb, t)
        if dep == "nsubj" and t.entry == "armed_clash":
            # "clashes continued between the army and rebels"
            between = [c for c in s.children[verb] if s.low[c] == "between" and (s.child(c, "pobj") is not None)]
            return [d for c in between for d in self._preposition(c, s.child(c, "pobj") or c, t)]
        if dep == "nsubj" and s.low[verb] in words("modality", "held_to_be"):
            inner = s.child(verb, "xcomp")
            agent = self.parties.agent(inner) if inner is not None else None
            return self.parties.party("initiator", agent, "uncertain") if agent is not None else []
        if dep == "nsubj" and s.low[verb] in words("roles", "harm"):
            thing = s.child(verb, "dobj")
            return self.parties.recipient(thing) if thing is not None and thing not in self.trigger_at else []
        return []

    def _passive(self, verb: int, t: Trigger) -> list[Detail]:
        """ "The attack was carried out by X", "the attack was said to be launched by X"."""
        s = self.s
        spoken_of = s.low[verb] in words("roles", "speaking_of")
        for inner in (verb, *(c for c in s.children[verb] if s.dep[c] == "xcomp")):
            if self.parties.agent(inner) is not None:
                return ([] if spoken_of else self.parties.initiator_of(inner)) + self._prepositions(inner, t)
        return self._prepositions(verb, t)

    def _participle(self, verb: int) -> list[Detail]:
        """ "An attack carried out by X", "an attack targeting X", "an attack blamed on X"."""
        s = self.s
        agent = self.parties.agent(verb)
        if agent is not None:
            if s.low[verb] in words("roles", "speaking_of"):
                return []
            doubt: Stance | None = "uncertain" if s.low[verb] in words("modality", "blamed") else None
            return self.parties.party("initiator", agent, doubt or self.parties.verb_doubt(verb))
        inner = s.child(verb, "xcomp")
        if inner is not None and (agent := self.parties.agent(inner)) is not None:
            return self.parties.party("initiator", agent, "uncertain")
        thing = s.child(verb, "dobj")
        if s.low[verb] in words("roles", "hitting") and thing is not None:
            return self.parties.recipient(thing)
        prep = s.child(verb, "prep")
        if s.low[verb] == "blamed" and prep is not None and s.low[prep] == "on":
            who = s.child(prep, "pobj")
            return self.parties.party("initiator", who, "uncertain") if who is not None else []
        return []

    # Prepositions --------------------------------------------------------------------------------------------------

    def _prepositions(self, owner: int, t: Trigger) -> list[Detail]:
        """ "On the base", "against militants", "from nearby areas", "by gunmen" below a trigger."""
        s, found = self.s, []
        for c in s.children[owner]:
            if s.dep[c] in {"prep", "agent"} and (c > owner or s.low[c] == "from"):
                things = [k for k in s.children[c] if s.dep[k] == "pobj" and not self.nouns.is_date(k)]
                for thing in things:
                    found += self._preposition(c, thing, t)
                found += [] if s.child(c, "pobj") is not None else self._free_relative(c)
        return found + self._through_weapon(owner, t)

    def _through_weapon(self, owner: int, t: Trigger) -> list[Detail]:
        """ "Fired rockets on the base", "attacks with mortars on the base": what was hit hangs on the weapon."""
        s, found = self.s, []
        below = [c for c in s.children[owner] if s.dep[c] in {"dobj", "nsubjpass"}]
        below += [k for c in s.children[owner] if s.low[c] == "with" and (k := s.child(c, "pobj")) is not None]
        for weapon in (w for k in below for w in s.conjuncts(k) if w in self.weapon_at):
            for c in s.children[weapon]:
                thing = s.child(c, "pobj") if s.dep[c] == "prep" and s.low[c] in words("roles", "against") else None
                found += self._preposition(c, thing, t) if thing is not None else []
        return found

    def _preposition(self, prep: int, thing: int, t: Trigger) -> list[Detail]:
        low = self.s.low[prep]
        if low == "by" and t.noun:
            return self.parties.party("initiator", thing) + self._behind_agent(thing, t)
        if low in words("roles", "against") and self._hit_behind(low, thing):
            return self.parties.recipient(thing, loosely=low != "against")
        if low == "with" and t.entry == "armed_clash":
            return self.parties.party("recipient", thing)
        if low == "between" and t.type in AGREED:
            return self.parties.party("initiator", thing)
        if low == "between" and t.entry == "armed_clash":
            return self._between(thing)
        if low == "from" and (t.entry == "launch" or (t.weapon is not None and not t.noun)):
            return [self._origin(prep, thing)]
        if low == "from" and t.entry in FIRED:
            return self.parties.manned_by(thing)
        if low == "of" and t.noun:
            doing = self.s.low[t.head] in words("roles", "by_fighters") and self.nouns.is_fighter(thing)
            return self.parties.party("initiator", thing) if doing else self.parties.recipient(thing)
        return []

    def _behind_agent(self, who: int, t: Trigger) -> list[Detail]:
        """ "An attack by gunmen on a base": what was hit, which the parser may hang on those who did it."""
        s, found = self.s, []
        for c in s.children[who]:
            thing = s.child(c, "pobj") if s.dep[c] == "prep" and s.low[c] in words("roles", "against") else None
            found += self._preposition(c, thing, t) if thing is not None else []
        return found

    def _hit_behind(self, preposition: str, thing: int) -> bool:
        if preposition == "at" and thing in self.place_of and not self.nouns.is_facility(thing):
            return False
        return preposition == "against" or not self.nouns.is_date(thing)

    def _between(self, thing: int) -> list[Detail]:
        """The first side of a clash as initiator, the other ones as recipients."""
        first, *others = self.s.conjuncts(thing)
        if not others:
            return self._of_two(thing)
        found = [d for d in self.parties.party("initiator", first) if d.head == first]
        return found + [d for h in others for d in self.parties.party("recipient", h) if d.head == h]

    def _of_two(self, h: int) -> list[Detail]:
        """ "Between rebel and regime fighters": two sides in one plural."""
        s = self.s
        lo, hi = s.noun_phrase(h)
        cut = next((k for k in range(lo + 1, h) if s.low[k] == "and"), None)
        if cut is None:
            return self.parties.party("initiator", h)
        first, second = (lo, cut), (cut + 1, hi)
        return [
            Detail("initiator", *first, *first, cut - 1, phrase=True),
            Detail("recipient", *second, *second, h, phrase=True),
        ]

    def _origin(self, prep: int, thing: int) -> Detail:
        """ "From areas …, also in X": the further place is shown, and is no part of the value."""
        s = self.s
        end = max(s.noun_phrase(thing)[1], min(s.right[thing] + 1, s.bounds(prep)[1]))
        value_hi = hi = s.trimmed(prep, end)
        if s.low[hi : hi + 3] == [",", "also", "in"] and hi + 3 in self.place_of:
            hi = max(k for k, place in self.place_of.items() if place == self.place_of[hi + 3]) + 1
        return Detail("origin", prep, hi, prep + 1, value_hi, thing)

    def _free_relative(self, prep: int) -> list[Detail]:
        """ "Against what X said were facilities …": what was hit, on the word of whoever says so."""
        s = self.s
        clause = s.child(prep, "pcomp") if s.low[prep] in words("roles", "hit_at") else None
        if clause is None or s.low[s.left[clause]] != "what":
            return []
        for k in range(clause, s.right[clause] + 1):
            if s.dep[k] == "attr" and s.tag[k][0] == "N":
                lo, hi = s.noun_phrase(k, full=True)
                value_hi = next((j for j in range(k, hi) if s.low[j] == "to"), hi)
                return [Detail("recipient", lo, hi, lo, value_hi, k), *self.parties.users(k)]
        return []


def _unique(found: list[Detail]) -> list[Detail]:
    seen: set[tuple[str, int | None, int]] = set()
    kept = []
    for d in found:
        key = (d.slot, d.head, d.lo if d.head is None else -1)
        if key not in seen:
            seen.add(key)
            kept.append(d)
    return kept
