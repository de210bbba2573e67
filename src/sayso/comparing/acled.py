"""ACLED: its columns of today and of before March 2023, and one row as a foreign event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sayso.comparing import dates
from sayso.comparing.countries import country_code, numbered_country
from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.kinds import acled_types
from sayso.comparing.table import count, degrees, words

_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
COLUMNS = tuple(_HEADER.split(","))
"""The 31 columns in their order: what a file without a header row is read by."""
NEEDED = ("event_date", "event_type", "country", "latitude", "longitude", "fatalities")
"""What a file must have besides an id to be ACLED's."""
IDS = ("event_id_cnty", "event_id_no_cnty", "data_id")
"""The columns that may hold an event's id, the best first; the last two were removed in March 2023."""
PLACES = {1: 1, 2: 3, 3: 4}
"""ACLED's geo_precision as UCDP where_prec: a town; part of a region or near a town; a larger region."""


def event(row: Mapping[str, str], number: int) -> ForeignEvent:
    """The event of one row. Raises ``ValueError`` with the name of the column that cannot be used."""
    key = next((found for column in IDS if (found := words(row, column))), None)
    if key is None:
        raise ValueError(IDS[0])
    first, last, precision = _when(row)
    lat, lon = degrees(row, "latitude", 90.0), degrees(row, "longitude", 180.0)
    killed = count(row, "fatalities")
    known = killed or None
    sides = tuple(name for column in ("actor1", "actor2") if (name := words(row, column)))
    return ForeignEvent(
        id=key,
        dataset="acled",
        row=number,
        first=first,
        last=last,
        time_precision=precision,
        place=words(row, "location"),
        admin1=words(row, "admin1"),
        admin2=words(row, "admin2"),
        country=country_code(words(row, "iso3") or "")
        or country_code(words(row, "country") or "")
        or numbered_country(count(row, "iso")),
        lat=lat,
        lon=lon,
        precision=PLACES.get(count(row, "geo_precision") or 1, 4) if lat is not None and lon is not None else 6,
        kind=words(row, "sub_event_type") or words(row, "event_type") or "",
        types=acled_types(words(row, "event_type") or "", words(row, "sub_event_type") or ""),
        sides=sides,
        killed_low=known,
        killed_best=killed,
        killed_high=known,
        source=words(row, "source") or "",
    )


def _when(row: Mapping[str, str]) -> tuple[date, date, str]:
    try:
        day = dates.day(row.get("event_date", ""))
        precision = count(row, "time_precision") or 1
        if precision == 1:
            return day, day, "day"
        return (*dates.week(day), "week") if precision == 2 else (*dates.month(day), "month")
    except (KeyError, ValueError, OverflowError):
        raise ValueError("event_date") from None
