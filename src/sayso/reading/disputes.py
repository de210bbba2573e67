"""Denials without a verb of denying: "did not carry out strikes", "the claims were baseless", "denials by the army"."""

from __future__ import annotations

from sayso.reading.content import Range
from sayso.reading.events import Draft
from sayso.reading.ground import Ground
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.saying import Reading
from sayso.reading.telling import not_to_come

NEAR = 2
"""At most this many sentences from what is called an accident stands what was told of it."""
MISHAPS = frozenset({"aircraft_downed", "other_violence", "bombing"})
"""Types that somebody may call an accident."""


class DisputeReader:
    """Reads what somebody disputes in other words than by denying it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.s = ground.s
        self.book = ground.book
        self.cues = {r.cue[0] for r in ground.readings}
        self.settled: set[int] = set()
        """Triggers of mentions that a dispute speaks for."""

    def read(self) -> None:
        """Make the claims of everybody who disputes an event, its authorship, or that somebody was hit."""
        for i in range(len(self.s.low)):
            self._untrue(i)
            self._denial_by(i)
            self._nobody_of_ours(i)
            self._accident(i)
            self._not_there(i)
            self._not_behind(i)
            self._uncued(i)
        for m, d in self.ground.mentions:
            self._not_done(m, d)
            self._not_these(m, d)

    def _said(self, i: int) -> Reading | None:
        """The attribution that asserts token ``i`` on somebody's word."""
        reading = self.ground.coverage.at(i)
        return reading if reading is not None and reading.speaker and reading.stance == "asserts" else None

    def _not_done(self, m: Mention, d: Draft) -> None:
        """ "The air force did not carry out strikes there": whoever says so denies that it was they."""
        s, t = self.s, m.trigger
        verb = t.head if s.is_verb(t.head) else s.head[t.head]
        reading = self._said(t.head)
        if reading is None or not s.is_verb(verb) or not_to_come(s, t):
            return
        performs = s.is_verb(t.head) or (s.dep[t.head] == "dobj" and s.low[verb] in words("roles", "perform"))
        subject = s.child(verb, "nsubj")
        if not performs or subject is None or s.tag[subject] in {"EX", "WP", "WDT"}:
            return
        phrase = s.low[s.left[subject] : subject + 1]
        negated = s.child(verb, "neg") is not None or bool(phrase and phrase[0] in words("stands", "none_of"))
        if not negated or s.low[subject] in words("grammar", "nobody"):
            return
        lo, hi = self._inside(reading, s.subtree(verb), t.head)
        who = self._who(subject, reading, d)
        self.settled.add(t.lo)
        self.ground.put(d, "initiator", who, reading.speaker, "denies", reading, lo, hi)

    def _who(self, subject: int, reading: Reading, d: Draft) -> str | None:
        """Who is said not to have done it: the subject, the speaker himself, or whoever was named before."""
        own = self.s.low[self.s.left[subject]] in words("grammar", "speakers_own")
        if self.s.tag[subject][0] == "N" and not (own and reading.speaker):
            return self.book.name(self.book.mention(subject))
        if self.s.tag[subject] != "PRP" and not own:
            return self.ground.accused(d)
        return self.book.name(reading.speaker) if reading.speaker else None

    def _not_there(self, i: int) -> None:
        """ "Neither air force was carrying out any missions", "had not flown sorties": they were not there to do it."""
        s = self.s
        if s.low[i] not in words("stands", "missions") or s.dep[i] != "dobj":
            return
        verb = s.head[i]
        subject, reading = s.child(verb, "nsubj"), self._said(i)
        if subject is None or reading is None or any(m.trigger.lo <= i < m.trigger.hi for m, _ in self.ground.mentions):
            return
        none = words("stands", "none_of") & {s.low[s.left[subject]], s.low[s.noun_phrase(i)[0]]}
        d = self.ground.event_at(*s.subtree(verb))
        if d is not None and (none or s.child(verb, "neg") is not None):
            lo, hi = self._inside(reading, s.subtree(verb), i)
            self.ground.put(d, "initiator", self._who(subject, reading, d), None, "denies", reading, lo, hi)

    def _not_behind(self, i: int) -> None:
        """ "Was not responsible for the bombing", "had nothing to do with it", "played no part in the attack"."""
        s = self.s
        verb = s.head[i]
        if s.low[i] in words("stands", "taking_part"):
            denied = s.child(verb, "neg") is not None and s.is_verb(verb)
        elif s.low[i] in words("stands", "part"):
            none = s.low[s.left[i]] == "no" or s.low[i : i + 3] == ["nothing", "to", "do"]
            denied = none and s.low[verb] in words("stands", "having_part")
        else:
            return
        reading = self._said(i)
        subject = s.child(verb, "nsubj", "nsubjpass") if denied else None
        if subject is None or reading is None or s.low[subject] in words("grammar", "nobody"):
            return
        told = self.ground.told_in(i + 1, s.bounds(i)[1])
        d = told[1] if told is not None else self.ground.event_at(i, i + 1)
        if d is not None:
            lo, hi = self._inside(reading, s.subtree(verb), i)
            self.ground.put(d, "initiator", self._who(subject, reading, d), reading.speaker, "denies", reading, lo, hi)

    def _uncued(self, i: int) -> None:
        """ "… shelling the corridors, which rebels have denied", "with the army denying the attack"."""
        s = self.s
        if s.low[i] not in words("cues", "deny") or not s.is_verb(i) or i in self.cues:
            return
        subject = s.child(i, "nsubj")
        if s.tag[i] == "VBG" and s.tag[i - 1][0] == "N" and s.dep[i - 1] in {"pobj", "nsubj"}:
            subject = i - 1  # "with the army denying": the parser may take another for its subject
        thing = s.child(i, "dobj")
        relative = s.dep[i] == "relcl" and (thing is None or s.tag[thing] in {"WDT", "WP"})
        if subject is None or s.tag[subject][0] != "N" or s.child(i, "neg") is not None:
            return
        here = s.sentence_of[i]
        if relative:
            told = [(m, d) for m, d in self.ground.mentions if m.sentence == here and m.trigger.head < i]
            d = told[-1][1] if told else None
        else:
            inside = self.ground.told_in(i, s.right[i] + 1)
            d = inside[1] if inside is not None and thing == inside[0].trigger.head else None
        if d is None:
            return
        actor = self.book.mention(subject)
        lo, hi = (s.left[subject], i + 1) if relative else (i, s.right[i] + 1)
        made = Reading((i, i + 1), s.noun_phrase(subject), [(lo, hi)], "deny", "denies", actor)
        if relative and self.ground.accused(d) is None:
            return
        if relative:
            self._deny(d, self.ground.add(made), lo, hi)
        else:
            self.ground.put(d, "occurrence", None, True, "denies", self.ground.add(made), *self.ground.trimmed(lo, hi))

    def _not_these(self, m: Mention, d: Draft) -> None:
        """ "It is fighting IS, not Assad": the one behind "not" is said not to be hit."""
        s = self.s
        for x in m.details:
            k = x.value_hi
            if x.slot != "recipient" or x.head is None or s.low[k : k + 2] != [",", "not"] or k + 2 >= len(s.low):
                continue
            lo, hi = k + 2, k + 3
            while hi < s.bounds(k)[1] and s.tag[hi - 1] in {"DT", "JJ", "NNP", "NN"} and s.tag[hi][0] in "NJ":
                hi += 1
            if s.tag[hi - 1][0] == "N" and m.attribution is not None:
                self.ground.put(d, "recipient", s.words(lo, hi), None, "denies", m.attribution, k + 1, hi)

    def _untrue(self, i: int) -> None:
        """ "The claims are baseless": whoever says so denies what was claimed."""
        s = self.s
        if s.low[i] not in words("cues", "untrue") or s.dep[i] == "amod":
            return
        verb = s.head[i]
        subject = s.child(verb, "nsubj", "nsubjpass") if s.is_verb(verb) else None
        reading = self._said(i)
        if subject is None or reading is None or s.low[subject] not in words("cues", "rumours"):
            return
        lo, hi = self._inside(reading, s.subtree(verb), i)
        d = self.ground.event_at(lo, hi)
        if d is not None:
            self._deny(d, reading, lo, hi)

    def _denial_by(self, i: int) -> None:
        """ "Despite denials by the army", "the ministry's denial": the army denies what was told before."""
        s = self.s
        if s.low[i] not in words("stands", "denials") or s.tag[i][0] != "N":
            return
        by = next((c for c in s.children[i] if s.dep[c] == "prep" and s.low[c] in {"by", "from", "of"}), None)
        who = s.child(by, "pobj") if by is not None else s.child(i, "poss")
        if who is None or s.tag[who][0] != "N":
            return
        lo, hi = s.subtree(i)
        d = self.ground.event_at(lo, hi)
        if d is None:
            return
        actor = self.book.mention(who)
        made = Reading((i, i + 1), s.noun_phrase(who), [(lo, hi)], "claim", "denies", actor)
        self._deny(d, self.ground.add(made), lo, hi)

    def _deny(self, d: Draft, reading: Reading, lo: int, hi: int) -> None:
        """A denial in general is of the authorship where somebody was held to be behind it, else of the event."""
        lo, hi = self.ground.trimmed(lo, hi)
        accused = self.ground.accused(d)
        if accused is None:
            self.ground.put(d, "occurrence", None, True, "denies", reading, lo, hi)
        else:
            self.ground.put(d, "initiator", accused, reading.speaker, "denies", reading, lo, hi)

    def _nobody_of_ours(self, i: int) -> None:
        """ "No Russian servicemen died": those were not hit."""
        s = self.s
        if s.low[i] not in words("stands", "dying"):
            return
        subject = s.child(i, "nsubj", "nsubjpass")
        reading = self._said(i)
        if subject is None or reading is None or s.low[s.left[subject]] != "no":
            return
        whose = [k for k in range(s.left[subject] + 1, subject) if s.word[k][:1].isupper()]
        told = self.ground.event_at(*s.subtree(i))
        if whose and told is not None:
            lo, hi = self._inside(reading, s.subtree(i), i)
            value = s.words(s.left[subject] + 1, subject + 1)
            self.ground.put(told, "recipient", value, None, "denies", reading, lo, hi)

    def _accident(self, i: int) -> None:
        """ "The crash was due to a technical fault": nobody brought it down."""
        s = self.s
        if s.low[i] not in words("stands", "accidents") or s.tag[i][0] != "N":
            return
        first = s.bounds(i)[0]
        because = bool(words("stands", "because") & set(s.low[max(first, i - 5) : i]))
        reading = self._said(i)
        if not because or reading is None:
            return
        here = s.sentence_of[i]
        near = [(abs(m.sentence - here), k) for k, (m, d) in enumerate(self.ground.mentions) if d.type in MISHAPS]
        d = self.ground.mentions[min(near)[1]][1] if near and min(near)[0] <= NEAR else None
        if d is not None:
            lo, hi = self._inside(reading, (first, s.right[i] + 1), i)
            self.ground.put(d, "occurrence", None, True, "denies", reading, lo, hi)

    def _inside(self, reading: Reading, where: Range, i: int) -> Range:
        lo, hi = where
        lo, hi = next(((max(lo, a), min(hi, b)) for a, b in reading.content if a <= i < b), where)
        return self.ground.trimmed(lo, hi)
