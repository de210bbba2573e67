"""What is said not to be known: "it was not immediately clear where …", "it is unclear who …"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from sayso.model import Slot, Stance
from sayso.reading.lexicon import values, words
from sayso.reading.questions import TOLLS, of_the_event, slots_asked
from sayso.reading.syntax import NOUN_TAGS, Syntax

REACH = 6
"""How many tokens a question word, or what is left unsaid, may stand behind the word that leaves it open."""
CHECKED = 7
"""How many tokens before a word of checking its negation may stand."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """The clause ``[lo, hi)`` that is not known, and the slots that it asks for."""

    slots: tuple[Slot, ...]
    lo: int
    hi: int
    stance: Stance = "uncertain"
    doubter: int | None = None
    """The head of the noun for whoever does not know it; none where the words leave it to the report."""
    loose: bool = False
    """It is a question that by its own words speaks of no attack; only an event told in it makes it one of that."""


def find_hedges(s: Syntax) -> list[Hedge]:
    """All clauses that the report, or somebody in it, says are not known."""
    readers = (_withheld, _no_toll, _number_of, _not_big, _unchecked, _unclaimed, _undetermined, _remains)
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
    slots = slots_asked(s, lo, end)
    return Hedge(slots, lo, end, doubter=_doubter(s, i), loose=not of_the_event(s, lo, end)) if slots else None


def _doubter(s: Syntax, i: int) -> int | None:
    """The noun of whoever "was unable to determine", "did not know" or "could not confirm" it."""
    impeded = any(_impeding(s, k) for k in range(max(s.bounds(i)[0], i - CHECKED), i))
    return _subject(s, i) if s.is_verb(i) and impeded else None


def _subject(s: Syntax, verb: int) -> int | None:
    """The noun of whoever does what the verb says; none where it is a pronoun, or a report, or a figure."""
    while s.child(verb, "nsubj") is None and s.head[verb] != verb:
        if s.dep[verb] not in {"xcomp", "acomp"} and (s.dep[verb] != "conj" or s.tag[verb] == "VBG"):
            return None
        verb = s.head[verb]
    subject = s.child(verb, "nsubj")
    if subject is None:
        return None
    if s.tag[subject] in {"WDT", "WP"} and s.dep[verb] == "relcl":
        subject = s.head[verb]
    told = words("cues", "rumours") | words("cues", "nouns") | words("hedges", "tolls") | words("hedges", "counted")
    return subject if s.tag[subject] in NOUN_TAGS and s.low[subject] not in told else None


def _left_open(s: Syntax, i: int) -> bool:
    negated = s.child(i, "neg") is not None or s.child(s.head[i], "neg") is not None
    before = s.low[max(s.bounds(i)[0], i - 4) : i]
    return s.low[i] in words("hedges", "open") or negated or "not" in before or before[-1:] == ["without"]


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
    if "no" not in before or not before & words("hedges", "exact"):
        return None
    verb = s.head[i] if s.dep[i] == "dobj" else i
    end = s.trimmed(i + 1, s.noun_phrase(i, full=True)[1])
    return Hedge(TOLLS, s.noun_phrase(i)[0], end, doubter=_subject(s, verb) if verb != i else None)


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
    subject, doubter = s.child(i, "nsubj", "nsubjpass"), _doubter(s, i)
    kinds = values("hedges", "kinds")
    thing = next((k for k in range(i + 1, min(hi, i + REACH)) if s.low[k] in kinds), None)
    if thing is None and s.tag[i][0] == "V" and subject is not None and subject == doubter:
        # "The army has not confirmed the attack" is the army's own word; "could not verify the reports" is of all told.
        checked = s.child(i, "dobj")
        if checked is None or s.low[checked] not in words("cues", "rumours"):
            return None
    start = s.left[subject] if subject is not None and subject != doubter and s.left[subject] >= first else lo
    about = set(s.low[start:hi])
    if about & words("hedges", "unchecked"):
        return None
    end = s.trimmed(i + 1, max(i + 1, s.right[i] + 1))
    if thing is not None:
        return Hedge(tuple(kinds[s.low[thing]]), start, max(end, thing + 1), doubter=doubter)
    toll = about & (words("hedges", "tolls") | words("hedges", "counted"))
    return Hedge(TOLLS if toll else ("occurrence",), start, end, doubter=doubter)


def _impeding(s: Syntax, k: int) -> bool:
    return s.low[k] in words("hedges", "impeding")


def _unclaimed(s: Syntax, i: int) -> Hedge | None:
    """ "There was no immediate claim of responsibility"."""
    if s.low[i] not in words("hedges", "claims") or s.low[i + 1 : i + 3] != ["of", "responsibility"]:
        return None
    lo, hi = s.bounds(i)
    no = next((k for k in range(i - 1, max(lo, i - REACH) - 1, -1) if s.low[k] in {"no", "without", "not"}), None)
    return Hedge(("initiator",), no, s.trimmed(i + 3, max(i + 3, hi))) if no is not None else None


def _remains(s: Syntax, i: int) -> Hedge | None:
    """ "The number of civilians killed is unclear", "the identity of the attackers remained unknown"."""
    if s.low[i] not in words("hedges", "open_still") or s.dep[i] not in {"acomp", "oprd", "xcomp"}:
        return None
    subject = s.child(s.head[i], "nsubj", "nsubjpass")
    kinds = values("hedges", "kinds")
    if subject is None or s.low[subject] not in kinds or s.sentence_of[subject] != s.sentence_of[i]:
        return None
    about = set(s.low[s.left[subject] : s.right[subject] + 1])
    slots = tuple(kinds[s.low[subject]])
    if slots == TOLLS and "killed" in about and not about & words("hedges", "hurt"):
        slots = ("killed",)
    return Hedge(slots, s.left[subject], i + 1)


def _undetermined(s: Syntax, i: int) -> Hedge | None:
    """ "Was not able to determine the type of the gas"."""
    if s.low[i] not in words("hedges", "determining"):
        return None
    lo, hi = s.bounds(i)
    no = next((k for k in range(i - 1, max(lo, i - REACH) - 1, -1) if _impeding(s, k)), None)
    slots = values("hedges", "kinds")
    asked = next((k for k in range(i + 1, min(hi, i + REACH)) if s.low[k] in slots), None)
    if no is None or asked is None or words("hedges", "rough") & set(s.low[i:asked]):
        return None
    end = s.trimmed(asked + 1, max(asked + 1, s.right[asked] + 1))
    return Hedge(tuple(slots[s.low[asked]]), no, end, doubter=_doubter(s, i))
