"""Forms that count units: ago, later, after, durations."""

from __future__ import annotations

import re
from datetime import date

from sayso.reading.times.context import DAY_PRECISIONS
from sayso.reading.times.forms.periods import past_stretch
from sayso.reading.times.timex import (
    HANGS,
    VAGUE,
    Found,
    Relation,
    Timex,
    dated,
    mod_of,
)
from sayso.reading.times.tokens import Token
from sayso.reading.times.units import (
    BLANK,
    STEP,
    UNIT_PRECISION,
    count_of,
    days_of,
    duration_value,
    offset_of,
    shifted,
    unit_code,
    unit_value,
)
from sayso.reading.times.values import (
    Extent,
    add_days,
    extent,
)

OPEN_REASON = "the words give no beginning"


def stretch(found: Found) -> Timex | None:
    """A stretch that ends at publication ("the past two years") or begins there ("the next two weeks"), or a length."""
    rel, unit = found.token("rel"), found.token("unit")
    if rel is None or unit is None:
        return None
    counted = bool(found.tokens("count"))
    count = count_of(found.tokens("count")) if counted else None
    code = unit_code(unit)
    if unit.name == "unit" and not counted:
        return None
    value = duration_value(count, code)
    if value is None:
        return None
    now = found.context.published
    if rel.name == "recent" and not counted:
        precision = "days" if code == "D" else UNIT_PRECISION.get(code, "unknown")
        return Timex("DURATION", value, None, None, now, precision, VAGUE)
    if rel.name == "last" and not found.context.narrative:
        return past_stretch(found, code, count)
    if rel.name in ("next", "coming") and not found.context.narrative:
        end = add_days(now, days_of(count, code)[1]) if count is not None else None
        precision = "days" if code == "D" else UNIT_PRECISION.get(code, "part_of_day")
        return Timex("DURATION", value, None, now, end, precision, None if count else VAGUE, future=True)
    return Timex("DURATION", value, reason=HANGS)


def ago(found: Found) -> Timex | None:
    """Two days ago, about a month ago, several years ago."""
    unit = found.token("unit")
    if unit is None:
        return None
    code = unit_code(unit)
    count = count_of(found.tokens("count"))
    mod = mod_of(found)
    now = found.context.published
    if count is None or code == "TX":
        return Timex("DATE", "PAST_REF", mod, None, now, "unknown", VAGUE)
    if code.startswith("T"):
        start = add_days(now, -days_of(count, code)[1])
        return Timex("TIME", duration_value(count, code) or "PX", mod, start, now, "part_of_day")
    if code in ("E", "C"):
        return _long_ago(now, code, count, mod)
    told = _told_quarter(found) if code == "Y" and count == 1 else None
    if told is not None:
        return told
    around = shifted(now, code, -int(count)) if count == int(count) else add_days(now, -days_of(count, code)[0])
    value = unit_value(around, "W" if code == "2W" else code)
    if value is None:
        return None
    slack = {"D": 0, "W": 3, "2W": 3, "M": 14, "WE": 3}.get(code)
    days = extent(value)
    if slack is not None:
        slack = slack * 2 if mod and code in ("W", "2W") else slack or (2 if mod else 0)
        days = Extent(add_days(around, -slack), add_days(around, slack), UNIT_PRECISION[code])
    if days is not None and mod == "LESS_THAN":
        days = Extent(days.start, now, days.precision)
    elif days is not None and mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return Timex("DATE", value, mod, None, days.end, days.precision, reason=OPEN_REASON)
    elif days is not None and mod and slack is None:
        width = (days.end - days.start).days
        days = Extent(add_days(days.start, -width), min(add_days(days.end, width), now), days.precision)
    return days and Timex("DATE", value, mod, days.start, days.end, days.precision)


def _long_ago(now: date, code: str, count: float, mod: str | None) -> Timex | None:
    """Decades and centuries ago: a round number, which may be off by a fifth of its unit."""
    years, slack = (10, 2) if code == "E" else (100, 20)
    around = shifted(now, "Y", -int(count * years))
    days = extent(f"{around.year:04d}")
    if days is None:
        return None
    start = None if mod in ("MORE_THAN", "EQUAL_OR_MORE") else shifted(days.start, "Y", -slack)
    end = now if mod == "LESS_THAN" else min(shifted(days.end, "Y", slack), now)
    return Timex("DATE", f"{around.year:04d}", mod, start, end, UNIT_PRECISION[code], None if start else OPEN_REASON)


def _told_quarter(found: Found) -> Timex | None:
    """A year before the quarter that the text told last."""
    told = re.fullmatch(r"(\d{4})(-Q\d)", found.context.quarter or "")
    return dated(f"{int(told[1]) - 1:04d}{told[2]}") if told else None


def _year_before(found: Found) -> Timex | None:
    """A year earlier than something: the year before that of publication as TIMEX3 value, but no interval."""
    value = f"{max(found.context.published.year - 1, 1):04d}"
    return Timex("DATE", value, None, reason=HANGS, relation="before", offset=(365, 366))


