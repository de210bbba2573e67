"""Who acts and who is hit: the noun phrases that a trigger's verbs, prepositions and participles name as its sides."""

from __future__ import annotations

from sayso.model import Slot, Stance
from sayso.reading.lexicon import words
from sayso.reading.nouns import PROPER, NounReader
from sayso.reading.roles import Detail
from sayso.reading.syntax import Syntax

STEPS = 4
"""How many verbs up a shared subject is looked for."""
LINKED = frozenset({"conj", "xcomp", "advcl", "pcomp"})


class PartyReader:
    """Reads sides in one report."""

    def __init__(self, s: Syntax, nouns: NounReader) -> None:
        self.s = s
        self.nouns = nouns

    def party(self, slot: Slot, head: int, stance: Stance | None = None, *, loosely: bool = False) -> list[Detail]:
        """The noun phrase as initiator or recipient, with all that is coordinated with it."""
        s, made = self.s, []
        for h in [*s.conjuncts(head), *(self._beside(head) if slot == "initiator" else [])]:
            if self.nouns.can_act(h) if slot == "initiator" else self.nouns.can_be_hit(h, loosely=loosely):
                lo, hi = self.nouns.phrase(h)
                owner = self._owner(h) if slot == "initiator" else None
                if owner is not None:
                    a, b = self.nouns.phrase(owner)
                    made.append(Detail(slot, lo, hi, a, b, owner, stance or self.doubt(lo, h)))
                    continue
                plain = s.tag[h] not in PROPER or s.word[h].islower()
                made.append(Detail(slot, lo, hi, lo, hi, h, stance or self.doubt(lo, h), phrase=plain))
        return made

    def _beside(self, head: int) -> list[int]:
        """Who acts with them: "the army alongside a militia"."""
        s = self.s
        beside = (c for c in s.children[head] if s.low[c] in words("roles", "beside"))
        return [k for c in beside if (k := s.child(c, "pobj")) is not None]

    def manned_by(self, post: int) -> list[Detail]:
        """Who fired "from army posts": the side before the post; those themselves who can act."""
        s, h = self.s, self.nouns.core(post)
        if self.nouns.can_act(h):
            return self.party("initiator", h)
        lo = s.noun_phrase(h)[0]
        while lo < h and s.tag[lo] in {"DT", "JJ"}:
            lo += 1
        if not self.nouns.is_facility(h) or lo == h or not self.nouns.names_side(lo, h):
            return []
        return [Detail("initiator", lo, h + 1, lo, h + 1, h, phrase=True)]

    def _owner(self, h: int) -> int | None:
        """Whose "its forces" are; none where the words before the body say more."""
        s = self.s
        lo = s.noun_phrase(h)[0]
        bare = h - lo == 1 and s.tag[lo] == "PRP$" and s.low[h] in words("roles", "own_bodies")
        return self.named_before(lo, sentences=1) if bare else None

    def initiator_of(self, verb: int | None) -> list[Detail]:
        """The agent of a passive verb ("… by gunmen") as initiator; nothing where it has none."""
        agent = self.agent(verb) if verb is not None else None
        return self.party("initiator", agent, self.verb_doubt(verb)) if verb is not None and agent is not None else []

    def recipient(self, head: int, *, loosely: bool = False) -> list[Detail]:
        """What is hit, and whose it was; a town as a whole is a place, no recipient."""
        found = []
        for d in self.party("recipient", self.antecedent(head), loosely=loosely):
            found += [d, *(self.users(d.head) if d.head is not None else [])]
        return found

    def antecedent(self, head: int) -> int:
        """What a relative pronoun stands for: the noun that its clause hangs on; any other noun itself."""
        s = self.s
        if s.low[head] not in words("grammar", "relatives"):
            return head
        clause = next((a for a in s.ancestors(head) if s.dep[a] == "relcl"), None)
        return s.head[clause] if clause is not None else head

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
            below, up = verb, s.head[verb]
            verb = up if s.is_verb(up) else s.head[up]
            if not s.is_verb(verb) or s.low[verb] in words("roles", "not_doing"):
                return None
            told = s.child(verb, "dobj") if s.low[verb] in words("roles", "telling") else None
            if s.dep[below] == "xcomp" and told is not None and told < below:
                # "Urged the government to cease bombing": the government.
                return told
            if s.tag[verb] == "VBN" and (agent := self.agent(verb)) is not None:
                return agent
        return None

    def taken_up(self, subject: int | None) -> int | None:
        """Whom a subject names: that which a pronoun takes up; any other noun itself."""
        return self.named_before(subject) if subject is not None and self.s.tag[subject] == "PRP" else subject

    def named_before(self, pronoun: int, sentences: int = 0) -> int | None:
        """Whom "its", "their", "they" take up: the last subject or object before it that can act.

        It stands in the same sentence, or at most ``sentences`` before it.
        """
        s = self.s
        if s.low[pronoun] not in words("roles", "taking_up"):
            return None
        first = s.sentences[max(0, s.sentence_of[pronoun] - sentences)][0]
        for k in range(pronoun - 1, first - 1, -1):
            if s.paragraph_of[pronoun] - s.paragraph_of[k] > 1:
                return None
            if self._takes(pronoun, k):
                return k
        return None

    def _takes(self, pronoun: int, k: int) -> bool:
        """Whether a pronoun may stand for token ``k``: a subject or object that can act, one for one, many for many."""
        s = self.s
        role = s.dep[k] in {"nsubj", "dobj", "nsubjpass"} or (s.dep[k] == "pobj" and s.dep[s.head[k]] == "agent")
        fits = role and s.tag[k] != "PRP" and k not in self.nouns.weapon_at and self.nouns.can_act(k)
        return fits and (s.low[pronoun] in {"they", "their"} or not s.tag[k].endswith("S"))

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
