"""One served ledger: its store, what it may show, and the counts kept while it does not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar, cast

import msgspec
from sqlalchemy.engine import Connection

from sayso.incidents import dyads
from sayso.ledger import overview, queries
from sayso.ledger.filters import Dated, Filters
from sayso.ledger.store import Store
from sayso.web import outlines, settings, timeline
from sayso.web.filters import Chip, Filter, chips
from sayso.web.render import Asked

T = TypeVar("T")
NOBODY = ("\0",)
"""The key of no actor: a name that nobody bears finds nothing."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a list: how many incidents each choice would leave, when they began, and where they are."""

    facets: dict[str, list[tuple[str | None, int]]]
    histogram: list[tuple[str, int]]
    unit: str
    places: list[dict[str, Any]]
    dateless: int
    """Incidents whose beginning is not known: they stand in no bar."""


class Site:
    """One served ledger. ``include_private`` shows the names of private persons, which are withheld otherwise."""

    def __init__(self, store: Store, *, include_private: bool = False) -> None:
        self.store = store
        self.include_private = include_private
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger."""
        with self.store.read() as connection:
            yield connection

    def ledger_filters(self, connection: Connection, chosen: Filter) -> Filters:
        """The page's filter as the ledger's: names resolved to actors."""
        return Filters(
            types=(chosen.type,) if chosen.type else (),
            countries=(chosen.country,) if chosen.country else (),
            statuses=(chosen.status,) if chosen.status else (),
            since=chosen.since or None,
            until=chosen.until or None,
            speakers=self._keys(connection, "speaker", chosen.speaker),
            sides=self._keys(connection, "side", chosen.side),
            text=chosen.q or None,
            box=chosen.box,
            stubs={"without": False, "only": True}.get(chosen.mentions),
            provinces=(chosen.province,) if chosen.province else (),
            attackers=(chosen.attacker,) if chosen.attacker else (),
            attacked=(chosen.target,) if chosen.target else (),
            dated=cast("Dated", chosen.dated) if chosen.dated else None,
        )

    @staticmethod
    def _keys(connection: Connection, role: overview.Role, name: str) -> tuple[str, ...]:
        return (overview.actor_keys(connection, role, name) or NOBODY) if name else ()

    def chips(self, connection: Connection, chosen: Filter) -> list[Chip]:
        """What narrows a list, each removable."""
        sides = [side for side in (chosen.attacker, chosen.target) if side]
        return chips(chosen, outlines.names(), dyads.names(connection, sides) if sides else {})

    def counts(self, connection: Connection, filters: Filters) -> Counts:
        """The counts around a list, from memory where the ledger has not changed since."""
        return self.remember(connection, ("counts", filters), lambda: self._count(connection, filters))

    def names(self, connection: Connection, role: overview.Role) -> list[tuple[str, int]]:
        """Names to choose a speaker or a side from, with how often each is met."""
        limit = settings.SPEAKERS_SUGGESTED
        return self.remember(connection, ("names", role), lambda: overview.names(connection, role, limit))

    def speakers(self, connection: Connection, number: int, size: int) -> queries.Page:
        """A page of who speaks, from memory where the ledger has not changed since: it is counted over all claims."""
        key = ("speakers", number, size)
        return self.remember(
            connection, key, lambda: queries.speakers(connection, number, size, private=self.include_private)
        )

    def warm(self) -> None:
        """Count the whole ledger now, so that the first reader does not wait for it."""
        with self.read() as connection:
            self.counts(connection, self.ledger_filters(connection, Filter()))
            for role in overview.ROLES:
                self.names(connection, role)

    def remember(self, connection: Connection, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, from memory where the ledger has not changed since."""
        key = (overview.version(connection), *key)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: T = self._kept[key]
                return kept
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > settings.FACETS_CACHED:
                self._kept.popitem(last=False)
        return made

    @staticmethod
    def _count(connection: Connection, filters: Filters) -> Counts:
        timeless = msgspec.structs.replace(filters, since=None, until=None)
        years = queries.histogram(connection, timeless, "year")
        unit, bars = unit_for(years), years
        if unit != "year":
            bars = queries.histogram(connection, timeless, unit)
        total = queries.list_incidents(connection, timeless, size=1).total
        return Counts(
            facets={str(field): values for field, values in queries.facets(connection, filters).items()},
            histogram=bars,
            unit=unit,
            places=overview.places(connection, filters, settings.PLACES_ON_MAP),
            dateless=total - sum(number for _, number in bars),
        )


def unit_for(years: list[tuple[str, int]]) -> str:
    """The width of a bar of the timeline for incidents in these years: a year, or a month where they are few."""
    known = {year: number for year, number in years if year.isdigit()}
    return "year" if known and int(max(known)) - int(timeline.beginning(known)) >= 9 else "month"


def site_of(request: Asked) -> Site:
    """The ledger that a request is about."""
    site: Site = request.app.state.site
    return site
