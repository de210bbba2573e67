"""The comparing and counting of a whole ledger, shared among processes that read its file.

They see the ledger as it was before the transaction that joins it anew: neither needs the incidents of before.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.pool import AsyncResult
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import TypeVar

from sqlalchemy.engine import Connection, Engine

from sayso.incidents.components import Listed
from sayso.incidents.counting import Counted, count
from sayso.incidents.sweep import WINDOW_DAYS, Pair, sweep
from sayso.ledger.engine import file_engine

SELDOM = (50_000, 20, 100)
"""Python's thresholds of collection: what queries leave behind goes soon, the events are hardly ever walked."""
AHEAD = 3
"""How many tasks a process is given before their results are waited for."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""
Task = TypeVar("Task")
Result = TypeVar("Result")


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Have Python seldom search for cycles meanwhile: a ledger's events are in none, and walking them takes long."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def compared(
    connection: Connection, events: Sequence[Listed], path: Path | None, processes: int, say: Progress
) -> Iterator[Pair]:
    """The likely pairs of all events, copied ones aside; of a file ``processes`` take a stretch of days each."""
    if path is None:
        yield from sweep(connection, [one.id for one in events])
        return
    stretches = [(str(path), *stretch) for stretch in _stretches(events, processes)]
    for done, found in enumerate(_shared(_sweep_file, stretches, processes), 1):
        yield from found
        say("Comparing", done, len(stretches))


def counted(path: Path, parts: Iterable[dict[str, str]], processes: int) -> Iterator[list[Counted]]:
    """What each of these parts comes to: events with their incidents, each incident with all its events."""
    tasks = ((str(path), part) for part in parts)
    yield from _shared(_count_file, tasks, processes)


def _stretches(events: Sequence[Listed], number: int) -> Iterator[tuple[list[str], list[str]]]:
    """The events in so many stretches, each with the earlier events that its own are weighed against."""
    size = max(1, -(-len(events) // number))
    for start in range(0, len(events), size):
        since = events[start].day - WINDOW_DAYS
        lead = start
        while lead > 0 and events[lead - 1].day >= since:
            lead -= 1
        yield [one.id for one in events[start : start + size]], [one.id for one in events[lead:start]]


def _shared(work: Callable[[Task], Result], tasks: Iterable[Task], processes: int) -> Iterator[Result]:
    """The results in the order of the tasks, which are asked for by this process, a few ahead."""
    with get_context("spawn").Pool(processes, initializer=_begin) as pool:
        waiting: deque[AsyncResult[Result]] = deque()
        for task in tasks:
            waiting.append(pool.apply_async(work, (task,)))
            if len(waiting) >= AHEAD * processes:
                yield waiting.popleft().get()
        for result in waiting:
            yield result.get()


def _begin() -> None:
    """What each process does first: seldom search for cycles, and end where the one that asked for the work is killed.

    It would go on for minutes otherwise, and keep the ledger from taking its log in.
    """
    gc.set_threshold(*SELDOM)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def _sweep_file(task: tuple[str, list[str], list[str]]) -> list[Pair]:
    path, ids, before = task
    with _engine(path).connect() as connection, connection.begin():
        return list(sweep(connection, ids, before))


def _count_file(task: tuple[str, dict[str, str]]) -> list[Counted]:
    path, events = task
    with _engine(path).connect() as connection, connection.begin():
        return count(connection, events)


@cache
def _engine(path: str) -> Engine:
    """One for the life of the process, which is that of the work."""
    return file_engine(Path(path))
