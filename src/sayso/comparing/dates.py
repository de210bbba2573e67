"""Days as ACLED and UCDP write them, and how far such a day reaches."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})[- ,]+(\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
WEEK = timedelta(days=6)


def day(text: str) -> date:
    """The day of "2021-07-05", "05-07-2021", "05 July 2021", "5-Jul-2021" or "25/07/2021".

    Raises ``ValueError`` for what is no day, and for "05/07/2021", which could be two.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(text):
        return date(int(found[3]), _MONTHS[found[2][:3].lower()], int(found[1]))
    if found := _SLASHES.fullmatch(text):
        one, two, year = map(int, found.groups())
        if max(one, two) <= 12 and one != two:
            raise ValueError(text)
        return date(year, min(one, two) if one != two else one, max(one, two))
    raise ValueError(text)


def week(of: date) -> tuple[date, date]:
    """Every week that holds the day, wherever weeks begin: six days to either side."""
    return of - WEEK, of + WEEK


def month(of: date) -> tuple[date, date]:
    """The calendar month of a day."""
    return of.replace(day=1), of.replace(day=calendar.monthrange(of.year, of.month)[1])


def year(of: date) -> tuple[date, date]:
    """The calendar year of a day."""
    return date(of.year, 1, 1), date(of.year, 12, 31)
