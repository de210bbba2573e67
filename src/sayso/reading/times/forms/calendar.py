"""Forms of the calendar: days, months, years, decades, centuries."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.reading.times.story import story_year
from sayso.reading.times.timex import (
    ANCIENT_REASON,
    HANGS,
    MONTHS,
    Found,
    Timex,
    dated,
    dated_day,
    era_year,
    with_mod,
    year_of,
)
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import (
    add_days,
    add_months,
    extent,
    safe_date,
)

OLD_YEAR, RECENT_YEAR, LAST_YEAR = 1500, 1800, 2050
"""Four figures that stand alone are a year from here on in narratives, and elsewhere, and up to here."""
FAR_DAYS, FAR_MONTHS, FARTHEST_DAYS = 240, 7, 300
"""A day or month further back than this is not meant without its year, where the tense is not known; a day
beyond the farthest not in any tense."""


ABOUT_DAYS = 2
LAST_IS_TWO = '"last" may also mean that of {year}'
"""Why the month or season before the present one is no certain reading of "last"."""


def calendar(found: Found) -> Timex | None:
    """Day and month, or weekday and day of the month, with or without a year."""
    month = found.number("date", *MONTHS)
    day = found.number("day") or _day_number(found)
    if day is None or not 1 <= day <= 31 or _is_name(found):
        return None
    year = year_of(found)
    if year is not None and month is not None:
        return dated_day(safe_date(year, month, day))
    if month is None:
        return None if found.rule == "day_of_month" and _counts(found) else _day_of_month(found, day)
    weekday = found.number("weekday")
    candidates = [found.context.now().year + shift for shift in (-1, 0, 1)]
    days = [safe for safe in (safe_date(year, month, day) for year in candidates if 1 <= year <= 9999) if safe]
    if weekday:
        days = [safe for safe in days if safe.isoweekday() == weekday] or days
    if not days and (month, day) == (2, 29):
        days = [
            safe
            for year in range(candidates[0] - 3, candidates[2] + 3)
            if year > 0 and (safe := safe_date(year, 2, 29))
        ]
    return dated_day(_nearest(found, days)) if days else None


def _is_name(found: Found) -> bool:
    """Whether the date is the name of a street, a brigade and the like."""
    behind = found.context.tokens[found.last : found.last + 2]
    if behind and behind[0].name in ("ordinal", "n12", "n24", "n31"):
        behind = behind[1:]
    return bool(behind) and behind[0].capital and behind[0].text in found.context.lexicon.cue("named_after")


def _day_number(found: Found) -> int | None:
    day = found.number("date", "ordinal", "n12", "n24", "n31")
    if day is not None:
        return day
    spoken = [
        token for token in found.tokens("date") if token.name in ("first", "second", "ordinal_word", "number_word")
    ]
    return sum(int(token.value) for token in spoken) or None


def _nearest(found: Found, days: list[date]) -> date:
    """Of the days that a partial date may be, the one that the clause means.

    A day long past is said with its year: without one, and with no tense that speaks against it, the near future wins.
    """
    context = found.context
    now = context.now()
    told = story_year(context, days[0].month)
    if told is not None:
        return min(days, key=lambda day: (abs(day.year - told), day))
    direction = found.direction()
    behind = max((day for day in days if day <= now), default=None)
    ahead = min((day for day in days if day > now), default=None)
    if behind is None or ahead is None:
        return behind or ahead or days[0]
    if now - behind <= timedelta(days=1):
        return behind
    if direction == "future":
        return ahead if (ahead - now).days <= FAR_DAYS else behind
    far = (now - behind).days > FAR_DAYS
    if (now - behind).days > FARTHEST_DAYS:
        return ahead
    told_past = direction == "past" and context.near_past(found.first, found.last)
    told_past = told_past and not context.leans_ahead(found.first)
    return ahead if far and not told_past else behind


def _day_of_month(found: Found, day: int) -> Timex | None:
    """A bare day ("the 28th"): of the month told last in a narrative, else the nearest one back (or ahead)."""
    context = found.context
    now = context.now()
    if context.narrative and context.told:
        return dated_day(safe_date(now.year, now.month, day))
    weekday = found.number("weekday")
    shifts = range(13) if found.direction() == "future" else range(0, -13, -1)
    for shift in shifts:
        month = add_months(now.replace(day=1), shift)
        candidate = safe_date(month.year, month.month, day)
        if candidate is None or (weekday and candidate.isoweekday() != weekday):
            continue
        if (candidate >= now) if shifts.step > 0 else (candidate <= now):
            return dated_day(candidate)
    return None


def about(found: Found) -> Timex | None:
    """About a date: a day may be two off, a longer period its own length."""
    whole = found.within("whole")
    if whole is None or whole.start is None or whole.end is None:
        return None
    width = max((whole.end - whole.start).days, ABOUT_DAYS)
    precision = "days" if whole.precision == "day" else whole.precision
    start, end = add_days(whole.start, -width), add_days(whole.end, width)
    return whole._replace(mod="APPROX", start=start, end=end, precision=precision)


def iso(found: Found) -> Timex | None:
    """An ISO 8601 date or date and time."""
    value = found.text("iso").upper().rstrip("Z")
    return dated(value[:16])


def numeric(found: Found) -> Timex | None:
    """A date in figures, where only one order of day and month is possible; else refused with both."""
    parts = re.split(r"[/.-]", found.text("numeric"))
    if len(parts[0]) == 4:
        return dated_day(safe_date(*(int(part) for part in parts)))
    first, second, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year += 2000 if year <= (found.context.published.year + 1) % 100 else 1900
    if "." in found.text("numeric"):
        # Where figures are parted by full stops, the day is written first.
        return dated_day(safe_date(year, second, first))
    both = {day for day in (safe_date(year, first, second), safe_date(year, second, first)) if day}
    if len(both) == 1:
        return dated_day(both.pop())
    if not both:
        return None
    return Timex("DATE", f"{year:04d}-XX-XX", reason="day and month may be the other way round")


def month(found: Found) -> Timex | None:
    """A month, with its year or nearest to what it is read against."""
    number = found.number("month", *MONTHS)
    if number is None or _is_name(found):
        return None
    year = year_of(found)
    rel = found.token("rel")
    if year is None and found.token("year"):
        told = found.token("year", "that", "same", "previous", "following") is not None
        return Timex("DATE", f"XXXX-{number:02d}", reason=HANGS) if told else None
    if year is None:
        year = _month_year(found, number, rel)
    if year is None or not 1 <= year <= 9999:
        return None
    timex = dated(f"{year:04d}-{number:02d}", future=found.direction() == "future")
    if timex is not None and rel is not None and rel.name == "last" and year == found.context.published.year:
        return timex._replace(reason=LAST_IS_TWO.format(year=year - 1))
    return timex


def _month_year(found: Found, number: int, rel: Token | None) -> int:
    now, context = found.context.now(), found.context
    if rel is not None and rel.name in ("last", "previous"):
        return now.year if number < now.month else now.year - 1
    if rel is not None and rel.name in ("next", "coming", "following"):
        return now.year if number > now.month else now.year + 1
    if rel is not None and rel.name == "this":
        return now.year
    told = story_year(context, number)
    if told is not None:
        return told
    direction = found.direction()
    if direction == "future":
        return now.year if number >= now.month else now.year + 1
    back = (now.month - number) % 12
    told_past = direction == "past" and context.near_past(found.first, found.last)
    told_past = told_past and not context.leans_ahead(found.first)
    if back > FAR_MONTHS and not told_past:
        return now.year if number > now.month else now.year + 1
    return now.year if number <= now.month else now.year - 1


def year(found: Found) -> Timex | None:
    """A year of four figures, or of two after an apostrophe; figures that count something are refused."""
    token = found.token("year")
    unit = found.token("unit")
    if token is None or (unit is not None and unit.value not in ("Y", "Q", "period")):
        return None
    if token.name == "short_year":
        short, century = int(token.text[-2:]), found.context.now().year // 100 * 100
        ahead = century + short > found.context.now().year + 1
        return dated(f"{century + short - (100 if ahead else 0):04d}")
    if found.rule == "year" and not _is_year(found):
        return None
    number = year_of(found)
    if number is None:
        return None
    quarter = found.context.quarter if found.rule == "year_period" else None
    return dated(f"{number:04d}{quarter[4:] if quarter else ''}")


def _is_year(found: Found) -> bool:
    """Whether four figures stand where a year can: after a preposition, or with no noun that they could count."""
    tokens, at = found.context.tokens, found.first
    before = tokens[at - 1].name if at else "paragraph"
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    number = int(tokens[at].value)
    if before == "at_least" and at > 2 and tokens[at - 3].name in ("since", "until", "from"):
        return True
    ends = following is None or following.name in ("dot", "comma", "paragraph")
    counting = before in _NO_YEAR_AFTER and not (before == "approx" and (found.context.narrative or ends))
    if counting or (following is not None and following.name in _NO_YEAR_BEFORE):
        return False
    if before == "hyphen" or (following is not None and following.name in ("hyphen", "dash")):
        return True
    plain = following is None or following.name != "word"
    oldest = OLD_YEAR if found.context.narrative else RECENT_YEAR
    if not oldest <= number <= LAST_YEAR and not (before in _YEAR_AFTER and (plain or number >= OLD_YEAR)):
        return False
    counted = (
        following is not None
        and following.name == "word"
        and not following.capital
        and following.text.endswith(found.context.lexicon.plural_endings)
    )
    return not counted or before in _YEAR_AFTER


_FIGURES = frozenset(["n0", "n12", "n24", "n31", "n59", "n99", "big", "decimal", "clock", "year4"])
_NO_YEAR_AFTER = _FIGURES | {"money", "year_head", "over", "than", "approx", "almost", "at", "at_least", "up"}
_NO_YEAR_BEFORE = frozenset(
    ["numdate", "isodate", "unit", "units", "percent", "meridiem", "zone", "scale", "counted", "vague", "month"]
)
_YEAR_AFTER = frozenset(
    ["in", "into", "since", "until", "by", "from", "of", "before", "after", "early", "late", "mid", "hyphen", "edge"]
)


def era(found: Found) -> Timex | None:
    """A year with its era: 490 BC, AD 70; also the first of two such years."""
    figure, context = found.token("year"), found.context
    name = found.token("era") or next((t for t in context.tokens[found.last :][:3] if t.name == "era"), None)
    number = era_year(figure, name) if figure is not None and name is not None else None
    return dated(f"{number:04d}") if number is not None else None


def era_first(found: Found) -> Timex | None:
    """A year after its era, which only the common one has: AD 79."""
    name = found.token("era")
    return era(found) if name is not None and name.value == "AD" else None


def year_follow(found: Found) -> Timex | None:
    """The second year of "1915-17", in the century of the first."""
    first, number = int(found.context.tokens[found.first - 2].value), found.number("year")
    if number is None or not first % 100 < number <= 99 or len(found.text("year")) != 2:
        return None
    return dated(f"{first // 100 * 100 + number:04d}")


def day_follow(found: Found) -> Timex | None:
    """The second day of "May 3-5": only straight after a day of that month, and with no noun that it could count."""
    context = found.context
    previous = extent(context.last_value) if context.last_token == found.first - 1 else None
    day = found.number("day")
    following = context.tokens[found.last] if found.last < len(context.tokens) else None
    if previous is None or day is None or previous.precision != "day" or day <= previous.start.day:
        return None
    if _counts(found) or (following is not None and following.name in _NO_DAY_BEFORE):
        return None
    year = year_of(found) or previous.start.year
    return dated_day(safe_date(year, previous.start.month, day))


_NO_DAY_BEFORE = ("counted", "unit", "units", "percent", "hyphen", "month", "scale")


def _counts(found: Found) -> bool:
    """Whether a noun may follow that a bare number counts or an ordinal tells apart."""
    tokens = found.context.tokens
    following = tokens[found.last] if found.last < len(tokens) else None
    return (
        following is not None
        and following.name == "word"
        and following.text not in found.context.lexicon.cue("closing")
    )


def spoken_year(found: Found) -> Timex | None:
    """A year in words: nineteen ninety-six."""
    number = year_of(found)
    return dated(f"{number:04d}") if number is not None and number % 1000 else None


def decade(found: Found) -> Timex | None:
    """The 1980s, the '90s, the nineties."""
    token = found.token("decade")
    if token is None:
        return None
    if token.name == "decade_word":
        number = int(token.value)
    else:
        digits = re.sub(r"\D", "", token.text)
        if found.token("era") is not None:
            return Timex("DATE", f"BC{digits[:-1].zfill(3)}", reason=ANCIENT_REASON)
        if len(digits) == 4:
            return with_mod(found, digits[:3])
        number = int(digits)
    century = found.context.now().year // 100 * 100
    if century + number > found.context.published.year:
        century -= 100
    return with_mod(found, f"{(century + number) // 10:03d}")


def century(found: Found) -> Timex | None:
    """The 19th century: value 18."""
    unit = found.token("unit")
    if unit is None or unit.value != "C":
        return None
    number = sum(int(token.value) for token in found.tokens("century") if not isinstance(token.value, str))
    if found.token("era") is not None:
        return Timex("DATE", f"BC{number - 1:02d}", reason=ANCIENT_REASON)
    return with_mod(found, f"{number - 1:02d}") if number > 1 else None
