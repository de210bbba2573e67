"""A comparison as flat rows and as CSV: one row an entry, ours and theirs beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.comparing.result import Entry
from sayso.exchange import csv_format
from sayso.exchange.columns import Column, Kind

_SIDE: tuple[tuple[str, Kind, str], ...] = (
    ("id", "text", "the event's id"),
    ("start", "text", "first day it may have happened, ISO 8601, inclusive"),
    ("end", "text", "last day, inclusive"),
    ("place", "text", "the place named"),
    ("admin1", "text", "first-level administrative area"),
    ("country", "text", "ISO 3166-1 alpha-3"),
    ("lat", "number", "degrees, WGS 84; empty for a country"),
    ("lon", "number", "degrees, WGS 84; empty for a country"),
    ("place_precision", "integer", "UCDP where_prec, 1 exact to 7 international"),
    ("type", "text", "event type; the dataset's own word for theirs"),
    ("sides", "list", "the parties"),
    ("killed_low", "integer", "least number of killed; empty where unknown"),
    ("killed_high", "integer", "highest number of killed; empty where unknown or open"),
)
COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "the row's own id: both ids where it is a match"),
    Column("outcome", "text", "both, ours, theirs, also, unclear or vague"),
    Column("differs", "list", "the details on which the two differ"),
    Column("differences", "list", "how they differ"),
    *(Column(f"sayso_{name}", kind, help_) for name, kind, help_ in _SIDE),
    Column("sayso_status", "text", "what the claims amount to"),
    *(Column(f"their_{name}", kind, help_) for name, kind, help_ in _SIDE),
    Column("their_killed_best", "integer", "the number that the dataset prints; ACLED's 0 is none, or not known"),
    Column("their_source", "text", "the source that the dataset names"),
    Column("score", "number", "points of the match"),
    Column("why", "list", "the reasons of the match"),
    Column("also", "list", "further events that tell of parts of it"),
    Column("near", "text", "the closest event of the other side"),
    Column("note", "text", "why that is no match"),
)
_TYPES: dict[Kind, Any] = {"text": str, "list": list[str], "integer": int, "number": float, "flag": bool, "json": str}
SCHEMA: dict[str, Any] = {column.name: _TYPES[column.kind] for column in COLUMNS}
"""The columns with the Python types of a frame, so that an empty one has them too."""
COUNTRY = 6
"""UCDP where_prec from which on a place has no point of its own."""


def row_of(entry: Entry) -> dict[str, Any]:
    """One entry as a row of ``COLUMNS``."""
    ours, theirs = entry.ours, entry.theirs
    ids = [event.id for event in (ours, theirs) if event is not None]
    return {
        "id": " ".join(ids),
        "outcome": entry.outcome,
        "differs": [difference.detail for difference in entry.differs],
        "differences": [difference.words for difference in entry.differs],
        **{f"sayso_{name}": value for name, value in _side(ours).items()},
        "sayso_type": ours.type if ours else None,
        "sayso_status": ours.status if ours else None,
        **{f"their_{name}": value for name, value in _side(theirs).items()},
        "their_type": theirs.kind if theirs else None,
        "their_killed_best": theirs.killed_best if theirs else None,
        "their_source": theirs.source if theirs else None,
        "score": entry.score,
        "why": list(entry.why),
        "also": list(entry.also),
        "near": entry.near,
        "note": entry.note,
    }


def _side(event: Any) -> dict[str, Any]:
    if event is None:
        return {name: [] if kind == "list" else None for name, kind, _ in _SIDE}
    exact = event.precision < COUNTRY
    return {
        "id": event.id,
        "start": event.first.isoformat(),
        "end": event.last.isoformat(),
        **{name: getattr(event, name) for name in ("place", "admin1", "country", "killed_low", "killed_high")},
        "lat": event.lat if exact else None,
        "lon": event.lon if exact else None,
        "place_precision": event.precision,
        "sides": list(event.sides),
    }


def csv_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """CSV of the entries, safe to open in a spreadsheet."""
    return csv_format.lines((row_of(entry) for entry in entries), COLUMNS)
