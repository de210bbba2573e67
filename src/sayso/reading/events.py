"""Mentions to events: all mentions of one occurrence are one event, and what the text tells apart stays apart."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Interval, Modality, Place
from sayso.reading.fitting import fit
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.placing.settling import most_exact
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, HARM, OPEN, SHOOT

LEAD, RECENT = 5, 40
"""How many events of the beginning, and how many told last, a mention is compared with."""
FIRST, LAST = 4, 12
"""How many of an event's first mentions, and how many told last, another mention is compared with."""
THRESHOLD, REFERRING = 1.2, 0.6
"""The least score with which a mention joins an event; words that only refer back need less."""


@dataclass(slots=True)
class Draft:
    """An event while its mentions are gathered."""

    mentions: list[Mention]
    type: str
    modality: Modality
    time: Interval | None = None
    number: int = 0
    settled: Place | None = None
    """Its place, where no words of its own name one."""
    place_reason: str | None = None
    """Why it is that one."""

    @property
    def id(self) -> str:
        """The event's id within its account."""
        return f"e{self.number}"

    @property
    def compared(self) -> list[Mention]:
        """The mentions that another one is compared with: the first and the last, so that cost stays linear."""
        many = len(self.mentions) > FIRST + LAST
        return [*self.mentions[:FIRST], *self.mentions[-LAST:]] if many else self.mentions

    @property
    def places(self) -> list[Place]:
        """All places of all mentions, in their order."""
        return [p for m in self.mentions for p in m.places]

    @property
    def place(self) -> Place | None:
        """The most exact place that a mention names, else the one that the telling settles."""
        return most_exact(self.places) or self.settled


class EventReader:
    """Groups the mentions of one report."""

    def __init__(self, s: Syntax) -> None:
        self.s = s

    def read(self, mentions: list[Mention]) -> list[Draft]:
        """The events of a report, in order of their first mention."""
        drafts: list[Draft] = []
        for m in mentions:
            draft = self._fitting(m, drafts)
            if draft is not None:
                _join(m, draft)
            elif self._opens(m, drafts):
                drafts.append(Draft([m], self._new_type(m, drafts), m.modality))
        for number, d in enumerate(drafts, 1):
            d.number = number
            if d.type == "armed_attack" and all(self._strike(m) for m in d.mentions):
                # A strike told without a weapon is one from the air, in the language of news.
                d.type = "airstrike"
        return drafts

    def _strike(self, m: Mention) -> bool:
        return m.trigger.noun and self.s.low[m.trigger.head] in words("triggers", "strikes")

    def _fitting(self, m: Mention, drafts: list[Draft]) -> Draft | None:
        """The event that a mention fits best, the last told one where two fit alike; none where none fits."""
        # Only those of the lead and the last ones told are looked at, so that cost stays linear in length.
        near = drafts if len(drafts) <= LEAD + RECENT else [*drafts[:LEAD], *drafts[-RECENT:]]
        scored = [(score, d.mentions[-1].trigger.lo, d) for d in near if (score := fit(self.s, m, d)) is not None]
        best = max(scored, key=lambda row: row[:2], default=None)
        m.fits = best[0] if best is not None else None
        threshold = REFERRING if m.trigger.entry == ANAPHORIC else THRESHOLD
        return best[2] if best is not None and best[0] >= threshold else None

    def _opens(self, m: Mention, drafts: list[Draft]) -> bool:
        """Whether a mention that fits no event opens one: not by referring back, and not by being denied or doubted."""
        denied = m.stance == "denies" and m.definite and bool(drafts) and m.trigger.entry == OPEN
        return m.trigger.entry != ANAPHORIC and not m.unclear and not denied

    def _new_type(self, m: Mention, drafts: list[Draft]) -> str:
        """ "A similar attack" is of the type of the one that it resembles."""
        t = m.trigger
        lo = self.s.noun_phrase(t.head)[0] if t.noun else t.lo
        if "similar" not in self.s.low[lo : t.hi] or t.type != "armed_attack":
            return t.type
        near = (d for d in reversed(drafts) if d.modality == "actual" and _told_before(m, d))
        like = next(near, None)
        return like.type if like is not None else t.type


def _told_before(m: Mention, d: Draft) -> bool:
    return any(m.sentence - o.sentence <= 1 for o in d.compared)


def _join(m: Mention, d: Draft) -> None:
    if _rank(m) > max(_rank(o) for o in d.compared):
        d.type = m.trigger.type
    if d.modality != "actual" and m.modality == "actual" and m.trigger.entry != ANAPHORIC and not m.definite:
        d.modality = "actual"
    d.mentions.append(m)


def _rank(m: Mention) -> int:
    """How much a mention's trigger says of the type."""
    if m.trigger.entry in {ANAPHORIC, *HARM}:
        return int(m.trigger.type not in {"armed_attack", "other_violence"})
    if m.trigger.type == "armed_attack" and m.trigger.entry in {OPEN, SHOOT}:
        return 1
    if m.trigger.entry == OPEN:
        return 2
    return 4 if m.trigger.type in {"chemical_attack", "suicide_bombing"} else 3
