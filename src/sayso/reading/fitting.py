"""How well a mention fits an event told before: by type, time, place, toll and sides, and by how the two are told.

The weights were set by hand on the development accounts; a null score means that the two cannot be one event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.model import Place, Time
from sayso.reading.actors import fold
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import ANAPHORIC, HARM, OPEN, SHOOT
from sayso.vocabulary import load

if TYPE_CHECKING:
    from sayso.reading.events import Draft

WIDER = {"aerial": "strike", "indirect_fire": "strike", "explosives": "bomb", "killing": "ground", "unrest": "ground"}
"""Families of the vocabulary, made wider: a report calls one attack a shelling here and a strike there, so that within
it they may be one, where two reports' events of these families are compared by `joins`."""
ATTACKS = frozenset({"strike", "bomb", "ground", "chemical"})
"""Families whose events "the attack" may take up."""
NAMED = frozenset({"assassination", "execution", "crowd_violence"})
"""Types that only a definite word ("the attack") may take up under another name."""
BELOW = frozenset(["acl", "relcl", "advcl", "dobj", "xcomp", "prep", "pobj", "nsubj", "nsubjpass", "pcomp", "agent"])
"""How a trigger hangs on another that tells of the same."""
TELLING = 3
"""From this number on, the same toll tells that two are one."""
WITHIN_TOWN = frozenset({"district", "facility"})
"""Kinds of places that lie in a town, which two different ones may share."""
TOWNS = frozenset({"city", "town"})
TOWN_REACH = 0.15
"""Degrees of latitude and longitude within which a quarter or facility may belong to a town."""
EXACT = 3
"""UCDP precision up to which two different places are two places; wider ones may hold each other."""


def family(type_: str) -> str:
    """The family of an event type within one report."""
    entry = load("event_types").get(type_)
    name = entry.family if entry is not None and entry.family is not None else type_
    return WIDER.get(name, name)


def fit(s: Syntax, m: Mention, d: Draft) -> float | None:
    """How well the mention fits the event; null where they cannot be one."""
    last = d.mentions[-1]
    parted = m.sentence == last.sentence and _parted(s, last, m)
    hangs = m.sentence == last.sentence and not parted and _hangs(s, last, m)
    kind, time, place = _kind(m, d, hangs), _time(m, d), _place(m, d)
    if parted or kind is None or time is None or place is None:
        return None
    known = kind + time + place + _toll(m, d) + _sides(s, m, d)
    return known + _telling(s, m, d) + _nearness(m, d, time + place >= 0, hangs)


def _kind(m: Mention, d: Draft, hangs: bool) -> float | None:
    """By type: one type, one family, or an open word that any attack may be called."""
    kind, entry = m.trigger.type, m.trigger.entry
    mine, theirs = family(kind), family(d.type)
    if entry == ANAPHORIC:
        told = m.modality == "actual" and d.modality == "actual"
        return 0.3 if theirs in ATTACKS | {"detention"} and told else None
    if kind != d.type and (kind in NAMED or (d.type in NAMED and not m.definite)):
        return None
    if m.definite and m.trigger.noun and _open(m) and theirs in ATTACKS:
        # "the attack" takes up whatever was told, fighting and a bare toll least of all.
        return 0.5 if d.type == "armed_clash" or all(o.trigger.entry in HARM for o in d.compared) else 0.9
    if kind == d.type:
        return 1.0 if kind == "armed_attack" else 1.3
    if mine in ATTACKS and theirs in ATTACKS and (_weak(m) or all(_weak(o) for o in d.compared)):
        return 0.5
    if mine == theirs:
        return 0.5 if entry == OPEN or any(o.trigger.entry == OPEN for o in d.compared) else 0.1
    return _kin(mine, theirs, m.definite, hangs)


def _kin(mine: str, theirs: str, definite: bool, hangs: bool) -> float | None:
    both = {mine, theirs}
    kin = (both == {"strike", "chemical"} and (definite or hangs)) or (both == {"detention", "ground"} and definite)
    return 0.2 if kin else None


def _open(m: Mention) -> bool:
    return m.trigger.entry == OPEN and m.trigger.type == "armed_attack"


