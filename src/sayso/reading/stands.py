"""Where somebody takes a stand on an event without telling it: denials, blame, responsibility, what is not known."""

from __future__ import annotations

from collections.abc import Callable

from sayso.reading.actors import ActorBook
from sayso.reading.attributions import Coverage, Reading
from sayso.reading.content import Range
from sayso.reading.events import Draft
from sayso.reading.hedges import Hedge
from sayso.reading.lexicon import load_lexicon, words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax

MATTER = 15
"""At most this many tokens behind "accused of" the act is named."""
REACH = 4
"""A stand without an event of its own speaks to the last one told, at most this many sentences before."""


class StandReader:
    """Reads the stands of one report; ``put`` makes a claim of each."""

    def __init__(
        self,
        s: Syntax,
        book: ActorBook,
        readings: list[Reading],
        coverage: Coverage,
        hedges: list[Hedge],
        mentions: list[tuple[Mention, Draft]],
        put: Callable[..., None],
    ) -> None:
        self.s = s
        self.book = book
        self.readings = readings
        self.coverage = coverage
        self.cues = {r.cue[0] for r in readings}
        self.first_blame = min((r.cue[0] for r in readings if r.kind == "accuse"), default=len(s.word))
        self.hedges = hedges
        self.mentions = mentions
        self.put = put
        self.handled: set[int] = set()

    def read(self) -> set[int]:
        """Make all claims; returns the numbers of the attributions whose denial is settled here."""
        for reading in list(self.readings):
            if reading.kind == "deny":
                self._denial(reading)
            elif reading.kind == "accuse":
                self._blame(reading)
            elif self.s.low[reading.cue[0]] in words("stands", "describing"):
                self._motive(reading)
        for hedge in self.hedges:
            d = self.event_at(hedge.lo, hedge.hi)
            if d is not None:
                for slot in hedge.slots:
                    self.put(d, slot, None, None, hedge.stance, self.coverage.at(hedge.lo), hedge.lo, hedge.hi)
        self._responsibility()
        self._accused_of()
        self._absence()
        self._scepticism()
        return self.handled

    def event_at(self, lo: int, hi: int) -> Draft | None:
        """The event told in tokens ``[lo, hi)``, else the last one told before."""
        inside = next((d for m, d in self.mentions if lo <= m.trigger.head < hi), None)
        if inside is not None:
            return inside
        number = self.s.sentence_of[lo]
        before = [
            (m, d)
            for m, d in self.mentions
            if m.trigger.head < lo and d.modality == "actual" and number - m.sentence <= REACH
        ]
        struck = [d for _, d in before if d.type in load_lexicon("stands")["struck"]["types"]]
        return struck[-1] if struck else before[-1][1] if before else None

    def _speaker_before(self, i: int) -> str | None:
        """Who spoke last before token ``i``."""
        return next((r.speaker for r in reversed(self.readings) if r.speaker and r.cue[0] < i), None)

    def _trimmed(self, lo: int, hi: int) -> Range:
        return lo, self.s.trimmed(lo + 1, hi)

    # Denials --------------------------------------------------------------------------------------------------------

    def _denial(self, reading: Reading) -> None:
        s = self.s
        cue = reading.cue[0]
        if not reading.content:
            return
        if s.child(cue, "neg") is not None:
            self.handled.add(reading.number)
            return
        lo, hi = reading.content[0]
        d = self.event_at(lo, hi)
        if d is None:
            return
        self.handled.add(reading.number)
        said = set(s.low[lo:hi])
        inside = next((m for m, _ in self.mentions if lo <= m.trigger.head < hi), None)
        if inside is not None and inside.trigger.noun and self._stands_aside(inside, lo, hi):
            return
        if self._of_authorship(reading, said, inside, lo, d):
            accused = self._accused(d) or (self.book.name(reading.speaker) if reading.speaker else None)
            self.put(d, "initiator", accused, reading.speaker, "denies", reading, lo, hi)
        elif inside is not None or said & words("stands", "occurrence"):
            self.put(d, "occurrence", None, True, "denies", reading, lo, hi)

    def _stands_aside(self, m: Mention, lo: int, hi: int) -> bool:
        """Whether what is denied is something else said of the event: "denied that the attack served …"."""
        s = self.s
        verb = s.head[m.trigger.head]
        return s.dep[m.trigger.head] == "nsubj" and lo <= verb < hi and s.low[verb] not in words("stands", "happening")

    def _of_authorship(self, reading: Reading, said: set[str], inside: Mention | None, lo: int, d: Draft) -> bool:
        s = self.s
        if said & words("stands", "authorship"):
            return True
        if said & words("stands", "statements") and inside is None:
            return self.first_blame < reading.cue[0] or self._accused(d) is not None
        if inside is None:
            return bool(said & words("stands", "presence"))
        if bool(words("grammar", "speakers_own") & set(s.low[lo : lo + 2])):
            return True
        return (
            any(
                x.slot == "initiator" and x.head is not None and reading.speaker == self.book.mention(x.head)
                for x in inside.details
            )
            and s.tag[lo] != "VBG"
        )

    def _accused(self, d: Draft) -> str | None:
        for m in d.mentions:
            for detail in m.details:
                if detail.slot == "initiator" and detail.head is not None:
                    return self.book.name(self.book.mention(detail.head))
        return None

    def _absence(self) -> None:
        """ "There were no planes in the area", "the army has no such weapons": somebody denies authorship."""
        for i in range(len(self.s.low)):
            clause = self._absence_at(i)
            reading = self.coverage.at(i) if clause is not None else None
            if clause is None or reading is None or reading.stance == "denies":
                continue
            lo, hi = clause
            if any(lo <= m.trigger.head < hi and m.trigger.lo < i for m, _ in self.mentions):
                continue
            lo, hi = next(((max(lo, a), min(hi, b)) for a, b in reading.content if a <= i < b), clause)
            lo, hi = self._trimmed(lo, hi)
            d = self.event_at(lo, lo + 1)
            if d is not None:
                self.put(d, "initiator", self._accused(d) or self._absent(i), None, "denies", reading, lo, hi)

    def _absence_at(self, i: int) -> Range | None:
        """The clause that says that forces or means were not there, or are not had."""
        s = self.s
        if s.low[i] in words("stands", "means") and s.tag[i][0] == "N" and s.low[s.noun_phrase(i)[0]] == "no":
            return s.subtree(s.head[i]) if s.child(s.head[i], "expl") is not None else None
        if s.low[i] in words("stands", "having") and s.child(i, "neg") is not None:
            return s.subtree(i) if words("stands", "weapons") & set(s.low[i : i + 6]) else None
        return None

    def _absent(self, i: int) -> str:
        """What is said not to be there, without its "no"."""
        lo, hi = self.s.noun_phrase(i)
        return self.s.words(lo + 1 if self.s.low[lo] == "no" and lo < i else lo, hi)

    # Blame and responsibility ---------------------------------------------------------------------------------------

    def _blame(self, reading: Reading) -> None:
        """ "X accused Y of killing …", "X blamed Y for …", "blamed … on Y"."""
        s = self.s
        if not reading.content:
            return
        lo, hi = reading.content[0]
        cue = reading.cue[0]
        accused = reading.object
        d = self.event_at(lo, hi)
        below = (*s.children[cue], *(s.children[accused] if accused is not None else ()))
        on = next((c for c in below if s.dep[c] == "prep" and s.low[c] == "on"), None)
        if s.low[cue] in words("stands", "blaming") and on is not None and (who := s.child(on, "pobj")) is not None:
            accused = who
        act = accused is not None and any(m.trigger.lo <= accused < m.trigger.hi for m, _ in self.mentions)
        if d is None or accused is None or act or self._of_something_else(cue, lo, hi):
            return
        a, b = s.noun_phrase(accused)
        # "blamed rebels for the attack": the parser may hang the matter on the accused.
        b = next((c for c in s.children[accused] if accused < c < b and self._matter(c)), b)
        actor = self.book.mention(accused, (a, b))
        self.put(d, "initiator", self.book.name(actor), actor, "asserts", reading, a, b, actor)
        self.put(d, "occurrence", None, True, "asserts", reading, lo, hi)

    def _of_something_else(self, cue: int, lo: int, hi: int) -> bool:
        """ "Accused officials of hiding the truth": what is blamed is named, and it is no event."""
        told = any(lo <= m.trigger.head < hi for m, _ in self.mentions)
        return not told and "of" in self.s.low[cue:hi] and self.s.low[cue] not in words("stands", "blaming")

    def _matter(self, prep: int) -> bool:
        lo, hi = self.s.subtree(prep)
        return self.s.low[prep] in {"for", "of"} and any(lo <= m.trigger.head < hi for m, _ in self.mentions)

    def _accused_of(self) -> None:
        """ "Accused of plotting …", "suspected of attacks", "convicted for an attack": who is held to be behind it."""
        s = self.s
        for i, low in enumerate(s.low):
            held = low in words("stands", "accused") | words("stands", "convicted")
            of = self._of_what(i) if held and s.tag[i] in {"VBN", "VBD"} and i not in self.cues else None
            m, d = self._act(i, of) if of is not None else (None, None)
            if m is None or d is None:
                continue
            stance = "asserts" if low in words("stands", "convicted") else "uncertain"
            lo, hi = self._trimmed(i, max(m.trigger.hi, min(s.right[i] + 1, m.trigger.hi + 6)))
            for actor in self._those_held(i):
                name = self.book.name(actor) if actor else None
                self.put(d, "initiator", name, actor, stance, self.coverage.at(i), lo, hi, actor)

    def _of_what(self, i: int) -> int | None:
        """The "of" or "for" behind "accused", at which the matter begins."""
        s = self.s
        for k in range(i + 1, min(i + 5, s.bounds(i)[1])):
            if s.low[k] in words("stands", "of_what") and s.low[k + 1 : k + 2] != ["absentia"]:
                return k
        return None

    def _act(self, i: int, of: int) -> tuple[Mention | None, Draft | None]:
        """The event told not far behind "accused of"."""
        hi = self.s.bounds(i)[1]
        near = ((m, d) for m, d in self.mentions if of < m.trigger.head < hi and m.trigger.head - of < MATTER)
        return next(near, (None, None))

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

    def _responsibility(self) -> None:
        """ "Claimed responsibility", "no group has claimed responsibility"."""
        s = self.s
        for i, low in enumerate(s.low):
            verb = s.head[i]
            if (
                low != "responsibility"
                or not s.tag[verb].startswith("VB")
                or s.low[verb] not in words("stands", "claiming")
            ):
                continue
            subject = s.child(verb, "nsubj")
            if subject is None and s.dep[verb] in {"conj", "xcomp", "advcl"}:
                subject = s.child(s.head[verb], "nsubj")
            hi = s.bounds(i)[1]
            told = any(i < m.trigger.head < hi for m, _ in self.mentions)
            d = self.event_at(i, hi) if told or s.low[verb] in words("stands", "owning") else None
            if subject is None or d is None:
                continue
            a, b = s.noun_phrase(subject)
            _, end = self._trimmed(i, max(i + 1, min(s.bounds(i)[1], s.right[i] + 1)))
            if words("grammar", "nobody") & set(s.low[a:b]) or s.child(verb, "neg") is not None:
                self.put(d, "initiator", None, None, "uncertain", None, a, end)
                continue
            actor = self._speaker_before(i) if s.tag[subject] == "PRP" else self.book.mention(subject)
            if actor is None:
                continue
            reading = Reading(
                (verb, verb + 1), (a, b), [(verb + 1, end)], "claim", "asserts", actor, number=len(self.readings)
            )
            self.readings.append(reading)
            self.put(d, "initiator", self.book.name(actor), actor, "asserts", reading, a, end, actor)
            self.put(d, "occurrence", None, True, "asserts", reading, a, end)

    def _motive(self, reading: Reading) -> None:
        """ "Described the attack as a warning to X": the speaker's reason for it."""
        s = self.s
        cue = reading.cue[0]
        thing = reading.object if reading.object is not None else s.child(cue, "dobj")
        prep = next((c for c in s.children[cue] if s.dep[c] == "prep" and s.low[c] == "as"), None)
        what = s.child(prep, "pobj") if prep is not None else None
        if thing is None or what is None or s.low[what] not in words("stands", "purpose"):
            return
        d = next((d for m, d in self.mentions if m.trigger.lo <= thing < m.trigger.hi), None)
        if d is None:
            return
        lo, hi = self._trimmed(s.left[what], s.right[what] + 1)
        value = s.words(lo, hi)
        for mark in ('"', "“", "”"):
            value = value.replace(mark, "")
        self.put(d, "motive", value, None, "asserts", reading, lo, hi)

    # Doubt ----------------------------------------------------------------------------------------------------------

    def _scepticism(self) -> None:
        """ "Voiced scepticism regarding the truce": the subject doubts the event."""
        s = self.s
        for i, low in enumerate(s.low):
            verb = s.head[i]
            if low not in words("stands", "scepticism") or s.dep[i] != "dobj" or not s.tag[verb].startswith("VB"):
                continue
            subject = s.child(verb, "nsubj")
            lo, hi = i, s.right[i] + 1
            hit = next((d for m, d in self.mentions if lo < m.trigger.head < max(hi, i + 8)), None)
            if subject is None or hit is None or s.tag[subject][0] != "N":
                continue
            actor = self.book.mention(subject)
            reading = Reading(
                (verb, verb + 1),
                s.noun_phrase(subject),
                [(i, hi)],
                "claim",
                "uncertain",
                actor,
                number=len(self.readings),
            )
            self.readings.append(reading)
            self.put(hit, "occurrence", None, True, "uncertain", reading, *self._trimmed(lo, hi))
