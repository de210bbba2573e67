"""Which place of many a name means here: by countries in play, containment, wanted kind, nearness and size."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, log10, radians, sin, sqrt

from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import fold, plain
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.context import LARGE, Context, shares_name

CONTAINED = 8.0
IN_PLAY = 5.0
NEIGHBOUR = 1.0
WANTED_KIND = 3.0
SETTLED = 1.2
EXACT_NAME = 1.0
LEAST = 2.6
"""Least score of a place that is taken; below it the name is left unresolved."""
NEAR_KM = 150.0
DOMINANT = 0.5
"""Share of a report's country words from which an unknown place is taken to lie in that country."""
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
SMALL = 15_000
"""People below which a place needs more than its name: a preposition of place, or a report about its country."""
HOME = 1.0
"""Support from which a small place is taken without more: other names of the report lie about it."""
ABOUT = 0.25
"""Share of the evidence from which a report counts as about a country."""
ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"))
"""Where villages bear names that are English words and surnames."""
DEEPEST = 6
IN_TOWNS = frozenset(
    ("university", "school", "church", "mosque", "hotel", "hospital", "square", "street", "market", "bridge", "stadium")
)
"""Facilities whose name says nothing of a settlement of that name."""
ANYWHERE = frozenset(("university", "school", "hotel", "stadium", "street"))
"""Facilities that reports name without being where they are."""
MOST_FIXED = 40
MILLION = 1_000_000
"""Settled places whose nearness counts for others."""
BESIDE_KM = 80.0
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


def resolve(candidates: list[Candidate], context: Context, settled: Iterable[Candidate] = ()) -> None:
    """Chooses a record, or none, for every candidate, outer places before inner ones, and gives each its reason.

    A name that one of the ``settled`` candidates bears means the same place here.
    """
    resolver = _Resolver(context)
    for c in settled:
        resolver.recall(c)
    for c in sorted(candidates, key=_ease):
        resolver.settle(c, 0)


def _ease(c: Candidate) -> int:
    if any(r.kind == "country" for r in c.records[:4]):
        return 0
    if c.container is not None or c.country_hint or c.type is not None:
        return 1
    return 2 if len(c.records) == 1 else 3


