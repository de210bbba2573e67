"""Which time belongs to which event: its own words, what it hangs on, and the day that the narrative sets."""

from __future__ import annotations

from datetime import date, timedelta

from sayso.model import Interval, Time, TimePrecision
from sayso.reading.events import FAMILY, Draft, spoken
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax


def bind_times(drafts: list[Draft], s: Syntax, published: str) -> None:
    """Give each event its interval: from its own words, then from what it follows, then from the day that the narrative sets."""
    for d in drafts:
        d.time = _own_interval(d)
    for d in drafts:
        for m in d.mentions:
            for t in m.times:
                if t.relation in {"after", "before"} and t.offset_days is not None:
                    _hang(d, m, t, drafts, s)
    _since(drafts, s, published)
    _carry(drafts, published)


def _own_interval(d: Draft) -> Interval | None:
    times = [(m, t) for m in d.mentions for t in m.times if t.start is not None or t.end is not None]
    times = [(m, t) for m, t in times if not (spoken(m, t) and len(times) > 1)]
    if not times:
        return None
    order = [
        "minute",
        "hour",
        "part_of_day",
        "day",
        "days",
        "week",
        "month",
        "season",
        "year",
        "decade",
        "century",
        "unknown",
    ]
    _, best = min(times, key=lambda row: (order.index(row[1].precision), row[1].span.start))
    return Interval(
        start=best.start, end=best.end, precision=best.precision, time=best.id, evidence=best.span, reason=best.reason
    )


def _hang(d: Draft, m: Mention, t: Time, drafts: list[Draft], s: Syntax) -> None:
    """ "A comes six days after B": the dated one of the two dates the other."""
    at = s.token_at(t.span.start)
    if at is None or t.offset_days is None:
        return
    low, high = t.offset_days
    number = s.sentence_of[at]
    here = [(o, x) for o in drafts for x in o.mentions if x.sentence == number]
    behind = next((o for o, x in sorted(here, key=lambda row: row[1].trigger.head) if x.trigger.head > at), None)
    front = next((o for o, x in sorted(here, key=lambda row: -row[1].trigger.head) if x.trigger.head < at), None)
    if front is None or behind is None or front is behind:
        return
    sign = 1 if t.relation == "after" else -1
    for known, other, way in ((front, behind, -sign), (behind, front, sign)):
        if (
            known.time is None
            or known.time.start is None
            or known.time.end is None
            or (other.time is not None and other.time.start is not None)
        ):
            continue
        a, b = date.fromisoformat(known.time.start[:10]), date.fromisoformat(known.time.end[:10])
        shifted = sorted(
            [
                a + timedelta(days=way * low),
                a + timedelta(days=way * high),
                b + timedelta(days=way * low),
                b + timedelta(days=way * high),
            ]
        )
        precision: TimePrecision = "day" if shifted[0] == shifted[-1] else "days"
        other.time = Interval(
            start=shifted[0].isoformat(),
            end=shifted[-1].isoformat(),
            precision=precision,
            time=t.id,
            evidence=t.span,
            reason=f"{t.span.text}: counted from {known.id}",
        )
        for o in (d,):
            if o is not other and o.time is not None and o.time.time == t.id:
                o.time = None
        return


def _since(drafts: list[Draft], s: Syntax, published: str) -> None:
    """ "Attacks have … since the killing of X": from that event to publication, as exact as that event is dated."""
    for d in drafts:
        for m in d.mentions:
            above = [m.trigger.head, *s.ancestors(m.trigger.head)]
            since = next((k for k in above[1:4] if s.low[k] == "since"), None)
            if since is None or d.time is None or d.time.start is None:
                continue
            ruler = next(
                (
                    o
                    for o in drafts
                    if o is not d
                    for x in o.mentions
                    if x.trigger.head in above
                    or s.head[since] == s.head[x.trigger.head]
                    or s.head[since] == x.trigger.head
                ),
                None,
            )
            if ruler is not None and ruler.time is None:
                hi = max(s.right[m.trigger.head] + 1, m.trigger.hi)
                ruler.time = Interval(
                    start=d.time.start,
                    end=published[:10],
                    precision=d.time.precision,
                    evidence=s.span(since, hi),
                    reason=f"since {d.id}",
                )


def _carry(drafts: list[Draft], published: str) -> None:
    """A day set by the narrative carries over the undated events told next to it, in the same tense and on the same matter."""
    day: tuple[Interval, Draft] | None = None
    for d in drafts:
        if d.modality != "actual":
            continue
        if d.time is not None and d.time.start is not None:
            if d.time.precision in {"day", "part_of_day", "minute", "hour"}:
                day = (d.time, d)
            else:
                day = None
        elif (
            day is not None
            and d.time is None
            and FAMILY.get(d.type) == FAMILY.get(day[1].type)
            and d.mentions[0].sentence - day[1].mentions[0].sentence <= 8
            and not d.mentions[0].fresh
        ):
            source = day[0]
            d.time = Interval(
                start=source.start and source.start[:10],
                end=source.end and source.end[:10],
                precision="day",
                time=source.time,
                evidence=source.evidence,
                reason=f"the day that the narrative sets for {day[1].id}",
            )
