"""What is said not to be known: "it was not immediately clear where …", "it is unclear who …"."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Slot, Stance
from sayso.reading.roles import role_words
from sayso.reading.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Hedge:
    """The clause ``[lo, hi)`` that is not known, and the slots that it asks for."""

    slots: tuple[Slot, ...]
    lo: int
    hi: int
    stance: Stance = "uncertain"


def find_hedges(s: Syntax) -> list[Hedge]:
    """All clauses that the report, or somebody in it, says are not known."""
    unclear = role_words()["unclear"]
    found = []
    for i, low in enumerate(s.low):
        if low not in unclear:
            continue
        negative = low in OPEN_QUESTIONS or s.child(i, "neg") is not None or s.child(s.head[i], "neg") is not None
        if not negative and "not" not in s.low[max(s.bounds(i)[0], i - 4) : i]:
            continue
        hi = s.bounds(i)[1]
        lo = next((k for k in range(i + 1, min(hi, i + 6)) if s.low[k] in ASKS), None)
        if lo is None:
            continue
        end = hi
        head = next(
            (c for c in (*s.children[i], *s.children[s.head[i]]) if s.left[c] <= lo <= s.right[c] and c > i), None
        )
        if head is not None:
            end = s.right[head] + 1
        while end > lo + 1 and s.word[end - 1] in {".", ",", '"', "”"}:
            end -= 1
        found.append(Hedge((_slot(s, lo, end),), lo, end))
    return found + _tolls(s)


def _tolls(s: Syntax) -> list[Hedge]:
    """ "No immediate toll", "conflicting reports on the number of casualties", "the casualties are not big": no figure given."""
    found = []
    for i, low in enumerate(s.low):
        lo, hi = s.bounds(i)
        if low in {"giving", "specifying", "providing", "stating"} and "without" in s.low[max(lo, i - 2) : i]:
            asked = next((k for k in range(i + 1, min(hi, i + 6)) if s.low[k] in WITHHELD), None)
            if asked is not None:
                found.append(Hedge(WITHHELD[s.low[asked]], i - 1, asked + 1))
        if (
            low in {"toll", "figure", "figures"}
            and "no" in s.low[max(lo, i - 3) : i]
            and {"immediate", "exact", "precise", "confirmed", "official"} & set(s.low[max(lo, i - 3) : i])
        ):
            a = s.noun_phrase(i)[0]
            found.append(Hedge(("killed", "injured"), a, i + 1))
        elif low == "number" and s.low[i + 1 : i + 3] in (
            ["of", "casualties"],
            ["of", "victims"],
            ["of", "dead"],
            ["of", "deaths"],
        ):
            before = set(s.low[max(lo, i - 8) : i])
            if before & {
                "investigating",
                "conflicting",
                "unclear",
                "verify",
                "verifying",
                "clarify",
                "unknown",
                "checking",
                "counting",
            }:
                found.append(Hedge(("killed", "injured"), max(lo, i - 3), i + 3))
        elif (
            low in {"casualties", "losses"}
            and s.dep[i] == "nsubj"
            and s.child(s.head[i], "neg") is not None
            and {"big", "large", "heavy", "high", "great"} & set(s.low[i : i + 6])
        ):
            a = s.noun_phrase(i)[0]
            b = next(k for k in range(i, min(i + 6, hi)) if s.low[k] in {"big", "large", "heavy", "high", "great"})
            found.append(Hedge(("killed",), a, b + 1))
    return found


WITHHELD: dict[str, tuple[Slot, ...]] = {
    "time": ("time",),
    "date": ("time",),
    "place": ("place",),
    "location": ("place",),
    "figure": ("killed", "injured"),
    "toll": ("killed", "injured"),
    "number": ("killed", "injured"),
}
"""What somebody may leave unsaid, and the slots that stay open by it."""
OPEN_QUESTIONS = frozenset(
    {
        "unclear",
        "unknown",
        "determine",
        "determining",
        "investigating",
        "investigate",
        "verify",
        "establish",
        "verifying",
    }
)
"""Words after which a question stays open without a negation."""


ASKS = frozenset(
    {"where", "who", "whom", "what", "which", "how", "why", "when", "if", "whether", "exactly", "precisely"}
)


def _slot(s: Syntax, lo: int, hi: int) -> Slot:
    words = s.low[lo:hi]
    first = words[0]
    if first in {"exactly", "precisely"} and len(words) > 1:
        first = words[1]
    if first == "where":
        return "origin" if "from" in words else "place"
    if first in {"who", "whom"} or (first in {"if", "whether"} and "by" in words):
        return "initiator"
    if first == "how" and "many" in words:
        return "injured" if {"injured", "wounded", "hurt"} & set(words) and "killed" not in words else "killed"
    if first in {"what", "which"}:
        return "initiator" if {"group", "side", "party", "faction"} & set(words[:3]) else "weapon"
    if first == "why":
        return "motive"
    if first == "when":
        return "time"
    return "occurrence"