class _Resolver:
    """One resolution of a report: remembers what was settled, by name and by point."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: set[int] = set()
        self.fixed: dict[str, PlaceRecord] = {}
        self.by_name: dict[str, PlaceRecord] = {}

    def recall(self, c: Candidate) -> None:
        """Takes note of a candidate that was settled before."""
        if c.chosen is not None:
            self.by_name.setdefault(plain(c.stem), c.chosen)
            self._fix(c.chosen)

    def settle(self, c: Candidate, depth: int) -> None:
        """Chooses for one candidate, after those that it lies in or beside."""
        if id(c) in self.done:
            return
        self.done.add(id(c))
        for around in (c.container, c.guessed, c.beside):
            if around is not None and depth < DEEPEST:
                self.settle(around, depth + 1)
        records = _eligible(c, self.context)
        choices = sorted(
            ((_score(r, c, self.context, self.fixed.values()), r) for r in records),
            key=lambda p: (-p[0], -p[1].population, p[1].gazetteer_id),
        )
        same = self.by_name.get(plain(c.stem))
        if same is not None and c.type is None and c.container is None and same in records:
            choices = [(CONTAINED, same)]
        if choices and choices[0][0] >= LEAST:
            self._choose(c, choices[0][1], len(choices))
            return
        known = bool(records)
        c.reason = (
            "the gazetteer's places of this name do not fit this report" if known else "no such place in the gazetteer"
        )
        _country_of_unknown(c, self.context)

    def _choose(self, c: Candidate, record: PlaceRecord, choices: int) -> None:
        c.chosen, c.country = record, record.country
        c.reason = _why(c, self.context, choices)
        self._fix(record)
        if c.container is not None or c.country_hint or c.type is not None:
            self.by_name.setdefault(plain(c.stem), record)

    def _fix(self, record: PlaceRecord) -> None:
        if record.kind not in ("country", "region", "water") and len(self.fixed) < MOST_FIXED:
            self.fixed[record.gazetteer_id] = record


def _eligible(c: Candidate, context: Context) -> list[PlaceRecord]:
    """The records that the words allow: in a country in play or next to one, or too well known to need that."""
    country = _outer_country(c)
    records = _unmistakable(c) or c.records
    kin = KIN.get(c.type.kind, ()) if c.type is not None else ()
    near = [r for r in records if r.kind in kin and (not context.shares or r.country in context.shares)]
    if c.type is not None and not near:
        records = (*records, *_alike(c, context, country))
    if c.type is not None and c.type.kind == "admin2" and not any(r.kind == "admin2" for r in records):
        records = context.gazetteer.by_keys([key := f"{fold(c.stem)}#{c.type.cls}"])[key]
    if c.beside is not None and not records:
        records = _spelt_otherwise(c, context)
    if c.type is not None and c.type.cls in IN_TOWNS:
        records = tuple(r for r in records if r.kind == "facility" or (r.kind == "city" and _whole_name(r, c)))
    if c.type is not None and c.type.kind == "admin1" and any(r.kind == "admin1" for r in records):
        records = tuple(r for r in records if r.kind == "admin1")
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
        near = context.shares.keys() | context.neighbours
        records = tuple(
            r for r in records if r.country is None or r.country in near or r.kind == "admin2" or _well_known(r, c)
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
    if r.country is None or r.gazetteer_id.startswith(("region:", "country:")) or _whole_name(r, c):
        return False
    if country is not None:
        return r.country != country and r.tier > 0
    return r.country not in context.shares and r.country not in context.neighbours and r.population < MILLION


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
    return _is_capital(r) or (
        r.tier <= 1
        and (r.population >= 100_000 or r.gazetteer_id.startswith(("region:", "country:")))
        and (
            plain(r.name) == plain(c.stem)
            or r.gazetteer_id.startswith(("region:", "country:"))
            or r.population >= 500_000
        )
    )


def _country_of_unknown(c: Candidate, context: Context) -> None:
    """An unknown place gets the country that the text gives it, or the one that the report is about."""
    c.country = _outer_country(c)
    if c.country is not None:
        c.reason += "; its country is the text's"
        return
    if c.guessed is not None and c.guessed.chosen is not None:
        c.country = c.guessed.chosen.country
        c.reason += f"; taken to lie in {c.guessed.stem}, the city that the text named last"
        return
    if (code := demonyms().get(plain(c.stem).split(" ")[0])) is not None:
        c.country = code
        c.reason += f"; the words say that it is {c.stem.split()[0]}"
        return
    best = max(context.shares, key=lambda k: context.shares[k], default=None)
    if c.type is not None and c.type.cls in ANYWHERE:
        c.reason += "; nothing says where it is"
        return
    if best is not None and context.shares[best] >= DOMINANT and c.type is not None:
        c.country = best
        c.reason += f"; the report is about {best}"


def _outer_country(c: Candidate) -> str | None:
    if c.country_hint:
        return c.country_hint
    outer, depth = c.container, 0
    while outer is not None and depth < DEEPEST:
        if outer.country or outer.country_hint:
            return outer.country or outer.country_hint
        outer, depth = outer.container, depth + 1
    return None


def _score(r: PlaceRecord, c: Candidate, context: Context, fixed: Iterable[PlaceRecord]) -> float:
    whole = _whole_name(r, c)
    score = log10(r.population + 1) * SIZE - (0.0 if whole else 0.7 * r.tier)
    if whole:
        score += EXACT_NAME
    if c.holds and r.kind in ("country", "admin1", "region"):
        score += HOLDS
    if _outshines(r, c):
        score += FAME
    if r.kind == "country":
        score += COUNTRY_NAME if plain(c.stem) in country_names() else -COUNTRY_NAME
    elif r.kind == "admin1" and shares_name(c):
        score += COUNTRY_NAME
    elif _is_capital(r) and not any(
        o.country != r.country and o.population * RIVAL > r.population for o in _same_names(c)
    ):
        score += CAPITAL
    if r.kind == "admin1" and c.type is None and (c.told is not None or c.governor in POINTED):
        score -= POINT
    if r.gazetteer_id.startswith("region:"):
        score += LISTED_REGION
    if r.kind == "admin1" and c.type is None and r.population > LARGE and not (_great_city(c) or _has_seat(c, r)):
        score += LARGE_UNIT
    outer = c.container.chosen if c.container else None
    country = _outer_country(c)
    if country:
        score += CONTAINED if r.country == country else -CONTAINED
    if outer is not None and outer.kind == "admin1" and r.country == outer.country:
        score += CONTAINED if r.admin1 == outer.admin1 else -2
    if outer is not None and outer.kind in ("city", "town", "facility", "district"):
        away = distance_km(r, outer)
        told = c.container.told if c.container is not None else None
        reach = 60.0 if told is None or told.km is None else told.km * 1.5 + 30
        score += CONTAINED if away is not None and away <= reach else -CONTAINED
    if r.country and context.in_play(r.country, plain(c.stem)):
        score += IN_PLAY * (0.4 + 0.6 * context.shares[r.country])
    elif r.country in context.neighbours:
        score += NEIGHBOUR
    elif context.shares and r.country not in context.shares:
        score -= 0.5
    if r.country and r.admin1 and (r.country, r.admin1) in context.units:
        score += UNIT_IN_PLAY * (0.4 + 0.6 * context.units[r.country, r.admin1])
    score += SUPPORTED * min(context.nearness.support(plain(c.stem), r), MOST_SUPPORT)
    if c.unit_hint:
        score += CONTAINED if r.admin1 == c.unit_hint else -CONTAINED
    if c.type is not None and c.type.kind == "facility" and r.kind in ("admin1", "country", "region"):
        score -= POINT
    if c.type is not None and c.type.cls not in ("area", "countryside"):
        score += WANTED_KIND if r.kind in KIN.get(c.type.kind, ()) else -WANTED_KIND
    elif r.kind in ("city", "town", "village") and not (c.type_text or "").startswith("country"):
        score += SETTLED
    if any((away := distance_km(r, f)) is not None and away <= NEAR_KM for f in fixed):
        score += 1.0
    return score


def _whole_name(r: PlaceRecord, c: Candidate) -> bool:
    """Whether the words are the place's own name, or the usual short one: "New York" for New York City."""
    name, stem = plain(r.name).removeprefix("the "), plain(c.stem)
    return name == stem or (name == f"{stem} city" and r.population > LARGE)


