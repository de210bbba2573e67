"""Which time belongs to which event: its own words, what it hangs on, the day that the narrative sets, and caps.

One file a rule: ``own`` (its own words), ``lasting`` ("two days of fighting"), ``offsets`` ("six days after"),
``since``, ``carrying`` (the day of the narrative), ``caps`` (no later than), ``clocks`` (day and zone of clock times),
``notes`` (the knowledge base).
docs/dating.md tells the rules in words.
"""

from __future__ import annotations

from sayso.model import Report
from sayso.reading.dating.caps import cap_followed, cap_preceding, cap_told, end_perfect, open_after
from sayso.reading.dating.carrying import carry, carry_back, carry_ends
from sayso.reading.dating.clocks import set_clocks
from sayso.reading.dating.lasting import set_lasting
from sayso.reading.dating.notes import note_known
from sayso.reading.dating.offsets import hang_offsets
from sayso.reading.dating.own import days_from, drop_filing, own_interval, part_future
from sayso.reading.dating.since import since_events
from sayso.reading.events import Draft
from sayso.reading.links import Found
from sayso.reading.syntax import Syntax

__all__ = ["bind_times"]


def bind_times(drafts: list[Draft], links: list[Found], s: Syntax, report: Report) -> None:
    """Give each event the interval that the text licenses, or none; an unknown precision always has its reason.

    In this order, each only where nothing before it gave a time: the event's own words; how long it has lasted; so
    many days from another;
    since another; the day that the narrative sets; no later than what followed it, or than when it was told. Clock
    times then get their day and zone, and dates that the knowledge base has otherwise get a note.
    """
    now = days_from(report)
    published = max(report.published[:10], now[0])
    drop_filing(drafts, report)
    for d in drafts:
        part_future(d, s, published)
        d.time = own_interval(d, report, now)
    set_lasting(drafts, s, published)
    hang_offsets(drafts, s)
    since_events(drafts, s, published)
    follows = [f for f in links if f.kind == "follows"]
    followed = frozenset(f.target.number for f in follows)
    carry(drafts, followed, s)
    carry_back(drafts, followed, s)
    for f in follows:
        cap_followed(f, s)
    cap_preceding(drafts, s)
    for d in drafts:
        cap_told(d, s)
        open_after(d, s, published)
    carry_ends(drafts, s)
    for d in drafts:
        end_perfect(d, s, published)
    set_clocks(drafts, s)
    note_known(drafts, s, published)
