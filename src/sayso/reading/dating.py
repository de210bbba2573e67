"""Which time belongs to which event: its own words, what it hangs on, and the day that the narrative sets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from sayso.model import Interval, Time, TimePrecision
from sayso.reading.events import Draft
from sayso.reading.fitting import family, spoken
from sayso.reading.links import Found
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax

PRECISIONS: tuple[TimePrecision, ...] = get_args(TimePrecision)
"""From the most exact to the least."""
DAYLIKE = frozenset({"day", "part_of_day", "minute", "hour"})
"""Precisions of a day that a narrative may set."""
CARRIED = 8
"""Over how many sentences the day that the narrative sets carries."""


def bind_times(drafts: list[Draft], links: list[Found], s: Syntax, published: str) -> None:
    """Give each event its interval: from its own words, from what it hangs on, then from the day of the narrative.

    What another event followed has no day carried to it, and is no later than that one.
    """
    for d in drafts:
        d.time = _own_interval(d)
    for d in drafts:
        for m in d.mentions:
            for t in m.times:
                if t.relation in {"after", "before"} and t.offset_days is not None:
                    _hang(d, t, t.offset_days, drafts, s)
    for d in drafts:
        for m in d.mentions:
            _since(d, m, drafts, s, published)
    follows = [f for f in links if f.kind == "follows"]
    _carry([d for d in drafts if all(f.target is not d for f in follows)])
    for f in follows:
        _cap(f, s)


def _own_interval(d: Draft) -> Interval | None:
    """The most exact time of its mentions; a quoted "today" only where there is no other."""
    times = [(m, t) for m in d.mentions for t in m.times if t.start is not None or t.end is not None]
    times = [(m, t) for m, t in times if not (spoken(m, t) and len(times) > 1)]
    if not times:
        return None
    best = min((t for _, t in times), key=lambda t: (PRECISIONS.index(t.precision), t.span.start))
    return Interval(
        start=best.start, end=best.end, precision=best.precision, time=best.id, evidence=best.span, reason=best.reason
    )


def _hang(d: Draft, t: Time, offset: tuple[int, int], drafts: list[Draft], s: Syntax) -> None:
    """ "A comes six days after B": the dated one of the two dates the other."""
    pair = _around(t, drafts, s)
    if pair is None:
        return
    front, behind = pair
    sign = 1 if t.relation == "after" else -1
    for known, other, way in ((front, behind, -sign), (behind, front, sign)):
        interval = _shifted(known, t, (way * offset[0], way * offset[1]))
        if interval is None or (other.time is not None and other.time.start is not None):
            continue
        other.time = interval
        if d is not other and d.time is not None and d.time.time == t.id:
            d.time = None
        return


def _around(t: Time, drafts: list[Draft], s: Syntax) -> tuple[Draft, Draft] | None:
    """The events told last before and first behind a time in its sentence; none where they are not two."""
    at = s.token_at(t.span.start)
    if at is None:
        return None
    here = [(x.trigger.head, d) for d in drafts for x in d.mentions if x.sentence == s.sentence_of[at]]
    before = max((row for row in here if row[0] < at), key=lambda row: row[0], default=None)
    after = min((row for row in here if row[0] > at), key=lambda row: row[0], default=None)
    if before is None or after is None or before[1] is after[1]:
        return None
    return before[1], after[1]


def _shifted(known: Draft, t: Time, offset: tuple[int, int]) -> Interval | None:
    """The interval of an event that lies so many days from a dated one; none where that is not dated on both sides."""
    if known.time is None or known.time.start is None or known.time.end is None:
        return None
    ends = (date.fromisoformat(known.time.start[:10]), date.fromisoformat(known.time.end[:10]))
    try:
        days = sorted(end + timedelta(days=shift) for end in ends for shift in offset)
    except OverflowError:  # Before year 1 or after 9999 there is no date to give.
        return None
    return Interval(
        start=days[0].isoformat(),
        end=days[-1].isoformat(),
        precision="day" if days[0] == days[-1] else "days",
        time=t.id,
        evidence=t.span,
        reason=f"{t.span.text}: counted from {known.id}",
    )


def _since(d: Draft, m: Mention, drafts: list[Draft], s: Syntax, published: str) -> None:
    """ "Attacks have … since the killing of X": from that event to publication, as exact as that event is dated."""
    above = [m.trigger.head, *s.ancestors(m.trigger.head)]
    since = next((k for k in above[1:4] if s.low[k] == "since"), None)
    if since is None or d.time is None or d.time.start is None:
        return
    habit = next((o for o in drafts if o is not d and any(_bears(x, since, above, s) for x in o.mentions)), None)
    if habit is not None and habit.time is None:
        hi = max(s.right[m.trigger.head] + 1, m.trigger.hi)
        habit.time = Interval(
            start=d.time.start,
            end=published[:10],
            precision=d.time.precision,
            evidence=s.span(since, hi),
            reason=f"since {d.id}",
        )


def _bears(m: Mention, since: int, above: list[int], s: Syntax) -> bool:
    """Whether a "since" hangs on this mention or beside it."""
    head = m.trigger.head
    return head in above or s.head[since] in {head, s.head[head]}


def _carry(drafts: list[Draft]) -> None:
    """A day that the narrative sets carries over the undated events told next, of the same family."""
    day: tuple[Interval, Draft] | None = None
    for d in drafts:
        if d.modality != "actual":
            continue
        if d.time is not None and d.time.start is not None:
            day = (d.time, d) if d.time.precision in DAYLIKE else None
        elif day is not None and d.time is None and _next_to(d, day[1]):
            d.time = Interval(
                start=day[0].start and day[0].start[:10],
                end=day[0].end and day[0].end[:10],
                precision="day",
                time=day[0].time,
                evidence=day[0].evidence,
                reason=f"the day that the narrative sets for {day[1].id}",
            )


def _next_to(d: Draft, dated: Draft) -> bool:
    first, other = d.mentions[0], dated.mentions[0]
    return family(d.type) == family(dated.type) and first.sentence - other.sentence <= CARRIED and not first.fresh


def _cap(f: Found, s: Syntax) -> None:
    """An open interval for what was followed, since the words say no more."""
    if f.target.time is None and f.source.time is not None and f.source.time.end is not None:
        f.target.time = Interval(
            start=None,
            end=f.source.time.end[:10],
            precision="unknown",
            evidence=s.span(f.lo, f.hi),
            reason=f"no later than {f.source.id}, which followed it",
        )