def _outshines(r: PlaceRecord, c: Candidate) -> bool:
    """Whether a great city so outshines its namesakes that its bare name means it: Boston, Sydney."""
    if r.kind != "city" or r.population < GREAT_CITY or not _whole_name(r, c):
        return False
    rivals = [o for o in c.records if o.kind in ("city", "town", "village") and o.gazetteer_id != r.gazetteer_id]
    return all(o.population * RIVAL <= r.population for o in rivals)


def _has_seat(c: Candidate, unit: PlaceRecord) -> bool:
    """Whether a city in the unit bears its name: "Misrata" is the city until the words say that it is the province."""
    return c.direction is None and any(
        r.kind == "city"
        and r.country == unit.country
        and (r.admin1 == unit.admin1 or _whole_name(r, c))
        and r.tier <= 1
        for r in c.records
    )


def _same_names(c: Candidate) -> list[PlaceRecord]:
    stem = plain(c.stem)
    return [r for r in c.records if plain(r.name) == stem]


def _is_capital(r: PlaceRecord) -> bool:
    return r.population > CAPITAL_POPULATION and r.country in countries() and r.name == countries()[r.country].capital


def _great_city(c: Candidate) -> bool:
    return any(r.kind == "city" and r.population > GREAT_CITY for r in _same_names(c))


def distance_km(a: PlaceRecord, b: PlaceRecord) -> float | None:
    """Great-circle distance of two places in km; null where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    x = sin(radians(b.lat - a.lat) / 2) ** 2
    y = cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, x + y)))


def _why(c: Candidate, context: Context, choices: int) -> str:
    r = c.chosen
    assert r is not None
    label = f"{r.name} ({r.gazetteer_id})"
    if c.container is not None and c.container.chosen is not None:
        lies = "how it lies from" if c.container.told is not None else "that it lies in"
        return f"{label}: the text says {lies} {c.container.stem}"
    if c.country_hint and r.country == c.country_hint:
        return f"{label}: the text names its country"
    if choices == 1:
        return f"{label}: the only place of this name in the gazetteer"
    if r.country in context.shares:
        return f"{label}: of {choices} places of this name, the one that fits the countries in the report"
    return f"{label}: the largest of {choices} places of this name"
