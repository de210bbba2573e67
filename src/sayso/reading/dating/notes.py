"""Notes on dates: where the knowledge base dates the event named otherwise than the words do.

A note never changes an interval. It is made only where the victim, or all that names an act, stands in the words that
tell the event, and where no day of the interval is one of the known ones.
"""

from __future__ import annotations

import msgspec

from sayso.knowledge.chronicle import DatedEvent, acts_named, killings_named
from sayso.reading.events import Draft
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax

VICTIMS = frozenset({"dobj", "nsubjpass"})
KILLINGS = frozenset({"assassination", "execution"})


def note_known(drafts: list[Draft], s: Syntax, published: str) -> None:
    """Add to the interval of each dated event what the chronicle has of it, where that is another day."""
    for d in drafts:
        if d.time is None or d.time.start is None:
            continue
        known = {event.name: event for m in d.mentions for event in _known(m, d.type, s)}
        told = [event for event in known.values() if event.start <= published]
        if len(told) == 1 and not told[0].meets(d.time.start, d.time.end):
            d.time = msgspec.structs.replace(d.time, note=_note(told[0]))


def _note(event: DatedEvent) -> str:
    days = event.start if event.start == event.end else f"{event.start}/{event.end}"
    return f"the knowledge base dates {event.name} to {days} ({event.source})"


def _known(m: Mention, type_: str, s: Syntax) -> list[DatedEvent]:
    head = m.trigger.head
    lo, hi = _clause(s, head)
    killed = [event for words_, of in _victims(m, type_, s) for event in killings_named(words_, of)]
    return [*killed, *acts_named(type_, s.words(lo, hi))]


def _clause(s: Syntax, head: int) -> tuple[int, int]:
    """The words of the clause of a trigger; of a noun, its phrase, and the clause whose subject or object it is."""
    if s.is_verb(head) or s.dep[head] not in VICTIMS | {"nsubj"}:
        return s.subtree(head)
    return s.subtree(s.head[head])


def _victims(m: Mention, type_: str, s: Syntax) -> list[tuple[str, str]]:
    """The words for who was killed, with the one that says who.

    "The killing of X", "X's murder", "a strike killed X", "X, who was killed".
    """
    head, found = m.trigger.head, list[int]()
    if m.trigger.noun and (type_ in KILLINGS or s.low[head] in words("dating", "killing")):
        found += [c for c in s.children[head] if s.dep[c] == "poss"]
        found += [x for c in s.children[head] if s.low[c] == "of" and (x := s.child(c, "pobj")) is not None]
    for verb in (head, *s.ancestors(head, 3)):
        if s.is_verb(verb) and (s.low[verb] in words("dating", "killed") or (verb == head and type_ in KILLINGS)):
            found += [c for c in s.children[verb] if s.dep[c] in VICTIMS]
            if s.dep[verb] == "relcl" and s.child(verb, "nsubjpass") is not None:
                found.append(s.head[verb])
    return [(s.words(*s.noun_phrase(k)), s.word[k]) for i in found for k in s.conjuncts(i)]
