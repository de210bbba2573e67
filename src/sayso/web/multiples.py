"""Small charts of counts, one for each value, drawn on the server as SVG on one scale.

What is certain is solid; what is only possible (a date that touches several periods, a contested side) stands on it in
outline. The table beside them has the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup, escape

from sayso.incidents.counts import OPEN, OTHER, TIMES, UNKNOWN, VAGUE, Count, Counts, periods
from sayso.web import words

MOST_PERIODS = 240
"""Periods that a chart shows, the latest; the table and the files have all."""
MOST_BARS = 12
"""Bars of a chart without time."""
TALL = 60


class Chart(msgspec.Struct, frozen=True):
    """One small chart: what it counts, its number in words, and the drawing."""

    title: str
    total: str
    drawing: Markup
    edges: tuple[str, str] | None
    """The first and the last period, for a chart over time."""


def number(count: Count) -> str:
    """A count in words: "12", or "3–12" where some are only possible."""
    if count.certain == count.possible:
        return f"{count.possible:,}"
    return f"{count.certain:,}–{count.possible:,}"


def grid(found: Counts) -> dict[tuple[str, str], Count]:
    """The counts by first and second key; the second is empty where there is one division."""
    return {(cell.keys[0], cell.keys[1] if len(cell.keys) > 1 else ""): cell.count for cell in found.cells}


def charts(found: Counts) -> tuple[list[Chart], int]:
    """A chart for each value of the second division, or one chart; and the number that the largest bar stands for."""
    cells = grid(found)
    columns = found.order[1] if len(found.by) > 1 else ("",)
    timed = found.by[0] in TIMES
    rows = _periods(found) if timed else list(found.order[0])[:MOST_BARS]
    most = max((cells.get((row, column), Count()).possible for row in rows for column in columns), default=0) or 1
    drawn = []
    for column in columns:
        counts = [cells.get((row, column), Count()) for row in rows]
        total = sum((count for (_, key), count in cells.items() if key == column), Count())
        title = found.labels[1][column] if len(found.by) > 1 else "Incidents"
        names = [period(row) if timed else found.labels[0].get(row, row) for row in rows]
        drawing = _over_time(names, counts, most, title) if timed else _bars(names, counts, most, title)
        # A total over several periods or sides would count an incident more than once.
        summed = number(total) if not found.several and total.certain == total.possible else ""
        edges = (names[0], names[-1]) if timed and names else None
        drawn.append(Chart(title, summed, drawing, edges))
    return drawn, most


def period(key: str) -> str:
    """A period in words: "2021", "Jul 2021", "week of 5 Jul 2021"."""
    return f"week of {words.day(key)}" if len(key) == 10 else words.day(key)


def _periods(found: Counts) -> list[str]:
    known = [key for key in found.order[0] if key not in (UNKNOWN, OPEN, VAGUE, OTHER)]
    return list(periods(found.by[0], known[0], known[-1])[-MOST_PERIODS:]) if known else []


def _over_time(names: Sequence[str], counts: Sequence[Count], most: int, title: str) -> Markup:
    drawn = []
    for n, (name, count) in enumerate(zip(names, counts, strict=True)):
        if not count.possible:
            continue
        sure, maybe = (TALL - 1) * count.certain / most, (TALL - 1) * count.possible / most
        drawn.append(
            f"<g><title>{escape(name)}: {number(count)}</title>"
            f'<rect class="reach" x="{n}" y="0" width="1" height="{TALL}"/>'
            f'<rect class="maybe" x="{n + 0.08:.2f}" y="{TALL - maybe:.2f}" width="0.84" height="{maybe:.2f}"/>'
            f'<rect class="sure" x="{n + 0.08:.2f}" y="{TALL - sure:.2f}" width="0.84" height="{sure:.2f}"/></g>'
        )
    return Markup(
        f'<svg class="small" viewBox="0 0 {max(len(names), 1)} {TALL}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)} over time; the table has the numbers">{"".join(drawn)}</svg>'
    )


def _bars(names: Sequence[str], counts: Sequence[Count], most: int, title: str) -> Markup:
    rows = []
    for name, count in zip(names, counts, strict=True):
        sure, maybe = 100 * count.certain / most, 100 * count.possible / most
        rows.append(
            f'<li><span class="name"><bdi>{escape(name)}</bdi></span><span class="number">{number(count)}</span>'
            f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="maybe" '
            f'width="{maybe:.2f}" height="6"/><rect class="sure" width="{sure:.2f}" height="6"/></svg></li>'
        )
    return Markup(f'<ol class="hbars" aria-label="{escape(title)}">{"".join(rows)}</ol>')
