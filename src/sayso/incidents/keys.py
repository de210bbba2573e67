"""Under which keys an event stands in the index of the joining, and under which it is looked up.

Pure, and symmetric: where one event finds another, the other finds it (``near`` holds of both or of neither), so that
the pairs weighed do not depend on which of two came first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from math import ceil, cos, floor, radians

import msgspec

from sayso.incidents.features import Features, day
from sayso.knowledge import sphere
from sayso.knowledge.names import fold
from sayso.ledger.words import rarity
from sayso.vocabulary import load

WEEK = 7
"""An interval longer than so many days is vague: such an event never makes two incidents one."""
MONTH = 31
"""An interval longer than so many days is as good as none."""
SLACK_DAYS = 3
"""How far two known times may lie apart to be weighed against each other: dates are misread, nights span two days."""
TOLD_WITHIN_DAYS = 14
"""An event without a date is weighed against those of so many days before its report's publication."""
NAME_DAYS = 400
"""How far apart two events that share a rare name may lie to be weighed: reports follow up, dates are misread."""
MOST_NAMES = 12
"""How many rare names of an event it is found by."""
MOST_TELLING, TELLING_RARITY, TELLING_DAYS = 8, 5.0, 14
"""What a report is mostly about is found by so many of the report's telling words, each so rare (natural logarithm: in
one report of 90 or fewer), within so many days."""
SLACK_KM = 10.0

# The reach of a place, in km, by UCDP where_prec, where nothing says more; the same that compare_places allows.
_REACH = {1: 5.0, 2: 25.0, 3: 40.0, 4: 100.0, 5: 250.0}
_BY_KIND = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "district": 3}
_COUNTRY = 6
_MOST_REACH = 300.0
_KM_A_DEGREE = 111.2
# The levels of the grid: the farthest reach of what stands there, and the width of a cell in degrees.
_LEVELS = {"t": (25.0, 0.5), "s": (100.0, 2.0), "r": (_MOST_REACH, 4.0)}
_COARSE = "T"
"""Towns once more, in cells of the next level: what has a wide reach looks them up there."""
# How long the interval is: one day, up to a week, up to a month, longer or unknown (then under the day of publication).
_LENGTHS = {"d": 1, "w": WEEK, "v": MONTH}
_UNDATED = "x"


class Lookup(msgspec.Struct, frozen=True):
    """A key, and the days (proleptic ordinals, inclusive) in which events stand under it that may be the same."""

    key: str
    since: int
    until: int


def days(event: Features) -> int | None:
    """How many days an event's interval has; null where its time is unknown, open, or longer than a month."""
    if event.first is None or event.last is None or event.last < event.first:
        return None
    found = (event.last - event.first).days + 1
    return found if found <= MONTH else None


def leaf(event: Features) -> bool:
    """Whether an event's time is too vague to show that two others are one: over a week, or unknown.

    What a report is mostly about is known by the whole report, even where it says vaguely when, or not at all.
    """
    known = days(event)
    return not event.main and (known is None or known > WEEK)


def slot(event: Features) -> int:
    """The day under which an event stands: its first, or that of its report's publication where none is known."""
    if days(event) is None:
        told = day(event.published)
        return 0 if told is None else told.toordinal()
    assert event.first is not None
    return event.first.toordinal()


def reach_km(event: Features) -> float | None:
    """How far from its point an event may lie; null where its place is unknown or no closer than a country."""
    level = event.place_precision
    if level is None:
        level = _BY_KIND.get(event.place_kind or "", 1) if event.place_name else _COUNTRY
    if level >= _COUNTRY:
        return None
    return min(event.radius_km or _REACH.get(level, 250.0), _MOST_REACH)


