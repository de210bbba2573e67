"""Mentions to events: all mentions of one occurrence are one event, and what the text tells apart stays apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.model import Interval, Modality, Place, Time
from sayso.reading.actors import fold
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, KILL, OPEN, SHOOT

FAMILY = {
    "airstrike": "strike", "drone_strike": "strike", "shelling": "strike", "bombing": "bomb", "suicide_bombing": "bomb", "grenade_attack": "bomb",
    "armed_attack": "ground", "armed_clash": "ground", "assassination": "ground", "execution": "ground", "crowd_violence": "ground", "chemical_attack": "chemical",
    "abduction": "hold", "arrest": "hold", "ceasefire": "truce", "territory_taken": "control", "territory_lost": "control", "siege": "siege",
    "deployment": "move", "withdrawal": "move",
}  # fmt: skip
"""Types of one family may be two words for one occurrence."""
OPEN_FAMILIES = frozenset({"strike", "bomb", "ground", "chemical"})
"""Families whose events "the attack" may take up."""
NAMED = frozenset({"assassination", "execution", "crowd_violence"})
"""Types that only a definite word ("the attack") may take up under another name."""
LEAD, RECENT = 5, 40
"""How many events of the beginning, and how many told last, a mention is compared with."""
THRESHOLD = 1.2


@dataclass(slots=True)
class Draft:
    """An event while its mentions are gathered."""

    mentions: list[Mention]
    type: str
    modality: Modality
    time: Interval | None = None
    number: int = 0
    heads: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The event's id within its account."""
        return f"e{self.number}"

    @property
    def places(self) -> list[Place]:
        """All places of all mentions, those of undenied ones first."""
        return [p for m in self.mentions for p in m.places]

    @property
    def place(self) -> Place | None:
        """The most exact place that a mention names."""
        return min(self.places, key=lambda p: (p.precision or 9, p.span.start), default=None)


