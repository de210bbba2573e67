"""Who is said to have done it: blame, accusation, and responsibility that is claimed."""

from __future__ import annotations

from sayso.reading.events import Draft
from sayso.reading.ground import REACH, Ground
from sayso.reading.lexicon import words
from sayso.reading.saying import Reading

OF_WITHIN = 5
"""How many tokens behind "accused" its "of" may stand."""
MATTER = 15
"""At most this many tokens behind "accused of" the act is named."""


class ResponsibilityReader:
    """Reads who blames whom, who is accused, and who claims to have done it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.s = ground.s
        self.book = ground.book
        self.mentions = ground.mentions
        self.cues = {r.cue[0] for r in ground.readings}
        self._blamed: list[tuple[int, Draft, str]] = []

    def read(self) -> None:
        """Make the claims of everybody who owns up and of everybody whom nobody vouches to be guilty."""
        for i, low in enumerate(self.s.low):
            if low == "responsibility":
                self._claimed(i)
        held = words("stands", "accused") | words("stands", "convicted")
        for i, low in enumerate(self.s.low):
            # In a list the parser takes "Suspected" for a name.
            headed = self.s.word[i][0].isupper() and self.s.low[i + 1 : i + 2] == ["of"]
            if low in held and (self.s.tag[i] in {"VBN", "VBD"} or headed) and i not in self.cues:
                self._accused_of(i)

    def blamed(self, before: int) -> tuple[Draft, str] | None:
        """Who was last blamed not far before a token, and for what."""
        s = self.s
        near = (x for x in reversed(self._blamed) if x[0] < before)
        found = next((x for x in near if s.sentence_of[before] - s.sentence_of[x[0]] <= REACH), None)
        return found[1:] if found is not None else None

    # Blame ----------------------------------------------------------------------------------------------------------

    def blame(self, reading: Reading) -> None:
        """ "X accused Y of killing …", "X blamed Y for …", "blamed … on Y"."""
        s = self.s
        if not reading.content:
            return
        lo, hi = reading.content[0]
        cue = reading.cue[0]
        accused = reading.object
        d = self.ground.event_at(lo, hi)
        below = (*s.children[cue], *(s.children[accused] if accused is not None else ()))
        on = next((c for c in below if s.dep[c] == "prep" and s.low[c] == "on"), None)
        if s.low[cue] in words("stands", "blaming") and on is not None and (who := s.child(on, "pobj")) is not None:
            accused = who
        act = accused is not None and any(m.trigger.lo <= accused < m.trigger.hi for m, _ in self.mentions)
        nobody = accused is not None and s.low[accused] in words("grammar", "nobody")
        if d is None or accused is None or act or nobody or self._of_something_else(cue, lo, hi):
            return
        a, b = s.noun_phrase(accused)
        # "blamed rebels for the attack": the parser may hang the matter on the accused.
        b = next((c for c in s.children[accused] if accused < c < b and self._matter(c)), b)
        actor = self.book.mention(accused, (a, b))
        self._blamed.append((cue, d, self.book.name(actor)))
        self.ground.put(d, "initiator", self.book.name(actor), actor, "asserts", reading, a, b, actor)
        self.ground.put(d, "occurrence", None, True, "asserts", reading, lo, hi)

    def _of_something_else(self, cue: int, lo: int, hi: int) -> bool:
        """ "Accused officials of hiding the truth": what is blamed is named, and it is no event."""
        told = any(lo <= m.trigger.head < hi for m, _ in self.mentions)
        return not told and "of" in self.s.low[cue:hi] and self.s.low[cue] not in words("stands", "blaming")

    def _matter(self, prep: int) -> bool:
        lo, hi = self.s.subtree(prep)
        return self.s.low[prep] in {"for", "of"} and any(lo <= m.trigger.head < hi for m, _ in self.mentions)

    # Accusation -----------------------------------------------------------------------------------------------------

    def _accused_of(self, i: int) -> None:
        """ "Accused of plotting …", "suspected of attacks", "convicted for an attack": who is held to be behind it."""
        s = self.s
        of = self._of_what(i)
        act = self.ground.told_in(of + 1, min(s.bounds(i)[1], of + MATTER)) if of is not None else None
        if act is None:
            return
        mention, event = act
        stance = "asserts" if s.low[i] in words("stands", "convicted") else "uncertain"
        lo, hi = self.ground.trimmed(i, max(mention.trigger.hi, min(s.right[i] + 1, mention.trigger.hi + 6)))
        for actor in self._those_held(i):
            name = self.book.name(actor) if actor else None
            self.ground.put(event, "initiator", name, actor, stance, self.ground.coverage.at(i), lo, hi, actor)

    def _of_what(self, i: int) -> int | None:
        """The "of" or "for" behind "accused", at which the matter begins; "in absentia" is none."""
        s = self.s
        for k in range(i + 1, min(i + OF_WITHIN, s.bounds(i)[1])):
            if s.low[k] in words("stands", "of_what") and s.low[k + 1 : k + 2] != ["absentia"]:
                return k
        return None

    def _those_held(self, i: int) -> list[str | None]:
        """Those who are accused or convicted; one unknown where the words name nobody."""
        s = self.s
        subject = s.child(i, "nsubjpass", "nsubj")
        if subject is None and s.dep[i] in {"acl", "relcl"}:
            subject = s.head[i]
        if subject is None or s.tag[subject][0] != "N":
            return [None]
        if any(m.trigger.lo <= subject < m.trigger.hi for m, _ in self.mentions):
            return []
        return [self.book.mention(k) for k in s.conjuncts(subject) if s.tag[k][0] == "N"]

    # Responsibility -------------------------------------------------------------------------------------------------

    def _claimed(self, i: int) -> None:
        """ "Claimed responsibility", "no group has claimed responsibility"."""
        s = self.s
        verb = s.head[i]
        if not s.tag[verb].startswith("VB") or s.low[verb] not in words("stands", "claiming"):
            return
        subject = self._claimant(verb)
        event = self._owned(i, verb)
        if subject is None or event is None:
            return
        a, b = s.noun_phrase(subject)
        _, end = self.ground.trimmed(i, max(i + 1, min(s.bounds(i)[1], s.right[i] + 1)))
        if words("grammar", "nobody") & set(s.low[a:b]) or s.child(verb, "neg") is not None:
            about = self.ground.open_event(i, s.bounds(i)[1]) or event
            self.ground.put(about, "initiator", None, None, "uncertain", None, a, end)
            return
        actor = self.ground.speaker_before(i) if s.tag[subject] == "PRP" else self.book.mention(subject)
        if actor is None:
            return
        reading = self.ground.add(Reading((verb, verb + 1), (a, b), [(verb + 1, end)], "claim", "asserts", actor))
        self.ground.put(event, "initiator", self.book.name(actor), actor, "asserts", reading, a, end, actor)
        self.ground.put(event, "occurrence", None, True, "asserts", reading, a, end)

    def _claimant(self, verb: int) -> int | None:
        """The subject of "claimed", its own or that of the verb above it."""
        s = self.s
        subject = s.child(verb, "nsubj")
        if subject is None and s.dep[verb] in {"conj", "xcomp", "advcl"}:
            subject = s.child(s.head[verb], "nsubj")
        return subject

    def _owned(self, i: int, verb: int) -> Draft | None:
        """The event that "responsibility" is for: one told behind it, else the last one where the verb allows it."""
        hi = self.s.bounds(i)[1]
        told = self.ground.told_in(i + 1, hi) is not None
        return self.ground.event_at(i, hi) if told or self.s.low[verb] in words("stands", "owning") else None
