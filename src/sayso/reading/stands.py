"""Where somebody takes a stand on an event without telling it: denials, reasons, doubts, what is not known."""

from __future__ import annotations

from collections.abc import Callable

from sayso.reading.actors import ActorBook
from sayso.reading.beliefs import BeliefReader
from sayso.reading.content import Range
from sayso.reading.disputes import DisputeReader
from sayso.reading.events import Draft
from sayso.reading.ground import Ground
from sayso.reading.hedges import Hedge
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.responsibility import ResponsibilityReader
from sayso.reading.saying import Coverage, Reading
from sayso.reading.syntax import NOUN_TAGS, Syntax


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
        self.ground = Ground(s, book, readings, coverage, mentions, put)
        self.responsibility = ResponsibilityReader(self.ground)
        self.disputes = DisputeReader(self.ground)
        self.s = s
        self.book = book
        self.readings = readings
        self.coverage = coverage
        self.first_blame = min((r.cue[0] for r in readings if r.kind == "accuse"), default=len(s.word))
        self.cues = [r.cue[0] for r in readings]
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
                self.responsibility.blame(reading)
            elif self.s.low[reading.cue[0]] in words("stands", "describing"):
                self._motive(reading)
        for hedge in self.hedges:
            self._hedge(hedge)
        self.responsibility.read()
        self.disputes.read()
        self._absence()
        BeliefReader(self.ground).read()
        return self.handled

    def _hedge(self, hedge: Hedge) -> None:
        """What is not known of the event told there or before; "without giving a time, X said …" is of what follows."""
        lo, hi = self.s.bounds(hedge.lo)
        told = self.ground.told_in(hedge.lo, hedge.hi)
        if hedge.loose and told is None:
            return
        follows = self.ground.told_in(hedge.hi, hi) if hedge.lo == lo and self.s.low[lo] == "without" else None
        d = follows[1] if follows is not None else self.ground.open_event(hedge.lo, hedge.hi, hedge.slots)
        if d is None:
            return
        reading = self._doubting(hedge) or self.coverage.at(follows[0].trigger.head if follows else hedge.lo)
        for slot in hedge.slots:
            self.put(d, slot, None, None, hedge.stance, reading, hedge.lo, hedge.hi)

    def _doubting(self, hedge: Hedge) -> Reading | None:
        """The attribution of what somebody who is named by a noun does not know, with no cue of saying."""
        if hedge.doubter is None:
            return None
        here = self.coverage.at(hedge.lo)
        if here is not None and here.stance == "uncertain":
            return here
        source, where = self.s.noun_phrase(hedge.doubter), (hedge.lo, hedge.hi)
        actor = self.book.mention(hedge.doubter)
        return self.ground.add(Reading((hedge.lo, hedge.lo + 1), source, [where], "claim", "uncertain", actor))

    # Denials --------------------------------------------------------------------------------------------------------

    def _denial(self, reading: Reading) -> None:
        s = self.s
        cue = reading.cue[0]
        if not reading.content:
            return
        if s.child(cue, "neg") is not None:
            self.handled.add(reading.number)
            return
        lo, hi = self._denied(reading)
        d = self.ground.event_at(lo, hi)
        if d is None:
            return
        self.handled.add(reading.number)
        if self._something_else(reading, lo, hi):
            return
        said = set(s.low[lo:hi])
        inside = next((m for m, _ in self.mentions if lo <= m.trigger.head < hi), None)
        blamed = self.responsibility.blamed(cue)
        if blamed is not None and inside is None and said & words("stands", "blames"):
            self.put(blamed[0], "initiator", blamed[1], None, "denies", reading, lo, hi)
            return
        if inside is not None and inside.trigger.noun and self._stands_aside(inside, lo, hi):
            return
        if self._of_authorship(reading, said, inside, lo, d):
            speaker = self.book.name(reading.speaker) if reading.speaker else None
            own = s.low[lo] in words("grammar", "speakers_own")
            accused = (speaker if own else self.ground.accused(d)) or speaker
            self.put(d, "initiator", accused, reading.speaker, "denies", reading, lo, hi)
        elif inside is not None or said & words("stands", "occurrence"):
            self.put(d, "occurrence", None, True, "denies", reading, lo, hi)

    def _denied(self, reading: Reading) -> Range:
        """What is denied: the content up to the next cue of the same speaker ("denied any role, saying …"), with what
        the cue's clause goes on to where the content names no event ("denied its forces were behind the attack")."""
        s = self.s
        lo, hi = reading.content[0]
        cue, end = reading.cue[0], s.bounds(lo)[1]
        later = [k for k in self.cues if max(cue, lo) < k < end and (s.tag[k] == "VBG" or s.low[k - 1] == "and")]
        stop = min(later, default=end)
        bare = self.ground.told_in(lo, hi) is None and not words("stands", "authorship") & set(s.low[lo:hi])
        if cue < lo and bare and hi < end and s.low[hi] in words("stands", "happening") | words("hedges", "being"):
            told = self.ground.told_in(hi, stop)
            hi = told[0].trigger.hi if told is not None else hi
        hi = min(hi, stop)
        return lo, s.trimmed(lo + 1, hi - 1 if s.low[hi - 1] == "and" else hi)

    def _something_else(self, reading: Reading, lo: int, hi: int) -> bool:
        """Whether what is denied says itself that it is something else: "denied claims that it bought oil"."""
        s = self.s
        thing = reading.object
        if thing is None or not lo <= thing < hi or s.tag[thing] not in NOUN_TAGS:
            return False
        inside = self.ground.told_in(lo, hi)
        named = inside is not None and inside[0].trigger.lo <= thing < inside[0].trigger.hi
        theirs = s.low[s.left[thing]] in words("grammar", "speakers_own")
        if named or theirs or s.low[thing] in words("stands", "presence"):
            return False
        claims = words("stands", "blames") | words("cues", "rumours") | words("stands", "statements")
        if s.low[thing] in words("stands", "authorship") - claims | words("stands", "occurrence") - claims:
            return False
        if s.low[thing] not in claims:
            return True
        behind = [c for c in s.children[thing] if thing < c < hi]
        own = any(s.dep[c] in {"acl", "relcl", "ccomp"} or s.low[c] == "of" for c in behind)
        return own and inside is None and not words("stands", "authorship") & set(s.low[thing + 1 : hi])

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
            return self.first_blame < reading.cue[0] or self.ground.accused(d) is not None
        if inside is None:
            used = said & words("stands", "having") and said & words("stands", "weapons")
            return bool(used or said & words("stands", "presence"))
        if s.tag[lo] == "VBG" and s.low[lo] in words("stands", "doing"):
            return True
        first = lo + 2 if s.low[lo + 1] in words("cues", "rumours") and s.low[lo] == "the" else lo
        if bool(words("grammar", "speakers_own") & set(s.low[first : first + 2])):
            return True
        return (
            any(
                x.slot == "initiator" and x.head is not None and reading.speaker == self.book.mention(x.head)
                for x in inside.details
            )
            and s.tag[lo] != "VBG"
        )

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
            lo, hi = self.ground.trimmed(lo, hi)
            d = self.ground.event_at(lo, lo + 1)
            if d is not None:
                self.put(d, "initiator", self.ground.accused(d) or self._absent(i), None, "denies", reading, lo, hi)

    def _absence_at(self, i: int) -> Range | None:
        """The clause that says that forces or means were not there, or are not had."""
        s = self.s
        if s.low[i] in words("stands", "means") and s.tag[i][0] == "N" and s.low[s.left[self._first(i)]] == "no":
            verb = s.head[self._first(i)]
            return s.subtree(verb) if s.child(verb, "expl") is not None else None
        if s.low[i] in words("stands", "having") and s.child(i, "neg") is not None:
            return s.subtree(i) if words("stands", "weapons") & set(s.low[i : i + 6]) else None
        return None

    def _first(self, i: int) -> int:
        """The first of the nouns that token ``i`` is coordinated with."""
        while self.s.dep[i] == "conj" and self.s.tag[self.s.head[i]][0] == "N":
            i = self.s.head[i]
        return i

    def _absent(self, i: int) -> str:
        """What is said not to be there, without its "no"."""
        lo, hi = self.s.left[self._first(i)], self.s.noun_phrase(i)[1]
        return self.s.words(lo + 1 if self.s.low[lo] == "no" and lo < i else lo, hi)

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
        lo, hi = self.ground.trimmed(s.left[what], s.right[what] + 1)
        value = s.words(lo, hi)
        for mark in ('"', "“", "”"):
            value = value.replace(mark, "")
        self.put(d, "motive", value, None, "asserts", reading, lo, hi)
