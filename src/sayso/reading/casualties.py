"""Who was killed and wounded, and how many: each figure with its words, and the word in the clause that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from sayso.model import Count
from sayso.reading.lexicon import words
from sayso.reading.numbers import count_of, number_at
from sayso.reading.syntax import NOUN_TAGS, Syntax

Slot = Literal["killed", "injured"]


PARTICIPLE = frozenset({"VBN", "VBD", "JJ"})


@dataclass(frozen=True, slots=True)
class Casualty:
    """One figure: ``anchor`` is its verb or noun, ``[lo, hi)`` its words, ``victim`` the head of who was hit."""

    slot: Slot
    count: Count
    anchor: int
    lo: int
    hi: int
    victim: int | None = None
    reported: bool = False
    """Told at second hand: "two people were reported killed"."""


def find_casualties(s: Syntax) -> list[Casualty]:
    """All figures of a report, in order."""
    return _without_repeats([casualty for i in range(len(s.low)) for casualty in _at(s, i)])


def _at(s: Syntax, i: int) -> list[Casualty]:
    """The figures of a word of death or injury at token ``i``."""
    low, verb = s.low[i], s.is_verb(i)
    if low in words("casualties", "fallen") and s.tag[i] in NOUN_TAGS and s.dep[i] == "dobj":
        return _fallen(s, i)
    if low in words("casualties", "kill"):
        return _of_verb(s, i, "killed") if verb or s.tag[i] == "JJ" else []
    if low in words("casualties", "wound"):
        return _of_verb(s, i, "injured") if verb or s.tag[i] == "JJ" else []
    if low in words("casualties", "die"):
        return _of_people(s, i, "killed", s.child(i, "nsubj")) if verb else []
    if low in words("casualties", "hurt"):
        return _of_verb(s, i, "injured") if verb or s.tag[i][0] == "J" else []
    if low in words("casualties", "dead"):
        return _dead(s, i)
    if low in words("casualties", "lives"):
        return _lives(s, i)
    if low in words("casualties", "casualties"):
        return _casualties(s, i) if s.tag[i] in NOUN_TAGS else []
    if low in words("casualties", "deadly"):
        return _deadly(s, i)
    return _toll(s, i) if low == "toll" else []


def _of_verb(s: Syntax, i: int, slot: Slot) -> list[Casualty]:
    """ "killed 18 people", "18 people were killed", headline "5 civilians killed"."""
    hit = _hit(s, i)
    if hit is not None and (_is_counted(s, hit, i) or not _of_the_next(s, hit + 1)):
        return _of_people(s, i, slot, hit)
    number = _number_behind(s, i)
    if number is not None and not _of_the_next(s, number[2]):
        return [Casualty(slot, number[0], i, i, number[2], reported=_reported(s, i))]
    if s.tag[i] in PARTICIPLE and s.dep[i] == "conj" and s.child(s.head[i], "nsubjpass") is not None:
        # "were killed and wounded": no figure of its own, unless one stands before its "were".
        if s.low[i - 1] in words("casualties", "being"):
            return [replace(c, anchor=i, hi=i + 1) for c in _before(s, i - 1, slot)]
        return [] if s.child(i, "nsubj") is None else _before(s, i, slot)
    bare = s.child(i, "nsubj")
    if bare is not None and s.tag[i] in PARTICIPLE and s.child(i, "aux") is None and _has_number(s, bare):
        return _of_people(s, i, slot, bare)
    if s.tag[i] == "VBN" and s.dep[i] in {"acl", "amod"} and s.tag[s.head[i]] in NOUN_TAGS and s.head[i] < i:
        return _of_people(s, i, slot, s.head[i])
    return _before(s, i, slot)


def _hit(s: Syntax, i: int) -> int | None:
    """Who was hit: the passive subject of a verb, also over "reported", or its object."""
    passive = s.child(i, "nsubjpass")
    if passive is None and s.dep[i] in {"xcomp", "oprd", "ccomp"} and s.low[s.head[i]] == "reported":
        passive = s.child(s.head[i], "nsubjpass")
    return passive if passive is not None else s.child(i, "dobj", "oprd")


def _is_counted(s: Syntax, hit: int, i: int) -> bool:
    """Whether who was hit is the number right before the participle: "five were killed and seven injured"."""
    return hit + 1 == i and s.tag[hit] == "CD"


def _of_the_next(s: Syntax, i: int) -> bool:
    """Whether what stands before token ``i`` is the next toll's: the "6" of the headline "two killed 6 injured"."""
    toll = i < len(s.low) and s.low[i] in words("casualties", "kill") | words("casualties", "wound")
    return toll and s.tag[i] in PARTICIPLE and s.child(i, "dobj", "agent") is None


