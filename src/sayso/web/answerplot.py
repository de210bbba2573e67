"""How long until the answer, drawn: each pair as the days that its dates allow, the median as the range it may be."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from sayso.incidents.responses import Response, Responses, Summary
from sayso.web import words

WIDTH, LEFT, ROW = 760, 190, 44
"""Pixels: of the whole, where day 0 stands, and of one side's row."""
MOST_TICKS = 8
MOST_DRAWN = 400
"""Pairs drawn of each side, the earliest; the list has them all."""
MOST_NAME = 26
"""Characters of a side's name; the table beside it has the whole of it."""


def plot(found: Responses, names: tuple[str, str]) -> Markup:
    """The pairs of each side that answered, on one axis of days; empty where there is none."""
    rows = [
        (name, [one for one in found.answers if one.by == by], summary)
        for name, by, summary in ((names[0], "a", found.by_a), (names[1], "b", found.by_b))
    ]
    rows = [row for row in rows if row[1]]
    if not rows:
        return Markup("")
    most = max(one.days[1] for one in found.answers) + 1
    scale = (WIDTH - LEFT - 12) / most
    height = ROW * len(rows) + 24
    parts = [_axis(most, scale, height)]
    for number, (name, answers, summary) in enumerate(rows):
        parts.append(_row(name, answers, summary, scale, 6 + number * ROW))
    return Markup(
        f'<svg class="answers" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Days until the answer; the table has the numbers">{"".join(parts)}</svg>'
    )


def _axis(most: int, scale: float, height: int) -> str:
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10**9) if most / n <= MOST_TICKS)
    drawn = []
    for at in range(0, most + 1, step):
        x = LEFT + at * scale
        drawn.append(f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="{height - 20}"/>')
        text = "same day" if at == 0 else words.count(at, "day") if at == step else str(at)
        drawn.append(f'<text class="when" x="{x:.1f}" y="{height - 5}">{text}</text>')
    return "".join(drawn)


def _row(name: str, answers: Sequence[Response], summary: Summary, scale: float, top: int) -> str:
    short = name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"
    drawn = [
        f'<text class="side" x="0" y="{top + 13}">{escape(short)}</text>',
        f'<text class="when many" x="0" y="{top + 29}">{words.count(len(answers), "pair")}</text>',
    ]
    for one in answers[:MOST_DRAWN]:
        first, last = one.days
        wide = (last - first) * scale + 6
        kind = "exact" if first == last else "range"
        drawn.append(
            f'<rect class="{kind}" x="{LEFT + first * scale - 3:.1f}" y="{top + 4}" width="{wide:.1f}" height="14"/>'
        )
    if summary.median is not None:
        low, high = (LEFT + day * scale for day in summary.median)
        drawn.append(f'<path class="median" d="M{low - 3:.1f} {top + 26}v-4H{high + 3:.1f}v4"/>')
        drawn.append(f'<text class="when" x="{(low + high) / 2:.1f}" y="{top + 36}">median</text>')
    return "".join(drawn)
