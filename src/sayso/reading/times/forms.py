"""From a matched pattern to a TIMEX3 value and the days that it allows: one function a form.

Each takes the match and the context and returns a ``Timex``, or ``None`` where the words are no time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from sayso.model import TimePrecision
from sayso.reading.times import holidays
from sayso.reading.times.context import Context
from sayso.reading.times.lexicon import Holiday
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import (
    Extent,
    add_days,
    add_months,
    extent,
    narrowed,
    quarter_value,
    safe_date,
    season_value,
    week_value,
)

HANGS = "hangs on an event or time that the reading must find"
VAGUE = "the words give no date"
Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["after", "before", "since", "until"]


class Timex(NamedTuple):
    """What an expression says: a TIMEX3 and, where the words allow one, an extent with open ends as ``None``."""

    kind: Kind
    value: str
    mod: str | None = None
    start: date | None = None
    end: date | None = None
    precision: TimePrecision = "unknown"
    reason: str | None = None
    relation: Relation | None = None
    offset: tuple[int, int] | None = None
    future: bool = False
    """The words speak of what is to come: the extent may lie after publication."""


class Found(NamedTuple):
    """A pattern's match: token indexes of the whole and of its named groups."""

    rule: str
    first: int
    last: int
    match: re.Match[str]
    context: Context

    def tokens(self, group: str) -> list[Token]:
        """The tokens of a group; none where the group is absent."""
        if group not in self.match.re.groupindex:
            return []
        start, end = self.match.span(group)
        return self.context.tokens[start:end] if start >= 0 else []

    def token(self, group: str, *names: str) -> Token | None:
        """The first token of a group, of one of the classes where any are given."""
        return next((token for token in self.tokens(group) if not names or token.name in names), None)

    def number(self, group: str, *names: str) -> int | None:
        """The lexicon's number of a group's first token."""
        token = self.token(group, *names)
        return int(token.value) if token is not None and not isinstance(token.value, str) else None

    def text(self, group: str) -> str:
        """The lower-case words of a group."""
        return " ".join(token.text for token in self.tokens(group))

    def within(self, group: str) -> Timex | None:
        """What the words of a group say by themselves."""
        from sayso.reading.times.scan import read_range

        start, end = self.match.span(group)
        return read_range(self.context, start, end)

    def direction(self) -> str:
        """Tense of the clause."""
        return self.context.direction(self.first, self.last)


Build = Callable[[Found], Timex | None]


def dated(value: str, mod: str | None = None, kind: Kind | None = None, future: bool = False) -> Timex | None:
    """A timex whose extent is that of its value, narrowed by its mod."""
    days = extent(value)
    if days is None:
        return None
    days = narrowed(days, mod)
    kind = kind or ("TIME" if "T" in value else "DATE")
    return Timex(kind, value, mod, days.start, days.end, days.precision, future=future)


def day_value(day: date, part: str = "") -> str:
    """The value of a day, and of a part of it."""
    return f"{day.isoformat()}T{part}" if part else day.isoformat()


# --- calendar


def calendar(found: Found) -> Timex | None:
    """Day and month, or weekday and day of the month, with or without a year."""
    month = found.number("date", "month", "month_weak")
    day = found.number("day") or _day_number(found)
    if day is None or not 1 <= day <= 31:
        return None
    year = _year_of(found)
    if year is not None and month is not None:
        return _dated_day(safe_date(year, month, day))
    if month is None:
        return _day_of_month(found, day)
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
    return _dated_day(_nearest(found, days)) if days else None


def _day_number(found: Found) -> int | None:
    day = found.number("date", "ordinal", "n12", "n24", "n31")
    if day is not None:
        return day
    spoken = [
        token for token in found.tokens("date") if token.name in ("first", "second", "ordinal_word", "number_word")
    ]
    return sum(int(token.value) for token in spoken) or None


def _dated_day(day: date | None) -> Timex | None:
    return dated(day.isoformat()) if day else None


def _year_of(found: Found, group: str = "year") -> int | None:
    """The year of a group: in figures, or "last year" and the like."""
    token = found.token(group)
    if token is None:
        return None
    if token.name == "year4":
        return int(token.value)
    unit = found.token(group, "unit")
    if unit is None or unit.value != "Y":
        return None
    shift = found.number(group, "last", "this", "next", "previous") or 0
    told = found.token(group, "that", "same", "previous", "after") is not None
    base = found.context.now() if told else found.context.published
    return base.year + (1 if found.token(group, "after") else shift)


