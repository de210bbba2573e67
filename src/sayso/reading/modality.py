"""Whether what a trigger tells happened, is planned, is possible, or is a habit."""

from __future__ import annotations

from itertools import pairwise

from sayso.model import Modality
from sayso.reading.lexicon import phrases, words
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import Trigger

ABOVE = 4
"""How many heads above a trigger may tell how it is told."""
CORE = frozenset({"nsubj", "nsubjpass", "dobj"})
DOWN = frozenset({"pobj", "prep", "xcomp", "dobj", "acl", "pcomp"})
UP = frozenset({"prep", "pobj", "xcomp", "acl", "dobj", "pcomp"})
PRESENT = frozenset({"VBZ", "VBP"})


def modality_of(s: Syntax, t: Trigger) -> Modality:
    """How the trigger is told, by the words beside it, in its clause and above it."""
    chain = [t.head, *s.ancestors(t.head)][: ABOVE + 1]
    clause = next((a for a in chain if s.is_verb(a)), None)
    around = _beside(s, t) | _in_clause(s, t, clause) | _above(s, t, chain)
    if around & words("modality", "generic") or _habit(s, t, clause):
        return "generic"
    if around & words("modality", "hypothetical") or _in_case(s, t, chain):
        return "hypothetical"
    if around & (words("modality", "planned") | words("modality", "plots")):
        return "planned"
    if clause is not None and _infinitive(s, clause) and (not t.noun or s.dep[t.head] == "dobj"):
        known = _definite(s, t) if t.noun else t.type == "armed_clash"
        if known or _brought_about(s, clause):
            return "actual"
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
    if s.is_verb(t.head) or (s.dep[t.head] in CORE and not _known_cause(s, t)):
        return kids & (habit | words("modality", "planned") | words("modality", "hypothetical"))
    prep = s.head[t.head]
    near = s.dep[prep] == "prep" and s.head[prep] == clause and s.low[prep] in words("roles", "placing")
    return kids & habit if near else set()


def _known_cause(s: Syntax, t: Trigger) -> bool:
    """ "The killings will provoke outrage", "would mark the deadliest attack": something else is yet to come."""
    verb = s.head[t.head]
    named = s.low[verb] in words("modality", "naming")
    if s.dep[t.head] == "dobj":
        return named
    return s.dep[t.head] in CORE and _definite(s, t) and (named or s.child(verb, "dobj") is not None)


def _definite(s: Syntax, t: Trigger) -> bool:
    return s.low[s.noun_phrase(t.head)[0]] in words("grammar", "definite")


def _above(s: Syntax, t: Trigger, chain: list[int]) -> set[str]:
    """The words above the trigger that it is the matter of: "plans for an attack", "threatened to attack"."""
    found: set[str] = set()
    telling = frozenset().union(*(words("modality", kind) for kind in ("planned", "hypothetical", "generic", "plots")))
    if t.noun and _definite(s, t):
        telling -= words("modality", "known_of")
        if any(s.tag[k] == "CD" and len(s.word[k]) == len("2005") for k in range(s.noun_phrase(t.head)[0], t.lo)):
            telling -= words("modality", "plots")  # "accused of plotting the 2005 assassination"
    for below, above in pairwise(chain[:ABOVE]):
        if s.low[above] in words("modality", "later"):
            break
        if s.dep[below] == "prep" and s.dep[t.head] == "dobj" and s.is_verb(above):
            # "They would succeed in laying siege".
            found |= {s.low[c] for c in s.children[above] if s.tag[c] == "MD"} & words("modality", "hypothetical")
        if s.dep[below] in DOWN and s.low[above] in telling:
            found.add(s.low[above])
        elif s.dep[above] not in UP:
            break
    return found


def _in_case(s: Syntax, t: Trigger, chain: list[int]) -> bool:
    """ "In case of another attack"."""
    lo = s.noun_phrase(t.head)[0] if t.noun else t.lo
    before = s.low[max(s.bounds(t.head)[0], lo - 3) : lo]
    return any(tuple(before[-len(p) :]) == p for p in phrases("modality", "in_case"))


def _infinitive(s: Syntax, verb: int) -> bool:
    aux = s.child(verb, "aux")
    return s.tag[verb] == "VB" and aux is not None and s.low[aux] == "to"


def _brought_about(s: Syntax, verb: int) -> bool:
    """ "Managed to take the town", "causing the bomb to explode": done, though told by an infinitive."""
    above = s.head[verb]
    return s.low[above] in words("modality", "managing") and not any(
        s.low[c] in words("modality", "hypothetical") or s.dep[c] == "neg" for c in s.children[above]
    )


def _habit(s: Syntax, t: Trigger, clause: int | None) -> bool:
    """Whether it is told as going on or coming back, without a time of its own."""
    if set(s.low[t.lo : t.hi + 1]) & words("modality", "campaigns") and t.type == "airstrike":
        return True
    if clause is None:
        return False
    lo, hi = s.subtree(clause)
    told = s.low[lo:hi]
    if "since" not in told and any(_within(told, p) for p in phrases("modality", "habits")):
        return True
    dated = bool(set(told) & (words("grammar", "weekdays") | words("modality", "lasting")))
    if t.noun:
        return s.dep[t.head] == "dobj" and s.low[clause] in words("modality", "growing") and not dated
    return not dated and (_progressive(s, t.head) or _their_trade(s, t))


def _within(told: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(told[k : k + len(phrase)]) == phrase for k in range(len(told) - len(phrase) + 1))


def _progressive(s: Syntax, verb: int) -> bool:
    """ "Have been battling"."""
    aux = {s.low[c] for c in s.children[verb] if s.dep[c] == "aux"}
    return s.tag[verb] == "VBG" and "been" in aux and bool(aux & {"have", "has", "had", "'ve"})


def _their_trade(s: Syntax, t: Trigger) -> bool:
    """ "Forces battling militants", "militants who have fought the group": who they are, more than what happened."""
    if t.type != "armed_clash" or s.low[t.head] in words("triggers", "repelling"):
        return False
    perfect = {s.low[c] for c in s.children[t.head] if s.dep[c] == "aux"} & {"have", "has"}
    return (s.dep[t.head] == "acl" and s.tag[t.head] == "VBG") or (s.dep[t.head] == "relcl" and bool(perfect))
