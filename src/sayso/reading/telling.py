"""How a trigger is told: as done, planned, possible or habitual; denied or left open; as new or as known already."""

from __future__ import annotations

from itertools import pairwise

from sayso.model import Modality, Stance
from sayso.reading.lexicon import words
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, Trigger, Weapon

ABOVE = 4
"""How many heads above a trigger may tell how it is told."""
CORE = frozenset({"nsubj", "nsubjpass", "dobj"})
DOWN = frozenset({"pobj", "prep", "xcomp", "dobj", "acl", "pcomp"})
UP = frozenset({"prep", "pobj", "xcomp", "acl", "dobj"})


def modality_of(s: Syntax, t: Trigger) -> Modality:
    """Whether what the trigger tells happened, is planned, is possible, or is a habit."""
    chain = [t.head, *s.ancestors(t.head)][: ABOVE + 1]
    clause = next((a for a in chain if s.is_verb(a)), None)
    around = _beside(s, t) | _in_clause(s, t, clause) | _above(s, chain)
    if around & words("modality", "generic"):
        return "generic"
    if around & words("modality", "hypothetical"):
        return "hypothetical"
    if around & (words("modality", "planned") | words("modality", "plots")):
        return "planned"
    if clause is not None and _infinitive(s, clause) and (not t.noun or s.dep[t.head] == "dobj"):
        # "to support drone strikes": not told as something that happened at a time.
        return "generic" if t.noun else "planned"
    return "actual"


def _beside(s: Syntax, t: Trigger) -> set[str]:
    """The words that hang on the trigger, and those of its noun phrase."""
    phrase = s.low[s.noun_phrase(t.head)[0] : t.hi] if t.noun else []
    return {s.low[c] for c in s.children[t.head]} | set(phrase)


def _in_clause(s: Syntax, t: Trigger, clause: int | None) -> set[str]:
    """The words of the clause's verb that speak of this trigger too."""
    if clause is None:
        return set()
    kids = {s.low[c] for c in s.children[clause]}
    habit = words("modality", "generic") | words("modality", "conditions")
    if s.is_verb(t.head) or s.dep[t.head] in CORE:
        return kids & (habit | words("modality", "planned") | words("modality", "hypothetical"))
    prep = s.head[t.head]
    near = s.dep[prep] == "prep" and s.head[prep] == clause and s.low[prep] in words("roles", "placing")
    return kids & habit if near else set()


def _above(s: Syntax, chain: list[int]) -> set[str]:
    """The words above the trigger that it is the matter of: "plans for an attack", "threatened to attack"."""
    found: set[str] = set()
    telling = frozenset().union(*(words("modality", kind) for kind in ("planned", "hypothetical", "generic", "plots")))
    for below, above in pairwise(chain[:ABOVE]):
        if s.dep[below] in DOWN and s.low[above] in telling:
            found.add(s.low[above])
        elif s.dep[above] not in UP:
            break
    return found


def _infinitive(s: Syntax, verb: int) -> bool:
    aux = s.child(verb, "aux")
    return s.tag[verb] == "VB" and aux is not None and s.low[aux] == "to"


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
    if any(s.low[c] in words("modality", "reportedly") for c in s.children[t.head]):
        return "uncertain"
    return None


def not_to_come(s: Syntax, t: Trigger) -> bool:
    """Whether what is denied is yet to come: "will not target the city", "there will be no strikes"."""
    verb = t.head if s.is_verb(t.head) else s.head[t.head]
    aux = s.child(verb, "aux") if s.is_verb(verb) else None
    return aux is not None and (s.tag[aux] == "MD" or s.low[aux] == "to") and s.tag[verb] == "VB"


def negation_of(s: Syntax, t: Trigger) -> int | None:
    """The "no" of "there is no truth to the reports that …", above the mention that it denies."""
    for a in list(s.ancestors(t.head))[:6]:
        if s.low[a] in words("cues", "rumours") and not words("hedges", "asks") & set(s.low[a + 1 : t.head]):
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
