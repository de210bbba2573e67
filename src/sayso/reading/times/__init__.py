"""Times of a report: TIMEX3 expressions and the interval that each allows, by a lexicon and patterns alone.

Nothing here knows the clock of the machine: the publication date is the only "now". docs/times.md tells the rules.
"""

from __future__ import annotations

from datetime import date

from sayso.model import Dateline, Span, Time
from sayso.reading.times.context import Context
from sayso.reading.times.filing import filed_day
from sayso.reading.times.lexicon import Lexicon, compile_lexicon
from sayso.reading.times.ranges import join_ranges, with_relations
from sayso.reading.times.scan import find
from sayso.reading.times.timex import OLDEST, Timex, plain
from sayso.reading.times.values import safe_date

__all__ = ["Lexicon", "compile_lexicon", "filed_on", "read_times", "read_timexes"]


def read_times(
    text: str, published: str, start: int = 0, dateline: Dateline | None = None, words: Lexicon | None = None
) -> tuple[Time, ...]:
    """The time expressions of a report's text, in order, with the interval that each allows.

    ``published`` is ISO 8601 (its day counts); offsets are code points of ``text`` and nothing before ``start`` counts.
    A dateline's date wins over ``published``. Two expressions that bound a range ("between June 2014 and April 2016")
    are one. ``words`` is the lexicon of the text's language, by default English. Never raises; without a usable
    publication date there are no times.
    """
    return _read(text, published, start, dateline, words, ranges=True)


def read_timexes(text: str, published: str, start: int = 0) -> tuple[Time, ...]:
    """As ``read_times``, but as TimeML annotates: the ends of a range are two expressions; no bare "previously"."""
    return _read(text, published, start, None, None, ranges=False)


def filed_on(text: str, published: str, start: int = 0, dateline: Dateline | None = None) -> tuple[str, Span] | None:
    """The day (ISO 8601) and words with which the beginning of a text gives another date than ``published``.

    Days are then counted from there, as from a dateline's date, which goes before it. ``None`` where nothing differs.
    """
    day = _day(published)
    if day is None or (dateline and dateline.date):
        return None
    filed = filed_day(text, day, max(start, 0))
    return (filed[0].isoformat(), filed[1]) if filed and filed[0] != day else None


def _read(
    text: str, published: str, start: int, dateline: Dateline | None, words: Lexicon | None, *, ranges: bool
) -> tuple[Time, ...]:
    day = _day((dateline.date if dateline else None) or "") or _day(published)
    if day is None:
        return ()
    if ranges and not (dateline and dateline.date):
        filed = filed_day(text, day, max(start, 0), words)
        day = filed[0] if filed else day
    context, found = find(text, day, max(start, 0), words, timeml=not ranges)
    found = with_relations(context, found)
    if ranges:
        found = join_ranges(context, found)
    return tuple(_time(text, context, number, entry) for number, entry in enumerate(found, 1))


def _day(published: str) -> date | None:
    parts = published[:10].split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return safe_date(*(int(part) for part in parts))


def _time(text: str, context: Context, number: int, entry: tuple[int, int, Timex]) -> Time:
    first, last, timex = entry
    start, end = context.tokens[first].start, context.tokens[last - 1].end
    timex = _bounded(timex, context.published)
    if context.published.year <= OLDEST:
        timex = plain(timex)
    values = timex.value.split("/") if timex.precision == "minute" else ["", ""]
    opens, closes = (_clock(value) for value in (values[0], values[-1]))
    return Time(
        id=f"t{number}",
        span=Span(start, end, text[start:end]),
        kind=timex.kind,
        value=timex.value,
        mod=timex.mod,
        start=timex.start.isoformat() + opens if timex.start else None,
        end=timex.end.isoformat() + closes if timex.end else None,
        precision=timex.precision,
        reason=timex.reason,
        relation=timex.relation,
        offset_days=timex.offset,
    )


def _clock(value: str) -> str:
    """The clock time of a value, with the ``T`` before it."""
    return value[10:] if ":" in value else ""


def _bounded(timex: Timex, published: date) -> Timex:
    """What is told as past ends at publication."""
    if timex.future or timex.end is None or timex.end <= published:
        return timex
    if timex.start is not None and timex.start > published:
        return timex
    return timex._replace(end=published)
