"""When incidents happened: the bars above a list, and the strip of one incident, drawn on the server as SVG."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import msgspec
from markupsafe import Markup, escape

from sayso.web import words
from sayso.web.filters import Filter

MOST_BARS = 240
"""Bars that a timeline shows; older ones are summed into the first."""
EARLY = 0.05
"""The share of the incidents, the earliest, that have no bar of their own: a war of long ago that one report recalls
would leave no room for those of now."""


LABEL_REACH = 34.0
"""Half the width of a day's label, in pixels."""


class Bar(msgspec.Struct, frozen=True):
    """One bar of a timeline: a period, how many incidents began in it, and the filter that it stands for.

    ``first`` is empty where it holds all that was earlier, too.
    """

    label: str
    first: str
    last: str
    count: int
    share: float
    """Of the tallest bar, 0 to 1."""
    chosen: bool
    url: str


def bars(counts: Sequence[tuple[str, int]], unit: str, chosen: Filter) -> list[Bar]:
    """The bars of all periods from the first to the last, the empty ones too."""
    known = {key: number for key, number in counts if _valid(key, unit)}
    if not known:
        return []
    periods = _periods(beginning(known), max(known), unit)[-MOST_BARS:]
    before = sum(number for key, number in known.items() if key < periods[0])
    tallest = max(*(known.get(key, 0) for key in periods), before + known.get(periods[0], 0), 1)
    found = []
    for key in periods:
        first, last = _edges(key)
        label, number = words.day(key), known.get(key, 0)
        if before and key == periods[0]:
            first, label, number = "", f"{label} and earlier", number + before
        inside = (not chosen.since or last >= chosen.since) and (not chosen.until or first <= chosen.until)
        found.append(Bar(label, first, last, number, number / tallest, inside, chosen.query(since=first, until=last)))
    return found


def beginning(counts: Mapping[str, int]) -> str:
    """The first period with a bar of its own: all but the share ``EARLY`` of the incidents are in it or later."""
    total, seen = sum(counts.values()), 0
    for key in sorted(counts):
        seen += counts[key]
        if seen > EARLY * total:
            break
    return key


def _valid(key: str, unit: str) -> bool:
    digits = key.replace("-", "")
    return digits.isdigit() and len(key) == (4 if unit == "year" else 7)


def _periods(first: str, last: str, unit: str) -> list[str]:
    if unit == "year":
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    (y0, m0), (y1, m1) = ((int(part) for part in key.split("-")) for key in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(y0 * 12 + m0 - 1, y1 * 12 + m1)]


def _edges(key: str) -> tuple[str, str]:
    if len(key) == 4:
        return f"{key}-01-01", f"{key}-12-31"
    year, month = (int(part) for part in key.split("-"))
    return f"{key}-01", f"{key}-{calendar.monthrange(year, month)[1]:02d}"


