"""How the places of two events stand to each other: the same, one inside the other, near, or apart."""

from __future__ import annotations

from sayso.incidents.features import Features
from sayso.incidents.misread import Misread
from sayso.incidents.reason import Reason, found, refusal
from sayso.knowledge import sphere
from sayso.knowledge.countries import countries
from sayso.knowledge.names import fold

# How far from its point a place of each UCDP where_prec may reach, in km, where the gazetteer gives no radius.
RADIUS_KM = {1: 5.0, 2: 25.0, 3: 40.0, 4: 100.0, 5: 250.0}
_KINDS = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "district": 3}
_SAME = {
    1: "place.same",
    2: "place.same",
    3: "place.same_district",
    4: "place.same_province",
    5: "place.same_region",
}
_CLOSE_KM = 5.0


def compare_places(one: Features, two: Features, allowed: Misread) -> Reason:
    """One reason: what the two places, with their precision, say for or against one occurrence.

    Places that do not fit rule the joining out, unless what is ``allowed`` has them: then they speak against it only.
    """
    soft = allowed.near
    if one.country and two.country and one.country != two.country:
        named = " and ".join(
            sorted(countries()[code].name if code in countries() else code for code in (one.country, two.country))
        )
        return _against("place.countries", f"different countries: {named}", soft=allowed.country)
    levels = exactness(one), exactness(two)
    if None in levels:
        both = levels[0] is levels[1]
        words = "neither report says where" if both else "one report does not say where"
        return found("place.unknown_both" if both else "place.unknown", words)
    first, second = levels[0] or 7, levels[1] or 7
    if max(first, second) >= 6:
        return found("place.country", "one report names no closer place than a country")
    if _same(one, two):
        return found(_SAME[max(first, second)], f"both at {one.place_name}")
    if max(first, second) == 5:
        return _region(one, two, soft=soft)
    if 4 in (first, second):
        return _province(one, two, first, second, soft=soft)
    return _apart(one, two, soft=soft)


def exactness(event: Features) -> int | None:
    """The UCDP where_prec of an event's place, by its kind where it has none; null where no place is known."""
    if event.place_precision is not None:
        return event.place_precision
    if event.place_name is None:
        return 6 if event.country else None
    return _KINDS.get(event.place_kind or "", 1)


def distance_km(one: Features, two: Features) -> float | None:
    """The distance between two events' points on the sphere, in km; null where one has none."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return sphere.distance_km(one.lat, one.lon, two.lat, two.lon)


def _same(one: Features, two: Features) -> bool:
    if one.gazetteer_id and two.gazetteer_id:
        return one.gazetteer_id == two.gazetteer_id
    return bool(_names(one) & _names(two))


def _names(event: Features) -> set[str]:
    # Several places of one event stand in one name, separated by commas.
    return {key for part in (event.place_name or "").split(", ") if (key := fold(part))}


def _reach(event: Features) -> float:
    return event.radius_km or RADIUS_KM.get(exactness(event) or 5, 250.0)


def _region(one: Features, two: Features, *, soft: bool) -> Reason:
    away = distance_km(one, two)
    words = f"{one.place_name} and {two.place_name}"
    if away is None:
        return found("place.vague", f"{words} may be one place; one of them is vague")
    if away <= _reach(one) + _reach(two):
        return found("place.in_region", f"{words} may be one place: within the reach of the vaguer one")
    return _against("place.far", f"{words} are {away:.0f} km apart, more than the vaguer one allows", soft=soft)


def _province(one: Features, two: Features, first: int, second: int, *, soft: bool) -> Reason:
    words = f"{one.place_name} and {two.place_name}"
    if first == second == 4:
        return _against("place.provinces", f"different provinces: {words}", soft=soft)
    wide, narrow = (one, two) if first == 4 else (two, one)
    if narrow.admin1:
        if fold(narrow.admin1) in {fold(wide.admin1 or ""), *_names(wide)}:
            return found("place.in_province", f"{narrow.place_name} lies in {wide.place_name}")
        words = f"{narrow.place_name} lies in {narrow.admin1}, not in {wide.place_name}"
        return _against("place.provinces", words, soft=soft)
    away = distance_km(one, two)
    if away is None:
        return found("place.vague", f"whether {narrow.place_name} lies in {wide.place_name} is not known")
    if away <= _reach(wide):
        return found("place.near_province", f"{narrow.place_name} is within reach of {wide.place_name}")
    return _against("place.far", f"{words} are {away:.0f} km apart", soft=soft)


def _apart(one: Features, two: Features, *, soft: bool) -> Reason:
    words = f"{one.place_name} and {two.place_name}"
    away = distance_km(one, two)
    if away is not None and away <= _CLOSE_KM:
        return found("place.near", f"{words} are {away:.0f} km apart")
    if away is not None and away <= _reach(one) + _reach(two):
        return found("place.within", f"{words} are {away:.0f} km apart, within what the words allow")
    together = bool(one.admin1 and two.admin1) and fold(one.admin1 or "") == fold(two.admin1 or "")
    if together and _named_as_province(one, two):
        return found("place.named_as_province", f"{words} are in one province, after which one of them is named")
    told = f"different places: {words}" if away is None else f"{words} are {away:.0f} km apart"
    return _against("place.one_province" if together else "place.far", told, soft=soft)


def _against(finding: str, words: str, *, soft: bool) -> Reason:
    return found(finding, words) if soft else refusal(finding, words)


def _named_as_province(one: Features, two: Features) -> bool:
    """Whether one may mean the province of its name: "Idlib" is read as the city, but reports say it of either."""
    return any(fold(event.admin1 or "") in _names(event) for event in (one, two))
