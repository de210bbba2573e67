"""The timeline of a dyad as SVG: strikes of one side above the line, of the other below, what is said to link them.

A mark is as wide as the words leave its date open, and never narrower. Contested attackers are hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from markupsafe import Markup, escape

from sayso.incidents.dyads import Strike
from sayso.incidents.features import day
from sayso.web import words
from sayso.web.chain import ShownEdge

WIDTH = 1080
MARGIN = 10.0
LANE = 15.0
"""Pixels from one row of marks to the next."""
TALL = 11.0
LEAST_WIDTH = 10.0
"""A day is drawn at least so wide: a mark must be seen and hit."""
MOST_LANES = 14
AXIS = 30.0
"""Height of the band in the middle, where clashes stand and where the numbers of the links are."""
FOOT = 20.0
"""Height of the line of dates at the bottom."""
HEAD = 26.0
"""Height above and below the rows, for links between attacks of one side."""


class Drawn(msgspec.Struct, frozen=True):
    """A strike as it is placed: left and right edge, and its row counted from the axis (0 for a clash)."""

    strike: Strike
    left: float
    right: float
    lane: int

    @property
    def above(self) -> bool:
        """Whether it stands above the line."""
        return self.strike.direction == "a"


def drawable(strikes: Sequence[Strike]) -> list[Strike]:
    """The strikes that have a place on a timeline: those whose beginning is known."""
    return [one for one in strikes if day(one.start) is not None]


def timeline(strikes: Sequence[Strike], edges: Sequence[ShownEdge], names: tuple[str, str]) -> Markup:
    """The strikes of a dyad between the sides of these names; each edge links to ``#link-N``, counted from 1."""
    shown = drawable(strikes)
    if not shown:
        return Markup("")
    first = min(_first(one) for one in shown)
    last = max(_last(one) for one in shown)
    pad = max(1, (last - first).days // 40)
    first, last = first - timedelta(days=pad), last + timedelta(days=pad + 1)
    scale = (WIDTH - 2 * MARGIN) / max((last - first).days, 1)
    placed = _placed(shown, first, last, scale)
    lanes = {way: 1 + max((one.lane for one in placed if one.strike.direction == way), default=-1) for way in "ab"}
    top = HEAD + LANE * max(lanes["a"], 2)
    height = top + AXIS + HEAD + LANE * max(lanes["b"], 2) + FOOT
    spots = {one.strike.incident_id: _spot(one, top) for one in placed}
    parts = [_axis(first, last, scale, top, height)]
    parts += _arcs(edges, spots, top + AXIS / 2)
    parts += [_mark(one, top) for one in placed]
    label = escape(f"Strikes between {names[0]}, above the line, and {names[1]}, below it; the table has them in words")
    return Markup(
        f'<svg class="dyadline" viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-label="{label}">'
        '<defs><pattern id="doubt" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="hatchground" width="5" height="5"/><rect class="hatch" width="2" height="5"/></pattern></defs>'
        f"{''.join(parts)}</svg>"
    )


def _first(strike: Strike) -> date:
    return day(strike.start) or date.min


def _last(strike: Strike) -> date:
    return max(day(strike.end) or _first(strike), _first(strike))


def _placed(strikes: Sequence[Strike], first: date, last: date, scale: float) -> list[Drawn]:
    """Each strike in the first free row of its side; beyond ``MOST_LANES`` they overlap in the last."""
    ends: dict[str, list[float]] = {"a": [], "b": [], "both": []}
    found = []
    for one in sorted(strikes, key=lambda strike: (strike.start or "", strike.incident_id)):
        left = MARGIN + (_first(one) - first).days * scale
        until = last if one.end is None else _last(one) + timedelta(days=1)
        right = max(MARGIN + (until - first).days * scale, left + LEAST_WIDTH)
        rows = ends[one.direction]
        lane = next((n for n, end in enumerate(rows) if end < left), len(rows))
        if one.direction == "both":
            lane = 0
        if lane >= MOST_LANES:
            lane = MOST_LANES - 1
        if lane == len(rows):
            rows.append(right + 1.5)
        else:
            rows[lane] = max(rows[lane], right + 1.5)
        found.append(Drawn(one, left, right, lane))
    return found


def _y(one: Drawn, top: float) -> float:
    """The upper edge of a mark."""
    if one.strike.direction == "both":
        return top + AXIS / 2 - TALL / 2
    return top - 3 - TALL - LANE * one.lane if one.above else top + AXIS + 3 + LANE * one.lane


def _spot(one: Drawn, top: float) -> tuple[float, float, float]:
    """The middle of a mark, and its upper and lower edge, between which the arcs of a strike end."""
    y = _y(one, top)
    return (one.left + one.right) / 2, y, y + TALL


def _mark(one: Drawn, top: float) -> str:
    strike = one.strike
    known = strike.start is not None and strike.end is not None and strike.start[:10] == strike.end[:10]
    kinds = ["strike", "known" if known else "within"]
    kinds += ["contested"] * strike.contested + ["clash"] * (strike.direction == "both") + ["stub"] * strike.stub
    kinds += ["open"] * (strike.end is None)
    fill = ' fill="url(#doubt)"' if strike.contested else ""
    box = f'x="{one.left:.1f}" y="{_y(one, top):.1f}" width="{one.right - one.left:.1f}" height="{TALL}"'
    return (
        f'<a href="/incidents/{escape(strike.incident_id)}"><title>{escape(describe(strike))}</title>'
        f'<rect class="{" ".join(kinds)}"{fill} {box} rx="1"/></a>'
    )


def describe(strike: Strike) -> str:
    """A strike in words, with by how many it is said and whether that is contested."""
    told = f"said by {words.count(strike.said, 'speaker')}" if strike.said else "in the reports’ own words"
    doubt = f", denied by {words.count(strike.denied, 'speaker')}" if strike.denied else ", contested"
    return f"{strike.title}; {told}{doubt if strike.contested else ''}"


Spots = dict[str, tuple[float, float, float]]


def _arcs(edges: Sequence[ShownEdge], spots: Spots, middle: float) -> list[str]:
    """The links that can be drawn, each with its number; numbers that would cover each other are left out."""
    drawn: list[str] = []
    taken: list[tuple[float, float]] = []
    for number, edge in reversed(list(enumerate(edges, 1))):
        source, target = spots.get(edge.from_incident), spots.get(edge.to_incident)
        if source is None or target is None:
            continue
        path, at, foot = _path(target, source, middle)
        free = all(abs(at[0] - x) > 2 * BADGE or abs(at[1] - y) > 2 * BADGE for x, y in taken)
        taken += [at] * free
        drawn.append(_arc(number, edge, path, foot, at if free else None))
    return drawn[::-1]


BADGE = 7.5
"""Half the width of a link's number."""
ARROW = 4.0


def _path(
    struck: tuple[float, float, float], answer: tuple[float, float, float], middle: float
) -> tuple[str, tuple[float, float], tuple[float, float, int]]:
    """The way from an attack to its answer: through the line between the sides, outside it on one side.

    With it, where the number stands, and where the arrow ends and which way it points (1 is down).
    """
    (x1, top1, foot1), (x2, top2, foot2) = struck, answer
    above1, above2 = foot1 <= middle, foot2 <= middle
    if above1 != above2:
        y1, y2 = (foot1 if above1 else top1), (foot2 if above2 else top2)
        way = 1 if y2 > y1 else -1
        end = y2 - way * ARROW
        return (
            f"M{x1:.1f} {y1:.1f}C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {end:.1f}",
            ((x1 + x2) / 2, middle),
            (x2, y2, way),
        )
    y1, y2 = (top1, top2) if above1 else (foot1, foot2)
    way = 1 if above1 else -1
    bend = min(y1, y2) - 24 if above1 else max(y1, y2) + 24
    path = f"M{x1:.1f} {y1:.1f}C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {y2 - way * ARROW:.1f}"
    return path, ((x1 + x2) / 2, (y1 + y2) / 8 + bend * 0.75), (x2, y2, way)


def _arc(
    number: int, edge: ShownEdge, path: str, foot: tuple[float, float, int], badge: tuple[float, float] | None
) -> str:
    quote = edge.voices[0].evidence if edge.voices else ""
    title = f"{number}. {words.label('link_kinds', edge.kind)}: “{quote}”{' (disputed)' if edge.disputed else ''}"
    disputed = " disputed" if edge.disputed else ""
    x, y, way = foot
    tip = (
        f'<path class="tip" d="M{x - ARROW:.1f} {y - way * 6:.1f}L{x:.1f} {y:.1f}L{x + ARROW:.1f} {y - way * 6:.1f}z"/>'
    )
    shown = ""
    if badge is not None:
        shown = (
            f'<circle cx="{badge[0]:.1f}" cy="{badge[1]:.1f}" r="{BADGE}"/>'
            f'<text x="{badge[0]:.1f}" y="{badge[1] + 3.6:.1f}">{number}</text>'
        )
    return (
        f'<a class="arc {edge.kind}{disputed}" href="#link-{number}" data-link="{number}">'
        f'<title>{escape(title)}</title><path class="reach" d="{path}"/><path class="line" d="{path}"/>{tip}{shown}</a>'
    )


def _axis(first: date, last: date, scale: float, top: float, height: float) -> str:
    drawn = [
        f'<rect class="band" x="0" y="{top:.1f}" width="{WIDTH}" height="{AXIS}"/>',
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{top:.1f}" y2="{top:.1f}"/>',
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{top + AXIS:.1f}" y2="{top + AXIS:.1f}"/>',
    ]
    for at, text in _ticks(first, last):
        x = MARGIN + (at - first).days * scale
        drawn.append(f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="{height - FOOT + 6:.1f}"/>')
        if x < WIDTH - 50:
            drawn.append(f'<text class="when" x="{x + 3:.1f}" y="{height - 5:.1f}">{text}</text>')
    return "".join(drawn)


def _ticks(first: date, last: date, most: int = 11) -> list[tuple[date, str]]:
    """Days, months or years to label, few enough to be read."""
    span = (last - first).days
    if span <= 7 * most:
        step = max(1, -(-span // most))
        days = [first + timedelta(days=n) for n in range(1, span, step)]
        return [
            (at, f"{at.day} {words.MONTHS[at.month]}{f' {at.year}' if n == 0 else ''}") for n, at in enumerate(days)
        ]
    if span <= 31 * most // 2:
        days = [first + timedelta(days=n) for n in range(1, span)]
        return [
            (at, f"{at.day} {words.MONTHS[at.month]}{f' {at.year}' * (n < 15)}")
            for n, at in enumerate(days)
            if at.day in (1, 15)
        ]
    count = (last.year - first.year) * 12 + last.month - first.month
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if count / n <= most), 240)
    found = []
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
        if number % step == 0:
            year, month = divmod(number, 12)
            text = f"{words.MONTHS[month + 1]} {year}" if step < 12 else str(year)
            found.append((date(year, month + 1, 1), text))
    return found


class Month(msgspec.Struct, frozen=True):
    """One month of the overview: how many strikes of each side, and how many of them are contested."""

    key: str
    by_a: int = 0
    by_b: int = 0
    clashes: int = 0
    contested_a: int = 0
    contested_b: int = 0

    def __add__(self, other: Month) -> Month:
        return Month(self.key, *(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__[1:]))


MOST_MONTHS = 240


def months(rows: Sequence[tuple[str, str, int, int]]) -> list[Month]:
    """All months from the first to the last, the empty ones too; of more than ``MOST_MONTHS`` the latest."""
    found: dict[str, Month] = {}
    for key, way, number, contested in rows:
        if not (len(key) == 7 and key[:4].isdigit() and key[5:].isdigit() and 1 <= int(key[5:]) <= 12):
            continue
        one = {
            "a": Month(key, number, 0, 0, contested, 0),
            "b": Month(key, 0, number, 0, 0, contested),
            "both": Month(key, 0, 0, number),
        }[way]
        found[key] = found.get(key, Month(key)) + one
    if not found:
        return []
    (y0, m0), (y1, m1) = ((int(part) for part in key.split("-")) for key in (min(found), max(found)))
    numbers = range(y0 * 12 + m0 - 1, y1 * 12 + m1)
    keys = [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in numbers][-MOST_MONTHS:]
    return [found.get(key, Month(key)) for key in keys]


def overview(found: Sequence[Month], address: str, names: tuple[str, str], half: int = 44) -> Markup:
    """The months as mirrored bars, each a link that narrows the timeline to it; as wide as its container."""
    most = max((max(one.by_a, one.by_b) for one in found), default=0) or 1
    drawn = []
    for n, one in enumerate(found):
        up, down = (half - 1) * one.by_a / most, (half - 1) * one.by_b / most
        sure_up, sure_down = up * _sure(one.by_a, one.contested_a), down * _sure(one.by_b, one.contested_b)
        told = f"{words.day(one.key)}: {names[0]} {one.by_a}, {names[1]} {one.by_b}"
        told += f", clashes {one.clashes}" if one.clashes else ""
        url = f"{address}?from={one.key}-01&amp;to={words.last_day(one.key)}"
        x = n + 0.08
        drawn.append(
            f'<a href="{url}" tabindex="-1"><title>{escape(told)}</title>'
            f'<rect class="reach" x="{n}" y="0" width="1" height="{2 * half + 2}"/>'
            f'<rect class="maybe" x="{x:.2f}" y="{half - up:.1f}" width="0.84" height="{up:.1f}"/>'
            f'<rect class="sure" x="{x:.2f}" y="{half - sure_up:.1f}" width="0.84" height="{sure_up:.1f}"/>'
            f'<rect class="maybe" x="{x:.2f}" y="{half + 2}" width="0.84" height="{down:.1f}"/>'
            f'<rect class="sure" x="{x:.2f}" y="{half + 2}" width="0.84" height="{sure_down:.1f}"/></a>'
        )
    return Markup(
        f'<svg class="mirror" viewBox="0 0 {max(len(found), 1)} {2 * half + 2}" preserveAspectRatio="none" role="img" '
        f'aria-label="Strikes by month: {escape(names[0])} above, {escape(names[1])} below">{"".join(drawn)}</svg>'
    )


def _sure(number: int, contested: int) -> float:
    return (number - contested) / number if number else 0.0
