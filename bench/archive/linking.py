"""What joining costs in a made-up archive: all of it at once, again where nothing changed, and one report more.

``python -m bench.archive.linking join|add PATH`` prints the figures of one ledger as JSON. Of the fresh reports half
tell of something new, half tell again of what the one before told.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.archive.make import accounts
from bench.archive.tellings import moved, retold, tellings, vocabulary
from bench.archive.world import World
from sayso.incidents import relink, update
from sayso.intake import keep
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account

ADDED = 200
"""How many fresh reports are added and joined, in pairs that tell of one thing."""
WRITTEN = 100
"""How many more are written without being joined, to compare with."""
PROCESSES = 2
SECONDS_BETWEEN = 30
SECONDS_BETWEEN_LOOKS = 0.5
WARM = 20
"""The first ones are not counted: they fill the caches."""


def joining(path: Path) -> dict[str, Any]:
    """Join a ledger that nothing has joined yet, then once more; seconds, and megabytes of all processes together."""
    with Store.open(path) as store:
        with _Memory() as memory:
            first, took = _timed(lambda: relink(store, processes=PROCESSES, progress=_Told()))
        again, took_again = _timed(lambda: relink(store, processes=PROCESSES, progress=_Told()))
        return {
            "events": first.events,
            "incidents": _count(store, schema.incidents),
            "reports": _count(store, schema.reports),
            "join_s": took,
            "again_s": took_again,
            "changed_again": again.changed,
            "peak_mb": memory.peak_mb,
            "megabytes": path.stat().st_size / 1e6,
            "processors": len(os.sched_getaffinity(0)),
        }


def adding(path: Path) -> dict[str, Any]:
    """Add fresh reports to a joined ledger, one transaction each; milliseconds a report, with and without joining."""
    fresh = _fresh(WARM + ADDED + WRITTEN)
    _read_through(path)
    with Store.open(path) as store:
        incidents = _count(store, schema.incidents)
        joined = [_kept(store, one, update) for one in fresh[: WARM + ADDED]][WARM:]
        written = [_kept(store, one, _nothing) for one in fresh[WARM + ADDED :]]
    return {
        "incidents": incidents,
        "median_ms": median(joined),
        "p95_ms": quantiles(joined, n=20)[-1],
        "worst_ms": max(joined),
        "written_ms": median(written),
    }


def _kept(store: Store, account: Account, joined: Callable[[Connection, Any], object]) -> float:
    return 1000 * _timed(lambda: keep(store, "archive", account, joined))[1]


def _nothing(_: Connection, __: Any) -> None:
    """Joins nothing: what writing a report costs by itself."""


def _fresh(count: int) -> list[Account]:
    """Reports that no archive has, in pairs: the second of each tells again of what the first told."""
    random, real = Random(os.getpid()), accounts()
    world, kinds, words = World(real), tellings(real), vocabulary(real)
    found: list[Account] = []
    while len(found) < count:
        kind, facts = random.choice(kinds), world.facts(random)
        found += [moved(retold(kind, words, random), facts, random) for _ in range(2)]
    return found[:count]


def _count(store: Store, table: sa.Table) -> int:
    with store.read() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def _read_through(path: Path) -> None:
    """Have the system hold the file in memory, as far as there is any: incidents lie scattered over it."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


class _Memory:
    """The most memory that this process and those that it started hold together (resident, by Linux's account)."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            pages = [_resident(process) for process in (os.getpid(), *(child.pid for child in active_children()))]
            self.peak_mb = max(self.peak_mb, sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6)


def _resident(process: int | None) -> int:
    """How many pages of memory a process holds; 0 where it is no more."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0


class _Told:
    """Says on stderr now and then how far it is, since a million take a while."""

    def __init__(self) -> None:
        self._start = self._last = perf_counter()

    def __call__(self, what: str, done: int, of: int) -> None:
        now = perf_counter()
        if done == of or now - self._last > SECONDS_BETWEEN:
            self._last = now
            print(f"{now - self._start:6.0f} s  {what} {done:,} of {of:,}", file=sys.stderr, flush=True)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


if __name__ == "__main__":
    print(json.dumps((joining if sys.argv[1] == "join" else adding)(Path(sys.argv[2]))))
