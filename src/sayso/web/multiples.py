"""Small charts of counts, one for each value, drawn on the server as SVG on one scale.

What is certain is solid; what is only possible (a date that touches several periods, a contested side) stands on it in
outline. The table beside them has the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from markupsafe import Markup, escape

from sayso.incidents.counts import OPEN, OTHER, TIMES, VAGUE, Count, Counts, periods
from sayso.ledger.filters import UNKNOWN
from sayso.web import timeline, words

MOST_PERIODS = 240
"""Periods that a chart shows, the latest; the table and the files have all, also the few before a chart begins."""
MOST_BARS = 12
"""Bars of a chart without time."""
TALL, SMALL = 150, 60
"""Pixels that a chart is high: one by itself, and one of several."""
MOST_LEVELS = 4
"""Lines across a chart by itself, at most."""
MOST_LABELS = 9

Leads = Callable[[Sequence[str]], str | None]
"""Where the number of some keys leads."""


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """One small chart: what it counts, its number in words, and the drawing."""

    key: str
    """The value of the second division; empty for a chart by itself."""
    title: str
    total: str
    drawing: Markup
    edges: tuple[str, str] | None = None
    """The first and the last period, for one of several charts over time."""
    levels: tuple[tuple[float, str], ...] = ()
    """The lines across a chart by itself: pixels from its top, and the number that each stands for."""
    labels: tuple[tuple[float, str], ...] = ()
    """The periods named below a chart by itself: share of its width at which each begins, and its words."""


def number(count: Count) -> str:
    """A count in words: "12", or "3–12" where some are only possible."""
    if count.certain == count.possible:
        return f"{count.possible:,}"
    return f"{count.certain:,}–{count.possible:,}"


def grid(found: Counts) -> dict[tuple[str, str], Count]:
    """The counts by first and second key; the second is empty where there is one division."""
    return {(cell.keys[0], cell.keys[1] if len(cell.keys) > 1 else ""): cell.count for cell in found.cells}


def charts(found: Counts, leads: Leads = lambda keys: None) -> tuple[list[Chart], int]:
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
        # A total over several periods or sides would count an incident more than once.
        summed = number(total) if not found.several and total.certain == total.possible else ""
        chart = Chart(key=column, title=title, total=summed, drawing=Markup(""))
        if not timed:
            to = [leads((row, column) if len(found.by) > 1 else (row,)) for row in rows]
            chart = msgspec.structs.replace(chart, drawing=_bars(names, counts, most, title, to))
        elif len(found.by) > 1:
            edges = (names[0], names[-1]) if names else None
            chart = msgspec.structs.replace(chart, drawing=_small(counts, most, title), edges=edges)
        else:
            levels = _levels(most)
            drawing = _over_time(names, counts, most, title, [leads((row,)) for row in rows], levels)
            chart = msgspec.structs.replace(
                chart,
                drawing=drawing,
                levels=tuple((_y(level, most), f"{level:,}") for level in levels),
                labels=tuple(labels(found.by[0], rows)),
            )
        drawn.append(chart)
    return drawn, most


def period(key: str) -> str:
    """A period in words: "2021", "Jul 2021", "week of 5 Jul 2021"."""
    return f"week of {words.day(key)}" if len(key) == 10 else words.day(key)


def _periods(found: Counts) -> list[str]:
    known = [key for key in found.order[0] if key not in (UNKNOWN, OPEN, VAGUE, OTHER)]
    if not known:
        return []
    counts = dict.fromkeys(known, 0)
    for cell in found.cells:
        if cell.keys[0] in counts:
            counts[cell.keys[0]] += cell.count.possible
    return list(periods(found.by[0], timeline.beginning(counts), known[-1])[-MOST_PERIODS:])


def undrawn(found: Counts) -> str | None:
    """The period with which the charts begin, in words, where some incidents are of earlier ones."""
    shown = _periods(found) if found.by[0] in TIMES else []
    known = [key for key in found.order[0] if key not in (UNKNOWN, OPEN, VAGUE)]
    earlier = bool(shown) and any(key == OTHER or key < shown[0] for key in known)
    return period(shown[0]) if earlier else None


def _levels(most: int) -> list[int]:
    """Round numbers up to the largest, few enough to be read."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most // step <= MOST_LEVELS:
                return list(range(step, most + 1, step))
        size *= 10


