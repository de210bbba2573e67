"""What a noun names, as far as sides go: somebody who acts, somebody or something that is hit, or neither."""

from __future__ import annotations

from functools import lru_cache

from sayso.reading.lexicon import words
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger, Weapon

REMEMBERED = 8192
"""How many phrases are kept with what they name, over all reports."""
LONGEST = 8
"""How many tokens of a noun phrase are looked at to tell what it names."""
MEDIA = frozenset({"media", "agency", "state_media"})
PERSONAL = ("ers", "ors", "ists", "ians", "women", "men")
"""How plurals for people end, where the actor base does not know the word."""
SHORTEST = 6
VERBS = frozenset({"VBD", "VBP", "VBZ", "VBG", "VBN", "MD"})
PROPER = frozenset({"NNP", "NNPS"})


@lru_cache(maxsize=REMEMBERED)
def kind_of(phrase: str) -> str | None:
    """The kind of actor (or "facility") that a phrase names or describes; null where the actor base knows none."""
    from sayso.knowledge.actors import ActorBase

    base = ActorBase.open()
    known = base.lookup(phrase)
    if known is not None and (phrase[:1].isupper() or not phrase.islower()):
        return known.kind
    described = base.describe(phrase)
    return described.kind if described is not None else known.kind if known is not None else None


@lru_cache(maxsize=REMEMBERED)
def of_nation(word: str) -> bool:
    """Whether a word says of which nation somebody is: "Syrian", "Kurds"."""
    from sayso.knowledge.countries import demonyms

    return word in demonyms() or word in words("roles", "peoples")


