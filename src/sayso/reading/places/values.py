"""Candidates as values: point, precision and radius, never more exact than the words."""

from __future__ import annotations

from typing import NamedTuple

from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.placewords import place_words
from sayso.model import Geometry, Place, Span
from sayso.reading.places.areas import area_of, directed
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.reckoned import Reckoned

PRECISION = {
    "facility": 1,
    "village": 1,
    "town": 1,
    "city": 1,
    "district": 1,
    "admin2": 3,
    "admin1": 4,
    "region": 5,
    "country": 6,
    "water": 7,
}
"""UCDP where_prec by kind."""
NEAR_KM = 25.0
"""What "near" may mean: UCDP's where_prec 2."""
DIRECTED = frozenset(("country", "admin1", "region", "city", "town"))
DEEPEST = 4
SETTLED = ("city", "town", "village")


class Where(NamedTuple):
    """Where a place is: WGS 84 point, radius in km, kind, UCDP where_prec, gazetteer id, and why."""

    lat: float | None
    lon: float | None
    radius_km: float | None
    kind: str | None
    precision: int | None
    identity: str | None
    reason: str
    geometry: Geometry | None = None


def value(text: str, c: Candidate, gazetteer: Gazetteer, *, reference: bool = False) -> Place:
    """The place that a candidate is; its id is left empty.

    ``reference`` says that another named place is told from it: "Khan Shaykhun, 50 km south of Idlib".
    """
    name = text[c.start : c.end]
    if c.chosen is None:
        where = _unknown(c, gazetteer)
    else:
        where = _known(c, c.chosen, gazetteer, name)
        if c.told is not None and where.precision in (1, 2) and not reference:
            where = _reckoned(where, c.told)
    around = c.chosen or _around(c)
    return Place(
        id="",
        span=Span(c.start, c.end, name),
        name=name,
        gazetteer_id=where.identity,
        kind=where.kind,
        lat=where.lat,
        lon=where.lon,
        country=c.country,
        admin1=_named_admin1(c) or (around.admin1 if around is not None else None),
        admin2=c.chosen.admin2 if c.chosen is not None else None,
        precision=where.precision,
        radius_km=where.radius_km,
        reason=where.reason,
        geometry=where.geometry,
    )


def _known(c: Candidate, record: PlaceRecord, gazetteer: Gazetteer, name: str) -> Where:
    precision, radius, reason = PRECISION.get(record.kind), record.radius_km, c.reason
    if c.direction is not None and record.kind == "admin1" and c.type is not None and c.type.kind == "admin1":
        # "Afghanistan's northern Balkh province" lies in the north, "southern Idlib province" is a part: the wider.
        reason = f"{reason}; its direction may be that of the whole in the country, or of a part in it"
    elif c.direction is not None and record.kind in DIRECTED:
        part = directed(c.direction, record, gazetteer, name)
        reason = f"the words name a part of {record.name} ({record.gazetteer_id}), not the whole"
        return Where(*part[:6], reason, part.area)
    if record.kind == "water" and record.country is not None:
        precision = 5
    if record.kind == "region" and radius is not None and radius <= NEAR_KM:
        precision = 2
    if precision == 1 and c.governor in place_words().near:
        precision, radius, reason = 2, max(radius or 0.0, NEAR_KM), f"{reason}; the words say only that it was near"
    if precision == 1 and c.type is not None and c.type.kind == "facility" and record.kind != "facility":
        precision, radius = 2, max(radius or 0.0, NEAR_KM)
        reason = f"{reason}; the gazetteer has the settlement of this name, not the {c.type_text or 'facility'}"
        return Where(record.lat, record.lon, radius, c.type.kind, precision, record.gazetteer_id, reason)
    if precision == 1 and c.type is not None and c.type.kind == "district" and record.kind == "city":
        precision, radius = 2, max(radius or 0.0, NEAR_KM)
        reason = f"{reason}; the words name a part of it, or a place about it"
    if precision == 1 and c.type is not None and c.type.cls in ("area", "countryside"):
        precision, radius, reason = (
            2,
            max(radius or 0.0, c.type.radius_km),
            f"{reason}; the words name the area around it",
        )
    area = area_of(record, gazetteer)
    return Where(record.lat, record.lon, radius, record.kind, precision, record.gazetteer_id, reason, area)


def _reckoned(where: Where, told: Reckoned) -> Where:
    """A place that the words tell by its distance or direction from one that is known."""
    if where.lat is None or where.lon is None:
        return where
    lat, lon = told.point(where.lat, where.lon)
    radius = round(told.doubt_km + (where.radius_km or 0.0), 1)
    reason = f"{where.reason}; the words say “{told.words}” it"
    precision = 2 if told.doubt_km <= NEAR_KM else 5
    return where._replace(lat=lat, lon=lon, radius_km=radius, precision=precision, reason=reason)


def _unknown(c: Candidate, gazetteer: Gazetteer) -> Where:
    """A place that the gazetteer has not is as exact as what the text says it lies in."""
    kind = c.type.kind if c.type is not None else None
    outer = c.container.chosen if c.container is not None else None
    if c.container is not None and outer is not None and outer.kind in SETTLED:
        told = c.container.told if c.container.start >= c.end else None
        where = Where(outer.lat, outer.lon, max(outer.radius_km or 0.0, NEAR_KM), kind, 2, None, c.reason)
        if told:
            return _reckoned(where, told)
        return where._replace(
            reason=f"{c.reason}; shown as somewhere in {outer.name}, in which the text says that it lies"
        )
    unit = _unit(c, gazetteer)
    if unit is not None:
        area, reason = area_of(unit, gazetteer), f"{c.reason}; shown as somewhere in {unit.name}"
        return Where(unit.lat, unit.lon, unit.radius_km, kind, 4, None, reason, area)
    precision = 4 if _named_admin1(c) or _around(c) else (6 if c.country else None)
    return Where(None, None, None, kind, precision, None, c.reason)


def _unit(c: Candidate, gazetteer: Gazetteer) -> PlaceRecord | None:
    """The first-level unit in which an unknown place lies: as the text says, or that of what it lies in."""
    outer: Candidate | None = c.container or c.guessed
    for _ in range(DEEPEST):
        if outer is None:
            return None
        record = outer.chosen
        if record is not None and record.admin1 is not None:
            if record.kind == "admin1":
                return record
            named = gazetteer.lookup(record.admin1)
            return next((r for r in named if r.kind == "admin1" and r.country == record.country), None)
        outer = outer.container
    return None


def _around(c: Candidate) -> PlaceRecord | None:
    """The place in a first-level unit in which an unknown one lies."""
    around = c.container or c.guessed
    record = around.chosen if around is not None else None
    return record if record is not None and record.admin1 is not None else None


def _named_admin1(c: Candidate) -> str | None:
    """The first-level unit as the text names it, where it does."""
    outer: Candidate | None = c
    for _ in range(DEEPEST):
        if outer is None:
            return None
        unit = outer.chosen is not None and outer.chosen.kind == "admin1"
        if unit or (outer.type is not None and outer.type.kind == "admin1"):
            return outer.stem
        outer = outer.container
    return None