def _is_rate(found: Found) -> bool:
    """Whether "a year" stands after what is counted by it: "$1.76 a year", "four flights a week"."""
    tokens, at = found.context.tokens, found.first
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    lexicon = found.context.lexicon
    plural = before.text.endswith(lexicon.plural_endings) and not before.text.endswith(tuple(lexicon.cue("no_plural")))
    return before.name in _AMOUNTS or (before.name == "word" and (plural or before.text in lexicon.cue("often")))


_FIGURES = frozenset(["n0", "n12", "n24", "n31", "n59", "n99", "big", "year4", "decimal", "fraction", "number_word"])
_AMOUNTS = _FIGURES | {"percent", "scale", "units", "counted"}


def _hanging(found: Found, value: str, relation: Relation, offset: tuple[int, int] | None) -> Timex:
    """A length counted from an event or time that the reading must find."""
    return Timex("DURATION", value, mod_of(found), reason=HANGS, relation=relation, offset=offset)


def later(found: Found) -> Timex | None:
    """Two days later, a year earlier: against the date told last in a narrative, else it hangs."""
    unit, way = found.token("unit"), found.token("way")
    if unit is None or way is None:
        return None
    code, count = unit_code(unit), count_of(found.tokens("count"))
    forward = way.name in ("later", "afterwards", "following")
    relation: Relation = "after" if forward else "before"
    value = duration_value(count, code)
    if value is None:
        return None
    if code == "Y" and count == 1 and not forward and not found.context.narrative:
        return _told_quarter(found) or _year_before(found)
    if count is None and "narrative" in found.context.uses:
        return _hanging(found, "FUTURE_REF" if forward else "PAST_REF", relation, None)._replace(kind="DATE")
    told = found.context.told_extent() if found.context.narrative else None
    if told is not None and count is not None and count == int(count) and not code.startswith("T"):
        around = shifted(told.start, code, int(count) if forward else -int(count))
        fine = "D" if told.precision in ("day", "part_of_day") and code in ("D", "W", "2W") else code
        exact = unit_value(around, "W" if fine == "2W" else fine)
        timex = dated(exact) if exact else None
        return timex and timex._replace(relation=relation)
    return _hanging(found, value, relation, offset_of(count, code))


def ago_exact(found: Found) -> Timex | None:
    """A year ago today."""
    unit, count = found.token("unit"), count_of(found.tokens("count"))
    if unit is None or count is None or count != int(count) or unit.value not in ("D", "W", "2W", "M", "Y", "E"):
        return None
    return dated(shifted(found.context.published, str(unit.value), -int(count)).isoformat())


def beside_day(found: Found) -> Timex | None:
    """Days counted from a day that is named: "two days after Christmas", "the day before yesterday"."""
    unit, way, day = found.token("units") or found.token("unit"), found.token("way"), found.within("day")
    count = count_of(found.tokens("count")) if found.tokens("count") else 1.0
    if unit is None or way is None or day is None or day.start is None or day.end is None or count is None:
        return None
    code = unit_code(unit)
    if count != int(count) or code not in STEP or day.precision not in DAY_PRECISIONS:
        return None
    shift = int(count) * STEP[code] * (-1 if way.name == "before" else 1)
    start, end = add_days(day.start, shift), add_days(day.end, shift)
    return Timex("DATE", start.isoformat(), day.mod, start, end, day.precision, future=day.future or shift > 0)


def nth_day(found: Found) -> Timex | None:
    """The third day of a siege: so many days after it began, which the reading must find."""
    unit, ordinal = found.token("unit"), found.number("ordinal")
    if unit is None or ordinal is None or not 1 <= ordinal <= 31 or unit.value not in ("D", "W", "M", "Y"):
        return None
    if found.context.told and found.context.last_token >= found.first - 1:
        return None  # "On Monday, the first day of Ramadan": the day is told already.
    days = ordinal - 1
    offset = (days, days) if unit.value == "D" else (7 * days, 7 * days + 6) if unit.value == "W" else None
    return Timex("DATE", BLANK[str(unit.value)], reason=HANGS, relation="after", offset=offset)


def eve(found: Found) -> Timex | None:
    """The eve of something: the day before it, or not long before."""
    return Timex("DATE", "XXXX-XX-XX", reason=HANGS, relation="before")


def beside_told(found: Found) -> Timex | None:
    """The day before, the day following, with nothing after it to hang on: against the day told last."""
    unit, way, told = found.token("unit"), found.token("way"), found.context.told_extent()
    if unit is None or way is None or unit.value not in ("D", "W", "M", "Y"):
        return None
    relation: Relation = "before" if way.name == "before" else "after"
    shift = -1 if relation == "before" else 1
    code = str(unit.value)
    fine = told is not None and (code != "D" or told.precision in DAY_PRECISIONS)
    value = unit_value(shifted(told.start, code, shift), code) if told is not None and fine else None
    if value is None:
        return _hanging(found, duration_value(1, code) or "PX", relation, offset_of(1, code))
    return dated(value)


def brief(found: Found) -> Timex | None:
    """A number of units with a word between them: "two bloody weeks"."""
    word = found.token("word")
    if word is None or word.capital or word.text.endswith(found.context.lexicon.plural_endings):
        return None
    return duration(found)


