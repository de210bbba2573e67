"""Publication dates as people and machines write them, to ISO 8601; an ambiguous one is refused, not guessed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from sayso.errors import SaysoError
from sayso.sources import settings

_NAMES = [name.lower() for name in calendar.month_name[1:]]
MONTHS = {form: number for number, name in enumerate(_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)"

_ISO = re.compile(r"(\d{1,6})([-/.]?)(\d{2})\2(\d{2})")
_ISO_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?)")
_DAY_MONTH = re.compile(rf"{WEEKDAY}?(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s+(\d{{1,6}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{WEEKDAY}?({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{1,6}})", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4,6})")


def month_number(word: str) -> int:
    """The number of a month from its English name or abbreviation, with or without a full stop."""
    return MONTHS[word.rstrip(".").lower()]


def parse_date(words: str, source: str = "the report") -> str:
    """The ISO 8601 day (or minute with offset, where the words hold one) that the words name.

    ``source`` names the report in errors. Raises ``SaysoError`` S104 where the words are no calendar date between
    ``settings.FIRST_YEAR`` and ``LAST_YEAR``, and S106 where day and month could be exchanged.
    """
    words = " ".join(words.split())[:100]
    if _ISO_MINUTE.fullmatch(words):
        return _minute(words, source)
    if _RFC_2822.fullmatch(words):
        return _checked_minute(parsedate_to_datetime, words, source)
    if match := _ISO.fullmatch(words):
        return calendar_day(int(match[1]), int(match[3]), int(match[4]), words, source)
    if match := _DAY_MONTH.fullmatch(words):
        return calendar_day(int(match[3]), month_number(match[2]), int(match[1]), words, source)
    if match := _MONTH_DAY.fullmatch(words):
        return calendar_day(int(match[3]), month_number(match[1]), int(match[2]), words, source)
    if match := _NUMBERS.fullmatch(words):
        return _day_of_numbers(int(match[1]), int(match[3]), int(match[4]), words, source)
    raise _impossible(words, source)


def calendar_day(year: int, month: int, day: int, words: str, source: str) -> str:
    """The ISO 8601 day, if the calendar and the settings allow it; raises ``SaysoError`` S104."""
    if not settings.FIRST_YEAR <= year <= settings.LAST_YEAR:
        raise _impossible(words, source)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise _impossible(words, source) from None


def day_in_year_before(month: int, day: int, base: str) -> str | None:
    """The latest day of this month and number that is not after ``base`` (ISO 8601) by more than the allowed days."""
    limit = date.fromisoformat(base[:10]) + timedelta(days=settings.FUTURE_DAYS)
    # Nine years back at most: 29 February can be eight years away, around 1900 and 2100.
    for year in range(limit.year, limit.year - 9, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= limit:
            return candidate.isoformat()
    return None


def refuse_future(published: str, today: date, source: str) -> None:
    """Raise ``SaysoError`` S105 where the day of ``published`` is ahead of ``today`` by more than the allowed days."""
    if date.fromisoformat(published[:10]) > today + timedelta(days=settings.FUTURE_DAYS):
        raise SaysoError("S105", name=source, value=published)


def _day_of_numbers(first: int, second: int, year: int, words: str, source: str) -> str:
    if first <= 12 and second <= 12 and first != second:
        raise SaysoError("S106", name=source, value=words)
    day, month = (second, first) if second > 12 else (first, second)
    return calendar_day(year, month, day, words, source)


def _minute(words: str, source: str) -> str:
    # A clock time without an offset names no instant; the day is what is sure.
    if not re.search(r"(?:Z|[+-]\d\d:?\d\d)$", words[11:], re.IGNORECASE):
        return parse_date(words[:10], source)
    return _checked_minute(datetime.fromisoformat, words.upper().replace(" ", "T"), source)


def _checked_minute(parse: Callable[[str], datetime], words: str, source: str) -> str:
    try:
        moment = parse(words)
    except (ValueError, OverflowError):
        raise _impossible(words, source) from None
    calendar_day(moment.year, moment.month, moment.day, words, source)
    return moment.isoformat(timespec="minutes")


def _impossible(words: str, source: str) -> SaysoError:
    return SaysoError("S104", name=source, value=words, first=settings.FIRST_YEAR, last=settings.LAST_YEAR)
