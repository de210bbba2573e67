"""Claims: each speaker's stance on each slot of each event, with the exact words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, get_args

from sayso.model import Claim, Slot, Span, Stance
from sayso.reading.actors import ActorBook
from sayso.reading.casualties import Casualty
from sayso.reading.doubting import is_doubted
from sayso.reading.events import Draft
from sayso.reading.hedges import Hedge
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.naming import fold
from sayso.reading.nouns import NounReader
from sayso.reading.placing.choosing import listed
from sayso.reading.roles import Detail
from sayso.reading.saying import Coverage, Reading
from sayso.reading.sides import Named, group_of, one_initiator, one_recipient
from sayso.reading.stands import StandReader
from sayso.reading.syntax import Syntax
from sayso.reading.telling import is_probable, is_reported
from sayso.reading.triggers import ANAPHORIC

SIDES = {"initiator": one_initiator, "recipient": one_recipient}
NAMES = frozenset({"NNP", "NNPS"})
SLOT_ORDER: tuple[Slot, ...] = get_args(Slot)
BY_THEMSELVES = frozenset({"airstrike", "drone_strike", "shelling"})
"""Types of which an open noun ("the strikes") names the means too."""
CLAUSAL = frozenset({"ROOT", "ccomp", "conj", "relcl", "advcl", "pcomp", "parataxis", "acl"})


@dataclass(frozen=True, slots=True)
class Made:
    """A claim before it has an id: its event, and the actor it names where it names one."""

    event: Draft
    slot: Slot
    value: str | None
    normalised: Any
    stance: Stance
    evidence: Span
    actor: str | None = None
    attribution: Reading | None = None
    thing: bool = False
    """What it names is a facility or thing, not a party."""
    named: Span | None = None
    """The value's own words, where the evidence holds more."""

    @property
    def speaker(self) -> str | None:
        """Who says so; none is the report's narration."""
        return self.attribution.speaker if self.attribution else None

    @property
    def via(self) -> str | None:
        """Who carries it."""
        return self.attribution.via if self.attribution else None


