"""The way out of a ledger: which rows, in which format, to which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.exchange import csv_format, geojson_format, jsonl_format
from sayso.exchange.columns import CLAIMS, INCIDENTS, Column
from sayso.exchange.rows import Row, claim_rows, incident_rows
from sayso.ledger.filters import Filters

Writer = Callable[[Iterator[Row], tuple[Column, ...]], Iterator[bytes]]

FORMATS: dict[str, Writer] = {
    "jsonl": jsonl_format.lines,
    "csv": csv_format.lines,
    "geojson": geojson_format.lines,
}
"""Every format by the name that the command line and the pages use."""
WHATS = ("incidents", "claims")


def export(
    connection: Connection,
    format: str,  # noqa: A002
    what: str,
    out: IO[bytes],
    filters: Filters | None = None,
    *,
    include_private: bool = False,
) -> int:
    """Write the incidents that fit the filters, or their claims, as UTF-8 bytes to ``out``; returns how many.

    One ledger gives the same bytes every time. Private persons are not named unless ``include_private``. Raises S601
    (no such format), S602 (neither incidents nor claims), S604 (a number that is not finite), S211 (a bad filter).
    """
    writer = checked_format(format)
    if what not in WHATS:
        raise SaysoError("S602", what=what, allowed=" or ".join(WHATS))
    wanted = (filters or Filters()).check()
    source, columns = (incident_rows, INCIDENTS) if what == "incidents" else (claim_rows, CLAIMS)
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in source(connection, wanted, include_private=include_private):
            count += 1
            yield row

    for line in writer(counted(), columns):
        out.write(line)
    return count


def checked_format(name: str) -> Writer:
    """The writer of a format. Raises S601, which lists the formats."""
    if name not in FORMATS:
        raise SaysoError("S601", format=name, allowed=", ".join(FORMATS))
    return FORMATS[name]
