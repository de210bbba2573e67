"""When two values for one detail cannot both be so, and when they say the same.

Only values that cannot both be so contest a detail without a denial; only values that agree corroborate each other.

Everything that leaves room for both is no clash: ranges that overlap, neighbouring days where one is a part of a day, a
place within the reach of the other, a force and its state.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sayso.incidents.features import Features, day, side_words
from sayso.incidents.statement import Statement, Voice, one_side
from sayso.knowledge import sphere
from sayso.knowledge.names import fold

RIVALS = ("time", "place", "initiator", "killed", "injured", "origin")
"""The details of which there is one truth that words can tell; weapons, damage and motives may be several."""
_REACH_KM = {1: 5.0, 2: 25.0, 3: 40.0, 4: 100.0, 5: 250.0}
"""How far a place of each UCDP where_prec reaches, where the gazetteer gives no radius."""
_COUNTRY, _ABROAD = 6, 7
_MARGIN_KM = 5.0
_PROPER = re.compile(r"\b[A-ZÀ-ÞА-Я]\w")
_PART_OF_DAY = re.compile(r"early|late|dawn|daybreak|morning|noon|evening|dusk|night|T\d\d", re.IGNORECASE)


def clash(
    one: Statement, two: Statement, initiators: Sequence[Voice] = (), places: Mapping[str, Features] | None = None
) -> bool:
    """Whether two assertions on one detail cannot both be so. Symmetric.

    ``initiators`` and ``places`` (by gazetteer id) are what is known of the values: without them, less clashes.
    """
    if one.slot != two.slot or one.slot not in RIVALS:
        return False
    if one.slot in ("killed", "injured"):
        return _apart(figures(one), figures(two))
    if one.slot == "time":
        return _days_apart(one, two)
    if one.slot == "place":
        return _places_apart(one, two, places or {})
    if one.slot == "initiator" and one.normalised is not None and two.normalised is not None:
        return not _belong_together(one.normalised, two.normalised, initiators)
    if one.value is None or two.value is None:
        return False
    if one.normalised is not None and one.normalised == two.normalised:
        return False
    # "Nearby areas" leaves room for any place; "areas near Mayadeen" and "the area of Mayadeen" may be one.
    named = bool(_PROPER.search(one.value)) and bool(_PROPER.search(two.value))
    return named and not side_words(one.value) & side_words(two.value)


def agree(
    one: Statement, two: Statement, initiators: Sequence[Voice] = (), places: Mapping[str, Features] | None = None
) -> bool:
    """Whether two assertions on one detail say the same, more or less exactly. Symmetric.

    Numbers agree where their ranges overlap, times where a day is in both, places where one may be the other, actors
    where they are one side, and all else where the words share one that tells.
    """
    if one.slot != two.slot:
        return False
    if one.slot in ("killed", "injured"):
        return bool(figures(one) and figures(two)) and not _apart(figures(one), figures(two))
    if one.slot == "time" and interval(one.normalised) and interval(two.normalised):
        return not _days_apart(one, two)
    if one.normalised is not None and one.normalised == two.normalised:
        return True
    if one.slot == "place" and places and str(one.normalised) in places and str(two.normalised) in places:
        return not _places_apart(one, two, places)
    if one.slot == "initiator" and one.normalised is not None and two.normalised is not None:
        return _belong_together(one.normalised, two.normalised, initiators)
    first, second = one.value or "", two.value or ""
    return fold(first) == fold(second) or bool(side_words(first) & side_words(second))


def figures(statement: Statement) -> tuple[int | None, int | None] | None:
    """The range that a statement on killed or injured gives; null where it gives none."""
    found = statement.normalised
    if not (isinstance(found, list) and len(found) == 2 and found != [None, None]):
        return None
    return (found[0], found[1])


def interval(value: Any) -> tuple[date, date] | None:
    """The first and last day of a time claim's normalised value; null where a side is open or no calendar's."""
    if isinstance(value, Mapping):
        start, end = value.get("start"), value.get("end")
    else:
        start, _, end = str(value or "").partition("/")
        end = end or start
    first, last = _edge(start, first=True), _edge(end, first=False)
    return (first, last) if first and last and first <= last else None


def _edge(iso: str | None, *, first: bool) -> date | None:
    text = (iso or "")[:10]
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), *((1, 1) if first else (12, 31)))
        if re.fullmatch(r"\d{4}-\d\d", text):
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, 1 if first else calendar.monthrange(year, month)[1])
    except ValueError:
        return None
    return day(text)


def _apart(one: tuple[int | None, int | None] | None, two: tuple[int | None, int | None] | None) -> bool:
    if one is None or two is None:
        return False
    return max(one[0] or 0, two[0] or 0) > min(_ceiling(one[1]), _ceiling(two[1]))


def _ceiling(high: int | None) -> float:
    return float("inf") if high is None else high


def _days_apart(one: Statement, two: Statement) -> bool:
    first, second = interval(one.normalised), interval(two.normalised)
    if first is None or second is None:
        return False
    gap = max(first[0], second[0]).toordinal() - min(first[1], second[1]).toordinal()
    # "Late Sunday" and "Monday" may be one night.
    return gap > 1 or (gap == 1 and not any(_PART_OF_DAY.search(f"{s.value} {s.normalised}") for s in (one, two)))


def _places_apart(one: Statement, two: Statement, places: Mapping[str, Features]) -> bool:
    first, second = places.get(str(one.normalised)), places.get(str(two.normalised))
    if first is None or second is None or first.gazetteer_id == second.gazetteer_id:
        return False
    levels = first.place_precision or 1, second.place_precision or 1
    if _ABROAD in levels:
        return False
    if first.country and second.country and first.country != second.country:
        return True
    if max(levels) >= _COUNTRY or _holds(first, second) or _holds(second, first):
        return False
    points = (first.lat, first.lon, second.lat, second.lon)
    if any(value is None for value in points):
        return False
    reach = sum(place.radius_km or _REACH_KM[place.place_precision or 1] for place in (first, second))
    return sphere.distance_km(*(float(value or 0) for value in points)) > reach + _MARGIN_KM


def _holds(wide: Features, narrow: Features) -> bool:
    """Whether one is the province of the other, or may mean it ("Idlib", the city or its province)."""
    return bool(narrow.admin1) and fold(narrow.admin1 or "") == fold(wide.place_name or "")


def _belong_together(one: Any, two: Any, initiators: Sequence[Voice]) -> bool:
    first = next((voice for voice in initiators if voice.key == one), None)
    second = next((voice for voice in initiators if voice.key == two), None)
    return bool(one == two or (first and second and (one_side(first, second) or one_side(second, first))))