def _nearest(found: Found, days: list[date]) -> date:
    """Of the days that a partial date may be, the one that the clause means."""
    context = found.context
    now = context.now()
    if context.narrative and context.told:
        return min(days, key=lambda day: (abs((day - now).days - 90), day))
    if found.direction() == "future":
        ahead = [day for day in days if day >= now]
        return min(ahead or days, key=lambda day: abs((day - now).days))
    behind = [day for day in days if day <= now]
    return max(behind) if behind else min(days)


def _day_of_month(found: Found, day: int) -> Timex | None:
    """ "the 28th": of the month told last in a narrative, else the nearest one back (or ahead)."""
    context = found.context
    now = context.now()
    if context.narrative and context.told:
        return _dated_day(safe_date(now.year, now.month, day))
    weekday = found.number("weekday")
    shifts = range(13) if found.direction() == "future" else range(0, -13, -1)
    for shift in shifts:
        month = add_months(now.replace(day=1), shift)
        candidate = safe_date(month.year, month.month, day)
        if candidate is None or (weekday and candidate.isoweekday() != weekday):
            continue
        if (candidate >= now) if shifts.step > 0 else (candidate <= now):
            return _dated_day(candidate)
    return None


def iso(found: Found) -> Timex | None:
    """An ISO 8601 date or date and time."""
    value = found.text("iso").upper().rstrip("Z")
    return dated(value[:16])


def numeric(found: Found) -> Timex | None:
    """A date in figures, where only one order of day and month is possible; else refused with both."""
    parts = re.split(r"[/.-]", found.text("numeric"))
    if len(parts[0]) == 4:
        return _dated_day(safe_date(*(int(part) for part in parts)))
    first, second, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year += 2000 if year <= (found.context.published.year + 1) % 100 else 1900
    both = {day for day in (safe_date(year, first, second), safe_date(year, second, first)) if day}
    if len(both) == 1:
        return _dated_day(both.pop())
    if not both:
        return None
    return Timex("DATE", f"{year:04d}-XX-XX", reason="day and month may be the other way round")


def month(found: Found) -> Timex | None:
    """A month, with its year or nearest to what it is read against."""
    number = found.number("month", "month", "month_weak")
    if number is None:
        return None
    year = _year_of(found) or _year_of(found, "year2")
    rel = found.token("rel")
    if year is None and (found.token("year") or found.token("year2")):
        return None
    if year is None:
        year = _month_year(found, number, rel)
    if year is None or not 1 <= year <= 9999:
        return None
    return dated(f"{year:04d}-{number:02d}", future=found.direction() == "future")


def _month_year(found: Found, number: int, rel: Token | None) -> int:
    now, context = found.context.now(), found.context
    if rel is not None and rel.name in ("last", "previous"):
        return now.year if number < now.month else now.year - 1
    if rel is not None and rel.name in ("next", "coming", "after"):
        return now.year if number > now.month else now.year + 1
    if rel is not None and rel.name == "this":
        return now.year
    if context.narrative and context.told:
        return min(
            (now.year - 1, now.year, now.year + 1),
            key=lambda year: abs((year - now.year) * 12 + number - now.month - 3),
        )
    if found.direction() == "future":
        return now.year if number >= now.month else now.year + 1
    return now.year if number <= now.month else now.year - 1


def year(found: Found) -> Timex | None:
    """A year of four figures, or of two after an apostrophe; figures that count something are refused."""
    token = found.token("year")
    unit = found.token("unit")
    if token is None or (unit is not None and unit.value != "Y"):
        return None
    if token.name == "short_year":
        number = int(token.text[-2:])
        century = found.context.now().year // 100 * 100
        value = century + number if century + number <= found.context.now().year + 1 else century - 100 + number
        return dated(f"{value:04d}")
    if found.rule == "year" and not _is_year(found):
        return None
    return dated(f"{int(token.value):04d}")


_YEAR_LEADS = (
    "in",
    "since",
    "until",
    "by",
    "from",
    "to",
    "between",
    "early",
    "late",
    "of",
    "after",
    "before",
    "mid",
    "hyphen",
    "comma",
)


