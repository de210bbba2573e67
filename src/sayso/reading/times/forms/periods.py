"""Forms of periods beside publication or beside what was told."""

from __future__ import annotations

from sayso.model import TimePrecision
from sayso.reading.times.context import DAY_PRECISIONS
from sayso.reading.times.timex import (
    HANGS,
    VAGUE,
    Found,
    Timex,
    dated,
    relation_of,
    told_shift,
)
from sayso.reading.times.tokens import Token
from sayso.reading.times.units import (
    BLANK,
    STEP,
    UNIT_PRECISION,
    days_of,
    duration_value,
    shifted,
    unit_value,
)
from sayso.reading.times.values import (
    Extent,
    add_days,
    add_months,
    extent,
    narrowed,
    quarter_value,
    week_value,
)

SATURDAY = 6
HALF_YEAR = 6
"""In the first half of a year "year-end" in a clause without tense is the last one."""


def rel_unit(found: Found) -> Timex | None:
    """Last week, this month, next year; "last night" is a part of day and has its own form."""
    rel, unit = found.token("rel") or found.token("rel2"), found.token("unit")
    if rel is None or unit is None:
        return None
    if unit.name == "period" or rel.name == "latest":
        if rel.name == "latest" and unit.value == "Y":
            return dated(f"{found.context.published.year - 1:04d}")
        just_ended = rel.name == "latest" and unit.value in ("Q", "period")
        told = found.context.quarter or quarter_value(add_months(found.context.published, -3))
        return dated(told) if just_ended else None
    code = str(unit.value)
    if code.startswith("T") or code == "2W":
        return Timex("DATE", "PRESENT_REF", reason=VAGUE) if code == "TX" and rel.name == "this" else None
    if code == "D" and rel.name in ("last", "next", "this", "current"):
        return None
    shift = int(rel.value) if not isinstance(rel.value, str) else 0
    now = found.context.published
    if code == "WE" and shift == 0 and now.isoweekday() < SATURDAY and found.direction() == "past":
        shift = -1  # "This weekend", told on Monday.
    value = unit_value(shifted(now, code, shift), code)
    if value is None:
        return None
    if rel.text in found.context.lexicon.cue("bygone") and code != "WE":
        # Annotators of news take "the past year" for the one before this; a ledger for the months up to now.
        as_news = found.context.uses == ("timeml",) and code == "Y"
        return dated(value) if as_news else past_stretch(found, code, 1)
    timex = dated(value, future=shift > 0 or found.direction() == "future")
    if timex is not None and shift < 0 and code in ("W", "M", "Y") and found.context.tokens[found.first].name == "the":
        # "The last week" may be the one before this or the seven days up to publication.
        return timex._replace(end=now)
    return timex


def the_unit(found: Found) -> Timex | None:
    """A bare period, the nearest back or ahead: "the weekend", "the quarter"; "the year" only after a preposition."""
    unit = found.token("unit")
    if unit is None:
        return None
    code, now = str(unit.value), found.context.published
    if code == "WE":
        future = found.direction() == "future"
        shift = 0 if future or now.isoweekday() >= 6 else -1
        return dated(week_value(add_days(now, 7 * shift)) + "-WE", future=future)
    if code == "Q":
        return dated(found.context.quarter or quarter_value(add_months(now, -3)))
    return _bare_period(found, code)


def _bare_period(found: Found, code: str) -> Timex | None:
    """A bare "the year" after "in", "for" or "of": the one told last, else that of publication."""
    context = found.context
    before = context.tokens[found.first - 1].name if found.first else ""
    if before not in ("in", "of", "by") or code not in ("W", "M", "Y"):
        return None
    if (
        code == "Y"
        and found.last < len(context.tokens)
        and context.tokens[found.last].text in context.lexicon.cue("ending")
    ):
        return Timex("DURATION", "P1Y", reason=HANGS)
    told = context.told_extent() if context.narrative else None
    value = unit_value(told.start if told else context.published, code)
    return dated(value) if value else None


def week_of(found: Found) -> Timex | None:
    """The week, or month, in which a named day lies."""
    unit, day = found.token("unit"), found.within("day")
    if unit is None or unit.value not in ("W", "M") or day is None or day.start is None:
        return None
    value = unit_value(day.start, str(unit.value))
    return dated(value, future=day.future) if value else None


def told_unit(found: Found) -> Timex | None:
    """The next day, that week, the same month: against the date told last, else refused."""
    unit = found.token("unit")
    if unit is None or str(unit.value).startswith("T"):
        return None
    code, shift, told = str(unit.value), told_shift(found.tokens("told")), found.context.told_extent()
    if told is None or (code == "D" and told.precision not in DAY_PRECISIONS):
        days = abs(shift) * STEP[code] if code in STEP else None
        offset = (days, days) if days is not None else None
        value = BLANK.get(code)
        return Timex("DATE", value, reason=HANGS, relation=relation_of(shift), offset=offset) if value else None
    value = unit_value(shifted(told.start, code, shift), code) if code != "2W" else None
    return dated(value) if value else None


def modified(found: Found) -> Timex | None:
    """A part of a period: "early June", "the end of March", "later this year"."""
    edge, whole = found.token("edge") or found.token("edge2") or found.token("edge3"), found.within("whole")
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
    """The part before publication ("earlier this month"), or after it ("later this month")."""
    if whole.precision == "day":
        return whole._replace(mod=str(edge.value), precision="part_of_day")
    now = found.context.published
    days = extent(whole.value)
    inside = days is not None and days.start <= now <= days.end
    if edge.name == "earlier":
        return whole._replace(mod="START", end=now if inside else whole.end)
    return whole._replace(mod="END", start=now if inside else whole.start, future=True)


def year_end(found: Found) -> Timex | None:
    """Year-end, the month's end: the last of the period told, ahead or just behind."""
    unit, context = found.token("unit"), found.context
    code = str(unit.value) if unit is not None else ""
    if code not in ("Y", "M") or found.context.tokens[found.last - 1].value != "END":
        return None
    told = context.told_extent() if context.narrative else None
    day = told.start if told else context.published
    direction = found.direction()
    behind = (direction == "past" and not context.leans_ahead(found.first)) or (
        direction is None and day.month <= HALF_YEAR
    )
    if code == "Y" and told is None and behind:
        day = add_months(day, -12)
    value = unit_value(day, code)
    return dated(value, "END", future=True) if value else None


HOURS_OF_DAY = 24


def past_stretch(found: Found, code: str, count: float | None) -> Timex | None:
    """A counted stretch that ends at publication."""
    now = found.context.published
    value = duration_value(count, code)
    if value is None:
        return None
    precision: TimePrecision = "days" if code == "D" else UNIT_PRECISION.get(code, "part_of_day")
    if count is None:
        return Timex("DURATION", value, None, None, now, precision, VAGUE)
    if code == "TH" and count >= HOURS_OF_DAY:
        days = -int(-count // HOURS_OF_DAY)
        return Timex("DURATION", value, None, add_days(now, -days), now, "days")
    start = add_days(now, -days_of(count, code)[1])
    return Timex("DURATION", value, None, start, now, precision)
