"""Events dated from another: "six days after X", "two days later", "in the hours afterwards"."""

from __future__ import annotations

from datetime import date, timedelta

from sayso.model import Interval, Time, TimePrecision
from sayso.reading.events import Draft
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax

BESIDE = frozenset({"after", "before", "following"})
"""Words behind an offset that name what it hangs on; without them it hangs on what was told before."""
AT_ONCE = ("S", "M")
"""Units (TIMEX3) so short that they lead to no other day."""
Offset = tuple[int, int]


def hang_offsets(drafts: list[Draft], s: Syntax) -> None:
    """Give events their interval from the events or times that they hang on."""
    for d in drafts:
        for m in d.mentions:
            for t in m.times if d.modality == "actual" else ():
                if t.start is None and t.end is None and t.relation in {"after", "before"}:
                    _hang(d, m, t, drafts, s)


def _hang(d: Draft, m: Mention, t: Time, drafts: list[Draft], s: Syntax) -> None:
    pair = _pair(t, drafts, s)
    if pair is None:
        if not _names_its_anchor(t, s):
            _from_before(d, m, t, drafts)
        return
    (later, _), (earlier, told) = pair
    if t.offset_days is None:
        _soon_after(later, earlier, t)
        return
    sign = 1 if t.relation == "after" else -1
    if later is not None:
        for known, other, way in ((later, earlier, -sign), (earlier, later, sign)):
            interval = _shifted(known.time, known.id, t, _times(t.offset_days, way))
            if interval is not None and (other.time is None or other.time.start is None):
                other.time = interval
                return
    _from_bound(earlier, told, t, -sign)


def _names_its_anchor(t: Time, s: Syntax) -> bool:
    behind = _behind(t, s)
    return behind is not None and s.low[behind] in BESIDE


def _behind(t: Time, s: Syntax) -> int | None:
    """The token right behind a time."""
    i = s.token_at(t.span.end - 1)
    return i + 1 if i is not None and i + 1 < len(s.word) else None


def _pair(
    t: Time, drafts: list[Draft], s: Syntax
) -> tuple[tuple[Draft | None, Mention | None], tuple[Draft, Mention]] | None:
    """What lies the offset away, and what it is counted from: told first behind the time, in its sentence.

    The other stands before the time, or, where the time opens the sentence, behind what it is counted from.
    """
    at = s.token_at(t.span.start)
    if at is None:
        return None
    rows = [(x.trigger.head, x, d) for d in drafts for x in d.mentions if x.sentence == s.sentence_of[at]]
    here = sorted(rows, key=lambda row: row[0])
    behind = [row for row in here if row[0] > at]
    before = [row for row in here if row[0] < at]
    if not behind or not _names_its_anchor(t, s):
        return None
    anchor = behind[0]
    rest = [row for row in (*reversed(before), *behind[1:]) if row[2] is not anchor[2]]
    other = rest[0] if rest else None
    return ((other[2], other[1]) if other else (None, None)), (anchor[2], anchor[1])


def _times(offset: Offset, way: int) -> Offset:
    return way * offset[0], way * offset[1]


def _shifted(known: Interval | None, name: str, t: Time, offset: Offset) -> Interval | None:
    """The interval so many days from a dated one; none where that is not dated on both sides."""
    if known is None or known.start is None or known.end is None:
        return None
    return _between(known.start, known.end, t, offset, f"{t.span.text}: counted from {name}")


def _between(start: str, end: str, t: Time, offset: Offset, reason: str) -> Interval | None:
    ends = (date.fromisoformat(start[:10]), date.fromisoformat(end[:10]))
    try:
        days = sorted(day + timedelta(days=shift) for day in ends for shift in offset)
    except OverflowError:  # Before year 1 or after 9999 there is no date to give.
        return None
    precision: TimePrecision = "day" if days[0] == days[-1] else "days"
    return Interval(
        start=days[0].isoformat(),
        end=days[-1].isoformat(),
        precision=precision,
        time=t.id,
        evidence=t.span,
        reason=reason,
    )


def _from_bound(d: Draft, m: Mention, t: Time, way: int) -> None:
    """ "Met on Saturday, two days after rockets hit": counted from the time of what is no event."""
    ended = [b for b in m.times if b.start is None]
    bound = next((b for b in (*m.bounds, *ended) if b.precision == "day" and b.end is not None), None)
    undated = d.time is None or d.time.start is None
    if undated and bound is not None and bound.end is not None and t.offset_days is not None:
        offset = _times(t.offset_days, way)
        d.time = _between(bound.end, bound.end, t, offset, f"{t.span.text}: counted from {bound.span.text}")


def _from_before(d: Draft, m: Mention, t: Time, drafts: list[Draft]) -> None:
    """ "Two days later": counted from the event dated last before."""
    rows = [
        (x.trigger.head, o)
        for o in drafts
        for x in o.mentions
        if o is not d and x.time is not None and x.trigger.head < m.trigger.head
    ]
    known = max(rows, key=lambda row: row[0], default=(0, None))[1]
    if known is None or d.time is not None:
        return
    if t.offset_days is None:
        _soon_after(d, known, t)
    else:
        sign = 1 if t.relation == "after" else -1
        d.time = _shifted(known.time, known.id, t, _times(t.offset_days, sign))


def _soon_after(d: Draft | None, known: Draft, t: Time) -> None:
    """ "In the hours afterwards": on the same day or the next."""
    if d is None or d.time is not None or not t.value.startswith("PT") or t.relation != "after":
        return
    at_once = t.value.endswith(AT_ONCE)
    interval = _shifted(known.time, known.id, t, (0, 0) if at_once else (0, 1))
    if interval is not None and known.time is not None:
        d.time = Interval(
            start=interval.start,
            end=interval.end,
            precision=known.time.precision if at_once else "part_of_day",
            time=t.id,
            evidence=t.span,
            reason=interval.reason,
        )
