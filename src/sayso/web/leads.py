"""Where a number of the analysis leads: to the list of exactly the incidents that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from sayso.incidents.counts import OPEN, OTHER, TIMES, VAGUE
from sayso.ledger.filters import UNKNOWN
from sayso.web import words
from sayso.web.filters import Filter

FIELDS = {"admin1": "province", "side": "attacker"}
"""The fields of the filter whose name is another than that of the division."""
WITH_UNKNOWN = ("province", "attacker", "target")


def lead(chosen: Filter, by: Sequence[str], keys: Sequence[str]) -> str | None:
    """The address of the incidents of one cell (those that are possible in it); null where no filter says just that."""
    changes: dict[str, Any] = {"mentions": "without", "view": "list", "sort": "newest"}
    for name, key in zip(by, keys, strict=True):
        narrowed = _over_time(chosen, name, key) if name in TIMES else _by_value(chosen, name, key)
        if narrowed is None:
            return None
        changes |= narrowed
    return f"/{chosen.query(**changes)}"


def within(chosen: Filter, name: str, key: str) -> Filter | None:
    """The filter narrowed to one value of a division that is no time; null where no filter says just that."""
    changes = _by_value(chosen, name, key)
    return None if changes is None else msgspec.structs.replace(chosen, **changes, page=1)


def _by_value(chosen: Filter, name: str, key: str) -> dict[str, Any] | None:
    field = FIELDS.get(name, name)
    if key == OTHER or (key == UNKNOWN and field not in WITH_UNKNOWN) or getattr(chosen, field) not in ("", key):
        return None
    return {field: key}


def _over_time(chosen: Filter, name: str, key: str) -> dict[str, Any] | None:
    if key in (OPEN, VAGUE, UNKNOWN):
        return {"dated": key} if chosen.dated in ("", key) else None
    if key == OTHER or chosen.dated not in ("", "close"):
        return None
    first, last = edges(name, key)
    # Of a period that the dates asked for cut through, no filter gives the part that is counted.
    if (chosen.since and first < chosen.since) or (chosen.until and last > chosen.until):
        return None
    return {"since": first, "until": last, "dated": "close"}


def edges(name: str, key: str) -> tuple[str, str]:
    """The first and last day of a period, as ISO dates."""
    if name == "year":
        return f"{key}-01-01", f"{key}-12-31"
    if name == "month":
        return f"{key}-01", words.last_day(key)
    return key, (date.fromisoformat(key) + timedelta(days=6)).isoformat()
