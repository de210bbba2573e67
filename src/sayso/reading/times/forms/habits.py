"""Forms of habits, and of the present, past and future without a date."""

from __future__ import annotations

from sayso.reading.times.timex import (
    VAGUE,
    Found,
    Timex,
)
from sayso.reading.times.units import (
    count_of,
    duration_value,
    unit_code,
)

STORY_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}
"""How annotators of narratives write a set."""


def habit(found: Found) -> Timex | None:
    """Every night, daily, on Fridays: when it happens, never when it happened."""
    timex = _habit(found)
    if timex is None or "narrative" not in found.context.uses:
        return timex
    return timex._replace(value=STORY_SETS.get(timex.value, timex.value))


def _habit(found: Found) -> Timex | None:
    reason = "a habit, not a date"
    single, days = found.token("set"), found.token("days")
    if single is not None:
        context = found.context
        names = "ledger" in context.uses and found.last < len(context.tokens)
        if names and context.tokens[found.last].capital:
            return None  # A name: "the party daily Granma".
        return Timex("SET", str(single.value), reason=reason)
    plural = found.token("parts")
    if plural is not None:
        return Timex("SET", f"XXXX-WXX-{found.number('weekday')}T{plural.value}", reason=reason)
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
    value = duration_value(count, unit_code(unit))
    return Timex("SET", value, reason=reason) if value else None


def reference(found: Found) -> Timex | None:
    """Now, recently, soon, in the past: PRESENT_REF, PAST_REF, FUTURE_REF; only the side of publication is known."""
    token = found.token("ref")
    if token is None or (token.name == "last" and token.text not in found.context.lexicon.cue("bygone")):
        return None
    now = found.context.published
    past = token.name in ("last", "earlier", "recent", "past_word")
    value = "PAST_REF" if past else "PRESENT_REF" if token.name == "current" else str(token.value)
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