def _weak(m: Mention) -> bool:
    """Whether a trigger says next to nothing of the type."""
    return m.trigger.type == "armed_attack" and m.trigger.entry in {*HARM, SHOOT, OPEN}


def _time(m: Mention, d: Draft) -> float | None:
    if m.time is None or spoken(m, m.time):
        return 0.0
    theirs = [o.time for o in d.compared if o.time is not None and not spoken(o, o.time)]
    if any(_disjoint(m.time, t) for t in theirs):
        return None
    if not theirs:
        return 0.0
    return 1.2 if any((m.time.start, m.time.end) == (t.start, t.end) for t in theirs) else 0.5


def spoken(m: Mention, t: Time) -> bool:
    """Whether a time is counted from the now of somebody quoted, not of the report."""
    return m.quoted and t.span.text.lower() in words("grammar", "deictic")


def _disjoint(a: Time, b: Time) -> bool:
    if a.start is None or b.start is None:
        return False
    a_end, b_end = (a.end or "9999")[:10], (b.end or "9999")[:10]
    return a_end < b.start[:10] or b_end < a.start[:10]


def _place(m: Mention, d: Draft) -> float | None:
    """The best match of two places; null where all differ."""
    theirs_named = [p for o in d.compared for p in o.places]
    if not m.places or not theirs_named:
        return 0.0
    here, there = _distinct(m.places), _distinct(theirs_named)
    mine, theirs = _within(here), _within(there)
    if not mine and not theirs:
        mine, theirs = _towns(here), _towns(there)
    if mine and theirs and all(_match(a, b) is None for a in mine for b in theirs):
        # "In al-Zahraa in Aleppo" and "in Masharqa in Aleppo": what they lie in does not make them one.
        return None
    matches = [_match(a, b) for a in here for b in there]
    return max((x for x in matches if x is not None), default=None)


def _distinct(places: list[Place]) -> list[Place]:
    """The places without those that are alike in all that two places are compared by."""
    return list({(fold(p.name), p.gazetteer_id, p.kind, p.precision, p.admin1): p for p in places}.values())


def _within(places: list[Place]) -> list[Place]:
    """The quarters and facilities among the places."""
    return [p for p in places if p.kind in WITHIN_TOWN]


def _towns(places: list[Place]) -> list[Place]:
    return [p for p in places if _exact(p)]


def _exact(place: Place) -> bool:
    return (place.precision or 9) <= EXACT


def _match(a: Place, b: Place) -> float | None:
    """1 for the same place, less for one that may lie in the other, null for two different ones."""
    fa, fb = fold(a.name), fold(b.name)
    if fa == fb or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id):
        return 1.0
    if fa in fb or fb in fa:
        return 0.7
    if a.country and b.country and a.country != b.country:
        return None
    if _exact(a) and _exact(b) and not _one_within_town(a, b):
        return None
    return 0.1 if not (a.admin1 and b.admin1) or fold(a.admin1) == fold(b.admin1) else None


def _one_within_town(a: Place, b: Place) -> bool:
    """Whether one is a quarter or facility and the other a town so near that it may hold it."""
    if {a.kind in WITHIN_TOWN, b.kind in WITHIN_TOWN} != {True, False} or not {a.kind, b.kind} & TOWNS:
        return False
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return True
    return abs(a.lat - b.lat) <= TOWN_REACH and abs(a.lon - b.lon) <= TOWN_REACH


def _toll(m: Mention, d: Draft) -> float:
    """The same figure binds; another one parts, unless somebody is quoted for it."""
    score = 0.0
    narrated = m.attribution is None or m.attribution.speaker is None
    for slot in ("killed", "injured"):
        mine = [c.count for c in m.casualties if c.slot == slot]
        theirs = [c.count for o in d.compared for c in o.casualties if c.slot == slot]
        if not mine or not theirs:
            continue
        same = [count for count in mine if count in theirs]
        if same:
            # Two dead here and two dead there are often two events.
            score += 0.8 if any(count[0] is None or count[0] == 0 or count[0] >= TELLING for count in same) else 0.4
        elif narrated:
            score -= 0.7
    return score


