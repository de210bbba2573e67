"""The day that the narrative sets: over undated events told next, and back to the headline that tells the same."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sayso.model import Interval, Time, TimePrecision
from sayso.reading.dating.caps import comes_next
from sayso.reading.dating.own import DAYLIKE
from sayso.reading.events import Draft
from sayso.reading.fitting import ATTACKS, family, spoken
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax
from sayso.reading.timing import opens

GAP, REACH = 3, 12
"""How many sentences from one event to the next, and from the first to the last, the day of a narrative carries."""
HEAD, LEAD = 2, 3
"""Up to this sentence a report sums up (headline, lead, the lead once more); within so many more it tells the day."""
PERFECT = frozenset({"has", "have", "had", "'ve", "'s", "'d"})


@dataclass(slots=True)
class Day:
    """The day that the narrative is at."""

    time: Time
    draft: Draft
    first: int
    """The sentence that sets it."""
    last: int
    """The sentence of the last event that it was carried to."""


def carry(drafts: list[Draft], followed: frozenset[int], s: Syntax) -> None:
    """Carry a day over the undated events told next: told in the past tense, of a kin type, no earlier ones.

    ``followed`` are the numbers of the events that are told to be before another.
    """
    day: Day | None = None
    for m, d in _told(drafts):
        if m.times or m.since is not None:
            day = _set(m, d, day)
        elif day is not None and d.time is None and d.number not in followed and _licensed(m, d, day, s):
            _give(d, day.time, day.draft)
        if day is not None and d.time is not None and d.time.time == day.time.id:
            day.last = m.sentence


def carry_back(drafts: list[Draft], followed: frozenset[int], s: Syntax) -> None:
    """Give the undated event of the headline the day that the lead gives to an event of its type."""
    for d in drafts:
        m = d.mentions[0]
        if (
            m.sentence > HEAD
            or d.time is not None
            or d.number in followed
            or d.modality != "actual"
            or _is_background(m, s)
        ):
            continue
        lead = next((row for row in _told(drafts) if row[0].times), None)
        near = lead is not None and 0 < lead[0].sentence - m.sentence <= LEAD
        if lead is not None and near and _alike(d, lead[1]) and not _elsewhere(d, lead[1]):
            day = _set(lead[0], lead[1], None)
            if day is not None and not _bounded(d, day.time, s):
                _give(d, day.time, day.draft, day.time.precision)


def carry_ends(drafts: list[Draft], s: Syntax) -> None:
    """Carry the day of speaking, as an end, over the undated events that are told next in the simple past."""
    last: tuple[int, Draft] | None = None
    for m, d in _told(drafts):
        if d.time is not None and _is_end(d.time) and m.bounds:
            last = (m.sentence, d)
        elif d.time is not None and m.times:
            last = None
        elif last is not None and d.time is None and m.sentence - last[0] <= GAP and _in_past_tense(s, m.trigger.head):
            d.time = _end_of(last[1])
            last = (m.sentence, last[1])


def _is_end(time: Interval) -> bool:
    return time.start is None and time.end is not None and time.precision == "unknown"


def _end_of(told: Draft) -> Interval | None:
    if told.time is None:
        return None
    return msgspec.structs.replace(told.time, reason=f"told next to {told.id}, which was no later")


def _told(drafts: list[Draft]) -> list[tuple[Mention, Draft]]:
    """What happened, in the order of telling."""
    rows = [(m, d) for d in drafts if d.modality == "actual" for m in d.mentions]
    return sorted(rows, key=lambda row: row[0].trigger.lo)


def _set(m: Mention, d: Draft, day: Day | None) -> Day | None:
    """The day that a dated mention sets; one as vague as a month ends the day set before, a quoted "today" does not."""
    if m.time is None or m.pictured or spoken(m, m.time):
        return day
    times = [t for t in m.times if t.precision in DAYLIKE and t.start is not None and t.relation is None]
    if not times or not _one_day(times[0]):
        return None
    return Day(times[0], d, m.sentence, m.sentence)


def _one_day(t: Time) -> bool:
    """Whether a time is one day, or a night."""
    return t.precision != "day" or (t.start or "")[:10] == (t.end or "")[:10]


def _give(d: Draft, time: Time, source: Draft, precision: TimePrecision = "day") -> None:
    d.time = Interval(
        start=time.start and time.start[:10],
        end=time.end and time.end[:10],
        precision=precision if precision in {"day", "part_of_day"} else "day",
        time=time.id,
        evidence=time.span,
        reason=f"the day that the narrative sets for {source.id}",
    )


def _licensed(m: Mention, d: Draft, day: Day, s: Syntax) -> bool:
    near = m.sentence - day.last <= GAP and m.sentence - day.first <= REACH
    if (
        not near
        or _bounded(d, day.time, s)
        or m.stance == "denies"
        or not kin(d, day.draft)
        or _elsewhere(d, day.draft)
    ):
        return False
    if any(_is_past_of_past(x, s) for x in d.mentions if x.sentence == m.sentence):
        return False
    return comes_next(m, s) is None and _in_past_tense(s, m.trigger.head)


def _bounded(d: Draft, time: Time, s: Syntax) -> bool:
    """Whether an event was told before a day that might be carried to it, or under another at its sentence's head."""
    day = (time.end or "")[:10]
    bounds = [b for m in d.mentions for b in m.bounds]
    return any(b.end is None or b.end[:10] < day or (b.end[:10] != day and opens(b, s)) for b in bounds)