def stored(event: Features) -> list[str]:
    """The keys under which an event stands."""
    family, length, reach = _family(event.type), _length(event), reach_km(event)
    found = [f"n{name}" for name in event.names[:MOST_NAMES]]
    found += _telling(event)
    found += [f"{length}p{town}.{family}" for town in _towns(event)]
    if reach is None:
        return found + [f"{length}K{country}.{family}.{toll}" for country, toll in _tolls(event)]
    found += [f"{length}k{country}.{family}.{toll}" for country, toll in _tolls(event)]
    if event.lat is None or event.lon is None:
        return found + [f"{length}u{name}.{family}" for name in _place_names(event)]
    level = _level(reach)
    wide = _LEVELS[level][1]
    found.append(f"{length}{level}{_cell(event.lat, event.lon, wide)}.{family}")
    if level == "t":
        found.append(f"{length}{_COARSE}{_cell(event.lat, event.lon, _LEVELS['s'][1])}.{family}")
    return found + [f"{length}m{name}.{family}" for name in _place_names(event)]


def lookups(event: Features) -> list[Lookup]:
    """Where to look for events that may be the same occurrence; what is found must still be ``near``."""
    found = names_to_look(event)
    places = places_to_look(event)
    for length, since, until in windows(event):
        found += [Lookup(f"{length}{place}", since, until) for place in places]
    return found


def names_to_look(event: Features) -> list[Lookup]:
    """Of ``lookups`` those of the event's rare names, and of its report's telling words."""
    at = slot(event)
    found = [Lookup(f"n{name}", at - NAME_DAYS, at + NAME_DAYS) for name in event.names[:MOST_NAMES]]
    return found + [Lookup(key, at - TELLING_DAYS, at + TELLING_DAYS) for key in _telling(event)]


def name(key: str) -> bool:
    """Whether a key is of a rare name, under which events stand that lie far apart in time."""
    return key.startswith("n") and not key.startswith("n~")


def places_to_look(event: Features) -> tuple[str, ...]:
    """The keys of the places to look at, without the length of the interval before them."""
    reach, tolls = reach_km(event), tuple(_tolls(event))
    found = _at_places(event.type, tolls, reach, event.lat, event.lon, _place_names(event))
    return found + tuple(f"p{town}.{family}" for town in _towns(event) for family in families(event.type))


def near(one: Features, two: Features, key: str) -> bool:
    """Whether two events, one of which was found under ``key``, are near enough to be weighed; symmetric."""
    if key.startswith("n"):
        return True
    if not _at_one_time(one, two):
        return False
    if key[1] not in "tsrT":
        return True
    reaches = reach_km(one), reach_km(two)
    if None in (one.lat, one.lon, two.lat, two.lon, *reaches):
        return False
    away = sphere.distance_km(one.lat or 0, one.lon or 0, two.lat or 0, two.lon or 0)
    return away <= (reaches[0] or 0) + (reaches[1] or 0) + SLACK_KM


@cache
def joinable(kind: str) -> frozenset[str]:
    """The event types that one of type ``kind`` can be joined with, itself among them."""
    types = load("event_types")
    entry = types.get(kind)
    if entry is None:
        return frozenset()
    return frozenset(
        name
        for name, other in types.items()
        if other.family == entry.family or other.family in entry.joins or entry.family in other.joins
    )


@cache
def families(kind: str) -> tuple[str, ...]:
    """The families of the types that one of type ``kind`` can be joined with."""
    return tuple(sorted({_family(name) for name in joinable(kind)}))


def _family(kind: str) -> str:
    entry = load("event_types").get(kind)
    return (entry.family if entry else None) or kind


def _length(event: Features) -> str:
    found = days(event)
    return _UNDATED if found is None else next(name for name, most in _LENGTHS.items() if found <= most)


def windows(event: Features) -> Iterator[tuple[str, int, int]]:
    """For each length of interval the days in which one must begin to be near in time."""
    at, long = slot(event), days(event)
    if long is None:
        since, until = at - TOLD_WITHIN_DAYS, at + SLACK_DAYS
        yield _UNDATED, at - TOLD_WITHIN_DAYS, at + TOLD_WITHIN_DAYS
    else:
        since, until = at - SLACK_DAYS, at + long - 1 + SLACK_DAYS
        yield _UNDATED, since, at + long - 1 + TOLD_WITHIN_DAYS
    for name, most in _LENGTHS.items():
        yield name, since - most + 1, until