class NounReader:
    """Tells nouns of one report apart; ``settlements`` are the tokens of towns and the like."""

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

    def core(self, h: int) -> int:
        """What a word of quantity counts: the attackers of "five of the attackers"; any other noun itself.

        Of "rebels east of Damascus", where the parser makes the direction the head, the rebels.
        """
        s = self.s
        if s.low[h] in words("roles", "directions"):
            before = [c for c in s.children[h] if s.dep[c] in {"compound", "nmod"} and s.tag[c] in NOUN_TAGS]
            return before[-1] if before else h
        if s.tag[h] != "CD" and s.low[h] not in words("roles", "quantities"):
            return h
        of = next((c for c in s.children[h] if s.low[c] == "of"), None)
        counted = s.child(of, "pobj") if of is not None else None
        return counted if counted is not None else h

    def can_act(self, h: int) -> bool:
        """Whether a noun names somebody who acts: a name, a body, people, or the craft that they act with."""
        s, k = self.s, self.core(h)
        if not self._names(k) or k in self.settlements or k in self.trigger_at:
            return False
        craft = s.low[k] in words("roles", "agents")
        if (k in self.weapon_at or (self.is_facility(k) and s.tag[k] not in PROPER)) and not craft:
            return False
        if s.tag[k] in PROPER and not self._common(k):
            return s.low[k] not in words("actors", "media") and kind_of(self._phrase(k)) not in MEDIA
        return craft or self.is_somebody(k)

    def can_be_hit(self, h: int, *, loosely: bool = False) -> bool:
        """Whether a noun names who or what is hit: people, a force, a facility, a thing; a town is where it was.

        ``loosely`` where the words before it leave room for an unknown place ("strikes on X").
        """
        s, k = self.s, self.core(h)
        if not self._names(k) or (k in self.trigger_at and self.trigger_at[k].noun):
            return False
        if s.low[k] in words("numbers", "crowds"):
            return False
        if k in self.weapon_at and s.low[k] not in words("roles", "targets"):
            return False
        if self.is_facility(k):
            return s.low[k] not in words("roles", "wide") or s.tag[k] in PROPER or self._is_marked(k)
        town = s.low[k] in words("roles", "towns") and (s.tag[k] not in PROPER or kind_of(self._phrase(k)) is None)
        if k in self.settlements or town:
            # A town is hit as somebody's: "against rebel-held eastern Aleppo".
            return not loosely and s.tag[k] in PROPER and bool(self._modifiers(k) & words("roles", "holding"))
        if s.tag[k] in PROPER and not self._common(k):
            kind = kind_of(self._phrase(k))
            if loosely or k in self.place_of:
                return kind is not None and kind not in MEDIA and not (loosely and kind == "state")
            return kind not in MEDIA and s.low[k] not in words("actors", "media")
        return self.is_somebody(k)

    def is_somebody(self, h: int) -> bool:
        """Whether a common noun names people or a body of people."""
        low = self.s.low[h]
        if low in words("roles", "people") or of_nation(low):
            return True
        kind = kind_of(self._phrase(h)) or kind_of(low)
        if kind is None and self.s.tag[h] == "NNS" and low.endswith(PERSONAL) and len(low) > SHORTEST:
            return low not in words("roles", "no_people") and not self.is_facility(h)
        return kind is not None and kind != "facility" and kind not in MEDIA

    def is_civilian(self, h: int) -> bool:
        """Whether a noun names people who bear no arms: "citizens", "a woman"."""
        return kind_of(self._phrase(self.core(h))) == "civilian"

    def is_fighter(self, h: int) -> bool:
        """Whether a noun names fighters of any side: a noun for them, or a side that the actor base knows as such."""
        core = self.core(h)
        return self.s.low[core] in words("roles", "side_nouns") or kind_of(self._phrase(core)) in {"rebel", "military"}

    def is_facility(self, h: int) -> bool:
        """Whether a noun names a facility or thing that can be hit."""
        return self.s.low[h] in words("roles", "facility")

    def phrase(self, h: int) -> tuple[int, int]:
        """The words that name a side: its noun phrase without adverbs and days before it, facilities with where."""
        s = self.s
        lo, hi = s.noun_phrase(h, full=self.is_facility(h))
        lo = self._opening(lo, h)
        hi = max(self._cut(h, hi), self._sided(h), self._of_both(h))
        if self.is_facility(h) and s.tag[h].endswith("S"):
            lo = self._first_of_two(lo)
        return lo, max(hi, self._own(h))

    def _opening(self, lo: int, h: int) -> int:
        """Past "Meanwhile", "Monday", "Earlier"; a phrase run together with a headline begins at its last article."""
        s = self.s
        lo = next((k + 1 for k in range(h - 1, lo - 1, -1) if s.word[k] in {")", ":", "—", "|"}), lo)
        while lo < h and (self.is_date(lo) or s.low[lo] in words("roles", "openings") or s.tag[lo] in {"CC", ",", ":"}):
            lo += 1
        if h - lo > LONGEST + 2:
            lo = next((k for k in range(h - 1, lo, -1) if s.tag[k] in {"DT", "CD", "PRP$"}), lo)
        return lo

    def _cut(self, h: int, hi: int) -> int:
        """Where the name of what was hit ends: before "… with shells", "… killing two", not before "… used by X"."""
        s = self.s
        for k in range(h + 1, hi):
            if k in self.trigger_at:
                return h + 1
            if s.low[k] in words("roles", "using") | words("roles", "standing"):
                return hi
            if s.low[k] == "called" and s.low[k - 1] in {"so", "-"}:
                continue
            if s.word[k] in {'"', "“"} and s.tag[k - 1] == "IN":
                return k - 1
            day = s.tag[k] == "IN" and k + 1 < hi and self.is_date(k + 1)
            if day or s.tag[k] in VERBS or s.low[k] in words("roles", "ending"):
                return k
        return hi

    def _sided(self, h: int) -> int:
        """The end of "forces loyal to the president"; right behind the noun where nothing of the kind follows."""
        s = self.s
        if not set(s.low[h + 1 : h + 2]) & words("roles", "siding"):
            return h + 1
        to = h + 2
        whom = s.child(to, "pobj") if s.low[to : to + 1] in (["to"], ["with"], ["by"]) else None
        return s.noun_phrase(whom)[1] if whom is not None else h + 1

    def _of_both(self, h: int) -> int:
        """The end of "regime and rebel fighters", where the parser has the first side alone."""
        s = self.s
        if s.tag[h] != "NN" or s.low[h] not in words("roles", "side_nouns") or s.low[h + 1 : h + 2] != ["and"]:
            return h + 1
        other = next((c for c in s.children[h] if s.dep[c] == "conj" and c <= h + 3 and s.tag[c] == "NNS"), None)
        return other + 1 if other is not None and s.noun_phrase(other)[0] == h + 2 < other else h + 1

    def _first_of_two(self, lo: int) -> int:
        """ "Al-Joura and al-Qusour neighborhoods": both names belong to the plural."""
        s = self.s
        if lo < 2 or s.low[lo - 1] != "and" or s.tag[lo - 2] not in PROPER:
            return lo
        first = lo - 2
        while first > 0 and (s.tag[first - 1] in PROPER or s.tag[first - 1] == "HYPH" or s.word[first - 1] == "-"):
            first -= 1
        return first

    def _own(self, h: int) -> int:
        """The end of "a man and his wife", who are one group of victims."""
        s = self.s
        for c in s.children[h]:
            owner = s.child(c, "poss") if s.dep[c] == "conj" and c > h else None
            if owner is not None and s.tag[owner] == "PRP$" and owner - h <= 2 and s.tag[h] == "NN":
                return s.noun_phrase(c)[1]
        return h + 1

    def is_date(self, h: int) -> bool:
        """Whether a token is a word of a date."""
        return self.s.low[h] in words("grammar", "dates") or self.s.low[h] in words("grammar", "weekdays")

    def names_side(self, lo: int, hi: int) -> bool:
        """Whether the words before a noun of attack name a side: a nation, a known actor, "regime", "rebel"."""
        s = self.s
        last = hi - 1
        if s.low[last] in words("roles", "side_nouns") or of_nation(s.low[last]):
            return True
        return s.word[last][:1].isupper() and kind_of(s.words(lo, hi)) not in {None, "facility", *MEDIA}

    def _names(self, h: int) -> bool:
        """Whether a token is a noun (or "others") that may be a party at all."""
        s = self.s
        if s.tag[h] not in NOUN_TAGS and s.low[h] not in {"others", "locals"}:
            return False
        return s.low[h] not in words("roles", "no_party") and not self.is_date(h)

    def _common(self, h: int) -> bool:
        """Whether a word that is tagged as a name is a plain noun in a headline or in lower case."""
        return self.s.word[h].islower() or self.s.low[h] in words("roles", "people")

    def _is_marked(self, h: int) -> bool:
        """ "Residential areas", "rebel-held areas": whose or what kind they are is said."""
        s = self.s
        before = range(s.noun_phrase(h)[0], h)
        quarter = s.low[h] in words("roles", "quarters")
        named = quarter and (any(s.tag[k] in PROPER for k in before) or self._of_a_name(h))
        return named or bool(words("roles", "marking") & self._modifiers(h))

    def _of_a_name(self, h: int) -> bool:
        """ "The neighborhoods of Jalloum and Maadi"."""
        s = self.s
        of = next((c for c in s.children[h] if s.low[c] == "of"), None)
        name = s.child(of, "pobj") if of is not None and s.low[h] in words("roles", "of_towns") else None
        return name is not None and s.tag[name] in PROPER

    def _modifiers(self, h: int) -> set[str]:
        return set(self.s.low[self.s.noun_phrase(h)[0] : h])

    def _phrase(self, h: int) -> str:
        lo = max(self.s.noun_phrase(h)[0], h + 1 - LONGEST)
        return self.s.words(lo, h + 1)
