"""Reports made up by chance: a few towns and days, three kinds of act, vague and missing times, two sides."""

from __future__ import annotations

import random
from typing import Any

import msgspec
from tests.incidents.conftest import RAQQA, account, told

from sayso.model import Account, Event, Place

TOWNS = (
    *(
        msgspec.structs.replace(
            RAQQA, id=f"p{number}", gazetteer_id=f"g{number}", name=f"Town{number}", lat=35.9 + 0.03 * number,
            precision=(1, 1, 2, 3)[number % 4], radius_km=None,
        )
        for number in range(5)
    ),
    msgspec.structs.replace(
        RAQQA, id="p9", gazetteer_id="gp", name="Raqqa Province", kind="admin1", precision=4, radius_km=80.0
    ),
)  # fmt: skip
PLACES: tuple[Place, ...] = TOWNS


def made_up(seed: int, reports: int) -> list[Account]:
    """So many reports of one to three events each, in the order of their publication."""
    chance = random.Random(seed)
    found = [_report(chance, number) for number in range(reports)]
    return sorted(found, key=lambda one: (one.report.published, one.report.id))


def _report(chance: random.Random, number: int) -> Account:
    events = [_event(chance, f"e{at}") for at in range(1, chance.choice([1, 1, 2, 3]) + 1)]
    name = f"r{chance.randint(0, 10**9):09}"
    published = f"2016-05-{chance.randint(14, 17)}"
    return account(name, *events, places=PLACES, published=published, publisher=f"Outlet {number}")


def _event(chance: random.Random, name: str) -> Event:
    facts: dict[str, Any] = {"id": name, "place": chance.choice(PLACES).id}
    facts["killed"] = chance.choice([(None, None), (3, 3), (4, 4), (9, 9)])
    for role in ("initiators", "recipients"):
        if chance.random() < 0.6:
            facts[role] = (chance.choice(["a1", "a2"]),)
    day, kind = chance.randint(10, 14), chance.random()
    when: dict[str, Any] = {"day": f"2016-05-{day}"}
    if kind < 0.15:
        when = {"day": "2016-05-01", "end": "2016-05-25", "precision": "month"}
    elif kind < 0.25:
        when = {"day": None}
    elif kind < 0.4:
        when |= {"end": f"2016-05-{day + 2}", "precision": "days"}
    return told(chance.choice(["airstrike", "shelling", "armed_attack"]), **facts, **when)
