"""Coarse shapes of areas from the points in them: boxes, middles, hulls of few corners and their parts.

Points are (longitude, latitude) in degrees, WGS 84; distances are kilometres on a plane laid at the middle of the
points, which is exact enough for shapes that are coarse by design.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, radians, sin, sqrt

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""A closed ring: the last point is the first one; counter-clockwise."""

MOST_CORNERS = 23
KM_PER_DEGREE = 111.2
LEAST_BUFFER_KM = 5.0
MOST_BUFFER_KM = 60.0
ROUND_CORNERS = 8
OVERLAP = 0.05
"""Share of the width by which the halves of an area reach over its middle: words draw no line there."""
_ALMOST_POLE = 89.0


def unwrapped(points: Iterable[Point]) -> list[Point]:
    """The points with longitudes that run on past 180 where they lie on both sides of the date line."""
    found = list(points)
    if not found or max(p[0] for p in found) - min(p[0] for p in found) <= 180:
        return found
    return [(lon + 360 if lon < 0 else lon, lat) for lon, lat in found]


def convex(points: Iterable[Point]) -> list[Point]:
    """The corners of the convex hull, counter-clockwise, not closed (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def room_km(area_km2: float, places: int) -> float:
    """Half the mean distance between places spread over an area, 5 to 60 km: how far it may reach beyond the last."""
    return min(max(sqrt(area_km2 / max(places, 1)) / 2, LEAST_BUFFER_KM), MOST_BUFFER_KM)


def hull(points: Iterable[Point], *, room: float = LEAST_BUFFER_KM, corners: int = MOST_CORNERS) -> Ring | None:
    """A ring of at most ``corners`` corners that holds all points with ``room`` km around them; null for no points.

    Across the date line it ends at 180 degrees.
    """
    flat = unwrapped(points)
    if not flat:
        return None
    middle = (min(p[1] for p in flat) + max(p[1] for p in flat)) / 2
    scale = cos(radians(min(abs(middle), _ALMOST_POLE)))
    plane = convex((lon * scale * KM_PER_DEGREE, lat * KM_PER_DEGREE) for lon, lat in flat)
    body = _fewer(_grown(plane, room), corners)
    ring = [(x / scale / KM_PER_DEGREE, min(max(y / KM_PER_DEGREE, -90.0), 90.0)) for x, y in body]
    return closed(_cut(_cut(ring, 0, 180.0, keep_above=False), 0, -180.0, keep_above=True))


def part(ring: Ring, direction: tuple[int, int]) -> Ring | None:
    """The part of a ring that lies north or south (1, -1, 0) and east or west of its middle; (0, 0) is its centre.

    A half reaches a little over the middle, and the centre is the middle half each way: never narrower than the words.
    """
    north, east = direction
    body: list[Point] = list(ring[:-1])
    for axis, toward in ((0, east), (1, north)):
        low, high = min(p[axis] for p in ring), max(p[axis] for p in ring)
        middle, reach = (low + high) / 2, (high - low) * OVERLAP
        if toward:
            body = _cut(body, axis, middle - toward * reach, keep_above=toward > 0)
        elif direction == (0, 0):
            body = _cut(body, axis, middle - (high - low) / 4, keep_above=True)
            body = _cut(body, axis, middle + (high - low) / 4, keep_above=False)
    return closed(body)


def closed(corners: Iterable[Point]) -> Ring | None:
    """A convex body as a closed ring, rounded to a hundredth of a degree; null where fewer than three are left."""
    # Rounding dents long edges; the hull of the rounded corners has no dents.
    body = convex((round(lon, 2), round(lat, 2)) for lon, lat in corners)
    return (*body, body[0]) if len(body) >= 3 else None


def simplified(line: Sequence[Point], most: int) -> list[Point]:
    """The line with at most ``most`` points, those that shape it most (Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    spans = [_furthest(line, 0, len(line) - 1)]
    while len(kept) < most:
        away, first, index, last = max(spans)
        if away <= 0:
            break
        spans.remove((away, first, index, last))
        kept.add(index)
        spans += [_furthest(line, first, index), _furthest(line, index, last)]
    return [line[i] for i in sorted(kept)]


def _furthest(line: Sequence[Point], first: int, last: int) -> tuple[float, int, int, int]:
    away, index = max(
        ((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, first)
    )
    return away, first, index, last


def _off(point: Point, one: Point, other: Point) -> float:
    length = sqrt((other[0] - one[0]) ** 2 + (other[1] - one[1]) ** 2)
    if not length:
        return sqrt((point[0] - one[0]) ** 2 + (point[1] - one[1]) ** 2)
    return abs(_turn(one, other, point)) / length


def _chain(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in ordered:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _area(body: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(body, [*body[1:], *body[:1]], strict=True)) / 2


def _grown(body: Sequence[Point], room: float) -> list[Point]:
    """The hull with ``room`` around it, its round corners cut to few."""
    reach = room / cos(pi / ROUND_CORNERS)
    turns = [2 * pi * k / ROUND_CORNERS for k in range(ROUND_CORNERS)]
    return convex((x + reach * cos(t), y + reach * sin(t)) for x, y in body for t in turns)


def _fewer(body: list[Point], corners: int) -> list[Point]:
    """The convex body with edges taken out, those that add least area, until ``corners`` are left."""
    body = list(body)
    while len(body) > corners:
        options = [
            (cost, i, corner) for i in range(len(body)) if (found := _without(body, i)) for cost, corner in [found]
        ]
        if not options:
            break
        _, i, corner = min(options)
        body[i] = corner
        del body[(i + 1) % len(body)]
    return body


def _without(body: list[Point], i: int) -> tuple[float, Point] | None:
    """What leaving out the edge from corner ``i`` adds in area, and the corner that replaces it."""
    size = len(body)
    a, b, c, d = body[i - 1], body[i], body[(i + 1) % size], body[(i + 2) % size]
    first, second = (b[0] - a[0], b[1] - a[1]), (c[0] - d[0], c[1] - d[1])
    cross = first[0] * second[1] - first[1] * second[0]
    if cross >= -1e-9:
        return None
    along = ((d[0] - a[0]) * second[1] - (d[1] - a[1]) * second[0]) / cross
    corner = (a[0] + along * first[0], a[1] + along * first[1])
    return abs(_area([b, corner, c])), corner


def _cut(body: Sequence[Point], axis: int, at: float, *, keep_above: bool) -> list[Point]:
    """The part of a convex body on one side of a meridian or parallel (Sutherland and Hodgman)."""
    found: list[Point] = []
    for one, other in zip(body, [*body[1:], *body[:1]], strict=True):
        inside, next_inside = (one[axis] >= at) == keep_above, (other[axis] >= at) == keep_above
        if inside:
            found.append(one)
        if inside != next_inside:
            share = (at - one[axis]) / (other[axis] - one[axis])
            found.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
    return found
