"""Candidates as values: point, precision and radius, never more exact than the words."""

from __future__ import annotations

from typing import NamedTuple

from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.placewords import place_words
from sayso.model import Place, Span
from sayso.reading.places.areas import directed
from sayso.reading.places.candidates import Candidate

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


class Where(NamedTuple):
    """Where a place is: WGS 84 point, radius in km, kind, UCDP where_prec, gazetteer id, and why."""

    lat: float | None
    lon: float | None
    radius_km: float | None
    kind: str | None
    precision: int | None
    identity: str | None
    reason: str


def value(text: str, c: Candidate, gazetteer: Gazetteer) -> Place:
    """The place that a candidate is; its id is left empty."""
    name = text[c.start : c.end]
    where = _known(c, c.chosen, gazetteer, name) if c.chosen is not None else _unknown(c)
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
    )


def _known(c: Candidate, record: PlaceRecord, gazetteer: Gazetteer, name: str) -> Where:
    precision, radius, reason = PRECISION.get(record.kind), record.radius_km, c.reason
    if c.direction is not None and record.kind in DIRECTED:
        part = directed(c, record, gazetteer, name)
        return Where(*part, f"the words name a part of {record.name} ({record.gazetteer_id}), not the whole")
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
    if precision == 1 and c.type is not None and c.type.cls in ("area", "countryside"):
        precision, radius, reason = (
            2,
            max(radius or 0.0, c.type.radius_km),
            f"{reason}; the words name the area around it",
        )
    return Where(record.lat, record.lon, radius, record.kind, precision, record.gazetteer_id, reason)


def _unknown(c: Candidate) -> Where:
    """A place that the gazetteer has not is as exact as what the text says it lies in."""
    kind = c.type.kind if c.type is not None else None
    outer = c.container.chosen if c.container is not None else None
    if outer is not None and outer.kind in ("city", "town"):
        reason = f"{c.reason}; shown as somewhere in {outer.name}, in which the text says that it lies"
        return Where(outer.lat, outer.lon, max(outer.radius_km or 0.0, NEAR_KM), kind, 2, None, reason)
    precision = 4 if _named_admin1(c) or _around(c) else (6 if c.country else None)
    return Where(None, None, None, kind, precision, None, c.reason)


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
