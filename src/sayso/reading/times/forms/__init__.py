"""From a matched pattern to what it says: one function a form, named in the lexicon's ``build``.

Each takes the match and returns a ``Timex``, or ``None`` where the words are no time after all.
"""

from __future__ import annotations

from sayso.reading.times.forms import calendar, counted, days, habits, periods, seasons
from sayso.reading.times.timex import Build

_MODULES: tuple[tuple[Build, ...], ...] = (
    (calendar.calendar, calendar.iso, calendar.numeric, calendar.month, calendar.year, calendar.spoken_year),
    (
        calendar.decade,
        calendar.century,
        calendar.era,
        calendar.era_first,
        calendar.about,
        calendar.year_follow,
        calendar.day_follow,
    ),
    (seasons.season, seasons.quarter, seasons.year_before, seasons.holiday, seasons.half_year),
    (days.weekday, days.day_word, days.tonight, days.overnight, days.part_of_day),
    (days.weekday_of_week, days.hours_of_day, days.before_last),
    (counted.ago_exact, counted.beside_day, counted.nth_day, counted.eve),
    (days.clock, days.told_part, days.told_day, days.told_time),
    (periods.rel_unit, periods.the_unit, periods.told_unit, periods.week_of, periods.modified, periods.year_end),
    (counted.stretch, counted.stretch_of, counted.consecutive, counted.ago, counted.later, counted.after),
    (counted.beside_told, counted.brief, counted.several, counted.duration, counted.bare_units),
    (habits.habit, habits.reference, habits.present, habits.refuse),
)
BUILDERS: dict[str, Build] = {form.__name__: form for forms in _MODULES for form in forms}
"""The functions that the lexicon's ``build`` may name."""
