"""Dates of feasts that reports name: Easter, and feasts of the tabular Islamic calendar."""

from __future__ import annotations

from datetime import date, timedelta

_ISLAMIC_EPOCH = 227014
"""Proleptic Gregorian ordinal of 1 Muharram AH 1 less one (civil epoch, 19 July 622 Gregorian is ordinal 227015)."""
MOON_DAYS = 1
"""How many days local sightings of the moon may differ from the tabular calendar, either way."""


def easter(year: int) -> date:
    """Easter Sunday of the western churches (anonymous Gregorian algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skip = century // 4, century % 4
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skip + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches (Meeus), in the Gregorian calendar; right from 1 March 200 on."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    late = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=late)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The first, second, … weekday (ISO number) of a month; the last where ``which`` is -1."""
    if which < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=(following.isoweekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))


def islamic(year: int, month: int, day: int) -> date:
    """The Gregorian date of a day of the tabular Islamic (civil) calendar; days of sighting may differ by one."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day
    return date.fromordinal(_ISLAMIC_EPOCH + days)


def islamic_year(day: date) -> int:
    """The Islamic year in which a Gregorian date falls, by the tabular calendar."""
    year = int((day.toordinal() - _ISLAMIC_EPOCH) / 354.367) + 1
    return year if islamic(year, 1, 1) <= day else year - 1
