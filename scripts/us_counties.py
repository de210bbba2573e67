"""Writes the table of United States counties: their middle and how far they reach, from the Census Bureau's boundaries.

python scripts/us_counties.py ../shared/data/geonames/admin2Codes.txt src/sayso/knowledge/data/us_counties.csv

Run by hand, with the package bokeh_sampledata, which ships the boundaries, and shapely installed.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from math import cos, hypot, radians
from pathlib import Path

KM_A_DEGREE = 111.2
COLUMNS = ("geonameid", "name", "admin1", "lat", "lon", "radius_km")


def rows(admin2: Path) -> Iterator[tuple[str, str, str, float, float, float]]:
    """One row a county that GeoNames has too: its id and name, state as a GeoNames code, middle, radius."""
    from bokeh_sampledata.us_counties import records  # type: ignore[import-not-found]

    names: dict[str, tuple[str, str, str]] = {}
    for line in admin2.read_text("utf-8").splitlines():
        code, name, _, geonameid = line.split("\t")
        country, state, county = code.split(".")
        if country == "US":
            names[f"{state}{county}"] = (geonameid, name, f"US.{state}")
    for record in records():
        known = names.get(f"{record['state'].upper()}{record['county_fips']}")
        if known is None:
            continue
        shape = record["geometry"]
        middle = shape.centroid
        scale = cos(radians(middle.y))
        corners = [p for part in getattr(shape, "geoms", [shape]) for p in part.exterior.coords]
        away = max(hypot(y - middle.y, (x - middle.x) * scale) for x, y in corners) * KM_A_DEGREE
        yield (*known, round(middle.y, 4), round(middle.x, 4), round(away, 1))


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows(Path(sys.argv[1])), key=lambda r: (r[2], r[1])))
