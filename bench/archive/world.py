"""Where, when and between whom made-up occurrences happen: real towns and organisations, drawn at random."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from bench.archive.tellings import Facts, Side, Town
from sayso.knowledge.gazetteer import default_path
from sayso.model import Account

COUNTRIES = (
    "SYR",
    "IRQ",
    "AFG",
    "YEM",
    "UKR",
    "SOM",
    "NGA",
    "LBY",
    "SDN",
    "MLI",
    "BFA",
    "NER",
    "TCD",
    "CMR",
    "CAF",
    "COD",
    "SSD",
    "ETH",
    "KEN",
    "MOZ",
    "PAK",
    "IND",
    "MMR",
    "THA",
    "PHL",
    "COL",
    "MEX",
    "HTI",
    "VEN",
    "LBN",
    "ISR",
    "PSE",
    "EGY",
    "TUR",
    "IRN",
    "RUS",
    "AZE",
    "ARM",
    "GEO",
    "DZA",
)
FIRST, DAYS = date(2011, 1, 1), 4383
"""Twelve years."""
TOWNS_PER_COUNTRY = 150


class World:
    """What a made-up occurrence can be made of; the same for the same seed."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.towns = _towns()
        self.sides = _sides(accounts)
        # War keeps to some towns more than to others.
        self._weights = list(accumulate(1 / (20 + rank % TOWNS_PER_COUNTRY) for rank in range(len(self.towns))))

    def facts(self, random: Random) -> Facts:
        """One occurrence: its day, town and sides."""
        (town,) = random.choices(self.towns, cum_weights=self._weights)
        one, other = random.sample(self.sides, 2)
        return Facts(FIRST + timedelta(days=random.randrange(DAYS)), town, (one, other))


def _towns() -> list[Town]:
    found: list[Town] = []
    with sqlite3.connect(f"file:{default_path()}?mode=ro", uri=True) as connection:
        for country in COUNTRIES:
            rows = connection.execute(
                "SELECT gazetteer_id, name, country, admin1, lat, lon FROM places "
                "WHERE country = ? AND kind IN ('city', 'town', 'village') AND gazetteer_id IS NOT NULL "
                "ORDER BY population DESC, id LIMIT ?",
                (country, TOWNS_PER_COUNTRY),
            )
            found += [Town(*row) for row in rows]
    return found


def _sides(accounts: Iterable[Account]) -> list[Side]:
    known = {
        actor.kb_id: Side(actor.kb_id, actor.name, actor.kind, actor.country, actor.affiliation)
        for account in accounts
        for actor in account.actors
        if actor.kb_id and not actor.private
    }
    return [known[key] for key in sorted(known)]
