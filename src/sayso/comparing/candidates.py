"""Which incidents may be which foreign events: an index of days and cells of the map, never all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, floor, radians

from sayso.comparing.telling import REGION, Telling

CELL_KM = 111.2
"""The width of a cell: one degree of latitude. No two exact places that may match are farther apart than this."""
SLACK_DAYS = 2
MOST_DAYS = 31
"""An event that may have been on more days than this is not compared."""
MOST_VAGUE_DAYS = 7
"""The same for one whose place is no closer than a region."""

Key = tuple[str, int, int]


def too_vague(event: Telling) -> bool:
    """Whether so little is known of when and where that no one-to-one match could be shown."""
    return event.days > (MOST_VAGUE_DAYS if event.precision >= REGION else MOST_DAYS)


class Index:
    """Events by day and by cell, for exact places, and by day and country, for all and for vague ones."""

    def __init__(self, events: Sequence[Telling]) -> None:
        self._by: dict[tuple[Key, int], list[int]] = defaultdict(list)
        for number, event in enumerate(events):
            if too_vague(event):
                continue
            for key in _keys(event):
                for day in range(event.first, event.last + 1):
                    self._by[key, day].append(number)

    def near(self, event: Telling) -> Iterator[int]:
        """The numbers of events that may be this one, ascending, each once."""
        days = range(event.first - SLACK_DAYS, event.last + SLACK_DAYS + 1)
        found: set[int] = set()
        for key in _asked(event):
            for day in days:
                found.update(self._by.get((key, day), ()))
        return iter(sorted(found))


def _keys(event: Telling) -> list[Key]:
    country = event.country or ""
    keys: list[Key] = [(f"all {country}", 0, 0)]
    if event.precision >= REGION or event.lat is None or event.lon is None:
        return [*keys, (f"vague {country}", 0, 0)]
    return [*keys, _cell(event.lat, event.lon)]


def _asked(event: Telling) -> list[Key]:
    country = event.country or ""
    if event.precision >= REGION or event.lat is None or event.lon is None:
        return [(f"all {country}", 0, 0)]
    return [*_around(event.lat, event.lon), (f"vague {country}", 0, 0)]


def _cell(lat: float, lon: float) -> Key:
    row = floor(lat)
    return ("cell", row, floor((lon + 180.0) / _degrees(row)))


def _degrees(row: int) -> float:
    """How many degrees of longitude a cell of this row is wide: the same distance at the end that is nearer a pole."""
    return min(360.0, 1.0 / max(cos(radians(min(89.0, max(abs(row), abs(row + 1))))), 0.003))


def _around(lat: float, lon: float) -> list[Key]:
    found: list[Key] = []
    for row in range(floor(lat) - 1, floor(lat) + 2):
        width = _degrees(row)
        columns = floor(360.0 / width)
        middle = floor((lon + 180.0) / width)
        # Beyond the date line the cells go on at the other side.
        found += [("cell", row, column % (columns + 1)) for column in range(middle - 1, middle + 2)]
        if middle in (0, columns):
            found.append(("cell", row, 0 if middle else columns - 1))
    return list(dict.fromkeys(found))