def _number_behind(s: Syntax, i: int) -> tuple[Count, int, int] | None:
    """A number without a noun right behind a verb: "killed at least 12"."""
    hi = s.bounds(i)[1]
    if i + 1 >= hi:
        return None
    number = number_at(s, _past_lead(s, i + 1))
    return number if number is not None and number[1] <= i + 4 and number[2] <= hi else None


def _before(s: Syntax, i: int, slot: Slot) -> list[Casualty]:
    """ "15 others injured", "5 killed": a number right before a participle without a verb of its own."""
    for k in range(i - 1, max(i - 5, s.bounds(i)[0] - 1), -1):
        if s.tag[k] == "CD" or s.low[k] in words("numbers", "crowds"):
            number = number_at(s, k)
            if number is None or any(s.tag[j][0] not in "NJVRD" for j in range(number[2], i)):
                return []
            victim = i - 1 if s.tag[i - 1] in NOUN_TAGS else None
            return [Casualty(slot, number[0], i, number[1], i + 1, victim, _reported(s, i))]
        if s.tag[k][0] not in "NJRV":
            return []
    return []


def _past_lead(s: Syntax, i: int) -> int:
    while i < len(s.low) and s.low[i] in words("numbers", "lead"):
        i += 1
    return min(i, len(s.low) - 1)


def _has_number(s: Syntax, head: int) -> bool:
    return any(s.tag[k] == "CD" for k in range(*s.noun_phrase(head)))


def _of_people(s: Syntax, i: int, slot: Slot, victim: int | None) -> list[Casualty]:
    """The figure of a phrase for people and all that is coordinated with it."""
    if victim is None or s.low[victim] in words("casualties", "not_people"):
        return []
    others = [h for h in s.conjuncts(victim)[1:] if all(s.low[c] != "including" for c in s.children[h])]
    counted = ((h, _count(s, h, h == victim)) for h in (victim, *others))
    made = [_figure(s, i, slot, h, count, h == victim) for h, count in counted if count is not None]
    if len(made) > 1 and all(c.count[0] is not None and c.count[0] == c.count[1] for c in made):
        # "a man and his wife": one toll.
        total = sum(c.count[0] or 0 for c in made)
        lo, hi = min(c.lo for c in made), max(c.hi for c in made)
        return [replace(made[0], count=(total, total), lo=lo, hi=hi)]
    return made[:1]


def _count(s: Syntax, head: int, first: bool) -> tuple[Count, int] | None:
    """How many a phrase names, and where its words of number begin; one for a name."""
    lo, hi = s.noun_phrase(head)
    if s.low[head] in words("grammar", "nobody"):
        return (0, 0), lo
    between = _between(s, lo, head)
    if between is not None:
        return between, lo
    if s.tag[head] == "CD" or s.low[head] in words("numbers", "quantities"):
        number = number_at(s, _past_lead(s, lo))
        if number is not None:
            return number[0], number[1]
    counted = count_of(s, lo, hi, head)
    return ((1, 1), lo) if counted is None and first and s.tag[head] == "NNP" else counted


def _between(s: Syntax, lo: int, head: int) -> Count | None:
    """ "Between 500 and 1300 people"."""
    first = next((k for k in range(max(0, lo - 1), head) if s.low[k] == "between"), None)
    low = number_at(s, first + 1) if first is not None else None
    if low is None or s.low[low[2] : low[2] + 1] != ["and"]:
        return None
    high = number_at(s, low[2] + 1)
    return (low[0][0], high[0][1]) if high is not None else None


def _figure(s: Syntax, i: int, slot: Slot, head: int, counted: tuple[Count, int], first: bool) -> Casualty:
    lo, hi = s.noun_phrase(head)
    count: Count = (0, 0) if s.child(i, "neg") is not None else counted[0]
    a, b = min(counted[1], lo), hi
    if first:
        a, b = min(a, i), max(b, i + 1)
    return Casualty(slot, count, i, a, b, head, _reported(s, i))


def _reported(s: Syntax, i: int) -> bool:
    """ "Two people were reported killed and four others injured": a toll that nobody vouches for."""
    for verb in (i, s.head[i]):
        if s.is_verb(verb) and any(s.low[c] in words("modality", "reportedly") for c in s.children[verb]):
            return verb == i or s.dep[i] in {"oprd", "acomp", "ccomp"}
    for below, above in pairwise([i, *s.ancestors(i, 3)]):
        if s.low[above] == "reported" and s.child(above, "nsubjpass") is not None:
            return s.dep[below] in {"oprd", "xcomp", "ccomp", "conj", "dep", "advcl"} and i - above < 12
        if s.dep[below] not in {"conj", "acl", "ccomp"}:
            return False
    return False


