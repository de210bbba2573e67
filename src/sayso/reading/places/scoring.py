"""How well a place of the gazetteer fits a name in its report: containment, countries in play, kind, nearness, size."""

from __future__ import annotations

from collections.abc import Iterable
from math import log10

from sayso.knowledge import sphere
from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import split_type
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.context import LARGE, Context, shares_name

CONTAINED = 8.0
IN_PLAY = 5.0
NEIGHBOUR = 1.0
WANTED_KIND = 3.0
SETTLED = 1.2
EXACT_NAME = 1.0
BORROWED = 2.5
"""Against another name of a place where one of the same country bears it as its own."""
NEAR_KM = 150.0
UNIT_IN_PLAY = 2.5
SUPPORTED = 1.5
"""For every other name of the report that means a place near by."""
MOST_SUPPORT = 2.0
COUNTRY_NAME = 12.0
LISTED_REGION = 10.0
LARGE_UNIT = 3.0
HOLDS = 4.0
"""For a unit that the words say another place lies in: "Rochester, New York"."""
FAME = 3.0
"""For a great city that outshines its namesakes."""
GREAT_CITY = 500_000
POINTED = frozenset(("near", "at", "outside", "around", "beside"))
POINT = 4.0
"""Against a unit where the words are of a point: "near Raqqa", "20 km from Idlib"."""
CAPITAL = 6.0
CAPITAL_POPULATION = 20_000
RIVAL = 8
"""How many times larger a capital must be than a namesake abroad to be meant by its bare name."""
SIZE = 0.7
DEEPEST = 6
KIN = {
    "city": {"city", "town", "village"},
    "town": {"city", "town", "village"},
    "village": {"city", "town", "village"},
    "facility": {"facility"},
    "district": {"district", "admin2", "region", "facility"},
    "admin1": {"admin1"},
    "admin2": {"admin2", "district"},
    "region": {"region", "admin1", "country"},
    "water": {"water"},
}


def score(r: PlaceRecord, c: Candidate, context: Context, fixed: Iterable[PlaceRecord]) -> float:
    """The score of one place for one name; ``fixed`` are places of the report that are settled."""
    whole = whole_name(r, c)
    total = log10(r.population + 1) * SIZE - (0.0 if whole else 0.7 * r.tier)
    if whole:
        total += EXACT_NAME
    elif r.tier and r.kind != "facility" and any(o.country == r.country and whole_name(o, c) for o in c.records):
        total -= BORROWED
    if c.holds and r.kind in ("country", "admin1", "region"):
        total += HOLDS
    if _outshines(r, c):
        total += FAME
    if r.kind == "country":
        total += COUNTRY_NAME if plain(c.stem) in country_names() else -COUNTRY_NAME
    elif r.kind == "admin1" and shares_name(c):
        total += COUNTRY_NAME
    elif is_capital(r) and not any(
        o.country != r.country and o.population * RIVAL > r.population for o in _same_names(c)
    ):
        total += CAPITAL
    if r.kind == "admin1" and c.type is None and (c.told is not None or c.governor in POINTED):
        total -= POINT
    if r.gazetteer_id.startswith("region:"):
        total += LISTED_REGION
    if r.kind == "admin1" and c.type is None and r.population > LARGE and not (_great_city(c, r) or _has_seat(c, r)):
        total += LARGE_UNIT
    outer = c.container.chosen if c.container else None
    country = outer_country(c)
    if country:
        total += CONTAINED if r.country == country else -CONTAINED
    if outer is not None and outer.kind == "admin1" and r.country == outer.country:
        total += CONTAINED if r.admin1 == outer.admin1 else -2
    if outer is not None and outer.kind in ("city", "town", "facility", "district"):
        away = distance_km(r, outer)
        told = c.container.told if c.container is not None else None
        reach = 60.0 if told is None or told.km is None else told.km * 1.5 + 30
        total += CONTAINED if away is not None and away <= reach else -CONTAINED
    if r.country and context.in_play(r.country, plain(c.stem)):
        total += IN_PLAY * (0.4 + 0.6 * context.shares[r.country])
    elif r.country in context.neighbours:
        total += NEIGHBOUR
    elif context.shares and r.country not in context.shares:
        total -= 0.5
    if r.country and r.admin1 and (r.country, r.admin1) in context.units:
        total += UNIT_IN_PLAY * (0.4 + 0.6 * context.units[r.country, r.admin1])
    total += SUPPORTED * min(context.nearness.support(plain(c.stem), r), MOST_SUPPORT)
    if c.unit_hint:
        total += CONTAINED if r.admin1 == c.unit_hint else -CONTAINED
    if r.kind == "admin1" and (c.type_text or "").startswith("countryside"):
        total += POINT
    if c.type is not None and c.type.kind == "facility" and r.kind in ("admin1", "country", "region"):
        total -= POINT
    if c.type is not None and c.type.cls not in ("area", "countryside"):
        total += WANTED_KIND if r.kind in KIN.get(c.type.kind, ()) else -WANTED_KIND
    elif r.kind in ("city", "town", "village") and not (c.type_text or "").startswith("country"):
        total += SETTLED
    if r.kind == "admin2" and whole:
        total += WANTED_KIND
    if any((away := distance_km(r, f)) is not None and away <= NEAR_KM for f in fixed):
        total += 1.0
    return total


def whole_name(r: PlaceRecord, c: Candidate) -> bool:
    """Whether the words are the place's own name, or the usual short one: "New York" for New York City."""
    name, stem = plain(r.name).removeprefix("the "), plain(c.stem)
    # UCDP writes the type word into the name: "Adra town".
    typed = r.gazetteer_id.startswith("ucdp:") and plain(split_type(r.name).stem) == stem
    return name == stem or typed or (name == f"{stem} city" and r.population > LARGE)


def _outshines(r: PlaceRecord, c: Candidate) -> bool:
    """Whether a great city so outshines its namesakes that its bare name means it: Boston, Sydney."""
    if r.kind != "city" or r.population < GREAT_CITY or not whole_name(r, c):
        return False
    rivals = [o for o in c.records if o.kind in ("city", "town", "village") and o.gazetteer_id != r.gazetteer_id]
    return all(o.population * RIVAL <= r.population for o in rivals)


def _has_seat(c: Candidate, unit: PlaceRecord) -> bool:
    """Whether a city in the unit bears its name: "Misrata" is the city until the words say that it is the province."""
    return c.direction is None and any(
        r.kind == "city" and r.country == unit.country and (r.admin1 == unit.admin1 or whole_name(r, c)) and r.tier <= 1
        for r in c.records
    )


def _same_names(c: Candidate) -> list[PlaceRecord]:
    stem = plain(c.stem)
    return [r for r in c.records if plain(r.name) == stem]


def is_capital(r: PlaceRecord) -> bool:
    return r.population > CAPITAL_POPULATION and r.country in countries() and r.name == countries()[r.country].capital


def _great_city(c: Candidate, unit: PlaceRecord) -> bool:
    return any(
        o.kind == "city" and whole_name(o, c) and (o.population > GREAT_CITY or o.population * 2 > unit.population)
        for o in c.records
    )


def outer_country(c: Candidate) -> str | None:
    if c.country_hint:
        return c.country_hint
    outer, depth = c.container, 0
    while outer is not None and depth < DEEPEST:
        if outer.country or outer.country_hint:
            return outer.country or outer.country_hint
        outer, depth = outer.container, depth + 1
    return None


def distance_km(a: PlaceRecord, b: PlaceRecord) -> float | None:
    """Great-circle distance of two places in km; null where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return sphere.distance_km(a.lat, a.lon, b.lat, b.lon)
