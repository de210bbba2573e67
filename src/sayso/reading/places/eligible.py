"""Which places of the gazetteer the words around a name allow at all."""

from __future__ import annotations

from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import fold, plain
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.context import Context, shares_name
from sayso.reading.places.scoring import KIN, distance_km, is_capital, outer_country, whole_name

SMALL = 15_000
"""People below which a place needs more than its name: a preposition of place, or a report about its country."""
HOME = 1.0
"""Support from which a small place is taken without more: other names of the report lie about it."""
ABOUT = 0.25
"""Share of the evidence from which a report counts as about a country."""
ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"))
"""Where villages bear names that are English words and surnames."""
IN_TOWNS = frozenset(
    ("university", "school", "church", "mosque", "hotel", "hospital", "square", "street", "market", "bridge", "stadium")
)
"""Facilities whose name says nothing of a settlement of that name."""
OF_A_CITY = frozenset(("hospital", "university", "school", "market", "hotel", "stadium"))
"""Facilities that go by the name of the city that they are in; a street or square goes by another's."""
MILLION = 1_000_000
"""Settled places whose nearness counts for others."""
BESIDE_KM = 80.0


def eligible(c: Candidate, context: Context) -> list[PlaceRecord]:
    """The records that the words allow: in a country in play or next to one, or too well known to need that."""
    country = outer_country(c)
    records = _unmistakable(c) or c.records
    wanted = KIN.get(c.type.kind, set()) if c.type is not None else set()
    near = [r for r in records if r.kind in wanted and (not context.shares or r.country in context.shares)]
    if c.type is not None and not near:
        records = (*records, *_alike(c, context, country))
    if c.type is not None and c.type.kind == "admin2" and not any(r.kind == "admin2" for r in records):
        records = context.gazetteer.by_keys([key := f"{fold(c.stem)}#{c.type.cls}"])[key]
    if c.beside is not None and not records:
        records = _spelt_otherwise(c, context)
    if c.type is not None and c.type.cls in IN_TOWNS:
        records = tuple(
            r
            for r in records
            if r.kind == "facility" or (r.kind == "city" and whole_name(r, c) and c.type.cls in OF_A_CITY)
        )
    if c.type is not None and c.type.kind == "admin1" and any(r.kind == "admin1" for r in records):
        records = tuple(r for r in records if r.kind == "admin1")
    if c.type is not None and c.type.kind == "water":
        records = tuple(r for r in records if r.kind in ("water", "region"))
    if c.type is not None and c.type.kind == "admin2":
        records = tuple(r for r in records if r.kind in KIN["admin2"])
    if c.type is not None and c.type.kind == "district" and c.type.cls == "district":
        exact = c.type_text in ("district", "suburb", None)
        kin = KIN["district"] | ({"town", "village"} if exact else set())
        # "a Damascus suburb", "Tokyo neighborhoods": somewhere in the city.
        city = tuple(r for r in records if r.kind == "city" and r.tier <= 1)
        records = (*(r for r in records if r.kind in kin), *city)
    if country is not None or context.shares:
        records = tuple(r for r in records if not _stray(r, c, country, context))
    if country is None and c.type is None:
        records = tuple(r for r in records if not _doubtful(r, c, context))
    if country is None and context.shares:
        about = context.shares.keys() | context.neighbours
        records = tuple(
            r for r in records if r.country is None or r.country in about or r.kind == "admin2" or _well_known(r, c)
        )
    return list(records)


def _alike(c: Candidate, context: Context, country: str | None) -> tuple[PlaceRecord, ...]:
    """Places of the wanted kind and a like name in the countries in play."""
    if c.type is None or c.type.kind in ("district", "admin2") or c.type.cls in ("area", "countryside", "region"):
        return ()
    name = f"{c.stem}#{c.type.cls}" if c.type.kind == "facility" else c.stem
    found = context.gazetteer.lookup(name, fuzzy=True)[:12]
    return tuple(r for r in found if r.country == country or (country is None and r.country in context.shares))


def _spelt_otherwise(c: Candidate, context: Context) -> tuple[PlaceRecord, ...]:
    """Settlements of a like name near the place that the text lists beside this one."""
    other = c.beside.chosen if c.beside is not None else None
    if other is None or other.kind not in ("city", "town", "village", "admin1"):
        return ()
    alike = (r for r in context.gazetteer.lookup(c.stem, fuzzy=True) if r.country == other.country)
    return tuple(r for r in alike if (away := distance_km(r, other)) is not None and away <= BESIDE_KM)


def _unmistakable(c: Candidate) -> tuple[PlaceRecord, ...]:
    """The country or region of the world that a name means, whatever villages share it: Cuba, the Middle East."""
    if c.unit_hint or c.type_text or shares_name(c):
        return ()
    stem = plain(c.stem)
    if stem in country_names():
        return tuple(r for r in c.records if r.kind == "country" and r.tier < 2)
    if c.container is not None:
        return ()
    return tuple(r for r in c.records if r.gazetteer_id.startswith("region:") and plain(r.name) == stem)


def _stray(r: PlaceRecord, c: Candidate, country: str | None, context: Context) -> bool:
    """A place abroad that only sounds like the name, where the words say which country they speak of."""
    if r.country is None or r.gazetteer_id.startswith(("region:", "country:")) or whole_name(r, c):
        return False
    if country is not None:
        return r.country != country and r.tier > 0
    most = countries().get(max(context.shares, key=lambda code: context.shares[code]))
    near = r.country in context.shares or (r.tier == 0 and most is not None and r.country in most.neighbours)
    return not near and r.population < MILLION


def _doubtful(r: PlaceRecord, c: Candidate, context: Context) -> bool:
    """A small place that the words hardly call for: "of Hate", "via Skype"."""
    if (
        r.kind == "admin2"
        or r.population >= SMALL
        or r.gazetteer_id.startswith(("region:", "country:"))
        or r.country is None
        or c.label
    ):
        return False
    unlike = r.tier == 0 and plain(r.name) != plain(c.stem) and not context.in_play(r.country, plain(c.stem))
    if c.strong and not unlike:
        return False
    about = context.shares.get(r.country, 0.0) >= ABOUT
    if context.nearness.support(plain(c.stem), r) >= HOME:
        return False
    return not about or (r.country in ENGLISH and (r.country, r.admin1 or "") not in context.units)


def _well_known(r: PlaceRecord, c: Candidate) -> bool:
    return is_capital(r) or (
        r.tier <= 1
        and (r.population >= 100_000 or r.gazetteer_id.startswith(("region:", "country:")))
        and (
            plain(r.name) == plain(c.stem)
            or r.gazetteer_id.startswith(("region:", "country:"))
            or r.population >= 500_000
        )
    )
