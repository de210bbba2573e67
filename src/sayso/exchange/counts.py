"""Counts of incidents as rows and as CSV: one row a number, with its keys, their words, and from what to what it is."""

from __future__ import annotations

import csv
import io
from typing import Any

from sayso.exchange.csv_format import safe
from sayso.incidents.counts import Counts


def rows(found: Counts) -> list[dict[str, Any]]:
    """For each number: the key and ``NAME_label`` of each division, ``certain`` and ``possible``."""
    made = []
    for cell in found.cells:
        row: dict[str, Any] = {}
        for name, key, labels in zip(found.by, cell.keys, found.labels, strict=True):
            row |= {name: key, f"{name}_label": labels.get(key, key)}
        made.append(row | {"certain": cell.count.certain, "possible": cell.count.possible})
    return made


def as_json(found: Counts) -> dict[str, Any]:
    """The whole table for other programs; ``several`` where one incident may stand in several rows."""
    about = {"by": list(found.by), "total": found.total, "stubs": found.stubs, "several": found.several}
    return about | {"counts": rows(found)}


def as_csv(found: Counts) -> str:
    """The rows as CSV (RFC 4180), safe to open in a spreadsheet."""
    out = io.StringIO()
    names = [column for name in found.by for column in (name, f"{name}_label")] + ["certain", "possible"]
    writer = csv.DictWriter(out, names, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(found):
        writer.writerow({name: safe(value) if isinstance(value, str) else value for name, value in row.items()})
    return out.getvalue()