def _is_year(found: Found) -> bool:
    """Whether four figures stand where a year can: after a preposition, or with no noun that they could count."""
    tokens, at = found.context.tokens, found.first
    previous = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    number = int(tokens[at].value)
    if previous and previous.name in (
        "money",
        "year_head",
        "over",
        "than",
        "n0",
        "n12",
        "n24",
        "n31",
        "n59",
        "n99",
        "big",
        "decimal",
        "to_",
    ):
        return False
    if previous and previous.name in ("approx", "almost", "at_least", "up"):
        return False
    if following and following.name in ("unit", "units", "percent", "meridiem", "zone", "scale"):
        return False
    if following and following.name == "word" and following.text.endswith("s") and not following.text.endswith("ss"):
        return bool(
            previous and previous.name in ("in", "since") and following.text in ("was", "as", "has", "is", "its", "his")
        )
    if not 1800 <= number <= 2050:
        return bool(previous and previous.name in ("in", "since", "until", "by", "from")) and not (
            following and following.name == "word"
        )
    return True


def spoken_year(found: Found) -> Timex | None:
    """A year in words: nineteen ninety-six, two thousand."""
    century = found.number("century") or 0
    rest = [int(token.value) for token in found.tokens("year") if token.name == "number_word"]
    if (
        century not in (17, 18, 19, 20)
        or not rest
        or rest[0] < 10
        or (len(rest) == 2 and not (rest[0] >= 20 and rest[1] < 10))
    ):
        return None
    return dated(f"{century * 100 + sum(rest):04d}")


def decade(found: Found) -> Timex | None:
    """The 1980s, the '90s, the nineties."""
    token = found.token("decade")
    if token is None:
        return None
    if token.name == "decade_word":
        number = int(token.value)
    else:
        digits = re.sub(r"\D", "", token.text)
        if len(digits) == 4:
            return _with_mod(found, digits[:3])
        number = int(digits)
    century = found.context.now().year // 100 * 100
    if century + number > found.context.published.year:
        century -= 100
    return _with_mod(found, f"{(century + number) // 10:03d}")


def century(found: Found) -> Timex | None:
    """The 19th century: value 18."""
    unit = found.token("unit")
    if unit is None or unit.value != "C":
        return None
    number = sum(int(token.value) for token in found.tokens("century") if not isinstance(token.value, str))
    return _with_mod(found, f"{number - 1:02d}") if number > 1 else None


def _with_mod(found: Found, value: str) -> Timex | None:
    mods = {"early": "START", "late": "END", "mid": "MID"}
    tokens = found.context.tokens[found.first : found.last]
    mod = next((mods[token.name] for token in tokens if token.name in mods), None)
    return dated(value, mod)


def season(found: Found) -> Timex | None:
    """A season of a named year, or nearest to what it is read against."""
    token = found.token("season", "season", "season_weak")
    if token is None:
        return None
    stated = _year_of(found)
    if stated is None and found.token("year"):
        return None
    now = found.context.now()
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    rel = found.token("rel")
    if stated is None:
        begins = starts[str(token.value)]
        stated = now.year
        if rel is not None and rel.name in ("last", "previous"):
            stated -= begins + 2 >= now.month
        elif rel is not None and rel.name in ("next", "coming", "after"):
            stated += begins <= now.month
        elif begins > now.month and rel is None and found.direction() == "past":
            stated -= 1
        elif begins + 2 < now.month and rel is None and found.direction() == "future":
            stated += 1
    future = found.direction() == "future" or (rel is not None and rel.name in ("next", "coming"))
    return dated(f"{stated:04d}-{token.value}", future=future)


def quarter(found: Found) -> Timex | None:
    """The third quarter, of a year named or the nearest; also halves by their ordinal."""
    unit, ordinal = found.token("unit"), found.token("ordinal")
    if unit is None or unit.value != "Q" or ordinal is None:
        return None
    now = found.context.published
    stated = _year_of(found)
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


def holiday(found: Found) -> Timex | None:
    """A feast, of a named year or the nearest one back (or ahead)."""
    token = found.token("holiday")
    if token is None:
        return None
    entry = _holiday_entry(found, token)
    if entry is None:
        return None
    now, stated = found.context.now(), _year_of(found)
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
    if entry.easter is not None:
        day: date | None = add_days(holidays.easter(year), entry.easter)
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


# --- days and their parts


