"""The likely pairs: of each event the few others that are likeliest the same occurrence, with their log-odds.

What is kept is a function of the events that there are: each event keeps its ``KEPT`` best, so that a new one may push
out the worst of an older one's list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.candidates import Finder
from sayso.incidents.compare import Comparison, compare
from sayso.incidents.features import Features, chunks
from sayso.incidents.keys import leaf
from sayso.ledger import schema
from sayso.ledger.bulk import insert_all

KEPT = 16
KEPT_VAGUE = 48
"""A vague event keeps more, to show whether it fits more than one incident."""
HUBS = 4
"""Besides, so many of its likely pairs with the lowest ids, whatever their scores."""
COPY = 99.0
"""The score of two events that near-copies tell in the same words: above any that is weighed."""

Scores = dict[str, float]


class Pairs:
    """The comparisons of one run, each made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Comparison] = {}

    def of(self, one: Features, two: Features) -> Comparison:
        """The comparison of two events, whichever is named first."""
        key = (one.id, two.id) if one.id < two.id else (two.id, one.id)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = compare(one, two)
        return found

    def forget(self) -> None:
        """Keep none of them any longer."""
        self._made.clear()


def edge_score(comparison: Comparison) -> float:
    """The score that a likely pair is kept with."""
    return COPY if copied(comparison) else comparison.score


def copied(comparison: Comparison) -> bool:
    """Whether the two are told in the same words by near-copies."""
    return comparison.reasons[0].feature == "copy"


def kept(event_is_leaf: bool) -> int:
    """How many likely pairs an event keeps."""
    return KEPT_VAGUE if event_is_leaf else KEPT


def best(scores: Mapping[str, float], most: int) -> Scores:
    """The best of these, of equally good ones those with the lower id; and those with the lowest ids of all.

    Without these the events of a large incident would keep only those most like them, and fall into islands.
    """
    if len(scores) <= most:
        return dict(scores)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return dict(ranked) | {event: scores[event] for event in nsmallest(HUBS, scores)}


def likely(event: Features, others: Iterable[Features], pairs: Pairs) -> Scores:
    """Which of these events are likely the same occurrence, with their scores."""
    found = {}
    for other in others:
        comparison = pairs.of(event, other)
        if comparison.joins:
            found[other.id] = edge_score(comparison)
    return found


def weigh(
    connection: Connection, finder: Finder, pairs: Pairs, events: Sequence[Features]
) -> tuple[set[str], dict[str, list[Features]]]:
    """Find the likely pairs of these events anew and bring the lists of the others in line.

    Returns the ids of the events whose pairs changed, and the candidates that each event was weighed against.
    """
    weighed: dict[str, list[Features]] = {}
    wanted: dict[str, Scores] = {}
    queue, changed = {event.id: event for event in events}, set[str]()
    while queue:
        weighed |= finder.candidates(list(queue.values()))
        for event in queue.values():
            wanted[event.id] = likely(event, weighed[event.id], pairs)
        queue = {event.id: event for event in finder.load(_settle(connection, finder, wanted, changed) - set(wanted))}
    return changed, weighed


def _settle(connection: Connection, finder: Finder, wanted: Mapping[str, Scores], changed: set[str]) -> set[str]:
    """Write what follows from the pairs of the events weighed; returns those that must be weighed too.

    An event whose list was full and lost a pair may have a next best one that nothing here knows.
    """
    lists = _load_lists(connection, wanted, {other for scores in wanted.values() for other in scores})
    before = {event: dict(scores) for event, scores in lists.items()}
    leaves = {event.id: leaf(event) for event in finder.load(lists)}
    again = set()
    for event, scores in wanted.items():
        for other, found in lists.items():
            if other not in wanted and event in found and found[event] > scores.get(other, -COPY):
                if len(before[other]) >= kept(leaves[other]):
                    again.add(other)
                del found[event]
    for event, scores in wanted.items():
        lists[event] = best(scores, kept(leaves[event]))
        for other, score in scores.items():
            if other not in wanted:
                lists[other] = best({**lists[other], event: score}, kept(leaves[other]))
    _write(connection, before, lists, changed)
    return again


def _write(
    connection: Connection, before: Mapping[str, Scores], after: Mapping[str, Scores], changed: set[str]
) -> None:
    gone, new = [], []
    for event, scores in after.items():
        was = before.get(event, {})
        gone += [(event, other) for other, score in was.items() if scores.get(other) != score]
        new += [(event, other, score) for other, score in scores.items() if was.get(other) != score]
    e = schema.edges
    if gone:
        matches = sa.and_(e.c.event_id == sa.bindparam("a"), e.c.other_id == sa.bindparam("b"))
        connection.execute(sa.delete(e).where(matches), [{"a": a, "b": b} for a, b in gone])
    insert_all(connection, e, [{"event_id": a, "other_id": b, "score": score} for a, b, score in new])
    changed |= {end for pair in gone for end in pair} | {end for pair in new for end in pair[:2]}


def _load_lists(connection: Connection, weighed: Iterable[str], others: Iterable[str]) -> dict[str, Scores]:
    """The lists of these events, whole, and of all that have one of those ``weighed`` in theirs."""
    e, wanted = schema.edges.c, sorted(set(weighed))
    naming = {*wanted, *others}
    for part in chunks(wanted):
        naming |= set(connection.scalars(sa.select(e.event_id).where(e.other_id.in_(part))))
    found: dict[str, Scores] = {event: {} for event in naming}
    for part in chunks(sorted(naming)):
        query = sa.select(e.event_id, e.other_id, e.score).where(e.event_id.in_(part))
        for event, other, score in connection.execute(query):
            found[event][other] = score
    return found


def write_lists(connection: Connection, lists: Mapping[str, Scores], *, new: bool = False) -> None:
    """Bring the whole lists of these events in line; ``new`` where there are none yet."""
    e, before = schema.edges.c, dict[str, Scores]()
    for part in chunks([] if new else sorted(lists)):
        query = sa.select(e.event_id, e.other_id, e.score).where(e.event_id.in_(part))
        for event, other, score in connection.execute(query):
            before.setdefault(event, {})[other] = score
    _write(connection, before, lists, set())


_E = schema.edges.c
_EVENTS: sa.BindParameter[str] = sa.bindparam("events", expanding=True)
# Made once: they are asked with every report.
_LISTED = sa.select(_E.event_id, _E.other_id, _E.score).where(_E.event_id.in_(_EVENTS))
_LISTING = sa.select(_E.other_id, _E.event_id, _E.score).where(_E.other_id.in_(_EVENTS))


def neighbours(connection: Connection, events: Iterable[str]) -> dict[str, Scores]:
    """The likely pairs of these events in either direction: by event, the others with their scores."""
    found: dict[str, Scores] = defaultdict(dict)
    for part in chunks(sorted(set(events))):
        for query in (_LISTED, _LISTING):
            for event, other, score in connection.execute(query, {"events": part}):
                found[event][other] = score
    return found
