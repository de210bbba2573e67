"""UCDP GED: its columns, and one row as a foreign event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sayso.comparing import dates
from sayso.comparing.countries import country_code
from sayso.comparing.foreign import COUNTRY, ForeignEvent
from sayso.comparing.kinds import ucdp_types
from sayso.comparing.table import count, degrees, words

_HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
COLUMNS = tuple(_HEADER.split(","))
"""The 49 columns in their order (best, high, low): what a file without a header row is read by."""
NEEDED = ("id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "country", "best", "high", "low")
"""What a file must have to be UCDP's."""
KINDS = {"1": "state-based", "2": "non-state", "3": "one-sided"}
"""UCDP's types of violence as people read them."""
_LONG = 31
"""Days from which on the two dates tell the span by themselves."""


def event(row: Mapping[str, str], number: int) -> ForeignEvent:
    """The event of one row. Raises ``ValueError`` with the name of the column that cannot be used."""
    key = words(row, "id")
    if key is None:
        raise ValueError("id")
    first, last, precision = _when(row)
    violence = str(count(row, "type_of_violence") or "")
    lat, lon = degrees(row, "latitude", 90.0), degrees(row, "longitude", 180.0)
    sides = tuple(name for column in ("side_a", "side_b") if (name := words(row, column)))
    low, best, high = (count(row, column) for column in ("low", "best", "high"))
    return ForeignEvent(
        id=key.removesuffix(".0"),
        dataset="ucdp",
        row=number,
        first=first,
        last=last,
        time_precision=precision,
        place=words(row, "where_coordinates"),
        admin1=words(row, "adm_1"),
        admin2=words(row, "adm_2"),
        country=country_code(words(row, "iso3") or "") or country_code(words(row, "country") or ""),
        lat=lat,
        lon=lon,
        precision=_precision(row) if lat is not None and lon is not None else COUNTRY,
        kind=KINDS.get(violence, ""),
        types=ucdp_types(violence),
        sides=sides,
        killed_low=low,
        killed_best=best,
        killed_high=high,
        source=words(row, "source_original") or words(row, "source_office") or "",
    )


def _precision(row: Mapping[str, str]) -> int:
    found = count(row, "where_prec")
    return found if found is not None and 1 <= found <= 7 else 5


def _when(row: Mapping[str, str]) -> tuple[date, date, str]:
    try:
        first = dates.day(row.get("date_start", ""))
    except (KeyError, ValueError, OverflowError):
        raise ValueError("date_start") from None
    try:
        last = dates.day(row.get("date_end", ""))
    except (KeyError, ValueError, OverflowError):
        raise ValueError("date_end") from None
    if last < first:
        raise ValueError("date_end")
    precision = count(row, "date_prec") or 1
    if precision <= 2:
        return first, last, "day" if first == last else "days"
    if precision == 3:
        return _within(first, last, dates.week(first)) if first == last else (first, last, "week")
    if (last - first).days >= _LONG:
        return first, last, "month" if precision == 4 else "year"
    if precision == 4:
        return _within(first, last, (dates.month(first)[0], dates.month(last)[1]), "month")
    return _within(first, last, (dates.year(first)[0], dates.year(last)[1]), "year")


def _within(first: date, last: date, span: tuple[date, date], precision: str = "week") -> tuple[date, date, str]:
    """The dates, widened to the span that the precision speaks of."""
    return min(first, span[0]), max(last, span[1]), precision
