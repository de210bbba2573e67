"""Which place of many a name means here: by countries in play, containment, wanted kind, nearness and size."""

from __future__ import annotations

from collections import Counter
from math import asin, cos, log10, radians, sin, sqrt
from typing import NamedTuple

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import plain
from sayso.model import Dateline
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.tokens import Token

CONTAINED = 8.0
IN_PLAY = 5.0
NEIGHBOUR = 1.0
WANTED_KIND = 3.0
SETTLED = 1.2
EXACT_NAME = 1.0
LEAST = 2.6
"""Least score of a place that is taken; below it the name is left unresolved."""
NEAR_KM = 150.0
KIN = {
    "city": {"city", "town", "village"},
    "town": {"city", "town", "village"},
    "village": {"city", "town", "village"},
    "facility": {"facility"},
    "district": {"district", "admin2", "town", "village", "region"},
    "admin1": {"admin1"},
    "admin2": {"admin2", "district"},
    "region": {"region", "admin1", "country"},
    "water": {"water"},
}


class Context(NamedTuple):
    """What a report speaks of: the share of each country among its country words, and their neighbours."""

    shares: dict[str, float]
    neighbours: set[str]
    gazetteer: Gazetteer

    @staticmethod
    def of(words: list[Token], candidates: list[Candidate], dateline: Dateline | None, gazetteer: Gazetteer) -> Context:
        """Counts country names and demonyms in the words; the dateline counts as weak evidence."""
        from sayso.reading.places.areas import neighbours_of

        names, adjectives = country_names(), demonyms()
        counts: Counter[str] = Counter()
        for word in words:
            if word.capital:
                lower = plain(word.text)
                code = names.get(lower) or adjectives.get(lower)
                if code:
                    counts[code] += 1
        for c in candidates:
            for record in c.records:
                if record.kind == "country" and record.country and " " in c.stem:
                    counts[record.country] += 1
            large = [r for r in c.records if r.population > 300_000 and plain(r.name) == plain(c.stem)]
            if large and large[0].country:
                counts[max(large, key=lambda r: r.population).country or ""] += 1
        if dateline is not None and dateline.place:
            for record in gazetteer.lookup(dateline.place)[:1]:
                if record.country:
                    counts[record.country] += 1
        counts.pop("", None)
        total = sum(counts.values()) or 1
        return Context({k: v / total for k, v in counts.items()}, neighbours_of(set(counts)), gazetteer)


def resolve(candidates: list[Candidate], context: Context) -> None:
    """Chooses a record, or none, for every candidate; outer places before what lies in them, and gives each its reason."""
    done: set[int] = set()
    for c in sorted(candidates, key=_ease):
        _settle(c, candidates, context, done, 0)


def _ease(c: Candidate) -> int:
    if any(r.kind == "country" for r in c.records[:4]):
        return 0
    return 1 if len(c.records) == 1 else 2


def _settle(c: Candidate, candidates: list[Candidate], context: Context, done: set[int], depth: int) -> None:
    if id(c) in done:
        return
    done.add(id(c))
    if c.container is not None and depth < 6:
        _settle(c.container, candidates, context, done, depth + 1)
    same = next(
        (o for o in candidates if o is not c and o.chosen and o.type == c.type and plain(o.stem) == plain(c.stem)), None
    )
    records = c.records
    if not records and c.type is not None:
        records = tuple(
            r for r in context.gazetteer.lookup(c.stem, fuzzy=True)[:12] if r.kind in KIN.get(c.type.kind, ())
        )
        records = tuple(r for r in records if r.country in context.shares or r.country == _outer_country(c))
    fixed = [o.chosen for o in candidates if o.chosen and o.chosen.kind not in ("country", "region", "water")]
    scored = sorted(
        ((_score(r, c, context, fixed), r) for r in records), key=lambda p: (-p[0], -p[1].population, p[1].gazetteer_id)
    )
    if scored and same is not None and same.chosen in records and c.container is None:
        scored = [(scored[0][0] + 1, same.chosen)] if same.chosen else scored
    if scored and scored[0][0] >= LEAST:
        c.chosen = scored[0][1]
        c.reason = _why(c, context, len(scored))
    else:
        c.reason = (
            "no such place in the gazetteer"
            if not records
            else "the gazetteer's places of this name do not fit this report"
        )


def _outer_country(c: Candidate) -> str | None:
    if c.country_hint:
        return c.country_hint
    return c.container.chosen.country if c.container and c.container.chosen else None


def _score(r: PlaceRecord, c: Candidate, context: Context, fixed: list[PlaceRecord]) -> float:
    score = log10(r.population + 1) * 0.5 - 0.7 * r.tier
    if plain(r.name) == plain(c.stem):
        score += EXACT_NAME
    if r.kind == "country":
        score += 6 if plain(c.stem) in country_names() else -6
    if r.kind in ("region", "water", "facility") and r.gazetteer_id.startswith("region:"):
        score += 4
    outer = c.container.chosen if c.container else None
    country = _outer_country(c)
    if country:
        score += CONTAINED if r.country == country else -CONTAINED
    if outer is not None and outer.kind == "admin1" and r.country == outer.country:
        score += CONTAINED if r.admin1 == outer.admin1 else -2
    if outer is not None and outer.kind in ("city", "town", "facility", "district"):
        away = distance_km(r, outer)
        score += CONTAINED if away is not None and away <= 60 else -CONTAINED
    if r.country in context.shares:
        score += IN_PLAY * (0.4 + 0.6 * context.shares[r.country])
    elif r.country in context.neighbours:
        score += NEIGHBOUR
    elif context.shares:
        score -= 0.5
    if c.type is not None:
        score += WANTED_KIND if r.kind in KIN.get(c.type.kind, ()) else -WANTED_KIND
    elif r.kind in ("city", "town", "village"):
        score += SETTLED
    if any((away := distance_km(r, f)) is not None and away <= NEAR_KM for f in fixed):
        score += 1.0
    return score


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
        return f"{label}: the text says that it lies in {c.container.stem}"
    if c.country_hint and r.country == c.country_hint:
        return f"{label}: the text names its country"
    if choices == 1:
        return f"{label}: the only place of this name in the gazetteer"
    if r.country in context.shares:
        return f"{label}: of {choices} places of this name, the one that fits the countries in the report"
    return f"{label}: the largest of {choices} places of this name"