def _at_one_time(one: Features, two: Features) -> bool:
    spans = []
    for event in (one, two):
        at, long = slot(event), days(event)
        spans.append((at, at + (long or 1) - 1, long is None))
    (start, end, undated), (begin, finish, without) = spans
    if undated and without:
        return abs(start - begin) <= TOLD_WITHIN_DAYS
    if undated:
        return begin - SLACK_DAYS <= start <= finish + TOLD_WITHIN_DAYS
    if without:
        return start - SLACK_DAYS <= begin <= end + TOLD_WITHIN_DAYS
    return begin <= end + SLACK_DAYS and start <= finish + SLACK_DAYS


@lru_cache(maxsize=2_048)
def _at_places(
    kind: str,
    tolls: tuple[tuple[str, int], ...],
    reach: float | None,
    lat: float | None,
    lon: float | None,
    names: tuple[str, ...],
) -> tuple[str, ...]:
    found: list[str] = []
    for family in families(kind):
        found += [f"K{country}.{family}.{toll}" for country, toll in tolls]
        if reach is None:
            found += [f"k{country}.{family}.{toll}" for country, toll in tolls]
            continue
        found += [f"u{name}.{family}" for name in names]
        if lat is None or lon is None:
            found += [f"m{name}.{family}" for name in names]
            continue
        found += [f"{cell}.{family}" for cell in _cells_to_look(reach, lat, lon)]
    return tuple(found)


@lru_cache(maxsize=4_096)
def _cells_to_look(reach: float, lat: float, lon: float) -> tuple[str, ...]:
    found: list[str] = []
    for level, (most, wide) in _LEVELS.items():
        coarse = level == "t" and _level(reach) != "t"
        name, width = (_COARSE, _LEVELS["s"][1]) if coarse else (level, wide)
        found += [f"{name}{cell}" for cell in _cells(lat, lon, reach + most + SLACK_KM, width)]
    return tuple(found)


def _level(reach: float) -> str:
    return next(name for name, (most, _) in _LEVELS.items() if reach <= most)


def _tolls(event: Features) -> list[tuple[str, int]]:
    """The country and the number killed: what an event without a closer place is found by."""
    low = event.killed[0]
    return [(event.country or "", low)] if low else []


def _telling(event: Features) -> list[str]:
    """The keys of the heaviest telling words of the report that is mostly about this event."""
    words = event.report_words
    rare = (word for word in sorted(words, key=lambda word: (-words[word], word)) if rarity(word) >= TELLING_RARITY)
    # Beside the names, which are found further apart; no name begins so.
    return [f"n~{word}" for word in islice(rare, MOST_TELLING)]


def _towns(event: Features) -> list[str]:
    """The towns of a report that is mostly about this event: another may place it in one of them."""
    return sorted(event.places) if event.main else []


def _place_names(event: Features) -> tuple[str, ...]:
    # Several places of one event stand in one name, separated by commas.
    return _folded(event.place_name) if event.place_name else ()


@lru_cache(maxsize=16_384)
def _folded(place: str) -> tuple[str, ...]:
    names = (fold(part) for part in place.split(", ")[:3])
    return tuple(name.replace("{", "").replace("}", "") for name in dict.fromkeys(names) if name)


def _cell(lat: float, lon: float, wide: float) -> str:
    return f"{floor((lat + 90) / wide)},{floor((lon + 180) / wide) % ceil(360 / wide)}"


def _cells(lat: float, lon: float, km: float, wide: float) -> Iterator[str]:
    """The cells that a circle may touch."""
    up = km / _KM_A_DEGREE
    farthest = min(abs(lat) + up, 89.0)
    across = min(up / cos(radians(farthest)), 180.0)
    around = ceil(360 / wide)
    first, last = floor((lon - across + 180) / wide), floor((lon + across + 180) / wide)
    columns = sorted({column % around for column in range(first, min(last, first + around - 1) + 1)})
    for row in range(floor((lat - up + 90) / wide), floor((lat + up + 90) / wide) + 1):
        for column in columns:
            yield f"{row},{column}"
