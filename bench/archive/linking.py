"""``python -m bench.archive [SIZES…]``: what joining costs in archives of growing size; writes docs/archive.md.

For each size a ledger is made (``bench.archive.make``), joined as a whole, joined again where nothing has changed, and
then given fresh reports one at a time: half of them tell of something new, half tell again of what the one before told.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from bench.archive.make import accounts, make
from bench.archive.tellings import moved, retold, tellings, vocabulary
from bench.archive.world import World
from bench.child import peak_memory
from sayso.incidents import relink, update
from sayso.intake import keep
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account

ADDED = 200
"""How many fresh reports are added, in pairs that tell of one thing."""
WARM = 20
"""The first ones are not counted: they fill the caches."""


def times(path: Path, incidents: int) -> dict[str, Any]:
    """Make and join a ledger of so many made-up incidents, then add fresh reports to it; times in seconds."""
    reports, made = _timed(lambda: make(path, incidents))
    with Store.open(path) as store:
        _, joined = _timed(lambda: relink(store))
        first_peak = peak_memory()
        _, again = _timed(lambda: relink(store))
        found = {"reports": reports, "made_s": made, "joined_s": joined, "peak_mb": first_peak, "again_s": again}
        found["incidents"] = _count(store)
    return found | {"megabytes": path.stat().st_size / 1e6}


def adding(path: Path) -> dict[str, Any]:
    """Add fresh reports to a joined ledger, one transaction each; milliseconds a report, with and without joining."""
    fresh = _fresh(ADDED + WARM)
    with Store.open(path) as store:
        taken = [_timed(lambda one=one: keep(store, "archive", one, update))[1] for one in fresh][WARM:]
        incidents = _count(store)
    milliseconds = [1000 * second for second in taken]
    return {
        "incidents": incidents,
        "median_ms": median(milliseconds),
        "p95_ms": quantiles(milliseconds, n=20)[-1],
        "worst_ms": max(milliseconds),
    }


def _fresh(count: int) -> list[Account]:
    """Reports that no archive has, in pairs: the second of each tells again of what the first told."""
    random, real = Random(20), accounts()
    world, kinds, words = World(real), tellings(real), vocabulary(real)
    found: list[Account] = []
    while len(found) < count:
        kind, facts = random.choice(kinds), world.facts(random)
        found += [moved(retold(kind, words, random), facts, random) for _ in range(2)]
    return found[:count]


def _count(store: Store) -> int:
    with store.read() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(schema.incidents)) or 0)


def _timed(work: Any) -> tuple[Any, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


if __name__ == "__main__":
    kind, where = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(times(where, int(sys.argv[3])) if kind == "join" else adding(where)))
