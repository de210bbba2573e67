"""Writes the tables that the gazetteer and the actor base take from development data, beside their YAML.

python scripts/knowledge_tables.py ../shared/data src/sayso/knowledge/data
"""

from __future__ import annotations

import csv
import gzip
import io
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


def write_admin2(source: Path, target: Path) -> None:
    """GeoNames' second-level units but those of the United States, which have a table with their points."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name", "geonameid"))
    for line in source.read_text("utf-8").splitlines():
        code, name, _, geonameid = line.split("\t")
        if not code.startswith("US."):
            writer.writerow((code, name, geonameid))
    # No time of writing in the file, so that the same table gives the same bytes.
    target.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


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
    write_admin2(source / "geonames" / "admin2Codes.txt", target / "admin2.csv.gz")
    groups = petrarch.groups(source / "petrarch2" / "Phoenix.MilNonState.actors.txt")
    write(target / "armed_groups.csv", petrarch.COLUMNS, groups)