def _dead(s: Syntax, i: int) -> list[Casualty]:
    """ "left one person dead", "11 dead"."""
    subject = s.child(i, "nsubj", "nummod")
    if subject is None and s.is_verb(s.head[i]):
        subject = s.child(s.head[i], "dobj")
    found = _of_people(s, i, "killed", subject) if subject is not None and subject != i else []
    return found or _before(s, i, "killed")


def _lives(s: Syntax, i: int) -> list[Casualty]:
    """ "claiming the lives of two men", "claimed 300 lives"."""
    verb = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
    if verb is None or s.low[verb] not in words("casualties", "taking"):
        return []
    prep = next((c for c in s.children[i] if s.low[c] == "of"), None)
    if prep is not None and (who := s.child(prep, "pobj")) is not None:
        return [Casualty("killed", c.count, verb, verb, c.hi, c.victim) for c in _of_people(s, verb, "killed", who)]
    lo, hi = s.noun_phrase(i)
    if s.dep[i] == "pobj" and s.low[s.head[i]] == "of":
        # "Hundreds of civilian lives".
        lo = s.noun_phrase(s.head[s.head[i]])[0]
    for k in range(lo, hi):
        number = number_at(s, k)
        if number is not None:
            return [Casualty("killed", number[0], verb, verb, hi)]
    return []


def _fallen(s: Syntax, i: int) -> list[Casualty]:
    """ "Leaving five martyrs": a number of dead as the object of a verb of leaving or taking."""
    verb = s.head[i]
    return _of_people(s, verb, "killed", i) if s.low[verb] in words("casualties", "leaving") else []


def _deadly(s: Syntax, i: int) -> list[Casualty]:
    """ "A deadly attack": somebody was killed in it."""
    noun = s.head[i]
    if s.dep[i] != "amod" or not i < noun or s.tag[noun] not in NOUN_TAGS:
        return []
    return [Casualty("killed", (1, None), noun, i, noun + 1)]


def _casualties(s: Syntax, i: int) -> list[Casualty]:
    """ "without inflicting any casualties", "no casualties were reported": nobody killed, nobody injured."""
    lo, hi = s.noun_phrase(i)
    modifiers = {s.low[k] for k in range(lo, i)}
    slots: tuple[Slot, ...] = ("killed", "injured")
    if s.low[i] in words("casualties", "deaths"):
        slots = ("killed",)
    elif s.low[i] in words("casualties", "injuries"):
        slots = ("injured",)
    verb = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
    without = next((a for a in s.ancestors(i) if s.low[a] == "without"), None)
    nothing = (
        "no" in modifiers
        or without is not None
        or (verb is not None and (s.child(verb, "neg") is not None) and modifiers & {"any"} != set())
    )
    if nothing:
        start = without if without is not None else lo
        end = max(hi, verb + 1) if verb is not None and without is None and verb - hi < 4 and verb > i else hi
        return [Casualty(slot, (0, 0), verb if verb is not None else i, start, end) for slot in slots]
    for k in range(lo, i):
        number = number_at(s, k)
        if number is not None and s.low[i] in words("casualties", "deaths") | words("casualties", "injuries"):
            return [Casualty(slots[0], number[0], verb if verb is not None else i, lo, hi)]
    if (
        slots == ("killed",)
        and s.tag[i] == "NNS"
        and s.dep[i] == "dobj"
        and s.low[s.head[i]] in words("casualties", "causing")
    ):
        return [Casualty("killed", (2, None), s.head[i], s.head[i], hi)]
    return []


def _toll(s: Syntax, i: int) -> list[Casualty]:
    """ "the death toll rose to 87"."""
    if i == 0 or s.low[i - 1] not in words("casualties", "toll"):
        return []
    _, hi = s.bounds(i)
    for k in range(i + 1, min(hi, i + 12)):
        number = number_at(s, k)
        if (
            number is not None
            and s.tag[k] == "CD"
            and (k + 1 >= hi or s.low[k + 1] not in words("numbers", "no_tolls"))
        ):
            return [Casualty("killed", number[0], i, i - 1, number[2])]
    return []


def _without_repeats(found: list[Casualty]) -> list[Casualty]:
    seen: set[tuple[str, int | None, int]] = set()
    kept = []
    for c in found:
        key = (c.slot, c.victim, c.anchor if c.victim is None else -1)
        if key not in seen:
            seen.add(key)
            kept.append(c)
    return kept