class ClaimReader:
    """Turns the drafts of one report into claims."""

    def __init__(
        self,
        s: Syntax,
        book: ActorBook,
        readings: list[Reading],
        coverage: Coverage,
        hedges: list[Hedge],
        nouns: NounReader,
    ) -> None:
        self.s = s
        self.book = book
        self.readings = readings
        self.coverage = coverage
        self.hedges = hedges
        self.nouns = nouns
        self.made: list[Made] = []
        self.handled: set[int] = set()
        self.disputed: set[int] = set()
        self.groups: dict[str, str] = {}

    def read(self, drafts: list[Draft]) -> list[Made]:
        """All claims, in the order of their evidence, none twice."""
        mentions = sorted(((m, d) for d in drafts for m in d.mentions), key=lambda row: row[0].trigger.lo)
        stands = StandReader(self.s, self.book, self.readings, self.coverage, self.hedges, mentions, self._put)
        self.handled = stands.read()
        self.disputed = stands.disputes.settled
        for m, d in mentions:
            self._mention(m, d)
        for before, (m, d) in pairwise(mentions):
            self._resembling(m, d, before[1])
        armed = {c.event.number for c in self.made if c.slot == "weapon" and c.value}
        for m, d in mentions:
            if d.number not in armed and d.type in BY_THEMSELVES and d.modality == "actual":
                self._own_means(m, d)
        return self._settled()

    # One mention --------------------------------------------------------------------------------------------------

    def _mention(self, m: Mention, d: Draft) -> None:
        hedge = next((h for h in self.hedges if h.lo <= m.trigger.head < h.hi), None)
        if hedge is not None:
            return
        if m.trigger.lo in self.disputed or (m.attribution is not None and m.attribution.number in self.handled):
            return
        if self._means(m, d) or self._outside_doubt(m):
            for detail in m.details:
                if detail.slot == "weapon" and not detail.implied:
                    self._detail(replace(detail, stance=detail.stance or m.stance), d, m, "asserts")
            return
        stance = self._occurrence_stance(m)
        lo, hi = self._clause(m)
        told = m.trigger.entry != ANAPHORIC or bool(m.details or m.casualties)
        speaker = m.attribution.speaker if m.attribution else None
        if not told and (speaker is None or m.definite):
            return
        bare = speaker is None and m.definite and not m.details and not m.casualties
        if bare and m.stance is None and len(d.mentions) > 1:
            return
        self._put(d, "occurrence", None, True, stance, m.attribution, lo, hi)
        if stance == "denies":
            return
        base: Stance = "uncertain" if self._all_open(m) else "asserts"
        for detail in m.details:
            if not detail.implied:
                self._detail(detail, d, m, base)
        for casualty in m.casualties:
            self._casualty(casualty, d, m, base)
        self._place(m, d, base)
        self._time(m, d, base)

    def _all_open(self, m: Mention) -> bool:
        """Whether all that is told of it is as open as that it happened: "if …", "reportedly", what is doubted."""
        told_so = m.attribution is not None and m.attribution.stance == "uncertain"
        conditional = self._conditional(m)
        probable = is_probable(self.s, m.trigger.head)
        return told_so or conditional or (m.stance == "uncertain" and not m.trigger.noun and not probable)

    def _conditional(self, m: Mention) -> bool:
        """Whether it is told under a condition or as possible; a threat and what is foretold are asserted, as such."""
        lo, hi = self.s.bounds(m.trigger.head)
        said = set(self.s.low[lo:hi])
        foretold = "would" in said and not words("modality", "open_whether") & said
        return m.modality == "hypothetical" and not foretold and not words("modality", "threatening") & said

    def _means(self, m: Mention, d: Draft) -> bool:
        """ "… using napalm": the means of an event told in the same sentence, no telling of its own."""
        t = m.trigger
        return (
            self.s.low[t.head] == "using"
            and self.s.dep[t.head] in {"acl", "advcl", "xcomp", "pcomp"}
            and any(o is not m and o.sentence == m.sentence for o in d.mentions)
        )

    def _outside_doubt(self, m: Mention) -> bool:
        """ "Doubts the killings will provoke outrage": it is not the killings that are doubted."""
        s, t = self.s, m.trigger
        if (
            m.attribution is None
            or m.attribution.kind not in {"deny", "doubt"}
            or not t.noun
            or s.dep[t.head] not in {"nsubj", "nsubjpass", "pobj"}
        ):
            return False
        verb = next((a for a in s.ancestors(t.head) if s.tag[a].startswith("VB")), None)
        tolls = {c.anchor for c in m.casualties}
        outside = verb is not None and m.attribution.covers(verb) and verb not in tolls
        return outside and s.low[verb or 0] not in words("grammar", "happening")

    def _occurrence_stance(self, m: Mention) -> Stance:
        base = m.attribution.stance if m.attribution else "asserts"
        if base == "denies" or m.stance == "denies":
            return "denies"
        reported = m.attribution is None and is_reported(self.s, m.trigger)
        if base == "uncertain" or m.stance == "uncertain" or self._conditional(m) or reported:
            return "uncertain"
        return "asserts"

    def _reading_at(self, i: int, m: Mention) -> Reading | None:
        return self.coverage.at(i) or m.attribution

    def _detail(self, detail: Detail, d: Draft, m: Mention, base: Stance) -> None:
        reading = self._reading_at(detail.lo, m)
        if reading is not None and reading.stance == "denies":
            return
        side = detail.head is not None and detail.slot in {"initiator", "recipient"}
        actor = self._actor(detail) if side else None
        named = self.s.span(detail.value_lo, detail.value_hi)
        made = Made(
            event=d,
            slot=detail.slot,
            value=self.book.name(actor) if actor and detail.slot == "initiator" else named.text,
            normalised=actor,
            stance=detail.stance or ("uncertain" if is_doubted(self.s, detail, m.trigger) else base),
            evidence=self.s.span(detail.lo, detail.hi),
            actor=actor,
            thing=detail.slot == "recipient"
            and detail.head is not None
            and self.s.low[detail.head] in words("roles", "facility"),
            named=named,
        )
        self._add(made, reading)

    def _actor(self, detail: Detail) -> str | None:
        """The actor whom a side of a trigger names; none where it has no head."""
        if detail.head is None:
            return None
        if not detail.phrase:
            return self.book.mention(detail.head)
        proper = self.s.tag[detail.head] in NAMES
        actor = self._counted(detail.head) if not proper else None
        return actor or self._called(detail.value_lo, detail.value_hi, detail.head, proper=proper)

    def _counted(self, head: int) -> str | None:
        """The actor whom "dozens of civilians" counts, by the name that "of" gives; none where nothing is counted."""
        core = self.nouns.core(head)
        if core == head:
            return None
        name = self.book.mention(core) if self.s.tag[core] in NAMES else self._called(*self.nouns.phrase(core), core)
        return self.book.call_again(name, *self.nouns.phrase(head))

    def _called(self, lo: int, hi: int, head: int, *, proper: bool = False) -> str:
        """The actor whom tokens ``[lo, hi)`` call by a common name; "terrorists" and "terrorist groups" are one."""
        group = group_of(self.s.words(lo, hi))
        known = self.groups.get(group) if group is not None else None
        if known is not None:
            return self.book.call_again(known, lo, hi)
        actor = self.book.called(lo, hi, head, proper=proper)
        if group is not None:
            self.groups[group] = actor
        return actor

    def _own_means(self, m: Mention, d: Draft) -> None:
        """ "US strikes", "their bombing" told of an air strike with no weapon besides: the noun is the means."""
        s, t = self.s, m.trigger
        known = s.low[s.noun_phrase(t.head)[0]] in words("grammar", "articles_of_known")
        stance = m.attribution.stance if m.attribution is not None else "asserts"
        if t.noun and not known and stance != "denies" and s.low[t.head] in words("triggers", "naming_means"):
            self._put(d, "weapon", s.words(t.lo, t.hi), None, stance, m.attribution, t.lo, t.hi)

    def _resembling(self, m: Mention, d: Draft, like: Draft) -> None:
        """ "A similar attack" is said to be by whoever was behind the one told right before."""
        t = m.trigger
        lo, hi = self.s.noun_phrase(t.head) if t.noun else (t.lo, t.hi)
        if d is like or "similar" not in self.s.low[lo : t.hi]:
            return
        if any(c.event is d and c.slot == "initiator" for c in self.made):
            return
        for c in [c for c in self.made if c.event is like and c.slot == "initiator" and c.actor]:
            if c.stance != "denies":
                self._put(d, "initiator", c.value, c.actor, c.stance, m.attribution, lo, hi, c.actor)

    def _casualty(self, c: Casualty, d: Draft, m: Mention, base: Stance) -> None:
        reading = self._reading_at(c.anchor, m)
        reported = c.reported and (reading is None or reading.speaker is None)
        stance: Stance = "uncertain" if reported or is_probable(self.s, c.anchor) else base
        if reading is not None and reading.stance == "denies":
            return
        self._put(d, c.slot, self.s.words(c.lo, c.hi), list(c.count), stance, reading, c.lo, c.hi)
        if c.victim is not None and c.count != (0, 0):
            self._victims(c.victim, d, base, reading)

    def _victims(self, victim: int, d: Draft, stance: Stance, reading: Reading | None) -> None:
        """Those killed or wounded as the ones hit, where the words say who they were."""
        s, core = self.s, self.nouns.core(victim)
        if s.tag[core] == "CD" or s.low[core] in words("casualties", "uncounted"):
            return
        if not self.nouns.can_be_hit(core):
            return
        lo, hi = self.nouns.phrase(victim)
        proper = s.tag[core] in NAMES and not s.word[core].islower()
        actor = self._counted(victim) or (self.book.mention(core) if proper else self._called(lo, hi, core))
        self._put(d, "recipient", s.words(lo, hi), actor, stance, reading, lo, hi, actor)

    def _time(self, m: Mention, d: Draft, base: Stance) -> None:
        t = next((t for t in m.times if t.start is not None or t.end is not None), None) or next(iter(m.times), None)
        if t is None:
            return
        resolved = d.time if d.time is not None and d.time.time == t.id else t
        if resolved.start or resolved.end:
            lo = self.s.token_at(t.span.start)
            reading = self._reading_at(lo, m) if lo is not None else m.attribution
            value = _days(resolved.start, resolved.end)
            self._add(Made(d, "time", t.span.text, value, base, t.span), reading)

    def _place(self, m: Mention, d: Draft, base: Stance) -> None:
        s, p = self.s, m.place
        together = listed(s, p, m.places) if p is not None else None
        if p is None or together is None:
            return
        lo, hi = together[0], together[1] - 1
        name = p.name if s.span(lo, hi + 1).end - s.start[lo] <= len(p.name) else s.words(lo, hi + 1)
        before = lo > s.bounds(lo)[0] and s.tag[lo - 1] == "IN"
        a, b = (lo - 1 if before else lo), hi + 1
        if before and s.right[a] >= hi:
            b = max(b, min(s.right[a] + 1, hi + 12))
        b = next((k for k in range(hi + 1, b) if s.word[k] in {",", "."} or s.tag[k][0] in "VW"), b)
        self._put(d, "place", name, p.id, base, self._reading_at(lo, m), a, b)

    def _clause(self, m: Mention) -> tuple[int, int]:
        """The shortest clause that shows the event, inside the attribution's content."""
        s = self.s
        t = m.trigger
        if (
            t.noun
            and m.attribution is None
            and not m.casualties
            and (s.head[t.head] == t.head or s.low[s.head[t.head]] not in words("roles", "perform"))
        ):
            lo, hi = s.noun_phrase(t.head, full=True)
            return min(lo, t.lo), max(hi, t.hi)
        i = t.head
        for a in (t.head, *s.ancestors(t.head)):
            i = a
            if s.tag[a].startswith("VB") and s.dep[a] in CLAUSAL and (m.negation is None or s.left[a] <= m.negation):
                break
        lo, hi = s.subtree(i)
        if m.attribution is not None:
            inside = next(((a, b) for a, b in m.attribution.content if a <= t.head < b), None)
            if inside is not None:
                lo, hi = max(lo, inside[0]), min(hi, inside[1])
        while lo < t.lo and (s.dep[lo] in {"mark", "cc"} or s.word[lo] in {",", '"', "“"}):
            lo += 1
        while hi > t.hi and s.word[hi - 1] in {".", ",", '"', "”", ";"}:
            hi -= 1
        return min(lo, t.lo), max(hi, t.hi)

    # Gathering ------------------------------------------------------------------------------------------------------

    def _put(
        self,
        d: Draft,
        slot: Slot,
        value: str | None,
        normalised: Any,
        stance: Stance,
        reading: Reading | None,
        lo: int,
        hi: int,
        actor: str | None = None,
    ) -> None:
        evidence = self.s.span(lo, max(hi, lo + 1))
        self._add(Made(d, slot, value, normalised, stance, evidence, actor), reading)

    def _add(self, made: Made, reading: Reading | None) -> None:
        """The claim once for each speaker of its attribution."""
        for r in [None] if reading is None else self.coverage.speakers(reading):
            self.made.append(replace(made, attribution=r))

    def _settled(self) -> list[Made]:
        seen: set[tuple[Any, ...]] = set()
        kept = []
        for c in sorted(self._once(), key=lambda c: (c.evidence.start, c.event.number, SLOT_ORDER.index(c.slot))):
            value = (
                ""
                if c.slot == "occurrence"
                else str(c.normalised)
                if c.slot in {"killed", "injured", "time"}
                else fold(c.value or "")
            )
            if c.slot == "weapon":
                value = value.split()[-1].rstrip("s") if value else ""
            key = (c.event.number, c.slot, value, c.stance, c.speaker)
            if key not in seen:
                seen.add(key)
                kept.append(c)
        return kept

    def _once(self) -> list[Made]:
        """The claims, without those in which a speaker names a side of an event again by a name that says less."""
        sides: dict[tuple[Any, ...], list[Made]] = {}
        kept = []
        for c in self.made:
            if c.slot in SIDES and c.value and c.stance != "denies":
                sides.setdefault((c.event.number, c.slot, c.stance, c.speaker), []).append(c)
            else:
                kept.append(c)
        for (_, slot, *_), claims in sides.items():
            kept += [claims[i] for i in SIDES[slot]([_named(c, self.book) for c in claims])]
        return kept