def weekday(found: Found) -> Timex | None:
    """A day of the week, by tense: the nearest one back, today among them, or the nearest ahead."""
    number = found.number("weekday")
    if number is None:
        return None
    context, rel = found.context, found.token("rel")
    name = rel.name if rel else ""
    if name in ("previous", "after", "that", "the") and not context.narrative and name != "the":
        told = context.told_extent()
        if told is None:
            return Timex("DATE", "XXXX-WXX-" + str(number), reason=HANGS)
        shift = _back(told.start, number, name == "that") if name != "after" else _ahead(told.start, number, False)
        return _dated_day(add_days(told.start, shift))
    now = context.now()
    if context.narrative and context.told:
        return _dated_day(add_days(now, _ahead(now, number, True)))
    if name in ("next", "coming"):
        return dated(add_days(now, _ahead(now, number, False)).isoformat(), future=True)
    if name == "last":
        return _dated_day(add_days(now, _back(now, number, False)))
    if name == "this" or found.direction() == "future":
        return dated(add_days(now, _ahead(now, number, True)).isoformat(), future=True)
    return _dated_day(add_days(now, _back(now, number, True)))


def _back(now: date, weekday: int, today: bool) -> int:
    shift = (now.isoweekday() - weekday) % 7
    return -(shift if shift or today else 7)


def _ahead(now: date, weekday: int, today: bool) -> int:
    shift = (weekday - now.isoweekday()) % 7
    return shift if shift or today else 7


def day_word(found: Found) -> Timex | None:
    """Today, yesterday, tomorrow."""
    shift = found.number("day") or 0
    return dated(add_days(found.context.published, shift).isoformat(), future=shift > 0)


def tonight(found: Found) -> Timex | None:
    """Tonight: the night that follows the day of publication, or the one just passing."""
    return dated(day_value(found.context.published, "NI"), future=found.direction() == "future")


def overnight(found: Found) -> Timex | None:
    """The night between two days: "overnight" ends on the day of publication, "overnight into Thursday" on Thursday."""
    into = found.within("into") if found.tokens("into") else None
    on = found.within("on") if found.tokens("on") else None
    if into is not None and into.start:
        last = into.start
    elif on is not None and on.start:
        last = add_days(on.start, 1)
        value = day_value(on.start, "NI")
        return Timex("TIME", value, None, add_days(on.start, -1), last, "part_of_day", future=on.future)
    else:
        last = found.context.published
    first = add_days(last, -1)
    return Timex("TIME", day_value(first, "NI"), None, first, last, "part_of_day", future=bool(into and into.future))


def part_of_day(found: Found) -> Timex | None:
    """A day with a part of it or a clock time: "Sunday night", "5:30 a.m. on Tuesday", "this morning"."""
    mod = found.token("mod")
    rel = found.token("rel")
    if rel is not None:
        shift = -1 if rel.name == "last" else 0
        day: Timex | None = dated(add_days(found.context.published, shift).isoformat())
    else:
        day = found.within("day")
    if day is None or day.start is None or day.precision != "day":
        return None
    part = _part_value(found, found.tokens("part"))
    if part is None:
        return None
    timex = dated(day_value(day.start, part), future=day.future)
    return timex and timex._replace(mod=_half(mod), end=_midnight(found, part, timex))


def _midnight(found: Found, part: str, timex: Timex) -> date | None:
    return timex.end


def _half(mod: Token | None) -> str | None:
    return str(mod.value) if mod is not None else None


def _part_value(found: Found, tokens: list[Token]) -> str | None:
    """TIMEX3 code or clock of a part of day: MO, 14:00, 05:30."""
    head = tokens[0]
    if head.name == "part":
        return str(head.value)
    half = next((token for token in tokens if token.name == "meridiem"), None)
    bounds = re.match(r"(\d{1,2})[:.]?(\d{2})?", head.text) if head.text[0].isdigit() else None
    if bounds is not None and len(head.text) == 4 and head.text.isdigit():
        hour, minute = int(head.text[:2]), int(head.text[2:])
    elif bounds is not None:
        hour, minute = int(bounds[1]), int(bounds[2] or 0)
    else:
        hour, minute = int(head.value), 0
    later = half is not None and half.value == 12
    later = later or any(token.name == "part" and token.value in ("AF", "EV", "NI") for token in found.tokens("half"))
    if half is not None and hour == 12:
        hour = 0
    if later and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def clock(found: Found) -> Timex | None:
    """A clock time or part of day by itself: on the day told last in its sentence, else on no known day."""
    tokens = found.tokens("part")
    part = _part_value(found, tokens)
    if part is None:
        return None
    day = found.context.told_extent()
    mod = _half(found.token("mod"))
    if day is not None and day.precision in ("day", "part_of_day", "minute", "hour"):
        timex = dated(day_value(day.start, part))
        return timex and timex._replace(mod=mod)
    return Timex("TIME", f"XXXX-XX-XXT{part}", mod, reason=HANGS)