class EventReader:
    """Groups the mentions of one report."""

    def __init__(self, s: Syntax) -> None:
        self.s = s

    def read(self, mentions: list[Mention]) -> list[Draft]:
        """The events of a report, in order of their first mention."""
        drafts: list[Draft] = []
        for m in mentions:
            best = max(
                ((self._score(m, d), d.mentions[-1].trigger.lo, d) for d in self._near(drafts)),
                key=lambda row: row[:2],
                default=None,
            )
            if best is not None and best[0] >= self._threshold(m):
                self._join(m, best[2])
            elif (
                m.trigger.entry != ANAPHORIC
                and not m.unclear
                and not (m.stance == "denies" and m.definite and drafts and m.trigger.entry == OPEN)
            ):
                drafts.append(Draft([m], self._new_type(m, drafts), m.modality))
        for number, d in enumerate(drafts, 1):
            d.number = number
        return drafts

    def _near(self, drafts: list[Draft]) -> list[Draft]:
        """The events that a mention may take up: those of the lead, and the last ones told; so cost stays linear in length."""
        if len(drafts) <= LEAD + RECENT:
            return drafts
        return [*drafts[:LEAD], *drafts[-RECENT:]]

    def _new_type(self, m: Mention, drafts: list[Draft]) -> str:
        """ "A similar attack" is of the type of the one that it resembles."""
        lo, _ = self.s.noun_phrase(m.trigger.head) if m.trigger.noun else (m.trigger.lo, 0)
        similar = "similar" in self.s.low[lo : m.trigger.hi]
        if similar and m.trigger.type == "armed_attack":
            like = next(
                (
                    d
                    for d in reversed(drafts)
                    if d.modality == "actual" and any(m.sentence - o.sentence <= 1 for o in d.mentions)
                ),
                None,
            )
            return like.type if like is not None else m.trigger.type
        return m.trigger.type

    def _threshold(self, m: Mention) -> float:
        return THRESHOLD if m.trigger.entry != ANAPHORIC else 0.6

    def _join(self, m: Mention, d: Draft) -> None:
        d.mentions.append(m)
        if _rank(m) > max(_rank(o) for o in d.mentions[:-1]):
            d.type = m.trigger.type
        if d.modality != "actual" and m.modality == "actual" and m.trigger.entry != ANAPHORIC and not m.definite:
            d.modality = "actual"

    def _score(self, m: Mention, d: Draft) -> float:
        """How well a mention fits an event; below the threshold they are two."""
        s = self.s
        last = d.mentions[-1]
        hangs = m.sentence == last.sentence and not self._parted(last, m) and self._hangs(last, m)
        score = self._type_score(m, d, hangs)
        if score is None:
            return -9
        again = m.trigger.noun and any(s.low[m.trigger.head] == s.low[o.trigger.head] for o in d.mentions)
        if (m.modality == "actual") != (d.modality == "actual") and not (again and m.definite and m.plural):
            score -= 1.0 if m.definite else 2.0
        if again:
            score += 0.3
        time = self._time_score(m, d)
        if time is None:
            return -9
        place = self._place_score(m, d)
        if place is None:
            return -9
        score += time + place + self._toll_score(m, d) + self._side_score(m, d)
        gap = m.sentence - last.sentence
        score -= min(0.1 * gap, 0.8)
        if m.definite and gap <= 1:
            score += 0.4
        if m.definite:
            score += 0.9
        if m.trigger.entry == KILL and gap <= 2 and not m.places and m.time is None:
            # A toll without a place or a time of its own is that of the event being told.
            score += 1.2
        lead = s.low[s.noun_phrase(m.trigger.head)[0]] if m.trigger.noun else ""
        if (
            lead in {"a", "an"}
            and all(o.plural for o in d.mentions if o.trigger.noun)
            and any(o.plural for o in d.mentions)
        ):
            score -= 1.0
        if m.fresh:
            score -= 2.5
        if gap == 0 and self._parted(last, m):
            return -9
        if hangs:
            score += 1.2
        if d.modality == "generic" and m.modality == "actual" and m.time is not None:
            score -= 1.0
        if gap == 0 and s.dep[m.trigger.head] == "conj" and m.trigger.noun:
            score -= 0.5
        if not m.definite and m.trigger.noun and not m.trigger.weapon and m.plural != d.mentions[0].plural:
            score -= 0.4
        speaker = m.attribution.speaker if m.attribution else None
        if speaker and last.attribution and gap <= 2 and time >= 0 and place >= 0:
            # Speakers in a row speak to the same occurrence unless the words say otherwise.
            score += 0.5
        if (
            m.trigger.entry == OPEN
            and m.trigger.noun
            and s.low[m.trigger.head] in words("triggers", "strikes")
            and FAMILY.get(d.type) == "strike"
        ):
            score += 0.4
        return score

    def _type_score(self, m: Mention, d: Draft, hangs: bool = False) -> float | None:
        kind, entry = m.trigger.type, m.trigger.entry
        family, other = FAMILY.get(kind, kind), FAMILY.get(d.type, d.type)
        if entry == ANAPHORIC:
            return 0.3 if other in OPEN_FAMILIES | {"hold"} and d.modality == "actual" else None
        if kind != d.type and (kind in NAMED or (d.type in NAMED and not m.definite)):
            return None
        if m.definite and m.trigger.noun and entry == OPEN and kind == "armed_attack" and other in OPEN_FAMILIES:
            # "the attack" takes up whatever was told, a bare toll least of all.
            return 0.5 if all(o.trigger.entry == KILL for o in d.mentions) else 0.9
        if kind == d.type:
            return 1.3 if kind != "armed_attack" else 1.0
        weak = entry in {KILL, SHOOT} or (entry == OPEN and kind == "armed_attack")
        weak_other = all(
            o.trigger.entry in {KILL, SHOOT, OPEN} and o.trigger.type == "armed_attack" for o in d.mentions
        )
        if family in OPEN_FAMILIES and other in OPEN_FAMILIES and (weak or weak_other):
            return 0.5
        if family == other:
            return 0.5 if entry == OPEN or any(o.trigger.entry == OPEN for o in d.mentions) else 0.1
        if {family, other} == {"strike", "chemical"} and (m.definite or hangs):
            return 0.2
        if {family, other} == {"hold", "ground"} and m.definite:
            return 0.2
        return None

    def _time_score(self, m: Mention, d: Draft) -> float | None:
        mine = m.time
        if mine is None or spoken(m, mine):
            return 0.0
        theirs = [o.time for o in d.mentions if o.time is not None and not spoken(o, o.time)]
        if not theirs:
            return 0.0
        for other in theirs:
            if _disjoint(mine, other):
                return None
        return 1.2 if any((mine.start, mine.end) == (t.start, t.end) for t in theirs) else 0.5

    def _place_score(self, m: Mention, d: Draft) -> float | None:
        if not m.places or not d.places:
            return 0.0
        best = -9.0
        for mine in m.places:
            for other in d.places:
                best = max(best, _place_match(mine, other))
        return None if best <= -5 else best

    def _toll_score(self, m: Mention, d: Draft) -> float:
        score = 0.0
        for slot in ("killed", "injured"):
            mine = [c.count for c in m.casualties if c.slot == slot]
            theirs = [c.count for o in d.mentions for c in o.casualties if c.slot == slot]
            if not mine or not theirs:
                continue
            if any(a == b for a in mine for b in theirs):
                score += 0.8
            elif m.attribution is None or m.attribution.speaker is None:
                score -= 0.7
        return score

    def _side_score(self, m: Mention, d: Draft) -> float:
        score = 0.0
        for slot, weight in (("initiator", 0.5), ("recipient", 0.4)):
            mine = self._heads(m, slot)
            theirs = {h for o in d.mentions for h in self._heads(o, slot)}
            if not mine or not theirs:
                continue
            if mine & theirs:
                score += weight
            elif slot == "initiator":
                score -= weight
        return score

    def _heads(self, m: Mention, slot: str) -> set[str]:
        found = set()
        for detail in m.details:
            if detail.slot == slot:
                found |= {w for w in fold(self.s.words(detail.value_lo, detail.value_hi)).split() if len(w) > 1}
        return found - words("links", "common")

    def _hangs(self, a: Mention, b: Mention) -> bool:
        """Whether one trigger is a participle, an object or a clause of the other: "an attack targeting a base", "came under attack when rockets were fired"."""
        s = self.s
        upper, lower = (
            (a.trigger.head, b.trigger.head)
            if b.trigger.head not in s.ancestors(a.trigger.head)
            else (b.trigger.head, a.trigger.head)
        )
        steps = 0
        for k in (lower, *s.ancestors(lower)):
            if k == upper:
                return steps <= 3
            if s.dep[k] not in {
                "acl",
                "relcl",
                "advcl",
                "dobj",
                "xcomp",
                "prep",
                "pobj",
                "nsubj",
                "nsubjpass",
                "pcomp",
                "agent",
            }:
                return False
            steps += 1
        return False

    def _parted(self, a: Mention, b: Mention) -> bool:
        lo, hi = sorted((a.trigger.head, b.trigger.head))
        between = self.s.low[lo + 1 : hi]
        if "after" in between and b.trigger.entry == KILL:
            return False
        return bool(words("links", "parting") & set(between))


