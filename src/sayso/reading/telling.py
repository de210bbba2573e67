"""How a trigger is told: denied or left open; as new or as known already."""

from __future__ import annotations

from sayso.model import Stance
from sayso.reading.lexicon import words
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, Trigger, Weapon


def stance_of(s: Syntax, t: Trigger) -> Stance | None:
    """The stance that the clause itself puts on a mention: "there was no attack", "an alleged attack"."""
    before = s.low[s.noun_phrase(t.head)[0] if t.noun else t.lo : t.head]
    if t.noun and before and before[0] == "no":
        return "denies"
    if t.noun and words("modality", "reported") & set(before):
        return "uncertain"
    if s.is_verb(t.head) and s.child(t.head, "neg") is not None:
        return "denies"
    if negation_of(s, t) is not None:
        return "denies"
    if _not_planned(s, t):
        return "denies"
    if any(s.low[c] in words("modality", "reportedly") and s.low[c + 1] != "by" for c in s.children[t.head]):
        return "uncertain"
    return "uncertain" if is_probable(s, t.head) or _of_reported_toll(s, t) else None


def is_probable(s: Syntax, verb: int) -> bool:
    """ "Have likely been killed", "may have died", "are believed to have died": nobody vouches for it."""
    if not s.is_verb(verb):
        return False
    before = {s.low[c] for c in s.children[verb] if c < verb}
    held = s.dep[verb] == "xcomp" and s.low[s.head[verb]] in words("modality", "held_to_be") and "have" in before
    maybe = bool(before & words("modality", "maybe")) and "have" in before
    return bool(before & words("modality", "probably")) or held or maybe


def _of_reported_toll(s: Syntax, t: Trigger) -> bool:
    """ "Dozens have reportedly been killed by air strikes": with the toll the strikes are open."""
    prep = s.head[t.head]
    verb = s.head[prep]
    if not t.noun or s.dep[prep] not in {"agent", "prep"} or s.low[verb] not in words("casualties", "kill"):
        return False
    doubt = words("modality", "reportedly") | words("modality", "probably")
    return any(s.low[c] in doubt for c in s.children[verb])


def _not_planned(s: Syntax, t: Trigger) -> bool:
    """ "They are not planning an invasion"."""
    for verb in s.ancestors(t.head, 2):
        if s.is_verb(verb) and s.low[verb] in words("modality", "planned") | words("modality", "plots"):
            return s.child(verb, "neg") is not None
    return False


def is_reported(s: Syntax, t: Trigger) -> bool:
    """ "After the execution was reported": told at second hand, on nobody's word."""
    verb = s.head[t.head]
    passive = t.noun and s.dep[t.head] == "nsubjpass" and s.low[verb] == "reported"
    return passive and s.child(verb, "agent") is None


def not_to_come(s: Syntax, t: Trigger) -> bool:
    """Whether what is denied is yet to come: "will not target the city", "there will be no strikes"."""
    verb = t.head if s.is_verb(t.head) else s.head[t.head]
    aux = s.child(verb, "aux") if s.is_verb(verb) else None
    return aux is not None and (s.tag[aux] == "MD" or s.low[aux] == "to") and s.tag[verb] == "VB"


def negation_of(s: Syntax, t: Trigger) -> int | None:
    """The "no" of "there is no truth to the reports that …", above the mention that it denies."""
    for a in s.ancestors(t.head, 6):
        if (
            s.low[a] in words("cues", "rumours")
            and s.tag[a][0] == "N"
            and not words("hedges", "asks") & set(s.low[a + 1 : t.head])
        ):
            lo = max(s.bounds(a)[0], a - 6)
            no = next((k for k in range(lo, a) if s.low[k] in words("grammar", "negations")), None)
            if no is not None:
                return no
    return None


def is_fresh(s: Syntax, t: Trigger) -> bool:
    """Whether the words open a new event: "another attack", "a similar raid"."""
    lo = s.noun_phrase(t.head)[0] if t.noun else t.lo
    return bool(words("links", "fresh") & set(s.low[lo : t.hi]))


def is_definite(s: Syntax, t: Trigger, time_tokens: set[int], weapon_at: dict[int, Weapon]) -> bool:
    """Whether the words take up what was told before: "the attack", "Sunday's incident", "the rockets were fired"."""
    if t.entry == ANAPHORIC:
        return True
    if not t.noun:
        return _cut_short(s, t) or _known_weapon(s, t, weapon_at)
    lo = s.noun_phrase(t.head)[0]
    return s.low[lo] in words("grammar", "definite") or any(k in time_tokens for k in range(lo, t.head))


def _cut_short(s: Syntax, t: Trigger) -> bool:
    """ "That attacked followed …": a verb form where the writer meant the noun."""
    before = t.lo - 1
    return (
        before >= s.bounds(t.head)[0]
        and s.low[before] in words("grammar", "demonstratives")
        and s.tag[t.lo] in {"VBD", "VBN"}
        and s.dep[before] in {"nsubj", "det"}
    )


def _known_weapon(s: Syntax, t: Trigger, weapon_at: dict[int, Weapon]) -> bool:
    thing = s.child(t.head, "nsubjpass", "dobj")
    if thing is None or thing not in weapon_at:
        return False
    return s.low[s.noun_phrase(thing)[0]] in words("grammar", "articles_of_known")
