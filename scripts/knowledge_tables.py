"""Writes the tables that the gazetteer and the actor base take from development data, beside their YAML.

python scripts/knowledge_tables.py ../shared/data src/sayso/knowledge/data
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from sayso.knowledge import petrarch, ucdp
from sayso.knowledge.borders import border_lines
from sayso.web.outlines import countries


def write(target: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One table as CSV."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_borders(target: Path) -> None:
    """The land borders along the outlines that the pages' map ships with."""
    outlines: dict[str, list[list[tuple[float, float]]]] = {}
    for country in countries("50m"):
        if country.code:
            outlines.setdefault(country.code, []).extend([(x, y) for x, y in ring] for ring in country.rings)
    lines = (f'"{pair}": {json.dumps(line)}' for pair, line in border_lines(outlines).items())
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    write(target / "syria_places.csv", ucdp.COLUMNS, ucdp.named_places(source / "ucdp" / "ged_syria.csv.gz"))
    write_borders(target / "borders.json")
    groups = petrarch.groups(source / "petrarch2" / "Phoenix.MilNonState.actors.txt")
    write(target / "armed_groups.csv", petrarch.COLUMNS, groups)
