"""Doubt on one detail: words beside a party or a weapon that leave open whether it was that one."""

from __future__ import annotations

from sayso.reading.lexicon import words
from sayso.reading.roles import Detail
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import Trigger

BEFORE = 3
"""At most this many tokens before a detail a word of doubt may stand."""
ADVERB = 6
"""At most this many tokens before a detail an adverb of doubt may stand."""
HELD = 3
"""At most this many tokens behind a party its "believed to …" begins."""
ABOVE = 3
"""How many verbs above an act may say that it is only thought or seems so."""


def is_doubted(s: Syntax, detail: Detail, t: Trigger) -> bool:
    """Whether the words leave open who did it or with what: "jets believed to be Russian", "suspected chlorine"."""
    if detail.slot == "motive":
        return _seems(s, detail)
    if detail.slot not in {"initiator", "weapon"}:
        return False
    lo, hi = detail.value_lo, detail.value_hi
    if detail.slot == "initiator" and (_one_of_two(s, lo, hi) or _above(s, t, detail)):
        return True
    return _before(s, detail) or _held(s, hi) or _may_have(s, t)


def _before(s: Syntax, detail: Detail) -> bool:
    """ "Suspected", "apparently", "what appeared to be" right before it."""
    lo = detail.value_lo
    first = max(s.bounds(lo)[0], lo - BEFORE)
    near = s.low[first:lo]
    kind = "party_doubt" if detail.slot == "initiator" else "means_doubt"
    if words("modality", kind) & set(near[-2:]) or _doubtfully(s, lo):
        return True
    seems = words("modality", "held_to_be") | words("modality", "seeming")
    return near[-2:] == ["to", "be"] and bool(seems & set(s.low[max(s.bounds(lo)[0], lo - BEFORE - 2) : lo - 2]))


def _doubtfully(s: Syntax, lo: int) -> bool:
    """ "Apparently caused by a car bomb": an adverb of doubt before it with no other noun between."""
    for k in range(lo - 1, max(s.bounds(lo)[0], lo - ADVERB) - 1, -1):
        if s.low[k] in words("modality", "doubtfully"):
            between = set(s.low[k + 1 : lo])
            by = words("modality", "by_means") & between and between <= words("modality", "causing_it")
            return k == lo - 1 or bool(by)
        if s.tag[k][0] in "NP,":
            return False
    return False


def _held(s: Syntax, hi: int) -> bool:
    """ "Jets believed to be Russian", "planes thought to belong to the government"."""
    end = min(s.bounds(hi - 1)[1], hi + HELD)
    for k in range(hi, end):
        if s.low[k] in words("modality", "held_to_be") and s.low[k + 1 : k + 2] == ["to"]:
            return True
        if s.low[k] not in words("modality", "between_held"):
            return False
    return False


def _may_have(s: Syntax, t: Trigger) -> bool:
    """ "Rebels may have used chlorine"."""
    aux = {s.low[c] for c in s.children[t.head] if s.dep[c] in {"aux", "auxpass"}} if s.is_verb(t.head) else set()
    return bool(aux & words("modality", "maybe")) and "have" in aux


def _one_of_two(s: Syntax, lo: int, hi: int) -> bool:
    """ "Syrian or Russian air strikes": one of them did it."""
    first, last = s.bounds(lo)
    beside = {s.low[k] for k in (lo - 1, hi) if first <= k < last}
    return "or" in beside or "or" in s.low[lo:hi] or ("either" in beside)


def _seems(s: Syntax, detail: Detail) -> bool:
    """ "Apparently in revenge for", "seemed to be in retaliation for"."""
    lo = detail.value_lo
    near = s.low[max(s.bounds(lo)[0], lo - BEFORE) : lo]
    doubt = words("modality", "doubtfully") | words("modality", "seeming")
    return bool(doubt & set(near[-1:])) or (near[-2:] == ["to", "be"] and bool(doubt & set(near)))


def _verb_of(s: Syntax, t: Trigger, detail: Detail) -> int | None:
    """The verb of "the strike was … carried out by X", of which the trigger is the subject and X the agent."""
    if detail.head is None:
        return None
    verb = next((a for a in s.ancestors(detail.head, 2) if s.is_verb(a)), None)
    subject = s.child(verb, "nsubjpass") or s.child(s.head[verb], "nsubjpass", "nsubj") if verb is not None else None
    return verb if subject == t.head else None


def _above(s: Syntax, t: Trigger, detail: Detail) -> bool:
    """ "The army appears to have shelled the town", "are thought to have fired it"."""
    verb = t.head if s.is_verb(t.head) else _verb_of(s, t, detail)
    if verb is None:
        return False
    for above in s.ancestors(verb, ABOVE):
        if s.dep[verb] not in {"xcomp", "conj"}:
            return False
        if s.low[above] in words("modality", "probably"):
            return True
        if s.low[above] in words("modality", "held_to_be") | words("modality", "seeming"):
            return detail.value_hi <= above or detail.value_lo > verb
        verb = above
    return False
