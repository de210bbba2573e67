"""The server's time for the pages of a large ledger, through Litestar's test client: no network, no browser."""

from __future__ import annotations

import json
import logging
import sys
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.child import peak_memory
from bench.ledger import incident_id, make

INCIDENTS = 100_000
BROAD = "list, words searched that every incident has"
"""The worst that can be asked of the text search: told, but nothing is to be reached there."""
ASKED = 15
"""How many pages of each kind are asked for."""


def times(incidents: int = INCIDENTS) -> dict[str, Any]:
    """Milliseconds for each kind of page: the first, and median and worst of the following."""
    from litestar.testing import TestClient

    from sayso.web.app import create_app

    logging.getLogger("httpx").setLevel(logging.WARNING)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite"
        made = _milliseconds(lambda: make(path, incidents))
        with TestClient(create_app(str(path)), base_url="http://127.0.0.1") as client:
            pages = {name: _pages(client, addresses) for name, addresses in _addresses(incidents).items()}
        return {
            "incidents": incidents,
            "made_s": made / 1000,
            "megabytes": path.stat().st_size / 1e6,
            "pages": pages,
            "peak_mb": peak_memory(),
        }


def _addresses(incidents: int) -> dict[str, list[str]]:
    random = Random(1)
    some = [incident_id(random.randrange(incidents)) for _ in range(ASKED)]
    kinds = list(product(("SYR", "IRQ", "AFG", "YEM", "UKR"), ("shelling", "airstrike", "bombing")))
    return {
        "list, first page": ["/"] * ASKED,
        "list, page 2 to 16": [f"/?page={number}" for number in range(2, 2 + ASKED)],
        "list, filtered (new each time)": [f"/?country={country}&type={kind}" for country, kind in kinds],
        "list, a place searched (new each time)": [f"/?q=%22Place+{100 + number}%22" for number in range(ASKED)],
        BROAD: [f"/?q=place+{number}" for number in range(ASKED)],
        "incident": [f"/incidents/{identity}" for identity in some],
    }


def _pages(client: Any, addresses: list[str]) -> dict[str, float]:
    taken = []
    for address in addresses:
        taken.append(_milliseconds(lambda address=address: client.get(address).raise_for_status()))
    return {"first_ms": taken[0], "median_ms": median(taken[1:]), "worst_ms": max(taken[1:])}


def _milliseconds(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    print(json.dumps(times(*(int(argument) for argument in sys.argv[1:]))))
