"""One event of either side, with what the matching compares made ready once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians

import msgspec

from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.ours import Ours
from sayso.incidents.compare_places import RADIUS_KM
from sayso.incidents.features import side_words
from sayso.knowledge.actor_records import ActorRecord
from sayso.knowledge.actors import ActorBase
from sayso.knowledge.names import fold, plain
from sayso.knowledge.units import unit_stem

REGION = 5
"""UCDP where_prec from which on a place is no closer than a region."""

_OFFICIAL = frozenset({"state", "government", "military", "police", "intelligence"})
_SETTLEMENT = re.compile(
    r" (?:town|village|city|neighbou?rhood|area|hamlet|camp|subdistrict|outskirts|surroundings|countryside"
    r"|governorate|province|region|oblast|state|department|county)$"
)
_YEARS = re.compile(r"\s*\(.*?\)\s*$")
_ACRONYM = re.compile(r"^([A-Z][\w.-]{1,11}): (.+)$")
_ANYBODY = re.compile(
    r"civilian|unidentified|unknown|protester|rioter|insurgents|opposition|terroris|militant|fighters|gunmen|^rebels?\b",
    re.I,
)


class Telling(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event as the matching sees it. ``days`` is how many days it may have been on; ``sides`` are sets of keys.

    ``reach_km`` is how far from its point the words allow it; ``degree_km`` is how wide a degree
    of longitude is there, a little less; ``place_key`` and ``admin_key`` are folded names.
    """

    first: int
    last: int
    country: str | None
    lat: float | None
    lon: float | None
    precision: int
    reach_km: float
    degree_km: float
    place_key: str
    admin_key: str
    sides: tuple[frozenset[str], ...]
    killed: tuple[int | None, int | None]
    best: int | None

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def of_ours(event: Ours) -> Telling:
    """An incident of the ledger."""
    known = (keys_of_actor(key) for key in event.actors)
    named = (side_keys(name, event.country) for name in event.sides)
    states = (frozenset({f"state {code}"}) for code in event.states)
    return _telling(
        event,
        event.radius_km,
        sides=_told([*known, *named, *states]),
        killed=(event.killed_low, event.killed_high),
        best=event.killed_low if event.killed_high in (None, event.killed_low) else None,
    )


def of_foreign(event: ForeignEvent) -> Telling:
    """An event of ACLED or UCDP."""
    return _telling(
        event,
        None,
        sides=_told([side_keys(name, event.country) for name in event.sides]),
        killed=(event.killed_low, event.killed_high),
        best=event.killed_best,
    )


def _telling(
    event: Ours | ForeignEvent,
    radius_km: float | None,
    *,
    sides: tuple[frozenset[str], ...],
    killed: tuple[int | None, int | None],
    best: int | None,
) -> Telling:
    return Telling(
        first=event.first.toordinal(),
        last=event.last.toordinal(),
        country=event.country,
        lat=event.lat,
        lon=event.lon,
        precision=event.precision,
        degree_km=0.0 if event.lat is None else 110.0 * cos(radians(event.lat)),
        reach_km=radius_km or RADIUS_KM.get(event.precision, 250.0),
        place_key=place_key(event.place or ""),
        admin_key=place_key(event.admin1 or ""),
        sides=sides,
        killed=killed,
        best=best,
    )


def _told(found: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(keys for keys in found if keys))


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """A place's name as both sides may spell it, without "town", "district" or "governorate"."""
    stem = _SETTLEMENT.sub("", plain(name))
    return fold(unit_stem(stem)) if stem else ""


@lru_cache(maxsize=65536)
def side_keys(name: str, country: str | None) -> frozenset[str]:
    """By what a side may be known again: its record, its state, its body; else its telling words. Empty for anybody."""
    if _ANYBODY.search(name):
        return frozenset()
    name = _YEARS.sub("", name)
    acronym = _ACRONYM.match(name)
    for text in (acronym[2], acronym[1]) if acronym else (name,):
        record = ActorBase.open().lookup(text, country)
        if record is not None:
            return _keys_of(record)
    found: set[str] = set()
    for part in name.split(", "):  # UCDP lists allies in one cell.
        record = ActorBase.open().lookup(part, country) if part != name else None
        found |= _keys_of(record) if record else {f"word {word}" for word in side_words(part)}
    return frozenset(found)


@lru_cache(maxsize=65536)
def keys_of_actor(identity: str) -> frozenset[str]:
    """The same for an actor of the knowledge base."""
    record = ActorBase.open().get(identity)
    return frozenset({identity}) if record is None else _keys_of(record)


def _keys_of(record: ActorRecord) -> frozenset[str]:
    if _ANYBODY.search(record.name):
        return frozenset()
    found = {record.id, f"of {plain(record.name)}"}
    if record.affiliation:
        found.add(f"of {plain(record.affiliation)}")
    if record.kind in _OFFICIAL and record.country:
        found.add(f"state {record.country}")
    return frozenset(found)
