"""Forms of seasons, quarters and feasts."""

from __future__ import annotations

import re
from datetime import date

from sayso.reading.times import holidays
from sayso.reading.times.forms.calendar import LAST_IS_TWO
from sayso.reading.times.lexicon import Holiday
from sayso.reading.times.story import story_year
from sayso.reading.times.timex import (
    Found,
    Timex,
    dated,
    year_of,
)
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import (
    Extent,
    add_days,
    add_months,
    quarter_value,
    safe_date,
)

SEASONS = ("season", "season_weak", "spring")


def season(found: Found) -> Timex | None:
    """A season of a named year, or nearest to what it is read against."""
    token = found.token("season", *SEASONS)
    if token is None:
        return None
    stated = year_of(found)
    if stated is None and found.token("year"):
        return None
    if found.rule == "season_years":
        return _two_years(found, str(token.value))
    now = found.context.now()
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    rel = found.token("rel")
    story = story_year(found.context, starts[str(token.value)], True) if stated is None and rel is None else None
    if story is not None:
        stated = story
    if stated is None:
        begins = starts[str(token.value)]
        stated = now.year
        if rel is not None and rel.name in ("last", "previous"):
            stated -= begins + 2 >= now.month
        elif rel is not None and rel.name in ("next", "coming", "following"):
            stated += begins <= now.month
        elif begins > now.month and rel is None and found.direction() == "past":
            stated -= 1
        elif begins + 2 < now.month and rel is None and found.direction() == "future":
            stated += 1
    future = found.direction() == "future" or (rel is not None and rel.name in ("next", "coming"))
    timex = dated(f"{stated:04d}-{token.value}", future=future)
    if timex is not None and rel is not None and rel.name == "last" and stated == now.year:
        return timex._replace(reason=LAST_IS_TWO.format(year=stated - 1))
    return timex


def _two_years(found: Found, code: str) -> Timex | None:
    """The winter of 2014-15, which runs from December to March."""
    year, last = found.number("year"), found.number("next")
    if year is None or last is None or code != "WI" or last % 100 != (year + 1) % 100:
        return None
    timex = dated(f"{year:04d}-{code}")
    return timex and timex._replace(start=date(year, 12, 1))


def half_year(found: Found) -> Timex | None:
    """The first or second half of a year."""
    year = year_of(found)
    half = found.token("ordinal")
    if year is None or half is None:
        return None
    return dated(f"{year:04d}-H{1 if half.name in ('first', 'early') else 2}")


def quarter(found: Found) -> Timex | None:
    """The third quarter, of a year named or the nearest; also halves by their ordinal."""
    unit, ordinal = found.token("unit"), found.token("ordinal")
    if unit is None or unit.value != "Q" or ordinal is None:
        return None
    now = found.context.published
    stated = year_of(found)
    if ordinal.name in ("last", "latest"):
        return dated(quarter_value(add_months(now, -3)))
    if isinstance(ordinal.value, str) or not 1 <= int(ordinal.value) <= 4:
        return None
    number = int(ordinal.value)
    if stated is None:
        stated = now.year
        future = found.direction() == "future"
        if number * 3 - 2 > now.month and not future:
            stated -= 1
    return dated(f"{stated:04d}-Q{number}", future=found.direction() == "future")


def year_before(found: Found) -> Timex | None:
    """The same period of the year before ("the year-earlier quarter"), by the quarter told last where there is one."""
    unit, context = found.token("unit"), found.context
    if unit is None or unit.value != "Y":
        return None
    told, ordinal = re.fullmatch(r"(\d{4})(-Q\d)", context.quarter or ""), found.number("ordinal")
    year = (int(told[1]) if told else context.published.year) - 1
    if ordinal is not None:
        return dated(f"{year:04d}-Q{ordinal}")
    if told is None and found.token("whole", "unit") is not None:
        return dated(quarter_value(add_months(context.published, -15)))
    return dated(f"{year:04d}{told[2] if told else ''}")


def holiday(found: Found) -> Timex | None:
    """A feast, of a named year or the nearest one back (or ahead)."""
    token = found.token("holiday")
    if token is None:
        return None
    entry = _holiday_entry(found, token)
    if entry is None:
        return None
    now, stated = found.context.now(), year_of(found)
    rel = found.token("rel")
    years = [stated] if stated else [now.year + shift for shift in (-1, 0, 1)]
    options = [days for year in years for days in _holiday_days(entry, year)]
    if not options:
        return None
    ahead = found.direction() == "future" or (rel is not None and rel.name == "next")
    if stated is None:
        fitting = [days for days in options if (days.end >= now if ahead else days.start <= now)]
        options = (fitting[:1] if ahead else fitting[-1:]) or options[:1]
    days = options[0]
    if entry.islamic:
        value = (
            f"{days.start.year:04d}-{days.start.month:02d}"
            if days.precision == "month"
            else f"{days.start.year:04d}-XX-XX"
        )
        reason = "the date rests on the sighting of the moon: widened by a day on both sides"
        return Timex("DATE", value, None, days.start, days.end, "days", reason, future=ahead)
    return Timex("DATE", days.start.isoformat(), None, days.start, days.end, "day", future=ahead)


def _holiday_entry(found: Found, token: Token) -> Holiday | None:
    entries = found.context.lexicon.holidays[str(token.value)]
    return next((entry for entry in entries if re.fullmatch(entry.phrase.pattern, token.text, re.IGNORECASE)), None)


def _holiday_days(entry: Holiday, year: int) -> list[Extent]:
    if not 1 < year < 9998:
        return []
    if entry.islamic:
        return _islamic_days(entry.islamic, year)
    day: date | None
    if entry.easter is not None:
        day = add_days(holidays.easter(year), entry.easter)
    elif entry.orthodox is not None:
        day = add_days(holidays.orthodox_easter(year), entry.orthodox)
    elif entry.nth is not None:
        day = holidays.nth_weekday(year, *entry.nth)
    else:
        month, _, number = (entry.value or "").partition("-")
        day = safe_date(year, int(month), int(number))
    return [Extent(day, day, "day")] if day else []


def _islamic_days(span: tuple[int, int, int, int], year: int) -> list[Extent]:
    """The days of a feast whose first day falls in a Gregorian year (two of them once in 33 years)."""
    if not 1900 <= year <= 2100:
        return []
    first = holidays.islamic_year(date(year, 1, 1))
    found = []
    for islamic in (first, first + 1):
        start = holidays.islamic(islamic, span[0], span[1])
        end = holidays.islamic(islamic, span[2], span[3])
        if start.year == year:
            found.append(Extent(add_days(start, -holidays.MOON_DAYS), add_days(end, holidays.MOON_DAYS), "days"))
    return found
