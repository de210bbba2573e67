"""Mentions of events: each trigger with its time, its place, its figures, its modality, and on whose word it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from sayso.model import Modality, Place, Stance, Time
from sayso.reading.attributions import Coverage, Reading
from sayso.reading.casualties import Casualty
from sayso.reading.details import DetailReader
from sayso.reading.hedges import Hedge
from sayso.reading.lexicon import load_lexicon
from sayso.reading.roles import Detail, role_words
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, KILL, SHOOT, Trigger

FAR = 99
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
    places: list[Place] = field(default_factory=list)
    attribution: Reading | None = None
    modality: Modality = "actual"
    stance: Stance | None = None
    definite: bool = False
    fresh: bool = False
    plural: bool = False
    quoted: bool = False
    unclear: bool = False
    negation: int | None = None
    """The token that denies it from a clause above its own: the "no" of "no truth to the reports that …"."""

    @property
    def time(self) -> Time | None:
        """The time that dates this mention, if it has one that could be resolved."""
        return next((t for t in self.times if t.precision != "unknown" and t.start is not None), None)

    @property
    def place(self) -> Place | None:
        """The most exact place of this mention."""
        return min(self.places, key=lambda p: (p.precision or 9, p.span.start), default=None)


@cache
def _modal_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(row["words"]) for name, row in load_lexicon("modality").items()}


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
        self.sources: dict[int, list[tuple[int, int]]] = {}
        for r in readings:
            if r.source:
                self.sources.setdefault(s.sentence_of[r.source[0]], []).append(r.source)
        self.times = [(s.token_at(t.span.start), t) for t in times]
        self.places = [(s.token_at(p.span.end - 1), p) for p in places]
        self.time_tokens = {
            k
            for i, time in self.times
            if i is not None
            for k in range(i, len(s.word))
            if s.start[k] < time.span.end and k - i < 12
        }
        self.triggers = triggers
        self.casualties = casualties
        self.details = details
        self.hedges = hedges
        self.words = role_words()
        self.cues = {r.cue[0]: r for r in readings}

    def read(self) -> list[Mention]:
        """All mentions of the report, in order; killing words that only tell another mention's toll are taken into it."""
        s = self.s
        by_sentence: dict[int, list[Trigger]] = {}
        for t in self.triggers:
            by_sentence.setdefault(s.sentence_of[t.head], []).append(t)
        made: list[Mention] = []
        casualties: dict[int, list[Casualty]] = {}
        for c in self.casualties:
            casualties.setdefault(s.sentence_of[c.anchor], []).append(c)
        times = self._by_sentence(self.times)
        places = self._by_sentence(self.places)
        for number in range(len(s.sentences)):
            here = by_sentence.get(number, [])
            if not here:
                if (
                    casualties.get(number)
                    and made
                    and number - made[-1].sentence <= 1
                    and s.paragraph_of[s.sentences[number][0]] == s.paragraph_of[made[-1].trigger.head]
                ):
                    made[-1].casualties += casualties[number]
                continue
            kept = self._own(here)
            mentions = {t.head: self._mention(t, number) for t in kept}
            for c in casualties.get(number, []):
                owner = self._owner(c.anchor, kept)
                if owner is not None:
                    mentions[owner.head].casualties.append(c)
            for i, time in times.get(number, []):
                owner = None if self._of_cue(i, here) else self._owner(i, kept)
                if owner is not None and self._tied(i, owner):
                    mentions[owner.head].times.append(time)
            for i, place in places.get(number, []):
                owner = self._owner(i, kept)
                if owner is not None and self._of_event(i, owner):
                    mentions[owner.head].places.append(place)
            self._share(list(mentions.values()))
            made += mentions.values()
        return made

    def _by_sentence(self, rows: list[tuple[int | None, T]]) -> dict[int, list[tuple[int, T]]]:
        found: dict[int, list[tuple[int, T]]] = {}
        for i, value in rows:
            if i is not None:
                found.setdefault(self.s.sentence_of[i], []).append((i, value))
        return found

    def _own(self, here: list[Trigger]) -> list[Trigger]:
        """Triggers that stand for events of their own: killing is the toll of a stronger trigger near it."""
        here = [t for t in here if not (self._light(t, here) or self._whole_war(t) or self._reason(t))]
        strong = [t for t in here if t.entry not in {KILL, ANAPHORIC, SHOOT}]
        kept = []
        for t in here:
            if t.entry == KILL and any(self._distance(t.head, o.head) <= 7 for o in strong):
                continue
            if t.entry == KILL and any(o.entry == SHOOT and self._distance(t.head, o.head) <= 3 for o in here):
                continue
            kept.append(t)
        seen: list[Trigger] = []
        for t in kept:
            if t.entry == KILL and any(o.entry == KILL and self._distance(t.head, o.head) <= 2 for o in seen):
                continue
            seen.append(t)
        return seen

    def _light(self, t: Trigger, here: list[Trigger]) -> bool:
        """A verb whose object is itself an event ("launched an attack") tells of nothing more."""
        if t.noun or t.entry not in {"launch", "open"}:
            return False
        thing = self.s.child(t.head, "dobj")
        return thing is not None and any(o.noun and o.lo <= thing < o.hi for o in here)

    def _reason(self, t: Trigger) -> bool:
        """ "has retaliated for attacks": a bare plural behind it is the reason, not an event told."""
        s = self.s
        up = s.head[t.head]
        return (
            t.noun and s.dep[t.head] == "pobj" and s.low[up] == "for" and s.low[s.head[up]].startswith("retaliat") and s.tag[t.head] == "NNS"
            and not any(s.dep[c] in {"det", "poss", "nummod"} for c in s.children[t.head])
        )  # fmt: skip

    def _whole_war(self, t: Trigger) -> bool:
        """The toll of a whole war ("more than 320,000 killed since the conflict began") is no incident."""
        if t.entry != KILL:
            return False
        lo, hi = self.s.bounds(t.head)
        return bool({"war", "conflict", "uprising", "insurgency"} & set(self.s.low[lo:hi])) and any(
            c.anchor == t.head and (c.count[0] or 0) >= WAR for c in self.casualties
        )

    def _distance(self, i: int, j: int) -> int:
        """Steps between two tokens in the tree of their sentence."""
        s = self.s
        up = {i: 0}
        for n, a in enumerate(s.ancestors(i), 1):
            up[a] = n
        if j in up:
            return up[j]
        for n, a in enumerate(s.ancestors(j), 1):
            if a in up:
                return n + up[a]
        return FAR

    def _owner(self, i: int, triggers: list[Trigger]) -> Trigger | None:
        """The trigger that token ``i`` belongs to: the nearest in the tree, then in the text."""
        best = min(
            triggers,
            key=lambda t: (self._distance(i, t.head) + (2 if t.entry == ANAPHORIC else 0), abs(i - t.head)),
            default=None,
        )
        return best if best is not None and self._distance(i, best.head) < FAR else None

    def _of_cue(self, i: int, here: list[Trigger]) -> bool:
        """Whether a time says when somebody spoke: it hangs on the cue, with no trigger between."""
        s = self.s
        heads = {t.head for t in here}
        for a in s.ancestors(i):
            if a in heads:
                return False
            if a in self.cues:
                reading = self.cues[a]
                return not reading.covers(i)
            if s.tag[a].startswith("VB") and s.low[a] not in {"speaking"}:
                return False
        return False

    def _of_event(self, i: int, owner: Trigger) -> bool:
        """Whether a place is where the event happened: tied to it by the clause, not the home of a speaker or a party."""
        s = self.s
        if any(lo <= i < hi for lo, hi in self.sources.get(s.sentence_of[owner.head], [])):
            return False
        if any(d.slot == "origin" and d.lo <= i < d.hi for d in self.details.of(owner)):
            return False
        return self._tied(i, owner)

    def _tied(self, i: int, owner: Trigger) -> bool:
        """Whether the clause ties token ``i`` to a trigger: no other verb, and no "from", stands between them."""
        s = self.s
        above = {owner.head, *s.ancestors(owner.head)}
        for a in (i, *s.ancestors(i)):
            if a in above:
                return (
                    a == owner.head
                    or a not in self.cues
                    or (self.cues[a].covers(i) and self.cues[a].covers(owner.head))
                )
            if s.dep[a] == "prep" and s.low[a] == "from" and a != i:
                return False
            if s.tag[a].startswith("VB") and s.low[a] not in STANDING and not self._trigger_word(a):
                return False
        return True

    def _trigger_word(self, i: int) -> bool:
        return any(t.lo <= i < t.hi for t in self.triggers)

    def _share(self, mentions: list[Mention]) -> None:
        """Coordinated or subordinate triggers of one clause share the time and place that the clause gives."""
        for m in mentions:
            for other in mentions:
                if other is m or self._distance(m.trigger.head, other.trigger.head) > 3:
                    continue
                if not m.times and other.times and not self._parted(m, other):
                    m.times = list(other.times)
                if not m.places and other.places and not self._parted(m, other):
                    m.places = list(other.places)

    def _parted(self, a: Mention, b: Mention) -> bool:
        lo, hi = sorted((a.trigger.head, b.trigger.head))
        return any(self.s.low[k] in PARTING for k in range(lo, hi))

    def _mention(self, t: Trigger, number: int) -> Mention:
        s = self.s
        m = Mention(t, number, self.details.of(t))
        m.attribution = self.coverage.at(t.head)
        m.quoted = s.quoted[t.head]
        m.modality = self._modality(t)
        m.stance = self._stance(t)
        m.negation = self._negation(t)
        before = s.low[max(s.bounds(t.head)[0], t.lo - 3) : t.lo]
        phrase_lo = s.noun_phrase(t.head)[0] if t.noun else t.lo
        phrase = s.low[phrase_lo : t.hi]
        lead = s.low[phrase_lo] if t.noun else ""
        m.plural = s.tag[t.head] == "NNS"
        m.fresh = bool(
            {"another", "similar", "separate", "second", "third", "other", "new", "previous", "earlier", "different"}
            & set(phrase)
        )
        dated = t.noun and any(k in self.time_tokens for k in range(phrase_lo, t.head))
        m.definite = (
            t.noun and (lead in {"the", "this", "that", "these", "those", "its", "their", "his"} or dated)
        ) or t.entry == ANAPHORIC
        if (
            not t.noun
            and before
            and before[-1] in {"that", "this", "the"}
            and s.tag[t.lo] in {"VBD", "VBN"}
            and s.dep[t.lo - 1] in {"nsubj", "det"}
        ):
            m.definite = True
        if not t.noun:
            # "the rockets were fired": what is fired is known already.
            thing = s.child(t.head, "nsubjpass", "dobj")
            if (
                thing is not None
                and self.details.weapon_at.get(thing) is not None
                and s.low[s.noun_phrase(thing)[0]] in {"the", "these", "those"}
            ):
                m.definite = True
        if any(h.lo <= t.head < h.hi for h in self.hedges):
            m.unclear = m.definite = True
        if m.stance == "denies" or (m.attribution is not None and m.attribution.stance == "denies"):
            m.definite = True
        return m

    def _modality(self, t: Trigger) -> Modality:
        s, words = self.s, _modal_words()
        verb = t.head if s.tag[t.head].startswith("VB") else None
        chain = [t.head, *list(s.ancestors(t.head))[:4]]
        clause = verb if verb is not None else next((a for a in chain if s.tag[a].startswith("VB")), None)
        phrase = set(s.low[s.noun_phrase(t.head)[0] : t.hi]) if t.noun else set()
        around = {s.low[c] for c in s.children[t.head]} | phrase
        if clause is not None and (
            verb is not None
            or s.dep[t.head] in {"nsubj", "nsubjpass", "dobj"}
            or (
                s.dep[s.head[t.head]] == "prep"
                and s.head[s.head[t.head]] == clause
                and s.low[s.head[t.head]] in {"in", "by", "with"}
            )
        ):
            kids = {s.low[c] for c in s.children[clause]}
            around |= kids & (words["generic"] | {"if", "unless"})
            if verb is not None or s.dep[t.head] in {"nsubj", "dobj", "nsubjpass"}:
                around |= kids & (words["planned"] | words["hypothetical"])
        for k in chain[1:4]:
            if (
                s.dep[chain[chain.index(k) - 1]] in {"pobj", "prep", "xcomp", "dobj", "acl", "pcomp"}
                and s.low[k] in words["planned"] | words["hypothetical"] | words["generic"] | PLOTS
            ):
                around.add(s.low[k])
            elif s.dep[k] not in {"prep", "pobj", "xcomp", "acl", "dobj"}:
                break
        if around & words["generic"]:
            return "generic"
        if around & words["hypothetical"]:
            return "hypothetical"
        if around & (words["planned"] | PLOTS):
            return "planned"
        if (
            clause is not None
            and s.tag[clause] == "VB"
            and s.child(clause, "aux") is not None
            and s.low[s.child(clause, "aux") or 0] == "to"
        ):
            # "to support drone strikes": not told as something that happened at a time.
            return "generic" if t.noun else "planned"
        return "actual"

    def _stance(self, t: Trigger) -> Stance | None:
        """The stance that the clause itself puts on the mention: "there was no attack", "alleged attack", "reports that …"."""
        s = self.s
        lo, _ = s.noun_phrase(t.head) if t.noun else (t.lo, t.hi)
        before = s.low[lo : t.head]
        if t.noun and before and before[0] == "no":
            return "denies"
        if t.noun and {"alleged", "reported", "supposed", "unconfirmed"} & set(before):
            return "uncertain"
        verb = t.head if s.tag[t.head].startswith("VB") else None
        if verb is not None and s.child(verb, "neg") is not None:
            return "denies"
        if self._negation(t) is not None:
            return "denies"
        if any(s.low[c] in {"reportedly", "allegedly", "purportedly"} for c in s.children[t.head]):
            return "uncertain"
        return None

    def _negation(self, t: Trigger) -> int | None:
        """The "no" of "there is no truth to the reports that …", above the mention that it denies."""
        s = self.s
        for a in list(s.ancestors(t.head))[:6]:
            if s.low[a] in RUMOURS:
                lo = max(s.bounds(a)[0], a - 6)
                no = next((k for k in range(lo, a) if s.low[k] in NEGATIONS), None)
                if no is not None:
                    return no
        return None


RUMOURS = frozenset({"reports", "report", "claims", "claim", "rumors", "rumours", "allegations", "suggestions", "truth"})
NEGATIONS = frozenset({"no", "not", "false", "untrue", "n't"})
STANDING = frozenset(
    {
        "located",
        "based",
        "held",
        "controlled",
        "known",
        "called",
        "targeting",
        "hitting",
        "including",
        "housing",
        "hosting",
        "containing",
        "surrounding",
    }
)
"""Participles between a place and the noun it places."""
PARTING = frozenset(
    {"after", "before", "followed", "following", "while", "response", "retaliation", "since", "meanwhile"}
)
PLOTS = frozenset(
    {
        "plotting",
        "plot",
        "plots",
        "preparing",
        "planning",
        "vowed",
        "threats",
        "threat",
        "calling",
        "called",
        "seeking",
        "wants",
        "want",
    }
)
"""Verbs before which an attack is intended, not done."""