def ticks(found: Sequence[Bar], most: int = 9) -> list[tuple[float, str]]:
    """Labels under the bars: the share of the width at which each stands, and its words."""
    if not found:
        return []
    yearly = found[-1].first[5:] == "01-01" and found[-1].last[5:] == "12-31"
    marked = list(range(len(found)))
    if not yearly:
        # The first bar may hold what was earlier and has no beginning then.
        januaries = [n for n, bar in enumerate(found) if bar.last[5:7] == "01" and bar.first]
        yearly, marked = len(januaries) > 1, januaries if len(januaries) > 1 else marked
    step = max(1, -(-len(marked) // most))
    shown = marked[::step] if found[0].first else [0, *(n for n in marked[::step] if n > len(found) / most / 2)]
    return [(n / len(found), _tick(found[n], yearly=yearly)) for n in shown]


def _tick(bar: Bar, *, yearly: bool) -> str:
    named = bar.last[:4] if yearly else words.day(bar.last[:7])
    return named if bar.first else f"to {named}"


def chart(found: Sequence[Bar], height: int = 46) -> Markup:
    """The bars as SVG, each a link that narrows the list to its period; its width is that of its container."""
    total = max(len(found), 1)
    drawn = []
    for n, bar in enumerate(found):
        title = f"{bar.label}: {words.count(bar.count, 'incident')}"
        tall = max(1.5, bar.share * (height - 2)) if bar.count else 0.0
        drawn.append(
            f'<a href="/{escape(bar.url)}" data-from="{bar.first}" data-to="{bar.last}" tabindex="-1">'
            f"<title>{title}</title>"
            f'<rect class="reach" x="{n}" y="0" width="1" height="{height}"/>'
            f'<rect class="bar{"" if bar.chosen else " out"}" x="{n + 0.08:.2f}" y="{height - tall:.1f}" width="0.84"'
            f' height="{tall:.1f}"/></a>'
        )
    return Markup(
        f'<svg class="bars" viewBox="0 0 {total} {height}" preserveAspectRatio="none" role="img" '
        f'aria-label="Incidents by the time they began">{"".join(drawn)}</svg>'
    )


class Tick(msgspec.Struct, frozen=True):
    """A day on the strip of an incident: a publication, or another incident of its chain."""

    day: str
    label: str
    kind: str
    """``published`` or ``linked``."""


def strip(start: str | None, end: str | None, exact: bool, marks: Sequence[Tick], width: int = 500) -> Markup:
    """The strip of one incident: its interval, the publications below it and the linked incidents above.

    The interval is solid where the day is known, hatched where it is not, open-ended where a side is unknown.
    """
    days = [found for iso in (start, end, *(mark.day for mark in marks)) if (found := day_of(iso))]
    if not days:
        return Markup("")
    first, last = min(days), max(days)
    pad = max(2, (last - first).days // 12)
    first, last = _shift(first, -pad), _shift(last, pad)
    span = max((last - first).days + 1, 1)

    def x(at: date, after: int = 0) -> float:
        return 8 + ((at - first).days + after) / span * (width - 16)

    left, right = day_of(start), day_of(end)
    height, line = 96, 52
    parts = [_axis(first, last, x, line, width)]
    parts += [_event(x(left) if left else None, x(right, 1) if right else None, exact, line, width)]
    parts += _ticks(marks, x, line, width)
    return Markup(
        f'<svg class="strip" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="When it happened and when it was reported">'
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="hatch" width="2" height="5"/></pattern></defs>{"".join(parts)}</svg>'
    )


def day_of(iso: str | None) -> date | None:
    """The day of an ISO date; ``None`` for none and for what is no day of the calendar."""
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _shift(day: date, days: int) -> date:
    """A day moved, but not out of the calendar."""
    return date.fromordinal(max(date.min.toordinal(), min(date.max.toordinal(), day.toordinal() + days)))


def _axis(first: date, last: date, x: Callable[..., float], line: int, width: int) -> str:
    drawn = [f'<line class="axis" x1="0" x2="{width}" y1="{line + 10}" y2="{line + 10}"/>']
    span = (last - first).days
    step = next((n for n in (1, 2, 5, 10, 15, 31, 92, 183, 366, 1830, 3660, 18300) if span / n <= 6), 36600)
    year = None
    for ordinal in range(first.toordinal(), last.toordinal() + 1, step):
        at = date.fromordinal(ordinal)
        drawn.append(f'<line class="axis" x1="{x(at):.1f}" x2="{x(at):.1f}" y1="{line + 10}" y2="{line + 14}"/>')
        if x(at) >= LABEL_REACH:  # nearer to the edge it would be cut off
            label = words.day(at.isoformat()[: 10 if step < 31 else 7])
            label, year = label.removesuffix(f" {at.year}") if at.year == year else label, at.year
            drawn.append(f'<text class="when" x="{x(at):.1f}" y="{line + 26}">{label}</text>')
    return "".join(drawn)


def _event(left: float | None, right: float | None, exact: bool, line: int, width: int) -> str:
    if left is None and right is None:
        return f'<text class="when open" x="{width / 2:.0f}" y="{line}">date not stated</text>'
    kind = "known" if exact and left is not None and right is not None else "within"
    a = left if left is not None else max((right or 0.0) - 130, 0.0)
    b = right if right is not None else min(a + 130, float(width))
    open_side = " open-left" if left is None else " open-right" if right is None else ""
    fill = "" if kind == "known" else ' fill="url(#hatch)"'
    size = f'x="{a:.1f}" y="{line - 6}" width="{max(b - a, 4):.1f}" height="12"'
    return f'<rect class="event {kind}{open_side}"{fill} {size}/>'


def _ticks(marks: Sequence[Tick], x: Callable[..., float], line: int, width: int) -> list[str]:
    drawn = []
    used: dict[str, list[tuple[float, float]]] = {"published": [], "linked": []}
    for mark in marks:
        at = day_of(mark.day)
        if at is None:
            continue
        centre = x(at) + 3
        below = mark.kind == "published"
        reach = len(mark.label) * 3.1
        left, right = centre - reach, centre + reach
        fits = left > 0 and right < width and all(right < a or left > b for a, b in used[mark.kind])
        y0, y1 = (line + 10, line + 32) if below else (line - 8, line - 26)
        drawn.append(
            f'<line class="tick {mark.kind}" x1="{centre:.1f}" x2="{centre:.1f}" y1="{y0}" y2="{y1}">'
            f"<title>{escape(mark.label)}</title></line>"
        )
        if fits:
            used[mark.kind].append((left, right))
            drawn.append(
                f'<text class="{mark.kind}" x="{centre:.1f}" y="{line + 42 if below else line - 30}">'
                f"{escape(mark.label)}</text>"
            )
    return drawn