def after(found: Found) -> Timex | None:
    """A length and which way it is counted from what follows: "six days after"."""
    unit, way = found.token("unit") or found.token("bare"), found.token("way")
    if unit is None or way is None:
        return None
    code = unit_code(unit)
    counted = bool(found.tokens("count"))
    count = count_of(found.tokens("count"))
    if not counted and unit.name == "unit":
        count = 1
    value = duration_value(count, code)
    if value is None:
        return None
    relation: Relation = "before" if way.name == "before" else "after"
    return _hanging(found, value, relation, offset_of(count, code))


def duration(found: Found) -> Timex | None:
    """Three hours, a two-week siege, more than a year."""
    unit = found.token("unit")
    if unit is None:
        return None
    tokens = found.tokens("count")
    if tokens and tokens[0].name == "a" and (unit.value in ("TX", "WE") or _is_rate(found)):
        return _rate(found, unit)
    if unit.value == "Q" and not any(token.text in found.context.lexicon.cue("several") for token in tokens):
        # "A quarter of the city", "three quarters of the wheat": a share sooner than a time.
        return None
    single = bool(tokens) and all(token.name == "a" for token in tokens)
    # "A months-long siege": the article belongs to the siege.
    count = None if single and unit.name == "units" else count_of([*tokens, *found.tokens("half")])
    code = unit_code(unit)
    value = duration_value(count, code)
    if value is None:
        return None
    if found.context.still(found.first):
        return _until_now(found, value, count, code)
    return Timex("DURATION", value, mod_of(found), reason="a length of time, not a date")


def _until_now(found: Found, value: str, count: float | None, code: str) -> Timex | None:
    """As in "has been under siege for two years", a length that ends at publication."""
    now, mod = found.context.published, mod_of(found)
    if count is None or mod not in (None, "LESS_THAN", "APPROX"):
        reason = OPEN_REASON
        return Timex("DURATION", value, mod, None, now, UNIT_PRECISION.get(code, "part_of_day"), reason)
    return past_stretch(found, code, count)


def _rate(found: Found, unit: Token) -> Timex | None:
    """What something is counted by ("$33 million a year"): marked in narratives, and dates nothing."""
    value = duration_value(1, unit_code(unit))
    marked = "narrative" in found.context.uses and value is not None and unit.value != "WE"
    return Timex("SET", value, reason="a rate, not a date") if marked and value else None


def several(found: Found) -> Timex | None:
    """A length between two numbers of units: "two to three weeks"."""
    unit = found.token("unit")
    if unit is None:
        return None
    code = unit_code(unit)
    low, high = count_of(found.tokens("low")), count_of(found.tokens("high"))
    if low is None or high is None or not low < high:
        return None
    value = duration_value(low, code)
    reason = "a length of time, not a date"
    return Timex("DURATION", value, "EQUAL_OR_MORE", reason=reason) if value else None


def stretch_of(found: Found) -> Timex | None:
    """The first or last units of a period: "the last week of August"."""
    rel, unit, whole = found.token("rel"), found.token("unit"), found.within("whole")
    if rel is None or unit is None or whole is None or whole.start is None or whole.end is None:
        return None
    count = count_of(found.tokens("count")) if found.tokens("count") else 1.0 if unit.name == "unit" else None
    code = unit_code(unit)
    value = duration_value(count, code)
    days = extent(whole.value)
    if value is None or days is None or count is None:
        return value and Timex("DURATION", value, None, whole.start, whole.end, whole.precision)  # type: ignore[return-value]
    length = max(days_of(count, code)[1], 1)
    start, end = days.start, days.end
    if rel.name == "first":
        end = min(end, add_days(start, length - 1))
    else:
        start = max(start, add_days(end, 1 - length))
    return Timex("DURATION", value, None, start, end, UNIT_PRECISION.get(code, "part_of_day"), future=whole.future)


def bare_units(found: Found) -> Timex | None:
    """A length that is not said: "for weeks"."""
    unit = found.token("unit")
    if unit is None or unit.value == "Q":
        return None
    if unit.value == "WE":
        return Timex("SET", "XXXX-WXX-WE", reason="a habit, not a date")
    code = str(unit.value)
    value = duration_value(None, code)
    if value is not None and found.context.still(found.first):
        return _until_now(found, value, None, code)
    return Timex("DURATION", value, reason=VAGUE) if value else None


def consecutive(found: Found) -> Timex | None:
    """The second consecutive day: a stretch that ends on the day told last, or on that of publication."""
    ordinal, unit, told = found.number("ordinal"), found.token("unit"), found.context.told_extent()
    if ordinal is None or unit is None or not 1 < ordinal <= 31 or unit_code(unit) not in ("D", "W", "M", "Y"):
        return None
    if found.text("full") not in found.context.lexicon.cue("running"):
        return None
    end = told.end if told is not None and told.precision == "day" else found.context.published
    code = unit_code(unit)
    start = shifted(end, code, 1 - ordinal)
    precision = UNIT_PRECISION[code]
    return Timex("DURATION", duration_value(ordinal, code) or "PX", None, start, end, precision)
