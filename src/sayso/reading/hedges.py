"""What is said not to be known: "it was not immediately clear where …", "it is unclear who …"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from sayso.model import Slot, Stance
from sayso.reading.lexicon import values, words
from sayso.reading.syntax import Syntax

REACH = 6
"""How many tokens a question word, or what is left unsaid, may stand behind the word that leaves it open."""
CHECKED = 7
"""How many tokens before a word of checking its negation may stand."""
TOLLS: tuple[Slot, ...] = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Hedge:
    """The clause ``[lo, hi)`` that is not known, and the slots that it asks for."""

    slots: tuple[Slot, ...]
    lo: int
    hi: int
    stance: Stance = "uncertain"


def find_hedges(s: Syntax) -> list[Hedge]:
    """All clauses that the report, or somebody in it, says are not known."""
    readers = (_withheld, _no_toll, _number_of, _not_big, _unchecked, _unclaimed, _undetermined)
    questions = (_question(s, i) for i in range(len(s.low)))
    tolls = (read(s, i) for i in range(len(s.low)) for read in readers)
    return [hedge for hedge in chain(questions, tolls) if hedge is not None]


def _question(s: Syntax, i: int) -> Hedge | None:
    """ "Not clear who …", "unknown whether …"."""
    if s.low[i] not in words("hedges", "unclear") or not _left_open(s, i):
        return None
    hi = s.bounds(i)[1]
    lo = next((k for k in range(i + 1, min(hi, i + REACH)) if s.low[k] in words("hedges", "asks")), None)
    if lo is None:
        return None
    if s.low[lo] == "how" and lo + 1 < hi and s.word[lo + 1].isalnum() and s.low[lo + 1] != "many":
        return None  # "how they got in": none of the slots
    near = (*s.children[i], *s.children[s.head[i]])
    clause = next((c for c in near if s.left[c] <= lo <= s.right[c] and c > i), None)
    end = s.right[clause] + 1 if clause is not None else hi
    end = s.trimmed(lo + 1, end)
    return Hedge((_slot(s.low[lo:end]),), lo, end)


def _left_open(s: Syntax, i: int) -> bool:
    negated = s.child(i, "neg") is not None or s.child(s.head[i], "neg") is not None
    return s.low[i] in words("hedges", "open") or negated or "not" in s.low[max(s.bounds(i)[0], i - 4) : i]


def _withheld(s: Syntax, i: int) -> Hedge | None:
    """ "Without giving a figure"."""
    lo, hi = s.bounds(i)
    if s.low[i] not in words("hedges", "withholding") or "without" not in s.low[max(lo, i - 2) : i]:
        return None
    slots = values("hedges", "withheld")
    asked = next((k for k in range(i + 1, min(hi, i + REACH)) if s.low[k] in slots), None)
    return Hedge(tuple(slots[s.low[asked]]), i - 1, asked + 1) if asked is not None else None


def _no_toll(s: Syntax, i: int) -> Hedge | None:
    """ "No immediate toll"."""
    if s.low[i] not in words("hedges", "tolls"):
        return None
    before = set(s.low[max(s.bounds(i)[0], i - 3) : i])
    return Hedge(TOLLS, s.noun_phrase(i)[0], i + 1) if "no" in before and before & words("hedges", "exact") else None


def _number_of(s: Syntax, i: int) -> Hedge | None:
    """ "Conflicting reports on the number of casualties"."""
    if s.low[i : i + 2] != ["number", "of"] or i + 2 >= len(s.low) or s.low[i + 2] not in words("hedges", "counted"):
        return None
    lo = s.bounds(i)[0]
    counting = set(s.low[max(lo, i - 8) : i]) & words("hedges", "counting")
    return Hedge(TOLLS, max(lo, i - 3), i + 3) if counting else None


def _not_big(s: Syntax, i: int) -> Hedge | None:
    """ "The casualties are not big"."""
    if s.low[i] not in words("hedges", "losses") or s.dep[i] != "nsubj" or s.child(s.head[i], "neg") is None:
        return None
    end = min(i + REACH, s.bounds(i)[1])
    big = next((k for k in range(i, end) if s.low[k] in words("hedges", "big")), None)
    return Hedge(("killed",), s.noun_phrase(i)[0], big + 1) if big is not None else None


def _unchecked(s: Syntax, i: int) -> Hedge | None:
    """ "The report could not be independently verified", "it was not possible to confirm it"."""
    if s.low[i] not in words("hedges", "checking") or s.dep[i] == "amod":
        return None
    first, hi = s.bounds(i)
    lo = next((k for k in range(i - 1, max(first, i - CHECKED) - 1, -1) if _impeding(s, k)), None)
    asked = words("hedges", "asks")
    if lo is None or asked & set(s.low[i + 1 : min(hi, i + REACH)]):
        return None
    ends = i + 2 >= hi or not s.word[i + 2].isalnum()
    if s.low[i + 1 : i + 2] and s.low[i + 1] in words("hedges", "whatever") and ends:
        return None  # "difficult to confirm this": whatever "this" is
    subject = s.child(i, "nsubj", "nsubjpass")
    if s.tag[i][0] == "V" and subject is not None and s.dep[subject] == "nsubj" and s.tag[subject][0] == "N":
        return None  # "the army has not confirmed it": the army's own word
    start = s.left[subject] if subject is not None and s.left[subject] >= first else lo
    about = set(s.low[start:hi])
    if about & words("hedges", "unchecked"):
        return None
    end = s.trimmed(i + 1, max(i + 1, s.right[i] + 1))
    toll = about & (words("hedges", "tolls") | words("hedges", "counted"))
    return Hedge(TOLLS if toll else ("occurrence",), start, end)


def _impeding(s: Syntax, k: int) -> bool:
    return s.low[k] in words("hedges", "impeding")


def _unclaimed(s: Syntax, i: int) -> Hedge | None:
    """ "There was no immediate claim of responsibility"."""
    if s.low[i] not in words("hedges", "claims") or s.low[i + 1 : i + 3] != ["of", "responsibility"]:
        return None
    lo, hi = s.bounds(i)
    no = next((k for k in range(i - 1, max(lo, i - REACH) - 1, -1) if s.low[k] in {"no", "without", "not"}), None)
    return Hedge(("initiator",), no, s.trimmed(i + 3, max(i + 3, hi))) if no is not None else None


def _undetermined(s: Syntax, i: int) -> Hedge | None:
    """ "Was not able to determine the type of the gas"."""
    if s.low[i] not in words("hedges", "determining"):
        return None
    lo, hi = s.bounds(i)
    no = next((k for k in range(i - 1, max(lo, i - REACH) - 1, -1) if _impeding(s, k)), None)
    slots = values("hedges", "kinds")
    asked = next((k for k in range(i + 1, min(hi, i + REACH)) if s.low[k] in slots), None)
    if no is None or asked is None:
        return None
    return Hedge(tuple(slots[s.low[asked]]), no, s.trimmed(asked + 1, max(asked + 1, s.right[asked] + 1)))


def _slot(question: list[str]) -> Slot:
    """The slot that a question asks for."""
    first, rest = question[0], set(question)
    if first in words("hedges", "exactly") and len(question) > 1:
        first = question[1]
    if first == "where":
        return "origin" if "from" in rest else "place"
    if first in {"who", "whom"} or (first in {"if", "whether"} and "by" in rest):
        return "initiator"
    if first in {"if", "whether"} and rest & words("hedges", "causing"):
        return "weapon"
    if first == "how" and "many" in rest:
        return "injured" if words("hedges", "hurt") & rest and "killed" not in rest else "killed"
    if first == "how" and len(question) == 1:
        return "weapon"
    if first in {"what", "which"}:
        return "initiator" if words("hedges", "sides") & set(question[:3]) else "weapon"
    if first == "why":
        return "motive"
    return "time" if first == "when" else "occurrence"
