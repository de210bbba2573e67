"""Which events of a ledger nothing connects, so that they can be joined by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.constraints import SAME, load_decisions, undone
from sayso.incidents.edges import Scores
from sayso.ledger import schema

AT_ONCE = 1_000
"""How many events are joined together, where they are not connected."""


class Listed(msgspec.Struct, frozen=True, order=True, array_like=True):
    """An event by the day under which it stands in the index of the joining."""

    day: int
    id: str
    leaf: bool
    """Whether its time is vague."""


def components(connection: Connection, events: Sequence[Listed], lists: Mapping[str, Scores]) -> Iterator[list[str]]:
    """The events in sets that nothing connects: likely pairs, decisions, or vague events of one report."""
    sets = _Sets()
    vague: dict[str, str] = {}
    for one in events:
        for other in lists.get(one.id, ()):
            sets.join(one.id, other)
        if one.leaf and one.id in lists:
            sets.join(vague.setdefault(one.id.rsplit(":", 1)[0], one.id), one.id)
    joinable = {one.id for one in events}
    for said in _all_said(connection):
        told = [event for event in said if event in joinable]
        for event in told[1:]:
            sets.join(told[0], event)
    yield from sets.parts([one.id for one in events])


def _all_said(connection: Connection) -> Iterator[list[str]]:
    d = schema.decisions.c
    taken = undone(connection)
    ids = [one for one in connection.scalars(sa.select(d.id).where(d.kind == SAME).order_by(d.id)) if one not in taken]
    yield from (said.events for said in load_decisions(connection, ids))


class _Sets:
    """Disjoint sets of events."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def _root(self, event: str) -> str:
        root = event
        while (above := self._parent.get(root, root)) != root:
            root = above
        while event != root:
            self._parent[event], event = root, self._parent.get(event, event)
        return root

    def join(self, one: str, two: str) -> None:
        """Make the sets of these two one."""
        first, second = sorted((self._root(one), self._root(two)))
        self._parent[first] = first
        self._parent[second] = first

    def parts(self, events: Iterable[str]) -> Iterator[list[str]]:
        """The sets of these events, in the order of the first of each."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in events:
            found[self._root(event)].append(event)
        yield from found.values()


def batches(parts: Iterable[list[str]]) -> Iterator[list[str]]:
    """These sets put together, as many as are joined at once."""
    batch: list[str] = []
    for part in parts:
        if batch and len(batch) + len(part) > AT_ONCE:
            yield batch
            batch = []
        batch = batch + part
    if batch:
        yield batch
