"""Participles of harm without "was" ("4 shot at party", "market bombed"), which the parser takes for something else.

It makes a noun of "shot" and an active verb of "killed", so that whoever was hit would be who did it.
"""

from __future__ import annotations

from sayso.reading.lexicon import words
from sayso.reading.nouns import kind_of
from sayso.reading.syntax import NOUN_TAGS, Syntax, rehung

PEOPLE = frozenset({"civilian", "police", "military", "rebel", "person"})
"""Kinds of those whom a common noun names."""
BARE = frozenset({"ROOT", "advcl", "ccomp", "conj", "dep", "parataxis", "pobj", "pcomp", "acl"})
"""How the verb of a clause hangs that is no relative clause."""
OBJECTS = frozenset({"dobj", "ccomp", "xcomp"})
AUXILIARIES = frozenset({"aux", "auxpass", "nsubjpass", "neg"})
NOUNLIKE = NOUN_TAGS | {"JJ"}


def mended(s: Syntax) -> Syntax:
    """The same words with participles of harm hung as such: whoever stands before one was hit.

    Where nothing is to be mended it is ``s`` itself.
    """
    nouns = [i for i, low in enumerate(s.low) if low in words("roles", "harmed_nouns") and _misread_as_noun(s, i)]
    verbs = [i for i, low in enumerate(s.low) if _may_lack_was(low) and _misread_as_active(s, i)]
    if not nouns and not verbs:
        return s
    tag, dep, head = list(s.tag), list(s.dep), list(s.head)
    for i in nouns:
        _hang_noun(s, i, tag, dep, head)
    for i in verbs:
        subject = s.child(i, "nsubj")
        tag[i] = "VBN"
        if subject is not None:
            dep[subject] = "nsubjpass"
    return rehung(s, tag, dep, head)


def _may_lack_was(low: str) -> bool:
    return low in words("roles", "harmed") or low in words("roles", "harmed_things")


def _misread_as_noun(s: Syntax, i: int) -> bool:
    """ "4 shot", "girl shot": a number or a person right before it, and no noun behind that it describes."""
    if s.tag[i] not in NOUNLIKE or s.dep[i] in {"compound", "amod", "nmod"}:
        return False
    k = _before(s, i)
    if k is None or not s.left[i] <= k or s.head[k] != i:
        return False
    if i + 1 < s.bounds(i)[1] and s.tag[i + 1] in NOUN_TAGS:
        return False
    counted = s.tag[k] == "CD" and (s.dep[i] == "ROOT" or s.low[k] not in words("roles", "one"))
    return counted or (s.tag[k] in NOUN_TAGS and _is_person(s, k))


def _before(s: Syntax, i: int) -> int | None:
    """The word before token ``i`` in its sentence, adverbs left out."""
    k, first = i - 1, s.bounds(i)[0]
    while k > first and s.tag[k] == "RB":
        k -= 1
    return k if k >= first else None


def _is_person(s: Syntax, k: int) -> bool:
    low = s.low[k]
    return low in words("actors", "private") or low in words("actors", "people") or kind_of(low) in PEOPLE


def _hang_noun(s: Syntax, i: int, tag: list[str], dep: list[str], head: list[int]) -> None:
    """Hang a participle that was read as a noun: as the verb of a headline, else on whom it is said of."""
    k = _before(s, i)
    if k is None:
        return
    tag[i] = "VBN"
    for c in s.children[i]:
        if c < k:
            head[c] = k
    if s.dep[i] == "ROOT":
        dep[k] = "nsubjpass"
        return
    dep[k], head[k] = s.dep[i], s.head[i]
    dep[i], head[i] = "acl", k


def _misread_as_active(s: Syntax, i: int) -> bool:
    """ "Two officers shot in the town": nothing else was harmed, and what stands before it does no harm itself."""
    if s.tag[i] not in {"VBD", "VBN"} or s.dep[i] not in BARE:
        return False
    kids = {s.dep[c] for c in s.children[i]}
    subject = s.child(i, "nsubj")
    if subject is None or subject > i or kids & (OBJECTS | AUXILIARIES) or _shares_object(s, i):
        return False
    if s.tag[subject] not in NOUN_TAGS | {"CD"} or s.low[subject] in words("roles", "harming"):
        return False
    if s.low[i] in words("roles", "harmed_things") and not _can_only_be_hit(s, subject):
        return False
    return not _aims(s, i, subject)


def _shares_object(s: Syntax, i: int) -> bool:
    """ "Shot and killed two men": the object of the next verb is its own too."""
    return any(s.is_verb(c) and s.child(c, "dobj") is not None for c in s.conjuncts(i)[1:])


def _can_only_be_hit(s: Syntax, subject: int) -> bool:
    """Whether the subject is a place or thing, or people who bear no arms."""
    low = s.low[subject]
    return low in words("roles", "facility") or kind_of(low) == "civilian" or low in words("actors", "private")


def _aims(s: Syntax, i: int, subject: int) -> bool:
    """ "Gunmen shot at a car": the verb has somebody that it is aimed at; but "girl shot at party"."""
    prep = i + 1 if i + 1 < s.bounds(i)[1] else None
    if prep is None or s.low[prep] not in words("roles", "aiming"):
        return False
    thing = s.child(prep, "pobj")
    return thing is None or s.low[prep] != "at" or _is_person(s, thing) or not _bears_no_arms(s, subject)


def _bears_no_arms(s: Syntax, k: int) -> bool:
    return s.tag[k] == "CD" or kind_of(s.low[k]) == "civilian" or s.low[k] in words("actors", "private")
