"""Which slots a question leaves open: "who fired the rockets" is the initiator, "whether anybody was hurt" the toll."""

from __future__ import annotations

from sayso.model import Slot
from sayso.reading.lexicon import words
from sayso.reading.syntax import Syntax

TOLLS: tuple[Slot, ...] = ("killed", "injured")
BESIDE = 4
"""At most this many tokens beside "or" stand the two sides of which one did it."""
SOON = 5
"""Within this many tokens behind its question word a question names what it asks for."""
SHORT = 2
"""A question of at most so many words ("who", "or why") asks of what was told before."""


def slots_asked(s: Syntax, lo: int, hi: int) -> tuple[Slot, ...]:
    """The slots that the question in tokens ``[lo, hi)`` asks for, each once; none where it asks for none of them."""
    joined = {"or", "and", ","}
    starts = [k for k in range(lo, hi) if k == lo or (s.low[k] in words("hedges", "asks") and s.low[k - 1] in joined)]
    ends = [*starts[1:], hi]
    found = [slot for a, b in zip(starts, ends, strict=True) for slot in _one(s, a, b)]
    return tuple(dict.fromkeys(found))


def of_the_event(s: Syntax, lo: int, hi: int) -> bool:
    """Whether a question speaks of an attack, of its means or of its victims, or is too short to speak of anything."""
    if hi - lo <= SHORT or s.low[lo] in {"who", "whom"}:
        return True
    return bool(words("hedges", "matters") & set(s.low[lo:hi]))


def _one(s: Syntax, lo: int, hi: int) -> tuple[Slot, ...]:
    """The slots that one question word and what follows it ask for."""
    while lo + 1 < hi and s.low[lo] in words("hedges", "exactly"):
        lo += 1
    first, rest = s.low[lo], set(s.low[lo + 1 : hi])
    soon = set(s.low[lo + 1 : lo + SOON]) & rest
    if first in {"if", "whether"}:
        return _whether(s, lo, hi)
    if first == "where":
        return ("origin",) if "from" in rest else ("place",)
    if first in {"who", "whom"}:
        return ("recipient",) if _were_hit(s, lo, hi) else ("initiator",)
    if first == "how":
        return _how(rest, len(rest))
    if first in {"what", "which"}:
        return _which(soon, rest)
    return ("motive",) if first == "why" else ("time",) if first == "when" else ()


def _how(rest: set[str], length: int) -> tuple[Slot, ...]:
    if "many" in rest:
        return ("injured",) if words("hedges", "hurt") & rest and "killed" not in rest else ("killed",)
    return ("weapon",) if length == 0 else ()


def _which(soon: set[str], rest: set[str]) -> tuple[Slot, ...]:
    """ "Which group", "what caused the blast", "what kind of gas was used"."""
    if soon & words("hedges", "sides") or rest & words("hedges", "doing_it"):
        return ("initiator",)
    return ("weapon",) if rest & words("hedges", "by_what") or soon & words("hedges", "causing") else ()


def _whether(s: Syntax, lo: int, hi: int) -> tuple[Slot, ...]:
    rest = set(s.low[lo + 1 : hi])
    if rest & words("hedges", "causing"):
        return ("weapon",)
    if "by" in rest or rest & words("hedges", "doing_it") or _one_of_two(s, lo, hi):
        return ("initiator",)
    if rest & words("hedges", "counted"):
        return TOLLS
    if rest & words("hedges", "dying"):
        return ("killed",)
    return ("recipient",) if rest & words("hedges", "being_hit") & words("hedges", "matters") else ("occurrence",)


def _one_of_two(s: Syntax, lo: int, hi: int) -> bool:
    """ "If the planes were Syrian or Russian": one of two sides did it."""
    for k in range(lo + 1, hi - 1):
        if s.low[k] == "or":
            before, behind = s.word[max(lo + 1, k - BESIDE) : k], s.word[k + 1 : min(hi, k + 1 + BESIDE)]
            if any(w[0].isupper() for w in before) and any(w[0].isupper() for w in behind):
                return bool(words("hedges", "matters") & set(s.low[lo:hi]))
    return False


def _were_hit(s: Syntax, lo: int, hi: int) -> bool:
    """ "Who was killed", "who the victims were", "who was in the vehicle"."""
    passive = s.low[lo + 1 : lo + 2] and s.low[lo + 1] in words("hedges", "being")
    return bool(passive and words("hedges", "being_hit") & set(s.low[lo + 2 : min(hi, lo + 4)]))
