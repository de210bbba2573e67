"""Mentions of events: each trigger with its time, its place, its figures, its modality, and on whose word it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sayso.model import Modality, Place, Stance, Time
from sayso.reading.casualties import Casualty
from sayso.reading.details import DetailReader
from sayso.reading.hedges import Hedge
from sayso.reading.lexicon import words
from sayso.reading.modality import modality_of
from sayso.reading.placing.choosing import HALTS, PlaceChooser, TakenUp
from sayso.reading.placing.settling import most_exact
from sayso.reading.roles import Detail
from sayso.reading.saying import Coverage, Reading
from sayso.reading.syntax import Syntax
from sayso.reading.telling import is_definite, is_fresh, negation_of, not_to_come, stance_of
from sayso.reading.timing import LONGEST_TIME, TimeChooser, in_perfect, in_present, is_background
from sayso.reading.triggers import ANAPHORIC, HARM, KILL, SHOOT, TAKEN, WOUND, Trigger

FAR = 99
CLAUSE = 3
"""Triggers so many steps apart in the tree are of one clause."""
WAR = 5000
"""A toll from this number on, told with the word war or conflict, is that of the whole war."""
T = TypeVar("T")


@dataclass(slots=True)
class Mention:
    """One mention of an event, while events are read."""

    trigger: Trigger
    sentence: int
    details: list[Detail]
    casualties: list[Casualty] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    bounds: list[Time] = field(default_factory=list)
    """Times at which it was told or looked back at: it was no later."""
    since: Time | None = None
    """The time from which on it is told."""
    pictured: bool = False
    """It is told beneath a picture."""
    places: list[Place] = field(default_factory=list)
    """Where it happened, by its own words."""
    taken_up: TakenUp | None = None
    """Where it happened, by words that take up a place named before ("the town")."""
    likely_there: float | None = None
    """How likely the binder finds it, from 0 to 1, that it happened at the likeliest of its places."""
    fits: float | None = None
    """How well it fits the event told before that it fits best."""
    attribution: Reading | None = None
    modality: Modality = "actual"
    stance: Stance | None = None
    definite: bool = False
    fresh: bool = False
    plural: bool = False
    quoted: bool = False
    unclear: bool = False
    conjunct: bool = False
    """Its trigger is coordinated with another word."""
    negation: int | None = None
    """The token that denies it from a clause above its own: the "no" of "no truth to the reports that …"."""

    @property
    def time(self) -> Time | None:
        """The time that dates this mention, if it has one that could be resolved."""
        return next((t for t in self.times if t.precision != "unknown" and t.start is not None), None)

    @property
    def place(self) -> Place | None:
        """The most exact place of this mention."""
        return most_exact(self.places)


class MentionReader:
    """Turns triggers into mentions for one report."""

    def __init__(
        self,
        s: Syntax,
        triggers: list[Trigger],
        casualties: list[Casualty],
        readings: list[Reading],
        coverage: Coverage,
        times: tuple[Time, ...],
        places: tuple[Place, ...],
        details: DetailReader,
        hedges: list[Hedge],
    ) -> None:
        self.s = s
        self.coverage = coverage
        self.details = details
        self.cues = {r.cue[0]: r for r in readings}
        self.triggers = self._by_sentence([(t.head, t) for t in triggers])
        self.casualties = self._by_sentence([(c.anchor, c) for c in casualties])
        self.times = self._by_sentence([(s.token_at(t.span.start), t) for t in times])
        self.sources = self._by_sentence([(r.source[0], r.source) for r in readings if r.source])
        self.trigger_tokens = {k for t in triggers for k in range(t.lo, t.hi)}
        self.unclear_tokens = {k for h in hedges for k in range(h.lo, h.hi)}
        self.time_tokens = self._tokens_of(times)
        self.placing = PlaceChooser(s, places)
        self.timing = TimeChooser(s, self.cues, self.trigger_tokens)

    def read(self) -> list[Mention]:
        """All mentions of the report, in order; killing words that only tell another's toll are taken into it."""
        made: list[Mention] = []
        for number in range(len(self.s.sentences)):
            if number in self.triggers:
                made += self._sentence(number)
            elif made and self._goes_on(number, made[-1]):
                made[-1].casualties += self._values(self.casualties, number)
        return made

    def _sentence(self, number: int) -> list[Mention]:
        here = [t for _, t in self.triggers[number]]
        kept = self._own(here, self._values(self.casualties, number))
        mentions = {t.head: self._mention(t, number) for t in kept}
        for i, casualty in self.casualties.get(number, []):
            owner = self._owner(i, kept)
            if owner is not None and not self._of_war(i, casualty):
                mentions[owner.head].casualties.append(casualty)
        timed = self.timing.choose(self.times.get(number, []), here, kept, lambda i: self._owner(i, kept))
        for head, timing in timed.items():
            mentions[head].times, mentions[head].bounds = timing.own, timing.bounds
            mentions[head].since, mentions[head].pictured = timing.since, timing.pictured
        for head, found in self.placing.choose(kept, self._untold(here), self._elsewhere(number, kept)).items():
            mentions[head].places, mentions[head].taken_up = found.places, found.taken_up
            mentions[head].likely_there = found.likelihood
        self._share(list(mentions.values()))
        return list(mentions.values())

    def _goes_on(self, number: int, last: Mention) -> bool:
        """Whether a sentence without a trigger goes on telling the toll of the mention before it."""
        first = self.s.sentences[number][0]
        same = self.s.paragraph_of[first] == self.s.paragraph_of[last.trigger.head]
        return number in self.casualties and number - last.sentence <= 1 and same

    def _by_sentence(self, rows: Iterable[tuple[int | None, T]]) -> dict[int, list[tuple[int, T]]]:
        found: dict[int, list[tuple[int, T]]] = {}
        for i, value in rows:
            if i is not None:
                found.setdefault(self.s.sentence_of[i], []).append((i, value))
        return found

    def _values(self, rows: dict[int, list[tuple[int, T]]], number: int) -> list[T]:
        return [value for _, value in rows.get(number, [])]

    def _tokens_of(self, times: tuple[Time, ...]) -> set[int]:
        s, found = self.s, set()
        for time in times:
            first = s.token_at(time.span.start)
            if first is not None:
                window = range(first, min(len(s.word), first + LONGEST_TIME))
                found |= {k for k in window if s.start[k] < time.span.end}
        return found

    # Which triggers are mentions -----------------------------------------------------------------------------------

    def _own(self, here: list[Trigger], casualties: list[Casualty]) -> list[Trigger]:
        """Triggers that stand for events of their own: killing is the toll of a stronger trigger near it."""
        here = [t for t in here if not (self._light(t, here) or self._reason(t) or self._asked(t))]
        here = [self._fought_for(t) for t in here if not self._aim(t, here)]
        here = _without_wounds([t for t in here if not self._whole_war(t, casualties)])
        strong = [t for t in here if t.entry not in {*HARM, ANAPHORIC, SHOOT}]
        shots = [t for t in here if t.entry == SHOOT]
        kept: list[Trigger] = []
        for t in here:
            killings = [o for o in kept if o.entry == KILL]
            toll = self._near(t, strong, 7) or self._near(t, shots, 3) or self._near(t, killings, 2)
            if t.entry not in HARM or not toll:
                kept.append(t)
        return [self._taken_up(t) for t in kept]

    def _taken_up(self, t: Trigger) -> Trigger:
        """ "Three children were among those killed": a toll of what was told before, which opens no event."""
        s, i = self.s, t.head
        if t.noun and s.low[s.noun_phrase(i)[0]] in words("triggers", "such"):
            return replace(t, entry=ANAPHORIC)
        if t.entry not in HARM or t.noun or s.sentence_of[i] == 0:
            return t
        told = s.dep[i] in {"acl", "amod"} and s.tag[i] == "VBN" and s.dep[s.head[i]] == "pobj"
        victim = s.head[i]
        known = s.dep[i] == "relcl" and s.low[s.noun_phrase(victim)[0]] in words("grammar", "definite") and not t.weapon
        return replace(t, entry=ANAPHORIC) if told or known else t

    def _near(self, t: Trigger, others: list[Trigger], steps: int) -> bool:
        return any(self._steps_within(t.head, o.head, steps) for o in others)

    def _light(self, t: Trigger, here: list[Trigger]) -> bool:
        """A verb whose object is itself an event ("launched an attack") tells of nothing more."""
        if t.noun or t.entry not in words("triggers", "light"):
            return False
        thing = self.s.child(t.head, "dobj", "nsubjpass")
        return thing is not None and any(o.noun and o.lo <= thing < o.hi for o in here)

    def _aim(self, t: Trigger, here: list[Trigger]) -> bool:
        """ "An operation to seize the town": what another event aims at is no event of its own."""
        if t.type != TAKEN or not self._to(t.head):
            return False
        s = self.s
        above = list(s.ancestors(t.head, 3))
        objects = [s.child(a, "dobj") for a in above[:1] if s.dep[t.head] in {"advcl", "xcomp"}]
        return any(o is not t and (o.head in above or o.head in objects) for o in here)

    def _fought_for(self, t: Trigger) -> Trigger:
        """ "Has been attempting to seize the town": the fighting for it, which goes on."""
        above = list(self.s.ancestors(t.head, 2))
        tried = any(self.s.low[a] in words("triggers", "attempts") for a in above)
        return replace(t, type="armed_clash") if t.type == TAKEN and self._to(t.head) and tried else t

    def _to(self, verb: int) -> bool:
        """Whether a verb is an infinitive with "to"."""
        aux = self.s.child(verb, "aux")
        return self.s.tag[verb] == "VB" and aux is not None and self.s.low[aux] == "to"

    def _asked(self, t: Trigger) -> bool:
        """ "Whether an airstrike or a missile attack caused the blast": what is asked after is no event told."""
        s = self.s
        known = s.low[s.noun_phrase(t.head)[0]] in words("grammar", "definite") if t.noun else True
        if t.noun and any(s.low[a] in words("triggers", "questions") for a in s.ancestors(t.head, 3)):
            return not known
        return t.head in self.unclear_tokens and not known

    def _reason(self, t: Trigger) -> bool:
        """ "Has retaliated for attacks": a bare plural behind it is the reason, not an event told."""
        s = self.s
        prep = s.head[t.head]
        answered = s.low[prep] == "for" and s.low[s.head[prep]] in words("triggers", "reasons")
        bare = s.tag[t.head] == "NNS" and s.child(t.head, "det", "poss", "nummod") is None
        return t.noun and s.dep[t.head] == "pobj" and answered and bare

    def _whole_war(self, t: Trigger, casualties: list[Casualty]) -> bool:
        """The toll of a whole war ("more than 320,000 killed since the conflict began") is no incident."""
        return t.entry in HARM and any(c.anchor == t.head and self._of_war(t.head, c) for c in casualties)

    def _of_war(self, i: int, casualty: Casualty) -> bool:
        lo, hi = self.s.bounds(i)
        return (casualty.count[0] or 0) >= WAR and bool(words("triggers", "wars") & set(self.s.low[lo:hi]))

    # What belongs to which -----------------------------------------------------------------------------------------

    def _steps_within(self, i: int, j: int, steps: int) -> bool:
        found = self.s.distance(i, j, steps)
        return found is not None and found <= steps

    def _distance(self, i: int, j: int) -> int:
        steps = self.s.distance(i, j)
        return FAR if steps is None else steps

    def _owner(self, i: int, triggers: list[Trigger]) -> Trigger | None:
        """The trigger that token ``i`` belongs to: the nearest in the tree, then in the text."""
        best = min(
            triggers,
            key=lambda t: (self._distance(i, t.head) + (2 if t.entry == ANAPHORIC else 0), abs(i - t.head)),
            default=None,
        )
        return best if best is not None and self._distance(i, best.head) < FAR else None

    def _untold(self, here: list[Trigger]) -> list[Trigger]:
        """Triggers that give a reason or are asked after: what they name is no place of the events told beside them."""
        return [t for t in here if self._reason(t) or self._asked(t)]

    def _elsewhere(self, number: int, kept: list[Trigger]) -> list[tuple[int, int]]:
        """The tokens of a sentence that tell who speaks and where things came from: no place in them is the event's."""
        origins = [(d.lo, d.hi) for t in kept for d in self.details.of(t) if d.slot == "origin"]
        return self._values(self.sources, number) + origins

    def _share(self, mentions: list[Mention]) -> None:
        """Coordinated or subordinate triggers of one clause share the time and place that the clause gives."""
        for m in mentions:
            for other in mentions:
                if other is m or not self._of_one_clause(m, other):
                    continue
                if self.s.dep[m.trigger.head] != "amod" and not self._apart(m.trigger.head, other.trigger.head):
                    m.times = m.times or [t for t in other.times if not self._within(t, other.trigger)]
                # What a breach breaks is no more exact than the words for it.
                m.places = m.places or ([] if m.trigger.type in HALTS else list(other.places))

    def _apart(self, head: int, dated: int) -> bool:
        """Whether a word is in the background, or in a perfect tense, and the one with a time is not."""
        told_so = (is_background, in_perfect, in_present)
        return any(tells(self.s, head) and not tells(self.s, dated) for tells in told_so)

    def _within(self, time: Time, t: Trigger) -> bool:
        """Whether a time stands before a trigger noun in its phrase ("the 1979 invasion"): it is of that alone."""
        first = self.s.start[self.s.noun_phrase(t.head)[0]]
        return t.noun and first <= time.span.start < self.s.start[t.head]

    def _of_one_clause(self, a: Mention, b: Mention) -> bool:
        lo, hi = sorted((a.trigger.head, b.trigger.head))
        if not self._steps_within(lo, hi, CLAUSE):
            return False
        between = {*self.s.low[lo:hi], *self._marks(lo, hi), *self._marks(hi, lo)}
        return not words("links", "parted_clauses") & between

    def _marks(self, i: int, other: int) -> set[str]:
        """The conjunctions ("after", "before") of a clause that the other word is not in."""
        s = self.s
        if s.left[i] <= other <= s.right[i]:
            return set()
        return {s.low[c] for c in s.children[i] if s.dep[c] == "mark"}

    def _mention(self, t: Trigger, number: int) -> Mention:
        s = self.s
        m = Mention(t, number, self.details.of(t))
        m.attribution = self.coverage.at(t.head)
        m.quoted = s.quoted[t.head]
        m.modality = modality_of(s, t)
        m.stance = stance_of(s, t)
        m.negation = negation_of(s, t)
        m.conjunct = s.dep[t.head] == "conj"
        m.plural = s.tag[t.head] == "NNS" or any(s.low[c] in words("links", "repeated") for c in s.children[t.head])
        m.fresh = is_fresh(s, t)
        m.unclear = t.head in self.unclear_tokens
        if m.stance == "denies" and not_to_come(s, t):
            m.modality = "planned"
        denied = m.stance == "denies" and m.modality == "actual"
        by_speaker = m.attribution is not None and m.attribution.stance == "denies"
        m.definite = m.unclear or denied or by_speaker or is_definite(s, t, self.time_tokens, self.details.weapon_at)
        return m


def _without_wounds(here: list[Trigger]) -> list[Trigger]:
    """The triggers of a sentence without words of wounding, of which one stays where no other trigger tells an event.

    It is the first, or the first that says with what.
    """
    wounds = [t for t in here if t.entry == WOUND]
    others = [t for t in here if t.entry != WOUND]
    if not wounds or any(t.entry != ANAPHORIC for t in others):
        return others
    told = next((t for t in wounds if t.weapon is not None), wounds[0])
    return [t for t in here if t is told or t.entry != WOUND]
