"""One event of somebody else's data, in the terms of the ledger."""

from __future__ import annotations

from datetime import date

import msgspec

DATASETS = {"acled": "ACLED", "ucdp": "UCDP GED"}
"""The data that can be compared with, by key, and what people call them."""
COUNTRY = 6
"""UCDP where_prec of an event of which only the country is known."""


class ForeignEvent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event of ACLED or UCDP GED. ``row`` is its row as a spreadsheet numbers it.

    ``first`` and ``last`` are days, inclusive, never narrower than the dataset's precision allows. ``precision`` is
    UCDP where_prec, 1 exact to 7 international. ``kind`` is the dataset's own word, ``types`` the event types of the
    ledger that it may be. ``killed_low`` and ``killed_high`` are null where the dataset does not know; ``killed_best``
    is what it prints, so that ACLED's 0 ("none, or not known") is kept as it stands. ``sides`` are as they are
    written; ACLED's have no direction.
    """

    id: str
    dataset: str
    row: int
    first: date
    last: date
    time_precision: str
    place: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = COUNTRY
    kind: str = ""
    types: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    source: str = ""
