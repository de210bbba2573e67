"""The page docs/archive.md and its plot, from what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

TEXT = """\
# What joining costs

Made by `python -m bench.archive FOLDER` ({machine}, {processors} processors that share one core).
The reports are made up: what the bundled reports tell, cut to one event each, retold in other words, on other days,
in other towns, between other sides (`bench/archive`). One incident in four is told by two reports. Reading them is not
in these figures; it takes about a tenth of a second each ([benchmark.md](benchmark.md)).

| incidents | reports | ledger | all joined anew | again, nothing changed | memory, all processes |
|--:|--:|--:|--:|--:|--:|
{joining}

All joined anew: from reports that nothing has joined, every event compared, clustered and every incident counted
(`sayso relink`).
{notes}
## One report more

| incidents | median | 19 of 20 under | worst | writing it alone | joining adds |
|--:|--:|--:|--:|--:|--:|
{adding}

Each in a transaction of its own: near-copies sought, rows written, joined, incidents counted anew. *Writing it alone*
is the same without the joining, in the same run. The file was read through before, so that the system held it in
memory; from a disk the largest ledger here takes about twice as long.

![Milliseconds for one report more, by incidents in the ledger](images/adding.svg)

Between {smallest:,} and {largest:,} incidents the median grows as the number of incidents to the power of
{slope:.2f}: {times:.1f} times as long for {growth:.0f} times as many.

Joining all anew takes {per_event:.2f} ms an event in the largest ledger here{beyond}.
`python -m bench.archive FOLDER` with a million incidents needs 35 GB of disk.
"""
EVENTS_OF_A_MILLION = 1_250_000
WIDTH, HEIGHT, LEFT, BOTTOM = 560, 300, 60, 40


def as_page(figures: Sequence[dict[str, Any]], machine: str) -> str:
    """The page, Markdown; figures may be null, and a ledger's may have a note that stands below the table."""
    joining = "\n".join(
        f"| {f['incidents']:,} | {f['reports']:,} | {f['megabytes'] / 1000:.1f} GB | {_duration(f['join_s'])} "
        f"| {_duration(f['again_s'])} | {_megabytes(f['peak_mb'])} |"
        for f in figures
    )
    adding = "\n".join(
        f"| {f['incidents']:,} | {f['median_ms']:.0f} ms | {f['p95_ms']:.0f} ms | {f['worst_ms']:.0f} ms "
        f"| {f['written_ms']:.0f} ms | × {f['median_ms'] / f['written_ms']:.1f} |"
        for f in figures
    )
    first, last = figures[0], figures[-1]
    return TEXT.format(
        machine=machine,
        processors=last["processors"],
        joining=joining,
        notes="".join(f"\n{f['note']}\n" for f in figures if "note" in f),
        adding=adding,
        smallest=first["incidents"],
        largest=last["incidents"],
        slope=slope(figures),
        times=last["median_ms"] / first["median_ms"],
        growth=last["incidents"] / first["incidents"],
        per_event=1000 * last["join_s"] / last["events"],
        beyond=_beyond(last),
    )


def _beyond(last: dict[str, Any]) -> str:
    """What a million incidents would take, where the largest ledger measured has fewer."""
    if last["incidents"] > 900_000:
        return ""
    minutes = EVENTS_OF_A_MILLION * last["join_s"] / last["events"] / 60
    return f"; at that, a million incidents would take {minutes:.0f} minutes"


def slope(figures: Sequence[dict[str, Any]]) -> float:
    """The exponent of the growth: of the line through the medians, both axes logarithmic, by least squares."""
    xs, ys = [log10(f["incidents"]) for f in figures], [log10(f["median_ms"]) for f in figures]
    middle, level = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * (y - level) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0


def as_plot(figures: Sequence[dict[str, Any]]) -> str:
    """Milliseconds against incidents, both axes logarithmic, as SVG."""
    powers = range(int(log10(figures[0]["incidents"]) + 0.5), int(log10(figures[-1]["incidents"]) + 0.5) + 1)
    first, last = powers[0] - 0.1, powers[-1] + 0.1

    def x(incidents: float) -> float:
        return LEFT + (WIDTH - LEFT - 20) * (log10(incidents) - first) / (last - first)

    def y(ms: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 20) * (log10(max(ms, 1)) / 3)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for ms in (1, 10, 50, 100, 1000):
        dash = ' stroke-dasharray="4 3"' if ms == 50 else ""
        parts.append(f'<path d="M{LEFT} {y(ms):.1f}H{WIDTH - 20}" stroke="#ccc"{dash}/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y(ms) + 4:.1f}" text-anchor="end" fill="#444">{ms:,} ms</text>')
    for power in powers:
        place = x(10**power)
        words = f"{10**power:,}"
        parts.append(f'<text x="{place:.1f}" y="{HEIGHT - 18}" text-anchor="middle" fill="#444">{words}</text>')
    parts.append(
        f'<text x="{WIDTH - 20}" y="{HEIGHT - 3}" text-anchor="end" fill="#444">incidents in the ledger</text>'
    )
    for key, colour, words in (("p95_ms", "#999", "19 of 20 under"), ("median_ms", "#1a4f8b", "median")):
        points = [(x(f["incidents"]), y(f[key])) for f in figures]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in points]
        a, b = points[-1]
        parts.append(f'<text x="{a:.1f}" y="{b - 9:.1f}" text-anchor="end" fill="{colour}">{words}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "not measured"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def _megabytes(found: float | None) -> str:
    return "not measured" if found is None else f"{found:,.0f} MB"
