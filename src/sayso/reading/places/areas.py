"""Areas without a name of their own: parts of a country ("eastern Syria") and borders ("the Iraq-Syria border")."""

from __future__ import annotations

from math import cos, radians
from typing import NamedTuple

from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import plain
from sayso.model import Place, Span
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.tokens import Token

BORDER_WORDS = frozenset(("border", "borders", "frontier", "borderline"))


class Border(NamedTuple):
    """A border named in words ``[first, last)``, with the countries on its sides that the text names (alpha-3)."""

    first: int
    last: int
    sides: tuple[str, ...]

    def place(self, text: str, words: list[Token]) -> Place:
        """The border as a place: a line between countries, so without a point and without a country."""
        start, end = words[self.first].start, words[self.last - 1].end
        known = "-".join(sorted(self.sides))
        return Place(
            id="",
            span=Span(start, end, text[start:end]),
            name=text[start:end],
            gazetteer_id=f"border:{known}",
            kind="border",
            precision=5,
            reason="a border is a line between countries; the words give no point on it",
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


def directed(
    c: Candidate, record: PlaceRecord, gazetteer: Gazetteer, words: str
) -> tuple[float | None, float | None, float | None, str, int, str]:
    """The part of a place that a direction names: point, radius in km, kind, precision and id."""
    north, east = c.direction or (0, 0)
    label = plain(words.split()[0]).replace(" ", "-")
    identity = f"{record.gazetteer_id}/{label}"
    if record.kind in ("city", "town"):
        return record.lat, record.lon, record.radius_km, "district", 2, identity
    box = gazetteer.extent(record.gazetteer_id)
    if box is None or record.lat is None or record.lon is None:
        return record.lat, record.lon, record.radius_km, "region", 5, identity
    height, width = box.north - box.south, box.east - box.west
    lat = (box.north + box.south) / 2 + north * height / 4
    lon = (box.east + box.west) / 2 + east * width / 4
    radius = max(height, width * cos(radians(lat))) * 111.2 / 2
    return round(lat, 3), round(lon, 3), round(radius, 1), "region", 5, identity


def neighbours_of(codes: set[str]) -> set[str]:
    """The countries that border any of these (alpha-3)."""
    known = countries()
    return {n for code in codes if code in known for n in known[code].neighbours} - codes
