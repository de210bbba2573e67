"""All likely pairs of a ledger at once: a sweep over its events in the order of their days, many to a query.

The same keys, nearness and comparison as when reports come one by one (``candidates``), held in memory for the days
that matter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec
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
    name,
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


class _Rest(msgspec.Struct, frozen=True, array_like=True):
    """What of an event only its comparisons need: most of what it weighs in memory."""

    evidence: frozenset[str]
    names: tuple[str, ...]
    event_words: dict[str, float]
    report_words: dict[str, float]
    places: frozenset[str]
    days: frozenset[str]
    ages: frozenset[int]
    clocks: frozenset[int]


_NOTHING = Features(id="", report_id="", type="")
_BARE: dict[str, Any] = {name: getattr(_NOTHING, name) for name in _Rest.__struct_fields__}
_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Rest)


class _Held(msgspec.Struct, frozen=True):
    """An event of the window under the day where it stands: without what is packed, and that."""

    at: int
    bare: Features
    packed: bytes

    @property
    def event(self) -> Features:
        """The event, whole."""
        rest = _DECODER.decode(self.packed)
        return msgspec.structs.replace(self.bare, **{name: getattr(rest, name) for name in _BARE})


def _held(event: Features) -> _Held:
    rest = _Rest(**{name: getattr(event, name) for name in _BARE})
    return _Held(slot(event), msgspec.structs.replace(event, **_BARE), _ENCODER.encode(rest))


class Window:
    """The events of the days that matter, under their keys."""

    def __init__(self) -> None:
        # Those of places without the length of the interval, by which they are told apart below. Lists, from whose
        # beginning little is ever taken: of most names there is one, and a deque takes half a kilobyte.
        self._keys: dict[str, dict[str, list[_Held]]] = {}
        self._leaving = {PLACE_DAYS: deque[tuple[int, list[str]]](), NAME_DAYS: deque[tuple[int, list[str]]]()}

    def take(self, event: Features) -> None:
        """Put an event in; it must not be earlier than the last one."""
        held, keys = _held(event), list(dict.fromkeys(stored(event)))
        for days, leaving in self._leaving.items():
            while leaving and leaving[0][0] < held.at - days:
                self._drop(leaving.popleft()[1])
            mine = [key for key in keys if (NAME_DAYS if name(key) else PLACE_DAYS) == days]
            if mine:
                leaving.append((held.at, mine))
        for key in keys:
            length, rest = _parted(key)
            self._keys.setdefault(rest, {}).setdefault(length, []).append(held)

    def _drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            length, rest = _parted(key)
            held = self._keys[rest]
            del held[length][0]
            if not held[length]:
                del held[length]
            if not held:
                del self._keys[rest]

    def candidates(self, event: Features) -> list[Features]:
        """The earlier events that this one may be the same occurrence as.

        Where there are too many, a few: first those under the keys that fewest share, of one key the nearest days.
        """
        types, found = joinable(event.type), dict[str, _Held]()
        for key, since, until, held in sorted(self._under(event), key=lambda one: len(one[-1])):
            for one in islice(reversed(held), MOST_PASSED):
                other = one.bare
                if one.at < since:
                    break
                if (
                    one.at <= until
                    and other.id not in found
                    and other.report_id != event.report_id
                    and other.type in types
                    and near(event, other, key)
                ):
                    found[other.id] = one
                    if len(found) == MOST_WEIGHED:
                        return [one.event for one in islice(found.values(), CROWD)]
        return [one.event for one in found.values()]

    def _under(self, event: Features) -> Iterator[tuple[str, int, int, list[_Held]]]:
        """What is held under the keys at which the event looks, each with the days that matter."""
        for found in names_to_look(event):
            for held in self._keys.get(found.key, {}).values():
                yield found.key, found.since, found.until, held
        spans = {length: (since, until) for length, since, until in windows(event)}
        for place in places_to_look(event):
            for length, held in self._keys.get(f"*{place}", {}).items():
                yield f"{length}{place}", *spans[length], held


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