def kin(d: Draft, dated: Draft) -> bool:
    """Whether an event is of the family of a dated one, or both are attacks; gas and clashes only with their like."""
    if "armed_clash" in {d.type, dated.type}:
        return d.type == dated.type
    mine, theirs = family(d.type), family(dated.type)
    return mine == theirs or (mine != "chemical" and {mine, theirs} <= ATTACKS)


def _alike(d: Draft, dated: Draft) -> bool:
    """Whether a headline's event may be the lead's: of its family, or told by an open word."""
    return family(d.type) == family(dated.type) or ("armed_attack" in {d.type, dated.type} and kin(d, dated))


def _is_background(m: Mention, s: Syntax) -> bool:
    """Whether a mention is no news of its sentence: before what was told, or in a relative clause."""
    head = m.trigger.head
    return _is_past_of_past(m, s) or any(s.dep[a] == "relcl" for a in (head, *s.ancestors(head)))


def _elsewhere(a: Draft, b: Draft) -> bool:
    """Whether two events lie in two countries."""
    mine, theirs = (d.place.country if d.place else None for d in (a, b))
    return mine is not None and theirs is not None and mine != theirs


def _is_past_of_past(m: Mention, s: Syntax) -> bool:
    """Whether the words before a trigger keep the day from it: "previous attacks", "another attack"."""
    lo = s.noun_phrase(m.trigger.head)[0] if m.trigger.noun else m.trigger.lo
    own = set(s.low[lo : m.trigger.hi])
    return bool(own & words("dating", "before")) or (m.fresh and not own & words("dating", "alike"))


def _in_past_tense(s: Syntax, head: int) -> bool:
    """Whether the main clause of a trigger is told in the simple past, as news of a day is."""
    for a in (head, *s.ancestors(head)):
        if s.dep[a] == "relcl" and a != head:
            return False
        if s.is_verb(a) and (verdict := _past(s, a)) is not None:
            return verdict and (s.dep[a] != "advcl" or _in_past_tense(s, s.head[a]))
    return True


def _past(s: Syntax, verb: int) -> bool | None:
    """Whether a verb is in the simple past; none where that lies with the verb above it."""
    kids = [c for c in s.children[verb] if s.dep[c] in {"aux", "auxpass"}]
    low = {s.low[c] for c in kids}
    if any(s.low[c] in words("dating", "habits") for c in s.children[verb]) or low & PERFECT:
        return False
    if s.dep[verb] == "relcl":
        return False
    if any(s.tag[c] == "VBD" for c in kids) or (s.tag[verb] == "VBD"):
        return True
    if s.tag[verb] == "VBN" and not kids:
        return True if s.head[verb] == verb else None
    return None if s.tag[verb] == "VBG" and not kids else False
