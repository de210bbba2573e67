"""Derives the table of UCDP's named places in Syria from the UCDP GED file; run when a newer GED is out."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

COLUMNS = ("name", "adm1", "adm2", "lat", "lon", "where_prec", "events")


def named_places(ged: Path) -> list[tuple[str, str, str, str, str, str, str]]:
    """Distinct named places of a GED CSV (gzip): name, units, coordinates in degrees, UCDP where_prec, events there."""
    seen: Counter[tuple[str, str, str, str, str]] = Counter()
    precision: dict[tuple[str, str, str, str, str], str] = {}
    with gzip.open(ged, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = " ".join(row["where_coordinates"].split())
            key = (name, row["adm_1"], row["adm_2"], f"{float(row['latitude']):.4f}", f"{float(row['longitude']):.4f}")
            seen[key] += 1
            found = str(int(float(row["where_prec"])))
            precision[key] = min(found, precision.get(key, found))
    return [(*key, precision[key], str(count)) for key, count in sorted(seen.items())]
