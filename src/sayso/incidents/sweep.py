"""All likely pairs of a ledger at once: a sweep over its events in the order of their days, many to a query.

The same keys, nearness and comparison as when reports come one by one (``candidates``), held in memory for the days
that matter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy.engine import Connection

from sayso.incidents.candidates import MOST_WEIGHED
from sayso.incidents.compare import compare
from sayso.incidents.edges import edge_score
from sayso.incidents.features import CHUNK, Features, load_by_id
from sayso.incidents.keys import (
    MONTH,
    NAME_DAYS,
    TOLD_WITHIN_DAYS,
    joinable,
    names_to_look,
    near,
    places_to_look,
    slot,
    stored,
    windows,
)

PLACE_DAYS = TOLD_WITHIN_DAYS + MONTH
"""Two events whose days lie further apart are not weighed for their places."""
WINDOW_DAYS = max(NAME_DAYS, PLACE_DAYS)
"""Two events whose days lie further apart are never weighed, unless near-copies tell them."""
MOST_PASSED = 4 * MOST_WEIGHED
"""So many events under one key are looked at for those that are near."""
CROWD = 96
"""How many an event is weighed against where ``MOST_WEIGHED`` are near: they are weighed with each other too."""
LOADED = 4 * CHUNK


class Pair(NamedTuple):
    """Two events that are likely one occurrence, the lower id first."""

    one: str
    two: str
    score: float


class Window:
    """The events of the days that matter, under their keys."""

    def __init__(self) -> None:
        # Those of places without the length of the interval, by which they are told apart below.
        self._keys: dict[str, dict[str, deque[tuple[int, Features]]]] = {}
        self._leaving = {PLACE_DAYS: deque[tuple[int, list[str]]](), NAME_DAYS: deque[tuple[int, list[str]]]()}

    def take(self, event: Features) -> None:
        """Put an event in; it must not be earlier than the last one."""
        at, keys = slot(event), list(dict.fromkeys(stored(event)))
        for days, leaving in self._leaving.items():
            while leaving and leaving[0][0] < at - days:
                self._drop(leaving.popleft()[1])
            mine = [key for key in keys if key.startswith("n") == (days == NAME_DAYS)]
            if mine:
                leaving.append((at, mine))
        for key in keys:
            length, rest = _parted(key)
            self._keys.setdefault(rest, {}).setdefault(length, deque()).append((at, event))

    def _drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            length, rest = _parted(key)
            held = self._keys[rest]
            held[length].popleft()
            if not held[length]:
                del held[length]
            if not held:
                del self._keys[rest]

    def candidates(self, event: Features) -> list[Features]:
        """The earlier events that this one may be the same occurrence as.

        Where there are too many, a few: first those under the keys that fewest share, of one key the nearest days.
        """
        types, found = joinable(event.type), dict[str, Features]()
        for key, since, until, events in sorted(self._held(event), key=lambda one: len(one[-1])):
            for at, other in islice(reversed(events), MOST_PASSED):
                if at < since:
                    break
                if (
                    at <= until
                    and other.id not in found
                    and other.report_id != event.report_id
                    and other.type in types
                    and near(event, other, key)
                ):
                    found[other.id] = other
                    if len(found) == MOST_WEIGHED:
                        return list(found.values())[:CROWD]
        return list(found.values())

    def _held(self, event: Features) -> Iterator[tuple[str, int, int, deque[tuple[int, Features]]]]:
        """What is held under the keys at which the event looks, each with the days that matter."""
        for name in names_to_look(event):
            for events in self._keys.get(name.key, {}).values():
                yield name.key, name.since, name.until, events
        spans = {length: (since, until) for length, since, until in windows(event)}
        for place in places_to_look(event):
            for length, events in self._keys.get(f"*{place}", {}).items():
                yield f"{length}{place}", *spans[length], events


def _parted(key: str) -> tuple[str, str]:
    """The length of the interval in a key of a place, and the rest of it; a name's has none."""
    return ("", key) if key.startswith("n") else (key[0], f"*{key[1:]}")


def sweep(connection: Connection, ids: Sequence[str], before: Sequence[str] = ()) -> Iterator[Pair]:
    """The likely pairs of these events (ids in the order of their days) with each other and with those ``before``."""
    window = Window()
    for event in _loaded(connection, before):
        window.take(event)
    for event in _loaded(connection, ids):
        for other in window.candidates(event):
            comparison = compare(event, other)
            if comparison.joins:
                yield Pair(min(event.id, other.id), max(event.id, other.id), edge_score(comparison))
        window.take(event)


def copied_pairs(connection: Connection, families: Iterable[Sequence[str]]) -> Iterator[Pair]:
    """The likely pairs between events of near-copies; each family has the ids of its events."""
    for family in families:
        events = list(load_by_id(connection, family).values())
        reach = MOST_WEIGHED if len(events) <= MOST_WEIGHED else CROWD
        for at, one in enumerate(events):
            for two in events[at + 1 : at + 1 + reach]:
                if one.type == two.type and one.report_id != two.report_id:
                    comparison = compare(one, two)
                    if comparison.joins:
                        yield Pair(min(one.id, two.id), max(one.id, two.id), edge_score(comparison))


def _loaded(connection: Connection, ids: Sequence[str]) -> Iterator[Features]:
    for at in range(0, len(ids), LOADED):
        part = ids[at : at + LOADED]
        found = load_by_id(connection, part)
        yield from (found[one] for one in part if one in found)