def _sides(s: Syntax, m: Mention, d: Draft) -> float:
    score = 0.0
    for slot, weight, penalty in (("initiator", 0.5, 0.5), ("recipient", 0.4, 0.0)):
        mine = _names(s, m, slot)
        theirs = {name for o in d.compared for name in _names(s, o, slot)}
        if mine and theirs:
            score += weight if mine & theirs else -penalty
    return score


def _names(s: Syntax, m: Mention, slot: str) -> set[str]:
    """The words of all parties in a role, without those that many sides share."""
    named = [fold(s.words(x.value_lo, x.value_hi)).split() for x in m.details if x.slot == slot]
    # "U.S." loses its last stop where a name ends with it.
    return {word.rstrip(".") for name in named for word in name if len(word) > 1} - words("links", "common")


def _telling(s: Syntax, m: Mention, d: Draft) -> float:
    """By how it is told: as known or as new, in the same words, as one or as many."""
    again = m.trigger.noun and any(s.low[m.trigger.head] == s.low[o.trigger.head] for o in d.compared)
    score = 0.3 if again else 0.0
    if (m.modality == "actual") != (d.modality == "actual") and not (again and m.definite and m.plural):
        score -= 1.0 if m.definite else 2.0
    if m.definite:
        score += 0.9
    if m.fresh:
        score -= 2.5
    if _one_of_many(s, m, d):
        score -= 1.0
    if d.modality == "generic" and m.modality == "actual" and m.time is not None:
        score -= 1.0
    if not m.definite and m.trigger.noun and not m.trigger.weapon and m.plural != d.mentions[0].plural:
        score -= 0.4
    if m.plural and not m.trigger.noun and not any(o.plural for o in d.compared):
        # "Has been hit several times": more than the one strike told before.
        score -= 1.5
    strike = _open_noun(m) and s.low[m.trigger.head] in words("triggers", "strikes")
    return score + (0.4 if strike and family(d.type) == "strike" else 0.0)


def _open_noun(m: Mention) -> bool:
    return m.trigger.noun and m.trigger.entry == OPEN


def _one_of_many(s: Syntax, m: Mention, d: Draft) -> bool:
    """ "An attack" after "attacks": one of them, not they."""
    indefinite = m.trigger.noun and s.low[s.noun_phrase(m.trigger.head)[0]] in {"a", "an"}
    many = any(o.plural for o in d.compared) and all(o.plural for o in d.compared if o.trigger.noun)
    return indefinite and many


def _nearness(m: Mention, d: Draft, agree: bool, hangs: bool) -> float:
    """By distance in the text; ``agree``: neither time nor place speaks against."""
    last = d.mentions[-1]
    gap = m.sentence - last.sentence
    score = -min(0.1 * gap, 0.6)
    if m.definite and gap <= 1:
        score += 0.4
    if m.trigger.entry in HARM and gap <= 2 and not m.places and m.time is None:
        # A toll without a place or a time of its own is that of the event being told.
        score += 1.2
    if hangs:
        score += 1.2
    if gap == 0 and m.conjunct and m.trigger.noun:
        score -= 0.5
    if m.attribution is not None and m.attribution.speaker and last.attribution and gap <= 2 and agree:
        # Speakers in a row speak to the same occurrence unless the words say otherwise.
        score += 0.5
    return score


def _hangs(s: Syntax, a: Mention, b: Mention) -> bool:
    """Whether one trigger hangs on the other: "an attack targeting a base", "came under attack when … fired"."""
    upper, lower = a.trigger.head, b.trigger.head
    if lower in s.ancestors(upper):
        upper, lower = lower, upper
    for steps, k in enumerate((lower, *s.ancestors(lower))):
        if k == upper:
            return steps <= 3
        if s.dep[k] not in BELOW:
            return False
    return False


def _parted(s: Syntax, a: Mention, b: Mention) -> bool:
    """Whether the words between two triggers tell them apart: "after", "followed by", "in response to"."""
    lo, hi = sorted((a.trigger.head, b.trigger.head))
    between = set(s.low[lo + 1 : hi])
    toll = "after" in between and b.trigger.entry in HARM
    return not toll and bool(words("links", "parting") & between)