def told_part(found: Found) -> Timex | None:
    """Part of a day that hangs on what was told: "the following morning"."""
    part = _part_value(found, found.tokens("part"))
    shift = _told_shift(found.tokens("told"))
    told = found.context.told_extent()
    if part is None:
        return None
    if told is None or told.precision not in ("day", "part_of_day", "hour", "minute"):
        return Timex(
            "TIME",
            f"XXXX-XX-XXT{part}",
            _half(found.token("mod")),
            reason=HANGS,
            relation="after" if shift > 0 else None,
            offset=(shift, shift),
        )
    timex = dated(day_value(add_days(told.start, shift), part))
    return timex and timex._replace(mod=_half(found.token("mod")))


def _told_shift(tokens: list[Token]) -> int:
    names = {token.name for token in tokens}
    return 1 if names & {"next", "after"} else -1 if "previous" in names else 0


# --- periods beside publication

_STEP = {"D": 1, "W": 7, "2W": 14}
_UNIT_PRECISION: dict[str, TimePrecision] = {
    "D": "day", "W": "week", "2W": "week", "M": "month", "Q": "season", "Y": "year", "E": "decade", "C": "century", "WE": "days",
}  # fmt: skip


def unit_value(day: date, unit: str) -> str | None:
    """The value of the period of a unit in which a day lies."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        return week_value(day)
    if unit == "WE":
        return week_value(day) + "-WE"
    return {
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": quarter_value(day),
        "Y": f"{day.year:04d}",
        "E": f"{day.year // 10:03d}",
        "C": f"{day.year // 100:02d}",
    }.get(unit)


def shifted(day: date, unit: str, count: int) -> date:
    """A day moved by whole units."""
    count = max(min(count, 100_000), -100_000)
    if unit in _STEP:
        return add_days(day, _STEP[unit] * count)
    if unit == "WE":
        return add_days(day, 7 * count)
    return add_months(day, {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit] * count)


def rel_unit(found: Found) -> Timex | None:
    """Last week, this month, next year; "last night" is a part of day and has its own form."""
    rel, unit = found.token("rel"), found.token("unit")
    if rel is None or unit is None:
        return None
    if unit.name == "period" or rel.name == "latest":
        return (
            dated(quarter_value(add_months(found.context.published, -3)))
            if unit.value in ("Q", "period") and rel.name == "latest"
            else None
        )
    code = str(unit.value)
    if code.startswith("T") or code == "2W":
        return Timex("DATE", "PRESENT_REF", reason=VAGUE) if code == "TX" and rel.name == "this" else None
    if code == "D" and rel.name in ("last", "next", "this", "current"):
        return None
    shift = int(rel.value) if not isinstance(rel.value, str) else 0
    now = found.context.published
    if code == "WE" and shift == -1 and now.isoweekday() >= 6:
        shift = -1
    value = unit_value(shifted(now, code, shift), code)
    if value is None:
        return None
    if rel.text == "past" and code != "WE":
        return _past_stretch(found, code, 1)
    return dated(value, future=shift > 0 or found.direction() == "future")


def the_unit(found: Found) -> Timex | None:
    """ "the weekend", "the quarter": the nearest one back (or ahead); "the week" and the like only in a narrative."""
    unit = found.token("unit")
    if unit is None:
        return None
    code, now = str(unit.value), found.context.published
    if code == "WE":
        future = found.direction() == "future"
        shift = 0 if future or now.isoweekday() >= 6 else -1
        return dated(week_value(add_days(now, 7 * shift)) + "-WE", future=future)
    if code == "Q":
        return dated(quarter_value(add_months(now, -3)))
    return None


def told_unit(found: Found) -> Timex | None:
    """The next day, that week, the same month: against the date told last, else refused."""
    unit = found.token("unit")
    if unit is None or str(unit.value).startswith("T"):
        return None
    code, shift, told = str(unit.value), _told_shift(found.tokens("told")), found.context.told_extent()
    if told is None or (code == "D" and told.precision not in ("day", "part_of_day", "hour", "minute")):
        relation: Relation | None = "after" if shift > 0 else "before" if shift < 0 else None
        offset = (shift * _STEP[code], shift * _STEP[code]) if code in _STEP else None
        offset = tuple(sorted((abs(offset[0]), abs(offset[1])))) if offset else None  # type: ignore[assignment]
        value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE"}.get(code)
        return Timex("DATE", value, reason=HANGS, relation=relation, offset=offset) if value else None
    value = unit_value(shifted(told.start, code, shift), code) if code != "2W" else None
    return dated(value) if value else None


def modified(found: Found) -> Timex | None:
    """A part of a period: "early June", "the end of March", "later this year"."""
    edge, whole = found.token("edge"), found.within("whole")
    if edge is None or whole is None or whole.start is None or whole.end is None:
        return None
    mod = str(edge.value)
    if edge.name in ("earlier", "later"):
        return _beside(found, edge, whole)
    days = Extent(whole.start, whole.end, whole.precision)
    if edge.name in ("early", "late") and whole.precision == "day":
        return whole._replace(mod=mod, precision="part_of_day")
    days = narrowed(extent(whole.value) or days, mod)
    return whole._replace(mod=mod, start=days.start, end=days.end, precision=days.precision)


def _beside(found: Found, edge: Token, whole: Timex) -> Timex:
    """ "earlier this month" ends at publication; "later this month" begins there."""
    if whole.precision == "day":
        return whole._replace(mod=str(edge.value), precision="part_of_day")
    now = found.context.published
    inside = (
        whole.start is not None and whole.end is not None and whole.start <= now <= (extent(whole.value) or whole).end
    )  # type: ignore[operator]
    if edge.name == "earlier":
        return whole._replace(mod="START", end=now if inside else whole.end)
    return whole._replace(mod="END", start=now if inside else whole.start, future=True)


def year_end(found: Found) -> Timex | None:
    """Year-end: the last day of the year, ahead or just behind."""
    now = found.context.published
    year = now.year if found.direction() == "future" else now.year - 1
    return dated(f"{year:04d}-12-31", future=True) if found.context.tokens[found.first].value == "Y" else None


# --- counted


def count_of(tokens: list[Token]) -> float | None:
    """The number that tokens say; ``None`` where they say that there are several, or nothing."""
    total, current, seen = 0.0, 0.0, False
    for token in tokens:
        if token.name == "vague":
            return None
        if token.name in ("hyphen", "of", "and", "full", "the"):
            continue
        if token.name == "fraction":
            above, below = token.text.split("/")
            current, seen = current + (int(above) / int(below) if int(below) else 0), True
        elif token.name == "scale":
            current, seen = (current or 1) * int(token.value), True
        elif token.name == "half":
            current, seen = current + 0.5, True
        elif token.name == "another" or token.name == "a":
            current, seen = current or 1, True
        elif token.name == "couple":
            current, seen = 2, True
        elif not isinstance(token.value, str):
            current, seen = current + float(token.value), True
    total += current
    return total if seen else None


def _plain(number: float) -> str:
    return f"{number:g}" if number < 1e15 else "X"


def duration_value(count: float | None, unit: str) -> str | None:
    """The TIMEX3 duration: P3D, PT2H, PXY."""
    if unit == "2W":
        unit, count = "W", count * 2 if count is not None else None
    if unit == "WE":
        return f"P{_plain(count) if count is not None else 'X'}WE"
    if unit in ("TX",):
        return None
    number = "X" if count is None else _plain(count)
    if unit.startswith("T"):
        return f"PT{number}{unit[1]}"
    if unit == "C" and count is not None:
        return f"P{_plain(count)}CE"
    if unit in ("E", "C"):
        return f"P{number}{'DE' if unit == 'E' else 'CE'}"
    return f"P{number}{unit}"


def _unit_code(token: Token) -> str:
    return "TS" if token.name == "second" else str(token.value)


def days_of(count: float, unit: str) -> tuple[int, int]:
    """How many days a number of units can be; months and years are as long as the calendar lets them be."""
    count = min(count, 1e6)
    short = {"TS": 0.0, "TM": 0.0, "TH": count / 24}
    if unit in short:
        return int(short[unit]), int(short[unit]) + 1
    if unit in _STEP:
        return int(count * _STEP[unit]), int(count * _STEP[unit])
    low, high = {
        "WE": (2, 9),
        "M": (28, 31),
        "Q": (90, 92),
        "Y": (365, 366),
        "E": (3652, 3653),
        "C": (36524, 36525),
    }.get(unit, (0, 0))
    return int(count * low), int(count * high + 0.999)


def stretch(found: Found) -> Timex | None:
    """ "the past two years" ends at publication, "the next two weeks" begins there; "the first nine months" is a length."""
    rel, unit = found.token("rel"), found.token("unit")
    if rel is None or unit is None:
        return None
    counted = bool(found.tokens("count"))
    count = count_of(found.tokens("count")) if counted else None
    code = _unit_code(unit)
    if unit.name == "unit" and not counted:
        return None
    value = duration_value(count, code)
    if value is None:
        return None
    now = found.context.published
    if rel.name == "recent" and not counted:
        return Timex("DURATION", value, None, None, now, _UNIT_PRECISION.get(code, "unknown"), VAGUE)
    if rel.name == "last" and not found.context.narrative:
        return _past_stretch(found, code, count)
    if rel.name in ("next", "coming") and not found.context.narrative:
        end = add_days(now, days_of(count, code)[1]) if count is not None else None
        precision = _UNIT_PRECISION.get(code, "part_of_day") if count is not None else "unknown"
        return Timex("DURATION", value, None, now, end, precision, None if count else VAGUE, future=True)
    return Timex("DURATION", value, reason=HANGS)


def _past_stretch(found: Found, code: str, count: float | None) -> Timex | None:
    now = found.context.published
    value = duration_value(count, code)
    if value is None:
        return None
    if count is None:
        return Timex("DURATION", value, None, None, now, "unknown", VAGUE)
    start = add_days(now, -days_of(count, code)[1])
    precision = "days" if code == "D" else _UNIT_PRECISION.get(code, "part_of_day")
    return Timex("DURATION", value, None, start, now, precision)


def ago(found: Found) -> Timex | None:
    """Two days ago, about a month ago, several years ago."""
    unit = found.token("unit")
    if unit is None:
        return None
    code = _unit_code(unit)
    count = count_of(found.tokens("count"))
    mod = _mod(found)
    now = found.context.published
    if count is None or code == "TX":
        return Timex("DATE", "PAST_REF", mod, None, now, "unknown", VAGUE)
    if code.startswith("T"):
        start = add_days(now, -days_of(count, code)[1])
        return Timex("TIME", duration_value(count, code) or "PX", mod, start, now, "part_of_day")
    around = shifted(now, code, -int(count)) if count == int(count) else add_days(now, -days_of(count, code)[0])
    value = unit_value(around, "W" if code == "2W" else code)
    if value is None:
        return None
    slack = {"D": 0, "W": 3, "2W": 3, "M": 14, "WE": 3}.get(code)
    days = extent(value)
    if slack is not None:
        slack = slack * 2 if mod and code in ("W", "2W") else slack or (2 if mod else 0)
        days = Extent(add_days(around, -slack), add_days(around, slack), _UNIT_PRECISION[code])
    elif days is not None and mod:
        width = (days.end - days.start).days
        days = Extent(add_days(days.start, -width), min(add_days(days.end, width), now), days.precision)
    return days and Timex("DATE", value, mod, days.start, days.end, days.precision)


def _mod(found: Found) -> str | None:
    tokens = found.tokens("mod")
    if any(token.text == "more" for token in tokens):
        return "MORE_THAN"
    return next((str(token.value) for token in tokens if str(token.value).isupper()), None)


def later(found: Found) -> Timex | None:
    """Two days later, a year earlier: against the date told last in a narrative, else it hangs."""
    unit, way = found.token("unit"), found.token("way")
    if unit is None or way is None:
        return None
    code, count = _unit_code(unit), count_of(found.tokens("count"))
    forward = way.name in ("later", "afterwards")
    relation: Relation = "after" if forward else "before"
    value = duration_value(count, code)
    if value is None:
        return None
    told = found.context.told_extent() if found.context.narrative else None
    if told is not None and count is not None and count == int(count) and not code.startswith("T"):
        around = shifted(told.start, code, int(count) if forward else -int(count))
        fine = "D" if told.precision in ("day", "part_of_day") and code in ("D", "W", "2W") else code
        exact = unit_value(around, "W" if fine == "2W" else fine)
        timex = dated(exact) if exact else None
        return timex and timex._replace(relation=relation)
    return Timex(
        "DURATION",
        value,
        _mod(found),
        reason=HANGS,
        relation=relation,
        offset=days_of(count, code) if count is not None else None,
    )


def after(found: Found) -> Timex | None:
    """ "six days after": a length and which way it is counted from what follows."""
    unit, way = found.token("unit"), found.token("way")
    if unit is None or way is None:
        return None
    code = _unit_code(unit)
    counted = bool(found.tokens("count"))
    count = count_of(found.tokens("count"))
    if not counted and unit.name == "unit":
        count = 1
    value = duration_value(count, code)
    if value is None:
        return None
    relation: Relation = "after" if way.name == "after" else "before"
    return Timex(
        "DURATION",
        value,
        _mod(found),
        reason=HANGS,
        relation=relation,
        offset=days_of(count, code) if count is not None else None,
    )


def duration(found: Found) -> Timex | None:
    """Three hours, a two-week siege, more than a year."""
    unit = found.token("unit")
    if unit is None:
        return None
    tokens = found.tokens("count")
    if len(tokens) == 1 and tokens[0].name == "a" and unit.value in ("TX", "WE", "TM", "TS"):
        return None
    value = duration_value(count_of(tokens), _unit_code(unit))
    return Timex("DURATION", value, _mod(found), reason="a length of time, not a date") if value else None


def bare_units(found: Found) -> Timex | None:
    """ "for weeks": a length that is not said."""
    unit = found.token("unit")
    value = duration_value(None, str(unit.value)) if unit is not None else None
    return Timex("DURATION", value, reason=VAGUE) if value else None


# --- habits and references


def habit(found: Found) -> Timex | None:
    """Every night, daily, on Fridays: when it happens, never when it happened."""
    reason = "a habit, not a date"
    single, days = found.token("set"), found.token("days")
    if single is not None:
        return Timex("SET", str(single.value), reason=reason)
    if days is not None:
        return Timex("SET", f"XXXX-WXX-{days.value}", reason=reason)
    unit = found.token("unit")
    if unit is None:
        return None
    if unit.name == "part":
        return Timex("SET", f"XXXX-XX-XXT{unit.value}", reason=reason)
    if unit.name == "weekday":
        return Timex("SET", f"XXXX-WXX-{unit.value}", reason=reason)
    if unit.name == "month":
        return Timex("SET", f"XXXX-{int(unit.value):02d}", reason=reason)
    count = count_of(found.tokens("count")) if found.tokens("count") else 1.0
    value = duration_value(count, _unit_code(unit))
    return Timex("SET", value, reason=reason) if value else None


def reference(found: Found) -> Timex | None:
    """Now, recently, soon, in the past: PRESENT_REF, PAST_REF, FUTURE_REF; only the side of publication is known."""
    token = found.token("ref")
    if token is None:
        return None
    now = found.context.published
    value = "PAST_REF" if token.name in ("last", "earlier", "recent") else str(token.value)
    if value == "PAST_REF":
        return Timex("DATE", value, None, None, now, "unknown", VAGUE)
    if value == "FUTURE_REF":
        return Timex("DATE", value, None, now, None, "unknown", VAGUE, future=True)
    return Timex("DATE", value, None, None, None, "unknown", VAGUE)


def present(found: Found) -> Timex | None:
    """These days."""
    unit = found.token("unit")
    return Timex("DATE", "PRESENT_REF", reason=VAGUE) if unit is not None and unit.value == "D" else None


def refuse(found: Found) -> Timex | None:
    """Words that look like a time and are none: ages."""
    return None


BUILDERS: dict[str, Build] = {
    build.__name__: build
    for build in (
        calendar, iso, numeric, month, year, spoken_year, decade, century, season, quarter, holiday, weekday, day_word, tonight,
        overnight, part_of_day, clock, told_part, rel_unit, the_unit, told_unit, modified, year_end, stretch, ago, later, after,
        duration, bare_units, habit, reference, present, refuse,
    )
}  # fmt: skip


__all__ = ["BUILDERS", "HANGS", "VAGUE", "Found", "Timex", "season_value"]