def spoken(m: Mention, t: Time) -> bool:
    """Whether a time is counted from the now of somebody quoted, not of the report."""
    return m.quoted and t.span.text.lower() in words("grammar", "deictic")


def _rank(m: Mention) -> int:
    """How much a mention's trigger says of the type."""
    if m.trigger.entry in {ANAPHORIC, KILL}:
        return 0
    if m.trigger.type == "armed_attack" and m.trigger.entry in {OPEN, SHOOT}:
        return 1
    if m.trigger.entry == OPEN:
        return 2
    if m.trigger.type == "chemical_attack" or m.trigger.type == "suicide_bombing":
        return 4
    return 3


def _disjoint(a: Time, b: Time) -> bool:
    if a.start is None or b.start is None:
        return False
    a_end, b_end = (a.end or "9999")[:10], (b.end or "9999")[:10]
    return a_end < b.start[:10] or b_end < a.start[:10]


def _place_match(a: Place, b: Place) -> float:
    """2 for the same place, small for one inside the other, strongly negative for two different ones."""
    if fold(a.name) == fold(b.name) or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id):
        return 1.0
    fa, fb = fold(a.name), fold(b.name)
    if fa in fb or fb in fa:
        return 0.7
    coarse_a, coarse_b = (a.precision or 9) >= 4, (b.precision or 9) >= 4
    if a.country and b.country and a.country != b.country:
        return -9
    if coarse_a or coarse_b:
        if a.admin1 and b.admin1 and fold(a.admin1) != fold(b.admin1):
            return -9
        return 0.1
    return -9
