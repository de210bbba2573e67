"""An incident's own row, from its events and their claims: hedged title, widest honest ranges, closest known place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import Connection

from sayso.incidents.compare_places import exactness
from sayso.incidents.features import PLACE_COLUMNS, Features
from sayso.incidents.keys import leaf
from sayso.incidents.statement import Statement, Voice, voices
from sayso.incidents.status import Standing, occurrence_counts, occurrence_standing, standings
from sayso.incidents.testimony import Testimony, load_testimony
from sayso.incidents.title import title
from sayso.model import Count
from sayso.vocabulary import load

Row = dict[str, Any]
Span = tuple[str | None, str | None, str | None]
"""An event's start, end and precision."""

# Types that say little: another report's closer word for the act is the better one.
_LOOSE = ("other_violence", "armed_attack", "armed_clash")
_PRECISIONS = ("minute", "hour", "part_of_day", "day", "days", "week", "month", "season", "year", "decade", "century")
_PLACE = tuple(name for name in PLACE_COLUMNS if name != "place_kind")


def slot_standings(connection: Connection, incident_id: str) -> dict[str, Standing]:
    """The status of every slot of an incident that somebody speaks to, with the reason; ``occurrence`` first."""
    found = load_testimony(connection, [incident_id]).get(incident_id, Testimony())
    return standings(found.statements, found.initiators, found.places)


def summarise(
    events: Sequence[Features],
    times: Sequence[Span],
    statements: Sequence[Statement],
    initiators: Sequence[Voice],
) -> Row:
    """The columns of ``incidents`` but for id and updated_at; ``times`` are the events' start, end and precision."""
    standing = occurrence_standing(statements, initiators)
    start, end, precision = joint_time(times)
    place = _closest_place(events)
    kind = joint_type(events)
    row = {
        "type": kind,
        "start": start,
        "end": end,
        "time_precision": precision,
        **place,
        "status": standing.status,
        "reason": standing.whole,
        **_toll("killed", [event.killed for event in events]),
        **_toll("injured", [event.injured for event in events]),
        "reports": len({event.report_id for event in events}),
        "stub": all(leaf(event) for event in events),
        "speakers": len(voices(statements)),
        **occurrence_counts(statements),
    }
    return row | {"title": title(row)}


def joint_type(events: Sequence[Features]) -> str:
    """The type that most reports give; a closer word wins over a loose one, an earlier report over a later."""
    types = list(load("event_types"))
    counts = Counter(event.type for event in events)
    order = {event.type: place for place, event in reversed(list(enumerate(events)))}
    return min(counts, key=lambda kind: (kind in _LOOSE, -counts[kind], order[kind], kind not in types))


def joint_time(times: Sequence[Span]) -> Span:
    """The closest interval that the reports give; where equally close ones differ, the whole that they span."""
    known = [time for time in times if time[0] and time[1]]
    if not known:
        return next((time for time in times if time[0] or time[1]), (None, None, "unknown"))
    closest = min(_PRECISIONS.index(time[2]) if time[2] in _PRECISIONS else len(_PRECISIONS) for time in known)
    # Precisions within one day differ in nothing that an interval of days shows.
    level = max(closest, _PRECISIONS.index("day"))
    chosen = [time for time in known if (_PRECISIONS.index(time[2]) if time[2] in _PRECISIONS else 99) <= level]
    chosen = chosen or known
    days = {(str(time[0])[:10], str(time[1])[:10]) for time in chosen}
    if len(days) == 1:
        return min(chosen, key=lambda time: _PRECISIONS.index(time[2]) if time[2] in _PRECISIONS else 99)
    start, end = min(str(time[0]) for time in chosen)[:10], max(str(time[1]) for time in chosen)[:10]
    return start, end, "days" if level <= _PRECISIONS.index("days") else _PRECISIONS[level]


def joint_count(counts: Sequence[Count]) -> Count:
    """The range over all reports: the lowest low, the highest high; open above where one is and nothing closes it."""
    known = [count for count in counts if count != (None, None)]
    if not known:
        return (None, None)
    lows = [low for low, _ in known if low is not None]
    highs = [high for _, high in known if high is not None]
    low = min(lows) if lows else None
    if len(highs) == len(known):
        return (low, max(highs))
    # "At least 5" beside "7" stays open above: nobody has said that 7 is the most.
    return (low, None)


def _toll(slot: str, counts: Sequence[Count]) -> Row:
    low, high = joint_count(counts)
    return {f"{slot}_low": low, f"{slot}_high": high}


def _closest_place(events: Sequence[Features]) -> Row:
    """The most exact place; of equally exact ones the one that most reports name, then the earliest."""
    named = Counter(event.gazetteer_id or event.place_name for event in events)
    placed = [event for event in events if event.place_name or event.country]
    if not placed:
        return dict.fromkeys(_PLACE)
    best = min(placed, key=lambda event: (exactness(event) or 7, -named[event.gazetteer_id or event.place_name]))
    row = {name: getattr(best, name) for name in _PLACE}
    return row | {"place_precision": exactness(best)}
