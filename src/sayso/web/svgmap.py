"""Maps drawn on the server as SVG: what a reader without scripts, without WebGL or on paper sees.

Nothing is drawn more exactly than it is known: a town is a dot, a district or a province a ring of the size that the
words allow or its area, a border a line, and a country no mark at all; it stands in the list beside the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from markupsafe import Markup, escape

from sayso.web import outlines, settings, words
from sayso.web.mapplace import MapPlace
from sayso.web.outlines import Ring

Box = tuple[float, float, float, float]
WORLD: Box = (-150.0, -50.0, 175.0, 72.0)
LEAST_SPAN = 3.2
"""Degrees of longitude that a map shows at least: closer in, the outlines tell nothing."""
KM_PER_DEGREE = 111.2
STEP, WORLD_STEP = 0.6, 1.7
"""Points of an outline closer than this many pixels are drawn as one; farther ones too on a map of the world."""


CLUSTER = 17.0
"""Marks nearer to each other than this many pixels are drawn as one."""


class View(msgspec.Struct, frozen=True):
    """A stretch of the Mercator plane on a canvas of ``width`` × ``height`` pixels."""

    west: float
    top: float
    scale: float
    width: int
    height: int

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        return (lon - self.west) * self.scale, (self.top - mercator(lat)) * self.scale

    @property
    def box(self) -> Box:
        """West, south, east, north that the canvas shows."""
        south = self.top - self.height / self.scale
        return self.west, unmercator(south), self.west + self.width / self.scale, unmercator(self.top)


def mercator(lat: float) -> float:
    """Latitude on the Mercator plane, in degrees of longitude at the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(max(-84.0, min(84.0, lat))) / 2)))


def unmercator(y: float) -> float:
    """The latitude of a point on the Mercator plane."""
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


def view_of(places: Sequence[MapPlace], width: int, height: int) -> View:
    """The view that shows all places with room about them; the world where there are none."""
    shown = [place for place in places if place.pinned and place.lat is not None and place.lon is not None]
    if not shown:
        return fit(WORLD, width, height, 0.0)
    edges = [(p.lon or 0.0, p.lat or 0.0, (p.ring_km or 0.0) / KM_PER_DEGREE) for p in shown]
    edges += [(lon, lat, 0.0) for p in shown for lon, lat in p.corners]
    box = (
        min(lon - r for lon, _, r in edges),
        min(lat - r for _, lat, r in edges),
        max(lon + r for lon, _, r in edges),
        max(lat + r for _, lat, r in edges),
    )
    return fit(box, width, height, 0.14)


def fit(box: Box, width: int, height: int, margin: float) -> View:
    """The view that holds a box with a margin (a share of its size)."""
    west, south, east, north = box
    low, high = mercator(south), mercator(north)
    across = max((east - west) * (1 + 2 * margin), LEAST_SPAN)
    up = max((high - low) * (1 + 2 * margin), LEAST_SPAN * height / width)
    scale = min(width / min(across, 360.0), height / up)
    middle_x, middle_y = (west + east) / 2, (low + high) / 2
    return View(middle_x - width / scale / 2, middle_y + height / scale / 2, scale, width, height)


def draw(
    places: Sequence[MapPlace], width: int, height: int, label: str, more: Callable[[Box], str] | None = None
) -> Markup:
    """The map as SVG, its marks as links. ``label`` names it for those who do not see it.

    Where ``more`` gives an address for a map box, marks that would cover each other are drawn as one that leads there.
    """
    view = view_of(places, width, height)
    labels = _Labels(view)
    pinned = [place for place in places if place.pinned][: settings.MARKS_DRAWN]
    for place in pinned:
        labels.keep_clear(place)
    parts = [_land(view), *labels.names()]
    parts += [_area(view, place) for place in pinned if place.vague]
    marks = clustered(view, pinned, more) if more else pinned
    parts += [_mark(view, place) for place in sorted(marks, key=lambda place: -place.count)]
    title = escape(label)
    return Markup(
        f'<svg class="svgmap" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="{title}"><rect class="sea" width="{width}" height="{height}"/>{"".join(parts)}</svg>'
    )


def clustered(view: View, places: Sequence[MapPlace], more: Callable[[Box], str]) -> list[MapPlace]:
    """The places, those nearer to each other than ``CLUSTER`` pixels as one in their middle."""
    groups: list[list[MapPlace]] = []
    for place in sorted(places, key=lambda place: -place.count):
        x, y = view.point(place.lon or 0.0, place.lat or 0.0)
        for group in groups:
            a, b = view.point(group[0].lon or 0.0, group[0].lat or 0.0)
            if math.hypot(a - x, b - y) < CLUSTER:
                group.append(place)
                break
        else:
            groups.append([place])
    return [group[0] if len(group) == 1 else _as_one(group, more) for group in groups]


def _as_one(group: Sequence[MapPlace], more: Callable[[Box], str]) -> MapPlace:
    total = sum(place.count for place in group)
    lons, lats = [place.lon or 0.0 for place in group], [place.lat or 0.0 for place in group]
    kinds = {place.kind for place in group}
    return MapPlace(
        name=f"{len(group)} places about {group[0].name}",
        lat=sum(lat * place.count for lat, place in zip(lats, group, strict=True)) / total,
        lon=sum(lon * place.count for lon, place in zip(lons, group, strict=True)) / total,
        precision=1,  # The mark is of several places and stands for their number, not for a point.
        radius_km=None,
        country=None,
        count=total,
        kind=kinds.pop() if len(kinds) == 1 else "contested" if kinds & {"contested", "denies"} else "asserts",
        url=more((min(lons) - 0.05, min(lats) - 0.05, max(lons) + 0.05, max(lats) + 0.05)),
    )


