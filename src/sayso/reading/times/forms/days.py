"""Forms of days by name, and of parts of days."""

from __future__ import annotations

import re
from datetime import date

from sayso.reading.times.context import DAY_PRECISIONS
from sayso.reading.times.timex import (
    HANGS,
    Found,
    Timex,
    dated,
    dated_day,
    day_value,
    half_of,
    relation_of,
    told_shift,
)
from sayso.reading.times.tokens import Token
from sayso.reading.times.units import shifted, unit_value
from sayso.reading.times.values import (
    add_days,
)


def weekday(found: Found) -> Timex | None:
    """A day of the week, by tense: the nearest one back, today among them, or the nearest ahead."""
    number = found.number("weekday")
    if number is None:
        return None
    context, rel = found.context, found.token("rel")
    name = rel.name if rel else ""
    names = {token.name for token in found.tokens("rel")}
    name = "previous" if "previous" in names else "following" if "following" in names else name
    if name in ("previous", "following", "that") and not context.narrative:
        told = context.told_extent()
        if told is None:
            return Timex("DATE", "XXXX-WXX-" + str(number), reason=HANGS)
        shift = _back(told.start, number, name == "that") if name != "following" else _ahead(told.start, number, False)
        return dated_day(add_days(told.start, shift))
    now = context.now()
    if context.narrative and context.told:
        told = context.told_extent()
        if told is None or told.precision not in ("day", "part_of_day"):
            return Timex("DATE", f"XXXX-WXX-{number}", reason=HANGS)
        return dated_day(add_days(now, _ahead(now, number, True)))
    if name in ("next", "coming"):
        return dated(add_days(now, _ahead(now, number, False)).isoformat(), future=True)
    if name == "last":
        return dated_day(add_days(now, _back(now, number, False)))
    owns = found.last < len(context.tokens) and context.tokens[found.last].name == "possessive"
    owns = owns and not (found.first > 1 and context.tokens[found.first - 2].text in context.lexicon.cue("ahead"))
    if name == "this" or (found.direction() == "future" and not owns):
        return dated(add_days(now, _ahead(now, number, True)).isoformat(), future=True)
    return dated_day(add_days(now, _back(now, number, True)))


def _back(now: date, weekday: int, today: bool) -> int:
    shift = (now.isoweekday() - weekday) % 7
    return -(shift if shift or today else 7)


def _ahead(now: date, weekday: int, today: bool) -> int:
    shift = (weekday - now.isoweekday()) % 7
    return shift if shift or today else 7


def weekday_of_week(found: Found) -> Timex | None:
    """A weekday of last, this or next week, weeks beginning on Monday: "Tuesday of last week"."""
    number, rel, unit = found.number("weekday"), found.number("rel"), found.token("unit")
    if number is None or rel is None or unit is None or unit.value != "W":
        return None
    now = found.context.published
    day = add_days(now, 7 * rel + number - now.isoweekday())
    return dated(day.isoformat(), future=day > now)


def hours_of_day(found: Found) -> Timex | None:
    """The early or small hours of a day; "the morning hours of 3 May"."""
    unit, day, mod = found.token("unit"), found.within("day"), found.token("mod")
    part = next((t for t in found.context.tokens[found.first : found.last] if t.name == "part"), None)
    if unit is None or unit.value != "TH" or day is None or day.start is None or day.precision != "day":
        return None
    if mod is None and part is None:
        return None
    late = mod is not None and mod.value == "END"
    code = str(part.value) if part is not None else "NI" if late else "MO"
    timex = dated(day_value(day.start, code), half_of(mod), future=day.future)
    return timex and timex._replace(precision="part_of_day")


def before_last(found: Found) -> Timex | None:
    """The night, week or month before the last one."""
    unit, now = found.token("unit"), found.context.published
    if unit is None or (unit.name == "part" and unit.value != "NI"):
        return None
    if unit.name == "part":
        return dated(day_value(add_days(now, -2), "NI"))
    code = str(unit.value)
    value = unit_value(shifted(now, code, -2), code) if code in ("W", "M", "Y", "WE") else None
    return dated(value) if value else None


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
    return timex and _roughly(found, timex._replace(mod=half_of(mod)))


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


def _roughly(found: Found, timex: Timex) -> Timex:
    """About a clock time, or noon and midnight in words, is a part of the day; so is "early" or "late"."""
    about = found.token("approx") is not None
    if found.token("part", "oclock") and not found.token("part", "meridiem") and not found.token("half"):
        timex = timex._replace(precision="part_of_day", reason="before or after noon is not said")
    named = found.token("part", "part") is not None
    if timex.precision == "minute" and (about or named or timex.mod):
        timex = timex._replace(precision="part_of_day")
    return timex._replace(mod="APPROX") if about else timex


def clock(found: Found) -> Timex | None:
    """A clock time or part of day by itself: on the day told last, else on no known day."""
    tokens = found.tokens("part")
    part = _part_value(found, tokens)
    if part is None:
        return None
    day = found.context.day_for_clock(found.context.tokens[found.first].start)
    mod = half_of(found.token("mod"))
    if day is None and found.context.uses == ("timeml",):
        day = found.context.published  # A value as annotators of news give it; a ledger knows no such day.
    if day is not None:
        timex = dated(day_value(day, part))
        return timex and _roughly(found, timex._replace(mod=mod))
    return Timex("TIME", f"XXXX-XX-XXT{part}", mod, reason=HANGS)


def told_time(found: Found) -> Timex | None:
    """At that time, at the time: the date told last; "at the time of the raid" hangs on the raid."""
    context, told = found.context, found.context.told_extent()
    following = context.tokens[found.last] if found.last < len(context.tokens) else None
    clause = following is not None and (following.name == "of" or following.text in context.lexicon.cue("clause"))
    if clause or told is None or context.told is None:
        return Timex("DATE", "XXXX-XX-XX", reason=HANGS, offset=(0, 0) if clause else None)
    timex = dated(context.told)
    return timex and timex._replace(reason="the time that the text told last")


def told_part(found: Found) -> Timex | None:
    """Part of a day that hangs on what was told: "the following morning"."""
    part = _part_value(found, found.tokens("part"))
    shift = told_shift(found.tokens("told"))
    told = found.context.told_extent()
    if part is None:
        return None
    mod = half_of(found.token("mod"))
    if told is None or told.precision not in DAY_PRECISIONS:
        offset = (abs(shift), abs(shift))
        value = f"XXXX-XX-XXT{part}"
        return Timex("TIME", value, mod, reason=HANGS, relation=relation_of(shift), offset=offset)
    timex = dated(day_value(add_days(told.start, shift), part))
    return timex and timex._replace(mod=mod)


def told_day(found: Found) -> Timex | None:
    """Earlier or later on the day that was told last: "later in the day"."""
    unit, told = found.token("unit"), found.context.told_extent()
    if unit is None or unit.value != "D":
        return None
    mod = half_of(found.token("mod"))
    if told is None or told.precision not in DAY_PRECISIONS:
        return Timex("DATE", "XXXX-XX-XX", mod, reason=HANGS)
    timex = dated(told.start.isoformat(), mod)
    return timex and timex._replace(precision="part_of_day")
