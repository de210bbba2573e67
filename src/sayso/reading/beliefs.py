"""What is only believed: "jets believed to be Russian", "may be behind the attack", "believed to be chlorine"."""

from __future__ import annotations

from sayso.reading.events import Draft
from sayso.reading.ground import Ground
from sayso.reading.lexicon import load_lexicon, words
from sayso.reading.mentions import Mention
from sayso.reading.saying import Reading

BEFORE = 4
"""At most this many tokens before "believed to be" stands what is believed to be something."""
MATTER = 12
"""At most this many tokens behind "behind" or "responsible" the act is named."""
ABOVE = 3
"""How many heads above "the work of" a word may say that it only seems so."""
LEADS = (
    ("to", "be"),
    ("to", "belong", "to"),
    ("of", "being"),
    ("to", "have", "been"),
    ("was",),
    ("were",),
    ("is",),
    ("are",),
)
"""What stands between a word of believing and what something is believed to be."""


class BeliefReader:
    """Reads what a report, or somebody in it, only believes of a party or of a weapon, and who doubts an event."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.s = ground.s
        self.book = ground.book

    def read(self) -> None:
        """Make the claims of what is believed, suspected or doubted."""
        for i, low in enumerate(self.s.low):
            if low in words("stands", "believing"):
                self._believed(i)
            elif low in words("stands", "behind"):
                self._behind(i)
            elif low in words("stands", "work"):
                self._work_of(i)
            elif low in words("stands", "scepticism"):
                self._sceptic(i)

    def _believed(self, i: int) -> None:
        """ "Planes believed to be Russian" leaves the side open, "a gas which they suspect was chlorine" the weapon."""
        s = self.s
        first, end = s.bounds(i)
        lo = next((i + 1 + len(p) for p in LEADS if tuple(s.low[i + 1 : i + 1 + len(p)]) == p), end)
        if lo >= end:
            return
        what = set(s.low[max(first, i - BEFORE) : i])
        if what & words("stands", "doers"):
            slot = "initiator"
        elif what & (words("stands", "agents") | {"what"}) and s.low[lo] in words("stands", "agents"):
            slot = "weapon"
        else:
            return
        told = self._told(lo, slot)
        gas = self.ground.with_agent(i - 1, lo + 1) if slot == "weapon" else None
        if gas is not None and (told is None or told[1].type != gas.type):
            told = next((row for row in self.ground.mentions if row[1] is gas), None)
        d = told[1] if told is not None else self.ground.open_event(lo, lo + 1)
        if s.tag[lo] == "CD" or d is None or (told is not None and self._known(told[0], slot, lo)):
            return
        hi = lo + 1
        while hi < end and s.tag[hi - 1] in {"DT", "JJ"} and s.tag[hi][0] in "NJ":
            hi += 1
        reading = self.ground.coverage.at(lo) or (told[0].attribution if told is not None else None)
        self.ground.put(d, slot, s.words(lo, hi), None, "uncertain", reading, max(first, i - 1), hi)

    def _told(self, i: int, slot: str) -> tuple[Mention, Draft] | None:
        """The attack told behind a token in its sentence, else before it there."""
        first, end = self.s.bounds(i)
        types = load_lexicon("stands")["struck"]["types"]
        here = [(m, d) for m, d in self.ground.mentions if first <= m.trigger.head < end]
        struck = [(m, d) for m, d in here if d.type in types] or (here if slot == "initiator" else [])
        return next((row for row in struck if row[0].trigger.head >= i), struck[0] if struck else None)

    def _known(self, m: Mention, slot: str, lo: int) -> bool:
        """Whether the mention itself names a side, or this very weapon."""
        return any(x.slot == slot and (slot == "initiator" or x.lo <= lo < x.hi) for x in m.details)

    def _behind(self, i: int) -> None:
        """ "Is believed to be behind the attack", "may be responsible for it": who did it is open."""
        s = self.s
        verb = s.head[i]
        if not s.is_verb(verb):
            return
        above = s.head[verb]
        if s.dep[verb] == "xcomp" and s.low[above] in self._holding():
            subject = s.child(above, "nsubjpass", "nsubj")
        elif {s.low[c] for c in s.children[verb] if s.dep[c] == "aux"} & words("modality", "maybe"):
            subject = s.child(verb, "nsubj")
        else:
            return
        told = self.ground.told_in(i + 1, min(s.bounds(i)[1], i + MATTER))
        d = told[1] if told is not None else self.ground.event_at(i, i + 1)
        if d is None or subject is None or s.tag[subject][0] != "N" or s.low[subject] in words("grammar", "nobody"):
            return
        self._open_side(d, subject, s.left[subject], told[0].trigger.hi if told is not None else i + 1, i)

    def _work_of(self, i: int) -> None:
        """ "Appeared to be the work of the army"."""
        s = self.s
        of = next((c for c in s.children[i] if s.low[c] == "of"), None)
        who = s.child(of, "pobj") if of is not None else None
        if who is None or not any(s.low[a] in self._holding() for a in s.ancestors(i, ABOVE)):
            return
        d = self.ground.event_at(s.bounds(i)[0], i)
        if d is not None and s.tag[who][0] == "N":
            self._open_side(d, who, i, s.right[who] + 1, i)

    def _open_side(self, d: Draft, who: int, lo: int, hi: int, i: int) -> None:
        actor = self.book.mention(who)
        lo, hi = self.ground.trimmed(lo, hi)
        reading = self.ground.coverage.at(i)
        self.ground.put(d, "initiator", self.book.name(actor), actor, "uncertain", reading, lo, hi, actor)

    def _holding(self) -> frozenset[str]:
        return words("modality", "held_to_be") | words("modality", "seeming") | words("modality", "probably")

    def _sceptic(self, i: int) -> None:
        """ "Voiced scepticism regarding the truce": the subject doubts the event."""
        s = self.s
        verb = s.head[i]
        if s.dep[i] != "dobj" or not s.tag[verb].startswith("VB"):
            return
        subject = s.child(verb, "nsubj")
        lo, hi = i, s.right[i] + 1
        hit = next((d for m, d in self.ground.mentions if lo < m.trigger.head < max(hi, i + 8)), None)
        if subject is None or hit is None or s.tag[subject][0] != "N":
            return
        actor = self.book.mention(subject)
        made = Reading((verb, verb + 1), s.noun_phrase(subject), [(i, hi)], "claim", "uncertain", actor)
        self.ground.put(hit, "occurrence", None, True, "uncertain", self.ground.add(made), *self.ground.trimmed(lo, hi))
