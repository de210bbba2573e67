"""What a clause says around a trigger: who did it, to whom, with what, and from where."""

from __future__ import annotations

from sayso.model import Slot, Stance
from sayso.reading.effects import EffectReader
from sayso.reading.lexicon import verb_forms
from sayso.reading.roles import Detail, role_words
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger, Weapon


class DetailReader:
    """Reads the parties and means of triggers in one report; places (token to place id) tell a town from a side."""

    def __init__(
        self,
        s: Syntax,
        weapons: list[Weapon],
        triggers: list[Trigger],
        place_of: dict[int, str],
        settlements: frozenset[int],
    ) -> None:
        self.s = s
        self.words = role_words()
        self.weapon_at = {k: w for w in weapons for k in range(w.lo, w.hi)}
        self.trigger_at = {k: t for t in triggers for k in range(t.lo, t.hi)}
        self.effects = EffectReader(s, self.trigger_at)
        self.place_of = place_of
        self.settlements = settlements

    def of(self, t: Trigger) -> list[Detail]:
        """All details that hang on this trigger, in the order of the text."""
        found = self._noun(t) if t.noun else self._verb(t)
        if t.weapon is not None:
            lo, hi = self._weapon_range(t, *t.weapon)
            if t.noun and t.weapon[0] >= t.lo and t.type in {"airstrike", "drone_strike"}:
                lo, hi = t.lo, t.hi
            near = max(hi, t.hi) - min(lo, t.lo) <= 9
            found.append(
                Detail(
                    "weapon",
                    min(lo, t.lo) if near else lo,
                    max(hi, t.hi) if near else hi,
                    lo,
                    hi,
                    stance=self._weapon_doubt(t),
                )
            )
        elif t.entry in {"airstrike", "drone_strike", "shelling", "chemical_attack", "bombing"} and t.noun:
            found.append(self._detail("weapon", t.lo, t.hi))
        found += self.effects.of(t)
        return sorted(_unique(found), key=lambda d: (d.lo, d.hi, d.slot))

    def _detail(self, slot: Slot, lo: int, hi: int, head: int | None = None, stance: Stance | None = None) -> Detail:
        return Detail(slot, lo, hi, lo, hi, head, stance)

    def _weapon_doubt(self, t: Trigger) -> Stance | None:
        """ "A suspected chemical attack": that it happened is said, with what it was done is not."""
        s = self.s
        lo = s.noun_phrase(t.head)[0] if t.noun else t.lo
        if {"suspected", "alleged", "possible", "apparent", "purported"} & set(s.low[max(0, lo - 1) : t.head]):
            return "uncertain"
        return (
            "uncertain"
            if not t.noun and any(s.low[c] in {"reportedly", "allegedly"} for c in s.children[t.head])
            else None
        )

    def _weapon_range(self, t: Trigger, lo: int, hi: int) -> tuple[int, int]:
        s = self.s
        head = hi - 1
        if s.tag[head] in NOUN_TAGS and not (t.noun and t.lo <= lo < t.hi):
            left, right = s.noun_phrase(head)
            lo, hi = min(lo, left) if lo - left <= 4 else lo, hi if right <= hi else hi
        return lo, hi

    # Parties ------------------------------------------------------------------------------------------------------

    def _party(self, slot: Slot, head: int, stance: Stance | None = None) -> list[Detail]:
        """The noun phrase as initiator or recipient, with all that is coordinated with it."""
        s = self.s
        made = []
        for h in s.conjuncts(head):
            if self.weapon_at.get(h) is not None and slot == "initiator" and s.low[h] not in AGENTS:
                continue
            if s.tag[h][0] not in "NC" and s.low[h] not in {"others"}:
                continue
            if s.low[h] in NO_PARTY or (self.trigger_at.get(h) is not None and slot == "initiator"):
                continue
            if (
                slot == "recipient"
                and self.weapon_at.get(h) is not None
                and s.low[h] not in {"aircraft", "helicopter", "plane", "jet"}
            ):
                continue
            if h in self.settlements and slot == "initiator":
                continue
            lo, hi = s.noun_phrase(h, full=s.low[h] in self.words["facility"])
            made.append(self._detail(slot, lo, hi, h, stance or self._hedge(lo, h)))
        return made

    def _hedge(self, lo: int, head: int) -> Stance | None:
        return (
            "uncertain"
            if any(
                self.s.low[k] in {"suspected", "alleged", "presumed", "apparent", "purported"} for k in range(lo, head)
            )
            else None
        )

    def _subject(self, verb: int) -> int | None:
        """The active subject of a verb, shared over coordination and participles."""
        s = self.s
        seen = 0
        while seen < 4:
            subject = s.child(verb, "nsubj")
            if subject is not None:
                if s.low[subject] in {"which", "that", "who"} and s.dep[verb] == "relcl":
                    return s.head[verb]
                return subject
            if s.child(verb, "nsubjpass") is not None or s.child(verb, "auxpass") is not None:
                return None
            if s.dep[verb] in {"conj", "xcomp", "advcl", "pcomp"} and s.head[verb] != verb:
                up = s.head[verb]
                verb = up if s.tag[up].startswith("VB") else s.head[up]
                if not s.tag[verb].startswith("VB") or (s.low[verb] in NOT_DOING):
                    return None
                if s.tag[verb] == "VBN" and (agent := self._agent(verb)) is not None:
                    return agent
            elif s.dep[verb] in {"acl"} and s.tag[verb] == "VBG":
                return s.head[verb]
            else:
                return None
            seen += 1
        return None

    def _agent(self, verb: int) -> int | None:
        s = self.s
        for c in s.children[verb]:
            if (s.dep[c] == "agent" or (s.dep[c] == "prep" and s.low[c] == "by")) and (
                by := s.child(c, "pobj")
            ) is not None:
                return by
        return None

    def _verb(self, t: Trigger) -> list[Detail]:
        s, found = self.s, []
        verb = t.head
        passive = s.child(verb, "nsubjpass")
        if (
            passive is None
            and s.tag[verb] == "VBN"
            and s.dep[verb] in {"acl", "amod"}
            and s.child(verb, "nsubj") is None
        ):
            passive = s.head[verb]
        if (
            t.lo != t.hi - 1
            and " ".join(s.low[t.lo : t.hi]).endswith(("attack", "fire"))
            and s.low[t.lo].startswith("c")
        ):
            # "came under attack": the subject is the one hit.
            subject = self._subject(verb)
            if subject is not None:
                found += self._party("recipient", subject)
        elif passive is not None or s.child(verb, "auxpass") is not None:
            if passive is not None and self.weapon_at.get(passive) is None:
                found += self._recipient(passive, t)
            agent = self._agent(verb)
            if agent is not None:
                found += self._party("initiator", agent, self._verb_hedge(verb))
        else:
            subject = self._subject(verb)
            if subject is not None and self.trigger_at.get(subject) is not None:
                subject = None
            if subject is not None:
                found += self._party("initiator", subject, self._verb_hedge(verb))
            thing = s.child(verb, "dobj")
            if thing is not None and t.entry not in {"launch"}:
                found += self._recipient(thing, t)
        found += self._prepositions(verb, t)
        return found

    def _verb_hedge(self, verb: int) -> Stance | None:
        s = self.s
        for k in (verb, *list(s.ancestors(verb))[:1]):
            if any(
                s.low[c] in {"reportedly", "allegedly", "apparently", "purportedly", "possibly", "probably"}
                for c in s.children[k]
            ):
                return "uncertain"
        up = s.head[verb]
        if (
            s.dep[verb] == "xcomp"
            and s.low[up] in {"believed", "suspected", "thought", "alleged", "said", "reported"}
            and s.tag[up] == "VBN"
        ):
            return "uncertain"
        return None

    def _recipient(self, head: int, t: Trigger) -> list[Detail]:
        found = []
        for d in self._party("recipient", head):
            if d.head in self.settlements and self.s.low[d.head or 0] not in self.words["facility"]:
                continue
            found.append(d)
            found += self._users(d.head) if d.head is not None else []
        return found

    def _prepositions(self, owner: int, t: Trigger) -> list[Detail]:
        """ "on the base", "against militants", "from nearby areas", "by gunmen" below a trigger."""
        s, found = self.s, []
        for c in s.children[owner]:
            if s.dep[c] not in {"prep", "agent"} or (c < owner and s.low[c] != "from"):
                continue
            low, thing = s.low[c], s.child(c, "pobj")
            if thing is None:
                found += self._free_relative(c) if low in {"against", "on", "at"} else []
                continue
            if low == "by" and t.noun:
                if self.weapon_at.get(thing) is None:
                    found += self._party("initiator", thing)
            elif (
                low in self.words["against"]
                and (low == "against" or self._can_be_hit(thing))
                and not (low == "at" and self.place_of.get(thing) is not None)
            ):
                found += self._recipient(thing, t)
            elif low in {"with"} and t.entry == "armed_clash":
                found += self._party("recipient", thing)
            elif low == "between" and t.entry == "armed_clash":
                sides = s.conjuncts(thing)
                found += [d for h in sides[:1] for d in self._party("initiator", h) if d.head == h]
                found += [d for h in sides[1:] for d in self._party("recipient", h) if d.head == h]
            elif low == "from" and (t.entry == "launch" or (t.weapon is not None and not t.noun)):
                lo, hi = c, max(s.noun_phrase(thing)[1], min(s.right[thing] + 1, s.bounds(c)[1]))
                hi = self._before_clause(lo, hi)
                value_hi = hi
                if (
                    s.low[hi : hi + 3] == [",", "also", "in"]
                    and hi + 3 < len(s.low)
                    and self.place_of.get(hi + 3) is not None
                ):
                    hi = max(k for k, p in self.place_of.items() if p == self.place_of[hi + 3]) + 1
                found.append(Detail("origin", lo, hi, lo + 1, value_hi, thing))
            elif low == "of" and t.noun and self._can_be_hit(thing):
                found += self._recipient(thing, t)
        return found

    def _free_relative(self, prep: int) -> list[Detail]:
        """ "against what the Pentagon said were facilities …": what was hit, on the word of whoever says so."""
        s = self.s
        clause = s.child(prep, "pcomp")
        if clause is None or s.low[s.left[clause]] != "what":
            return []
        for k in range(clause, s.right[clause] + 1):
            if s.dep[k] == "attr" and s.tag[k][0] == "N":
                lo, hi = s.noun_phrase(k, full=True)
                value_hi = next((j for j in range(k, hi) if s.low[j] == "to"), hi)
                return [Detail("recipient", lo, hi, lo, value_hi, k), *self._users(k)]
        return []

    def _users(self, head: int) -> list[Detail]:
        """Whose the thing hit was: "used by X", "held by X" in a participle or a relative clause."""
        s, found = self.s, []
        for c in s.children[head]:
            if s.dep[c] not in {"acl", "relcl"} or c < head:
                continue
            verbs = [c, *[k for k in s.children[c] if s.dep[k] in {"ccomp", "xcomp"}]]
            for verb in verbs:
                who = (
                    self._agent(verb)
                    if s.low[verb] in {"used", "held", "controlled", "run", "operated", "owned", "manned", "occupied"}
                    else None
                )
                if who is not None:
                    lo, hi = s.noun_phrase(who)
                    start = (
                        s.left[verb]
                        if s.dep[verb] == "acl"
                        else min(verb, *(k for k in s.children[verb] if s.dep[k] in {"aux", "auxpass"}), verb)
                    )
                    found.append(
                        Detail("recipient", start if start > head else verb, hi, lo, hi, who, implied=s.dep[c] == "acl")
                    )
        return found

    def _before_clause(self, lo: int, hi: int) -> int:
        while hi > lo and (self.s.word[hi - 1] in {",", ".", '"', "”"}):
            hi -= 1
        return hi

    def _can_be_hit(self, head: int) -> bool:
        s = self.s
        if head in self.settlements:
            return s.low[head] in self.words["facility"]
        if s.low[head] in DATES or s.tag[head] == "CD" or self._dated(head):
            return False
        return self.place_of.get(head) is None or s.low[head] in self.words["facility"]

    def _dated(self, head: int) -> bool:
        return self.s.low[head] in {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

    def _noun(self, t: Trigger) -> list[Detail]:
        s, found = self.s, []
        noun = t.head
        lo, _ = s.noun_phrase(noun)
        for c in s.children[noun]:
            if c < noun and s.dep[c] in {"compound", "amod", "poss", "nmod", "nsubj"} and not t.lo <= c < t.hi:
                found += self._modifier(c, noun)
        found += self._prepositions(noun, t)
        for c in s.children[noun]:
            if s.dep[c] in {"acl", "relcl"} and c > noun:
                found += self._participle(c, t)
        verb = s.head[noun]
        dep = s.dep[noun]
        if s.tag[verb].startswith("VB"):
            if dep == "dobj" and s.low[verb] in self.words["perform"]:
                subject = self._subject(verb)
                if subject is not None and self.trigger_at.get(subject) is None:
                    found += self._party("initiator", subject, self._verb_hedge(verb))
                found += self._prepositions(verb, t)
            elif dep == "dobj" and s.low[verb] in self.words["suffer"]:
                subject = self._subject(verb)
                if subject is not None:
                    found += self._party("recipient", subject)
            elif dep == "nsubjpass":
                agent = self._agent(verb)
                for c in s.children[verb]:
                    if agent is None and s.dep[c] == "xcomp":
                        agent, verb = self._agent(c), c
                if agent is not None and s.low[s.head[noun]] not in {
                    "condemned",
                    "reported",
                    "followed",
                    "denied",
                    "confirmed",
                }:
                    found += self._party("initiator", agent, self._verb_hedge(verb))
                found += self._prepositions(verb, t)
            elif dep in {"dobj", "nsubj"} and s.low[verb] in {"followed", "follow", "follows"}:
                found += self._prepositions(verb, t) if dep == "dobj" else []
            elif dep == "nsubj" and s.low[verb] in {"believed", "suspected", "thought", "alleged"}:
                inner = s.child(verb, "xcomp")
                agent = self._agent(inner) if inner is not None else None
                found += self._party("initiator", agent, "uncertain") if agent is not None else []
            elif dep == "nsubj":
                thing = s.child(verb, "dobj")
                if thing is not None and s.low[verb] in HARM and not self._is_trigger(thing):
                    found += self._recipient(thing, t)
        return found

    def _is_trigger(self, i: int) -> bool:
        return self.trigger_at.get(i) is not None

    def _participle(self, verb: int, t: Trigger) -> list[Detail]:
        s = self.s
        agent = self._agent(verb)
        if agent is not None and self.weapon_at.get(agent) is None:
            stance: Stance | None = (
                "uncertain" if s.low[verb] in {"believed", "suspected", "blamed"} else self._verb_hedge(verb)
            )
            return self._party("initiator", agent, stance)
        inner = s.child(verb, "xcomp")
        if inner is not None and (agent := self._agent(inner)) is not None:
            return self._party("initiator", agent, "uncertain")
        if s.low[verb] in {
            "targeting",
            "hitting",
            "killing",
            "striking",
            "wounding",
            "injuring",
            "targeted",
            "hit",
            "killed",
            "struck",
        }:
            thing = s.child(verb, "dobj")
            if thing is not None:
                return self._recipient(thing, t)
        if s.low[verb] in {"blamed"}:
            prep = s.child(verb, "prep")
            who = s.child(prep, "pobj") if prep is not None and s.low[prep] == "on" else None
            return self._party("initiator", who, "uncertain") if who is not None else []
        return []

    def _modifier(self, c: int, noun: int) -> list[Detail]:
        """ "US air strikes", "regime raids", "Israel's attack": who did it, unless the word is a place, a date or a weapon."""
        s = self.s
        if (self.weapon_at.get(c) is not None and s.low[c] not in AGENTS) or s.low[c] in DATES or self._dated(c):
            return []
        if c in self.settlements:
            return []
        side = (
            s.low[c] in self.words["side_nouns"]
            or s.tag[c] in {"NNP", "NNPS"}
            or (s.tag[c] == "JJ" and s.word[c][0].isupper())
        )
        if not side and s.dep[c] != "poss":
            return []
        if s.low[c] in {"its", "their", "his", "her", "our", "my"} or s.tag[c] == "PRP$":
            return []
        if s.dep[c] == "poss":
            if self.place_of.get(c) is not None and not self._country(c):
                return []
            return self._party("initiator", c)
        lo = c
        while lo > 0 and s.head[lo - 1] == c and s.dep[lo - 1] in {"compound", "amod", "nmod"}:
            lo -= 1
        joint = [d for h in s.conjuncts(c)[1:] if h < noun for d in [Detail("initiator", h, noun + 1, h, h + 1, h)]]
        return [Detail("initiator", lo, noun + 1, lo, c + 1, c, self._hedge(lo, c)), *joint]

    def _country(self, c: int) -> bool:
        return c not in self.settlements


HARM = verb_forms(
    ["kill", "wound", "injure", "hit hits hit hitting", "target", "strike strikes struck striking", "destroy", "damage"]
)
NOT_DOING = frozenset(
    {"denied", "deny", "denies", "condemned", "followed", "follows", "said", "told", "says", "comes", "came"}
)
DATES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "week",
        "month",
        "year",
        "morning",
        "evening",
        "night",
        "day",
        "dawn",
        "noon",
        "time",
        "times",
    ]
)
NO_PARTY = (
    frozenset(
        [
            "number",
            "series",
            "result",
            "wave",
            "death",
            "deaths",
            "toll",
            "day",
            "week",
            "which",
            "that",
            "what",
            "it",
            "one",
            "some",
            "it",
            "there",
            "this",
            "spokesman",
            "claim",
            "claims",
            "reports",
            "report",
            "area",
            "part",
            "response",
            "retaliation",
            "case",
            "cases",
            "conditions",
            "condition",
            "fire",
        ]
    )
    | DATES
)
AGENTS = frozenset(
    {
        "suicide",
        "bomber",
        "aircraft",
        "warplane",
        "warplanes",
        "jet",
        "jets",
        "plane",
        "planes",
        "helicopter",
        "helicopters",
        "attacker",
        "snipers",
        "sniper",
        "air",
    }
)
"""Weapons that also act: "Russian aircraft", "a suicide bomber"."""


def _unique(found: list[Detail]) -> list[Detail]:
    seen: set[tuple[str, int | None, int]] = set()
    kept = []
    for d in found:
        key = (d.slot, d.head, d.lo if d.head is None else -1)
        if key not in seen:
            seen.add(key)
            kept.append(d)
    return kept
