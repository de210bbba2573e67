"""Places told by distance and direction from another: "20 km north of Aleppo", "15 miles from Mosul"."""

from __future__ import annotations

import re
from math import atan2, degrees, radians
from typing import NamedTuple

from sayso.knowledge.placewords import place_words
from sayso.knowledge.sphere import destination

MOST_WORDS_BEFORE = 90
"""Characters before a name in which its distance is looked for."""
LEAST_DOUBT_KM = 5.0
DOUBT = 0.25
"""Share of a told distance by which the place may lie elsewhere: reporters count by road, or from the outskirts."""
UNTOLD_KM = 12.0
"""How far a place lies that is only said to be north of another."""
NEAR_KM = 25.0
FURTHEST_KM = 500.0
_UNITS = {"km": 1.0, "kilo": 1.0, "mile": 1.609, "mi": 1.609, "m": 0.001, "mete": 0.001, "metr": 0.001}
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "hundred": 100, "few": 3, "several": 5,
}  # fmt: skip
_TOWARD = r"(?:north|south)[ -]?(?:east|west)|north|south|east|west"
_TOLD = re.compile(
    r"(?:(?P<count>\d{1,3}(?:[.,]\d+)?|" + "|".join(_NUMBERS) + r")[ -]"
    r"(?P<unit>km|kilomet(?:er|re)|mile|mi|met(?:er|re)|m)s?\b\.?(?: \([^()]{1,25}\))?(?: away)?[ ,]*)?"
    r"(?:(?:to )?(?:the |just |due )*(?P<toward>" + _TOWARD + r")(?:ern|wards?)?)?"
    r"(?: (?:side|edge|outskirts))? (?P<from>of|from|outside|off)"
    r"(?: (?:the|a|an|its|central|downtown|capital|city|town|village|border|port|provincial|[a-z]+-held))*"
    r"(?: (?:city|town|village|capital))?(?: of|,)? $",
    re.I,
)


class Reckoned(NamedTuple):
    """Where a place lies from another: kilometres and direction in degrees; null where the words give none."""

    km: float | None
    bearing: float | None
    words: str

    @property
    def doubt_km(self) -> float:
        """How far from the reckoned point the place may still lie."""
        if self.km is None:
            return NEAR_KM
        return max(self.km * DOUBT, LEAST_DOUBT_KM) if self.bearing is not None else max(self.km, LEAST_DOUBT_KM)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """The reckoned point, from the one that the words name; the same point where they give no direction."""
        if self.bearing is None:
            return lat, lon
        return _away(lat, lon, UNTOLD_KM if self.km is None else self.km, self.bearing)


def reckoned(text: str, start: int) -> Reckoned | None:
    """What the words before offset ``start`` say of how far and where from the name there something lies, or null."""
    before = text[max(0, start - MOST_WORDS_BEFORE) : start]
    # The regular expression is anchored at its end: look from the few places where it may begin.
    for match in _BEGINS.finditer(before):
        found = _TOLD.fullmatch(before, match.start())
        if found and (found["count"] or (found["toward"] and not _INSIDE.search(before, 0, match.start()))):
            return _meaning(found)
    return None


# "the government-held west of Aleppo", "in the south of Raqqa": a part, not beyond; but "to the west of Aleppo".
_INSIDE = re.compile(r"(?:-held|-controlled|(?<!to)(?<!\bto) the|besieged|\b(?:in|across|throughout))(?: the)? $")
_BEGINS = re.compile(r"\b(?:\d|" + "|".join(_NUMBERS) + r"|to\b|the\b|just\b|due\b|" + _TOWARD + r")", re.I)


def _meaning(found: re.Match[str]) -> Reckoned | None:
    km = None
    if found["count"]:
        count = found["count"].lower()
        number = float(_NUMBERS[count]) if count in _NUMBERS else float(count.replace(",", "."))
        unit = found["unit"].lower()
        km = number * next(_UNITS[u] for u in (unit, unit[:4], unit[:2], unit[:1]) if u in _UNITS)
        if km > FURTHEST_KM:
            return None
    bearing = None
    if found["toward"]:
        north, east = place_words().directions[found["toward"].lower().replace(" ", "").replace("-", "")]
        bearing = degrees(atan2(east, north)) % 360
    return Reckoned(km, bearing, found[0].strip())


def _away(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so many kilometres off along a great circle."""
    north, east = destination(lat, lon, km, radians(bearing))
    return round(north, 4), round((east + 180) % 360 - 180, 4)
