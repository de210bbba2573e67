"""Who was killed and wounded, and how many: each figure with its words, and the word in the clause that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model import Count
from sayso.reading.lexicon import words
from sayso.reading.numbers import count_of, number_at
from sayso.reading.syntax import NOUN_TAGS, Syntax

Slot = Literal["killed", "injured"]


@dataclass(frozen=True, slots=True)
class Casualty:
    """One figure: ``anchor`` is its verb or noun, ``[lo, hi)`` its words, ``victim`` the head of the phrase for those hit.

    ``subset`` marks a figure for part of a toll given in the same words ("18 people, including five children").
    """

    slot: Slot
    count: Count
    anchor: int
    lo: int
    hi: int
    victim: int | None = None
    reported: bool = False


def find_casualties(s: Syntax) -> list[Casualty]:
    """All figures of a report, in order."""
    found: list[Casualty] = []
    for i, low in enumerate(s.low):
        if low in words("casualties", "kill") or low in words("casualties", "wound"):
            if s.tag[i].startswith("VB") or s.tag[i] == "JJ":
                found += _of_verb(s, i, "killed" if low in words("casualties", "kill") else "injured")
        elif low in words("casualties", "die") and s.tag[i].startswith("VB"):
            found += _of_subject(s, i, "killed", s.child(i, "nsubj"))
        elif low in words("casualties", "hurt") and s.tag[i][0] in "VJ":
            found += _of_verb(s, i, "injured")
        elif low in words("casualties", "dead"):
            found += _dead(s, i, "killed")
        elif low in words("casualties", "lives"):
            found += _lives(s, i)
        elif low in words("casualties", "casualties") and s.tag[i] in NOUN_TAGS:
            found += _casualties(s, i)
        elif low == "toll":
            found += _toll(s, i)
    return _without_repeats(found)


def _of_verb(s: Syntax, i: int, slot: Slot) -> list[Casualty]:
    """ "killed 18 people", "18 people were killed", headline "5 civilians killed"."""
    passive = s.child(i, "nsubjpass")
    thing = s.child(i, "dobj", "oprd")
    if passive is None and s.dep[i] in {"xcomp", "oprd", "ccomp"} and s.low[s.head[i]] == "reported":
        passive = s.child(s.head[i], "nsubjpass")
    if passive is not None:
        return _of_subject(s, i, slot, passive)
    if thing is not None and thing > i:
        return _of_subject(s, i, slot, thing)
    if thing is not None:
        return _of_subject(s, i, slot, thing)
    if i + 1 < len(s.low) and (number := number_at(s, _skip_least(s, i + 1))) is not None and number[1] <= i + 4:
        return [Casualty(slot, number[0], i, i, number[2])]
    if s.tag[i] in {"VBN", "VBD"} and s.dep[i] in {"conj"} and s.tag[s.head[i]].startswith("VB"):
        owner = s.head[i]
        subject = s.child(owner, "nsubjpass")
        if subject is not None and s.child(i, "nsubj") is None:
            return []
    subject = s.child(i, "nsubj")
    if s.tag[i] in {"VBN", "VBD", "JJ"} and subject is not None and number_in(s, subject) and s.child(i, "aux") is None:
        return _of_subject(s, i, slot, subject)
    if s.tag[i] == "VBN" and s.dep[i] in {"acl", "amod"} and s.tag[s.head[i]] in NOUN_TAGS and s.head[i] < i:
        return _of_subject(s, i, slot, s.head[i])
    return _before(s, i, slot)


def _before(s: Syntax, i: int, slot: Slot) -> list[Casualty]:
    """ "15 others injured", "5 killed": a number right before a participle without a verb of its own."""
    for k in range(i - 1, max(i - 5, -1), -1):
        if s.tag[k] == "CD" or s.low[k] in words("numbers", "crowds"):
            number = number_at(s, k)
            if number is not None and all(s.tag[j][0] in "NJVRD" for j in range(number[2], i)):
                return [
                    Casualty(
                        slot,
                        number[0],
                        i,
                        number[1],
                        i + 1,
                        i - 1 if s.tag[i - 1] in NOUN_TAGS else None,
                        _reported(s, i),
                    )
                ]
            return []
        if s.tag[k][0] not in "NJRV":
            return []
    return []


def _skip_least(s: Syntax, i: int) -> int:
    while i < len(s.low) and s.low[i] in words("numbers", "lead"):
        i += 1
    return min(i, len(s.low) - 1)


def number_in(s: Syntax, head: int) -> bool:
    """Whether the noun phrase of ``head`` holds a number."""
    lo, hi = s.noun_phrase(head)
    return any(s.tag[k] == "CD" for k in range(lo, hi))


def _of_subject(s: Syntax, i: int, slot: Slot, victim: int | None) -> list[Casualty]:
    if victim is None or s.low[victim] in words("casualties", "not_people"):
        return []
    made = []
    for head in s.conjuncts(victim):
        if head != victim and any(s.low[c] == "including" for c in s.children[head]):
            continue
        lo, hi = s.noun_phrase(head)
        if s.tag[head] == "CD" or s.low[head] in words("numbers", "quantities"):
            number = number_at(s, _skip_least(s, lo))
            counted = (number[0], number[1]) if number else count_of(s, lo, hi, head)
        else:
            counted = count_of(s, lo, hi, head)
        if counted is None:
            if (
                s.tag[head] in {"NNP", "NN"}
                and s.low[head] not in words("casualties", "not_people")
                and head == victim
                and s.tag[head] == "NNP"
            ):
                counted = ((1, 1), lo)
            else:
                continue
        negated = s.child(i, "neg") is not None
        count: Count = (0, 0) if negated and counted[0] != (0, 0) else counted[0]
        a, b = (
            min(counted[1], lo, i) if head == victim else min(counted[1], lo),
            max(hi, i + 1) if head == victim else hi,
        )
        made.append(Casualty(slot, count, i, a, b, head, _reported(s, i)))
    if len(made) > 1 and all(c.count[0] is not None and c.count[0] == c.count[1] for c in made):
        # "a man and his wife": one toll.
        total = sum(c.count[0] or 0 for c in made)
        return [
            Casualty(
                slot,
                (total, total),
                i,
                min(c.lo for c in made),
                max(c.hi for c in made),
                made[0].victim,
                made[0].reported,
            )
        ]
    return made[:1]


def _reported(s: Syntax, i: int) -> bool:
    """ "Two people were reported killed and four others injured": a toll that nobody vouches for."""
    chain = [i, *list(s.ancestors(i))[:3]]
    for k, up in zip(chain, chain[1:], strict=False):
        if s.low[up] == "reported" and s.child(up, "nsubjpass") is not None:
            return s.dep[k] in {"oprd", "xcomp", "ccomp", "conj", "dep", "advcl"} and i - up < 12
        if s.dep[k] not in {"conj", "acl", "ccomp"}:
            return False
    return False


def _dead(s: Syntax, i: int, slot: Slot) -> list[Casualty]:
    """ "left one person dead", "11 dead"."""
    owner = s.head[i]
    subject = next((c for c in s.children[i] if s.dep[c] in {"nsubj", "nummod"}), None)
    if subject is None and s.tag[owner].startswith("VB"):
        subject = s.child(owner, "dobj")
    if subject is not None and subject != i:
        found = _of_subject(s, i, slot, subject)
        if found:
            return found
    return _before(s, i, slot)


def _lives(s: Syntax, i: int) -> list[Casualty]:
    """ "claiming the lives of two men", "claimed 300 lives"."""
    verb = next((a for a in s.ancestors(i) if s.tag[a].startswith("VB")), None)
    if verb is None or s.low[verb] not in words("casualties", "taking"):
        return []
    prep = next((c for c in s.children[i] if s.low[c] == "of"), None)
    if prep is not None and (who := s.child(prep, "pobj")) is not None:
        return [Casualty("killed", c.count, verb, verb, c.hi, c.victim) for c in _of_subject(s, verb, "killed", who)]
    lo, hi = s.noun_phrase(i)
    for k in range(lo, hi):
        number = number_at(s, k)
        if number is not None:
            return [Casualty("killed", number[0], verb, verb, hi)]
    return []


def _casualties(s: Syntax, i: int) -> list[Casualty]:
    """ "without inflicting any casualties", "no casualties were reported": nobody killed, nobody injured."""
    lo, hi = s.noun_phrase(i)
    modifiers = {s.low[k] for k in range(lo, i)}
    slots: tuple[Slot, ...] = ("killed", "injured")
    if s.low[i] in words("casualties", "deaths"):
        slots = ("killed",)
    elif s.low[i] in words("casualties", "injuries"):
        slots = ("injured",)
    verb = next((a for a in s.ancestors(i) if s.tag[a].startswith("VB")), None)
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