def _land(view: View) -> str:
    west, south, east, north = view.box
    scale = "110m" if east - west > 55 else "50m"
    drawn = []
    for country in outlines.countries(scale):
        for ring, (left, bottom, right, top) in zip(country.rings, country.bounds, strict=True):
            if right < west or left > east or top < south or bottom > north:
                continue
            drawn.append(_path(view, ring))
    return f'<path class="land" d="{"".join(drawn)}"/>'


def _path(view: View, ring: Ring) -> str:
    """A ring as SVG path data, cut to the canvas with a margin and thinned to what can be seen."""
    margin, step = 8.0, STEP if view.scale > 6 else WORLD_STEP
    corners = clip([view.point(*point) for point in ring], -margin, -margin, view.width + margin, view.height + margin)
    kept: list[tuple[float, float]] = []
    for x, y in corners:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def clip(points: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """A polygon cut to a rectangle (Sutherland and Hodgman)."""
    for axis, limit, keep_above in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):
        if not points:
            return points
        cut: Ring = []
        previous = points[-1]
        for point in points:
            inside, was_inside = (point[axis] >= limit) == keep_above, (previous[axis] >= limit) == keep_above
            if inside != was_inside:
                share = (limit - previous[axis]) / (point[axis] - previous[axis])
                crossing = previous[1 - axis] + share * (point[1 - axis] - previous[1 - axis])
                cut.append((limit, crossing) if axis == 0 else (crossing, limit))
            if inside:
                cut.append(point)
            previous = point
        points = cut
    return points


class _Labels:
    """Names of countries and towns, placed where they cover neither each other nor a mark."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.taken: list[tuple[float, float, float, float]] = []

    def keep_clear(self, place: MapPlace) -> None:
        x, y = self.view.point(place.lon or 0.0, place.lat or 0.0)
        self.taken.append((x - 9, y - 9, x + 9, y + 9))

    def names(self) -> list[str]:
        return [*self._countries(), *self._towns(14)]

    def _countries(self) -> list[str]:
        west, south, east, north = self.view.box
        found = []
        for country in sorted(outlines.countries("110m"), key=lambda country: -country.area):
            lon, lat = country.label
            across = math.sqrt(country.area) * self.view.scale
            if west < lon < east and south < lat < north and across > 58:
                x, y = self.view.point(lon, lat)
                if self._free(x, y, len(country.name) * 7.4, 13, centred=True):
                    found.append(f'<text class="country" x="{x:.0f}" y="{y:.0f}">{escape(country.name)}</text>')
        return found

    def _towns(self, limit: int) -> list[str]:
        west, south, east, north = self.view.box
        found: list[str] = []
        if east - west > 70:
            return found
        for town in outlines.towns():
            if len(found) == limit:
                break
            if west < town.lon < east and south < town.lat < north:
                x, y = self.view.point(town.lon, town.lat)
                if self._free(x, y, len(town.name) * 6.2 + 8, 13, centred=False):
                    found.append(
                        f'<circle class="townpoint" cx="{x:.1f}" cy="{y:.1f}" r="1.6"/>'
                        f'<text class="town" x="{x + 5:.1f}" y="{y + 4:.1f}">{escape(town.name)}</text>'
                    )
        return found

    def _free(self, x: float, y: float, width: float, height: float, *, centred: bool) -> bool:
        left = x - width / 2 if centred else x - 3
        area = (left, y - height / 2 - 3, left + width, y + height / 2 + 3)
        inside = area[0] > 2 and area[2] < self.view.width - 2 and area[1] > 2 and area[3] < self.view.height - 2
        if not inside or any(
            area[0] < t[2] and area[2] > t[0] and area[1] < t[3] and area[3] > t[1] for t in self.taken
        ):
            return False
        self.taken.append(area)
        return True


def radius_in_pixels(view: View, place: MapPlace) -> float:
    """The radius of a place's ring on the canvas."""
    stretch = math.cos(math.radians(place.lat or 0.0))
    return (place.ring_km or 0.0) / KM_PER_DEGREE / stretch * view.scale


def _area(view: View, place: MapPlace) -> str:
    """What the words leave open: the area or line of a place, or a ring."""
    if place.corners:
        line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (view.point(*corner) for corner in place.corners))
        shape, end = ("area line", "") if place.is_line else ("area", "Z")
        return f'<path class="{shape} k-{place.kind}" d="{line}{end}"/>'
    x, y = view.point(place.lon or 0.0, place.lat or 0.0)
    return f'<circle class="area k-{place.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius_in_pixels(view, place):.1f}"/>'


def _mark(view: View, place: MapPlace) -> str:
    x, y = view.point(place.lon or 0.0, place.lat or 0.0)
    size = min(5.0 + 2.2 * math.log2(place.count), 15.0)
    shape = "ring" if place.vague else "dot"
    number = f'<text x="{x:.1f}" y="{y + 3.5:.1f}">{place.count}</text>' if place.count > 1 and size >= 7 else ""
    return (
        f'<a class="mark {shape} k-{place.kind}" href="{escape(place.url)}"><title>{escape(describe(place))}</title>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>{number}</a>'
    )


def describe(place: MapPlace) -> str:
    """A place on the map in words: "Deir ez-Zor: 3 incidents; the words say no more than about 70 km around"."""
    about = "; somewhere there" if place.vague else ""
    if place.ring_km:
        about = f"; known to {words.about_km(place.ring_km)}"
    return f"{place.name}: {words.count(place.count, 'incident')}{about}"


def as_json(place: MapPlace) -> dict[str, Any]:
    """A place as the map's script takes it."""
    known: dict[str, Any] = msgspec.to_builtins(place)
    return known | {"ring_km": place.ring_km, "vague": place.vague, "pinned": place.pinned, "label": describe(place)}
