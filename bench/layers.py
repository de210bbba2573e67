"""What the layers of times, places and actors take of the whole reading, in processor time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from statistics import median
from time import process_time
from typing import Any

from bench.reading import ROUNDS, bundled_reports

LAYERS = {
    "times": (("sayso.reading.account", "read_times"), ("sayso.reading.account", "bind_times")),
    "places": (
        ("sayso.reading.account", "read_places"),
        ("sayso.reading.account", "bind_places"),
        ("sayso.reading.placing.choosing", "PlaceChooser.__init__"),
        ("sayso.reading.placing.choosing", "PlaceChooser.choose"),
    ),
    "actors": (
        ("sayso.reading.actors", "ActorBook.__init__"),
        ("sayso.reading.actors", "ActorBook.mention"),
        ("sayso.reading.actors", "ActorBook.actors"),
    ),
}
"""Each layer's entries: the time inside them is the layer's, and is counted once where one calls another."""


class Stopwatch:
    """Adds up the processor time that is spent inside the entries of each layer."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside = False

    def around(self, layer: str, entry: Callable[..., Any]) -> Callable[..., Any]:
        """The entry, timed; a call from within another timed entry belongs to that one."""

        @wraps(entry)
        def timed(*arguments: Any, **named: Any) -> Any:
            if self._inside:
                return entry(*arguments, **named)
            self._inside = True
            start = process_time()
            try:
                return entry(*arguments, **named)
            finally:
                self.seconds[layer] += process_time() - start
                self._inside = False

        return timed

    def watch(self) -> None:
        """Put the watch around every entry."""
        from importlib import import_module

        for layer, entries in LAYERS.items():
            for module, path in entries:
                owner: Any = import_module(module)
                *above, name = path.split(".")
                for part in above:
                    owner = getattr(owner, part)
                setattr(owner, name, self.around(layer, getattr(owner, name)))


def shares(rounds: int = ROUNDS) -> dict[str, float]:
    """Each layer's share of the whole reading of the bundled reports, the median of several rounds after a warm-up."""
    from sayso.reading.account import read_reports

    reports, watch = bundled_reports(), Stopwatch()
    watch.watch()
    list(read_reports(reports))
    found: dict[str, list[float]] = {layer: [] for layer in LAYERS}
    for _ in range(rounds):
        watch.seconds.clear()
        start = process_time()
        list(read_reports(reports))
        whole = process_time() - start
        for layer in LAYERS:
            found[layer].append(watch.seconds[layer] / whole)
    return {layer: median(each) for layer, each in found.items()}


if __name__ == "__main__":
    print(json.dumps(shares()))
