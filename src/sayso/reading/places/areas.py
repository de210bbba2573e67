"""Areas without a name of their own: parts of a country ("eastern Syria") and borders ("the Iraq-Syria border")."""

from __future__ import annotations

import re
from math import cos, hypot, radians
from typing import NamedTuple

from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import place_words
from sayso.knowledge.shapes import KM_PER_DEGREE, Ring, closed, convex
from sayso.model import Geometry, Place, Span
from sayso.reading.places.tokens import Token

BORDER_WORDS = frozenset(("border", "borders", "frontier", "borderline"))


class Border(NamedTuple):
    """A border named in words ``[first, last)``, with the countries on its sides that the text names (alpha-3)."""

    first: int
    last: int
    sides: tuple[str, ...]

    def place(self, text: str, words: list[Token], gazetteer: Gazetteer) -> Place:
        """The border as a place: a line, where both sides are told, so without a point and without a country."""
        start, end = words[self.first].start, words[self.last - 1].end
        known = "-".join(sorted(self.sides))
        line = gazetteer.border(*self.sides) if len(self.sides) == 2 else None
        return Place(
            id="",
            span=Span(start, end, text[start:end]),
            name=text[start:end],
            gazetteer_id=f"border:{known}",
            kind="border",
            precision=5,
            reason="a border is a line between countries; the words give no point on it",
            geometry=Geometry("LineString", line) if line else None,
        )


def borders(text: str, words: list[Token]) -> list[Border]:
    """Borders named in the text: "Iraq-Syria border", "Syria’s border with Jordan", "border between A and B"."""
    found: list[Border] = []
    for i, word in enumerate(words):
        if word.lower not in BORDER_WORDS:
            continue
        first, sides = _before(words, i)
        last, others = _after(words, i)
        sides = tuple(dict.fromkeys((*sides, *others)))
        if sides and (not found or first >= found[-1].last):
            found.append(Border(first, last, sides))
    return found


def _side(word: str) -> str | None:
    lower = plain(word)
    return country_names().get(lower) or demonyms().get(lower)


def _before(words: list[Token], i: int) -> tuple[int, tuple[str, ...]]:
    if i == 0 or (words[i - 1].mark and words[i - 1].text not in "–—"):
        return i, ()
    halves = words[i - 1].text.split("-")
    if len(halves) == 2 and (left := _side(halves[0])) and (right := _side(halves[1])):
        return i - 1, (left, right)
    side = _side(words[i - 1].text) if words[i - 1].capital else None
    if not side:
        return i, ()
    if i >= 3 and words[i - 2].text in ("–", "—") and (other := _side(words[i - 3].text)):
        return i - 3, (other, side)
    if i >= 3 and words[i - 2].lower == "and" and words[i - 3].capital and (other := _side(words[i - 3].text)):
        return i - 3, (other, side)
    return i - 1, (side,)


def _after(words: list[Token], i: int) -> tuple[int, tuple[str, ...]]:
    following = words[i + 1 : i + 7]
    if not following or following[0].lower not in ("with", "between"):
        return i + 1, ()
    sides: list[str] = []
    last = i + 1
    for offset, word in enumerate(following[1:], i + 2):
        side = _side(word.text) if word.capital else None
        if side:
            sides.append(side)
            last = offset + 1
            if following[0].lower == "with" or len(sides) == 2:
                break
        elif word.lower not in ("and", "the", "neighboring", "neighbouring"):
            break
    return last, tuple(sides)


class Part(NamedTuple):
    """The part of a place that a direction names: middle, radius in km, kind, UCDP where_prec, id and area."""

    lat: float | None
    lon: float | None
    radius_km: float | None
    kind: str
    precision: int
    identity: str
    area: Geometry | None


def directed(direction: tuple[int, int], record: PlaceRecord, gazetteer: Gazetteer, words: str) -> Part:
    """The part of a place that the words name by its direction: "eastern Syria", "northern and eastern Aleppo"."""
    named = [w for w in re.findall(r"[a-z-]+", words.lower()) if w in place_words().directions] or [
        w for w, d in place_words().directions.items() if d == direction
    ][:1]
    identity = f"{record.gazetteer_id}/{'-'.join(dict.fromkeys(named))}"
    if record.kind in ("city", "town"):
        return Part(record.lat, record.lon, record.radius_km, "district", 2, identity, None)
    rings = [r for w in named if (r := _part_of(record, gazetteer, w))]
    if not rings:
        return Part(record.lat, record.lon, record.radius_km, "region", 5, identity, None)
    ring = rings[0] if len(rings) == 1 else closed(convex(p for r in rings for p in r))
    return _with_area(ring or rings[0], identity)


def area_of(record: PlaceRecord, gazetteer: Gazetteer) -> Geometry | None:
    """The area of a first-level unit, where the gazetteer has settlements enough to tell; null for all else."""
    if record.kind != "admin1" or record.country is None:
        return None
    ring = gazetteer.hull(record.country, record.admin1)
    return Geometry("Polygon", ring) if ring else None


def _part_of(record: PlaceRecord, gazetteer: Gazetteer, word: str) -> Ring | None:
    if record.country is None or record.kind not in ("country", "admin1"):
        return None
    return gazetteer.hull(record.country, record.admin1 if record.kind == "admin1" else None, word)


def _with_area(ring: Ring, identity: str) -> Part:
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    scale = cos(radians(lat))
    radius = max(hypot(y - lat, (x - lon) * scale) for x, y in ring) * KM_PER_DEGREE
    area = Geometry("Polygon", ring)
    return Part(round(lat, 3), round(lon, 3), round(radius, 1), "region", 5, identity, area)


def neighbours_of(codes: set[str]) -> set[str]:
    """The countries that border any of these (alpha-3)."""
    known = countries()
    return {n for code in codes if code in known for n in known[code].neighbours} - codes
