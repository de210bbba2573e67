"""How far a change reaches: the events whose incidents may be others, since likely pairs or decisions connect them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.candidates import Finder
from sayso.incidents.constraints import SAME, Said, load_said
from sayso.incidents.edges import Scores, neighbours
from sayso.incidents.features import Features, chunks
from sayso.incidents.keys import leaf
from sayso.ledger import schema

MOST_EVENTS = 200
"""More connected events than this are not joined anew as one report comes: the report's are put where they fit best.

``sayso relink`` joins them all.
"""
MOST_DECIDED = 50_000
"""The same where a reviewer decided something: that is worth the time."""


class Domain:
    """Events that are joined anew together, with all their likely pairs and decisions.

    ``most`` is how many may be; what is connected with one of ``large`` is known to be more.
    """

    def __init__(self, connection: Connection, finder: Finder, most: int, large: Container[str] = ()) -> None:
        self._connection = connection
        self._finder = finder
        self._most = most
        self._large = large
        self.events: dict[str, Features] = {}
        self.pairs: dict[str, Scores] = defaultdict(dict)
        self.said: dict[int, Said] = {}
        self.complete = True
        """Whether all that is connected is here."""
        self.beyond: set[str] = set()
        """Where it is not, events that would come next."""

    @property
    def dated(self) -> list[Features]:
        """The events with a time exact enough to connect others."""
        return [event for event in self.events.values() if not leaf(event)]

    @property
    def leaves(self) -> list[Features]:
        """The events with a vague time."""
        return [event for event in self.events.values() if leaf(event)]

    def load(self, ids: Iterable[str]) -> list[Features]:
        """Events outside the domain too, in the order of their ids."""
        return self._finder.load(ids)

    def hold(self, ids: Iterable[str]) -> None:
        """Take in these events, of which it is known that nothing else is connected with them, and the decisions."""
        new = self._take(ids)
        self._decided(event.id for event in new)

    def spread(self, seeds: Iterable[str]) -> None:
        """Take in these events and all that is connected with them.

        Dated events are connected by likely pairs; vague ones reach other vague ones, by pairs and as events of one
        report, but no further dated ones; decisions connect all that they speak of.
        """
        frontier = self._take(seeds)
        while frontier:
            if any(event.id in self._large and not leaf(event) for event in frontier):
                self.complete = False
                return
            found = neighbours(self._connection, [event.id for event in frontier])
            for event, scores in found.items():
                self.pairs[event].update(scores)
            dated = [event.id for event in frontier if not leaf(event)]
            vague = [event for event in frontier if leaf(event)]
            reached = {other for event in dated for other in found.get(event, ())}
            others = {other for event in vague for other in found.get(event.id, ())} - set(self.events) - reached
            reached |= {event.id for event in self._finder.load(others) if leaf(event)}
            reached |= self._siblings({event.report_id for event in vague})
            reached |= self._decided(event.id for event in frontier)
            if len(self.events) + len(reached - set(self.events)) > self._most:
                self.complete = False
                self.beyond = reached
                return
            frontier = self._take(reached)

    def _take(self, ids: Iterable[str]) -> list[Features]:
        new = self._finder.load(set(ids) - set(self.events))
        self.events |= {event.id: event for event in new}
        return new

    def _siblings(self, reports: set[str]) -> set[str]:
        """The vague events of these reports: of two that one report tells apart, one incident takes one only."""
        e, found = schema.events.c, set[str]()
        for part in chunks(sorted(reports)):
            joined = sa.select(e.id).where(e.report_id.in_(part), e.incident_id.is_not(None))
            found |= set(self._connection.scalars(joined))
        return {event.id for event in self._finder.load(found - set(self.events)) if leaf(event)}

    def _decided(self, ids: Iterable[str]) -> set[str]:
        new = [one for one in load_said(self._connection, ids) if one.id not in self.said]
        self.said |= {one.id: one for one in new}
        return {event for one in new if one.kind == SAME for event in one.events}