def _y(count: float, most: int) -> float:
    """How far below the top of a chart by itself a number stands; two pixels are left free above the largest."""
    return round(TALL - (TALL - 2) * count / most, 1)


def labels(name: str, rows: Sequence[str]) -> list[tuple[float, str]]:
    """The periods to name: years, where there are several of them, else the periods themselves."""
    found = [(n, key) for n, key in enumerate(rows)]
    if name != "year":
        yearly = [(n, key[:4]) for n, key in found if n == 0 or key[:4] != rows[n - 1][:4]]
        # The first is most of a year only where it begins with it.
        yearly = [one for one in yearly if one[0] or rows[0][5:] in ("01", "01-01")]
        found = yearly if len(yearly) > 2 else [(n, words.day(key)) for n, key in found]
    step = max(1, -(-len(found) // MOST_LABELS))
    return [(n / len(rows), text) for n, text in found[::step]]


def _over_time(
    names: Sequence[str],
    counts: Sequence[Count],
    most: int,
    title: str,
    to: Sequence[str | None],
    levels: Sequence[int],
) -> Markup:
    wide = max(len(names), 1)
    drawn = [f'<line class="level" x1="0" x2="{wide}" y1="{_y(one, most)}" y2="{_y(one, most)}"/>' for one in levels]
    for n, (name, count, address) in enumerate(zip(names, counts, to, strict=True)):
        if not count.possible:
            continue
        sure, maybe = _y(count.certain, most), _y(count.possible, most)
        bar = (
            f"<title>{escape(name)}: {number(count)}</title>"
            f'<rect class="reach" x="{n}" y="0" width="1" height="{TALL}"/>'
            f'<rect class="maybe" x="{n + 0.08:.2f}" y="{maybe}" width="0.84" height="{TALL - maybe:.1f}"/>'
            f'<rect class="sure" x="{n + 0.08:.2f}" y="{sure}" width="0.84" height="{TALL - sure:.1f}"/>'
        )
        drawn.append(f'<a href="{escape(address)}" tabindex="-1">{bar}</a>' if address else f"<g>{bar}</g>")
    return Markup(
        f'<svg class="small" viewBox="0 0 {wide} {TALL}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)} over time; the table has the numbers">{"".join(drawn)}</svg>'
    )


def _small(counts: Sequence[Count], most: int, title: str) -> Markup:
    """One of several charts: its bars as two outlines, so that a page of charts stays light."""
    paths = []
    for kind in ("possible", "certain"):
        tall = [round((SMALL - 1) * getattr(count, kind) / most, 1) for count in counts]
        bars = "".join(f"M{n}.08 {SMALL}v-{one:g}h.84v{one:g}z" for n, one in enumerate(tall) if one)
        paths.append(f'<path class="{"maybe" if kind == "possible" else "sure"}" d="{bars}"/>')
    return Markup(
        f'<svg class="small" viewBox="0 0 {max(len(counts), 1)} {SMALL}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)} over time; the table has the numbers">{"".join(paths)}</svg>'
    )


def _bars(names: Sequence[str], counts: Sequence[Count], most: int, title: str, to: Sequence[str | None]) -> Markup:
    rows = []
    for name, count, address in zip(names, counts, to, strict=True):
        sure, maybe = 100 * count.certain / most, 100 * count.possible / most
        shown = f'<a href="{escape(address)}">{number(count)}</a>' if address and count.possible else number(count)
        rows.append(
            f'<li><span class="name" title="{escape(name)}"><bdi>{escape(name)}</bdi></span>'
            f'<span class="number">{shown}</span>'
            f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="maybe" '
            f'width="{maybe:.2f}" height="6"/><rect class="sure" width="{sure:.2f}" height="6"/></svg></li>'
        )
    return Markup(f'<ol class="hbars" aria-label="{escape(title)}">{"".join(rows)}</ol>')
