"""Writes the tables that the gazetteer and the actor base take from development data, beside their YAML.

python scripts/knowledge_tables.py ../shared/data src/sayso/knowledge/data
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from sayso.knowledge import petrarch, ucdp


def write(target: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One table as CSV."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    write(target / "syria_places.csv", ucdp.COLUMNS, ucdp.named_places(source / "ucdp" / "ged_syria.csv.gz"))
    groups = petrarch.groups(source / "petrarch2" / "Phoenix.MilNonState.actors.txt")
    write(target / "armed_groups.csv", petrarch.COLUMNS, groups)