def sides_of(slot: Slot, claims: list[Made], book: ActorBook) -> list[str | Span]:
    """Whom and what any claim names as a side of an event, each once: actors by id, things hit by their words."""
    named = [c for c in claims if c.slot == slot and c.value and c.stance != "denies" and (c.actor or c.thing)]
    kept = SIDES[slot]([_named(c, book) for c in named])
    return list(dict.fromkeys(c.evidence if c.thing else c.actor or "" for c in map(named.__getitem__, kept)))


def _named(c: Made, book: ActorBook) -> Named:
    name = book.name(c.actor) if c.actor and not c.thing else c.value or ""
    return Named(name, book.known(c.actor) if c.actor and not c.thing else None)


def _days(start: str | None, end: str | None) -> str:
    """A day, or an interval of days with ".." for an open end."""
    first, last = (start or "..")[:10], (end or "..")[:10]
    return first if first == last else f"{first}/{last}"


def claim_values(made: list[Made], confidences: Sequence[float | None]) -> tuple[Claim, ...]:
    """The claims as values, each with its confidence."""
    return tuple(
        Claim(
            id=f"c{n}",
            event=c.event.id,
            slot=c.slot,
            value=c.value,
            normalised=c.normalised,
            stance=c.stance,
            speaker=c.speaker,
            via=c.via,
            attribution=f"t{c.attribution.number + 1}" if c.attribution else None,
            evidence=c.evidence,
            confidence=confidence,
        )
        for n, (c, confidence) in enumerate(zip(made, confidences, strict=True), 1)
    )
