"""Habits told since another event: "attacks have … since the killing of X"."""

from __future__ import annotations

from sayso.model import Interval
from sayso.reading.events import Draft
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax


def since_events(drafts: list[Draft], s: Syntax, published: str) -> None:
    """From the dated event behind a "since" to publication, as exact as that event is dated."""
    for d in drafts:
        if d.time is not None and d.time.start is not None and d.time.start[:10] <= published:
            for m in d.mentions:
                _since(d, m, drafts, s, published)


def _since(d: Draft, m: Mention, drafts: list[Draft], s: Syntax, published: str) -> None:
    above = [m.trigger.head, *s.ancestors(m.trigger.head)]
    since = next((k for k in above[1:4] if s.low[k] == "since"), None)
    if since is None or d.time is None or d.time.start is None:
        return
    habit = next((o for o in drafts if o is not d and any(_bears(x, since, above, s) for x in o.mentions)), None)
    if habit is not None and habit.time is None:
        hi = max(s.right[m.trigger.head] + 1, m.trigger.hi)
        habit.time = Interval(
            start=d.time.start,
            end=published,
            precision=d.time.precision,
            evidence=s.span(since, hi),
            reason=f"since {d.id}",
        )


def _bears(m: Mention, since: int, above: list[int], s: Syntax) -> bool:
    """Whether a "since" hangs on this mention or beside it."""
    head = m.trigger.head
    return head in above or s.head[since] in {head, s.head[head]}
