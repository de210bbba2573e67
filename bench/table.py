"""What was measured, beside what is to be reached, as text and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bench.pages import BROAD

PREFACE = """\
Reading is measured beside the bare spaCy pipeline that it rests on, as that comes: the same texts, one process, one
core, one thread, in turns, in processor time. sayso runs only the tagger and the parser of it, so that the ratio can be
above 1: all the rest (times, places, actors, attributions, events, claims, links) fits into what that saves. Pages are
timed on the server, without network or browser, over a made-up ledger; *first* is the first page of its kind, before
anything is in memory."""


class Row(msgspec.Struct, frozen=True):
    """One measurement; ``met`` is null where nothing is to be reached."""

    what: str
    value: str
    wanted: str = ""
    met: bool | None = None


def reading_rows(speed: dict[str, Any], memory: dict[str, Any], shares: dict[str, float]) -> list[Row]:
    """The rows on reading: speed, ratio to the bare pipeline, what the layers take of it, memory."""
    spread = f"{speed['ratio']:.2f} ({speed['ratio_low']:.2f}–{speed['ratio_high']:.2f})"
    texts = f"{speed['reports']} bundled ones cut to {speed['words']} words"
    layers = " + ".join(f"{layer} {share:.1%}" for layer, share in shares.items())
    whole, per_second = sum(shares.values()), speed["sayso_per_second"]
    return [
        Row(f"reports a second, of {texts}", f"{per_second:.1f}", "≥ 10", per_second >= 10),
        Row("… by the bare spaCy pipeline (en_core_web_sm)", f"{speed['bare_per_second']:.1f}"),
        Row("… by the trained reader alone", f"{speed['encoder_per_second']:.1f}"),
        Row("… ratio to the bare pipeline, median of the rounds (lowest–highest)", spread),
        Row(f"… of which {layers}", f"{whole:.1%}", "< 25 %", whole < 0.25),
        Row("peak memory of the reading", f"{memory['peak_mb']:.0f} MB", "< 1000 MB", memory["peak_mb"] < 1000),
    ]


def start_rows(start: dict[str, Any]) -> list[Row]:
    """The row on the start of the program."""
    return [Row("sayso --help", f"{start['median_s']:.2f} s", "< 0.3 s", start["median_s"] < 0.3)]


def page_rows(pages: dict[str, Any]) -> list[Row]:
    """The rows on pages, one a kind of page: every one but the first of its kind must keep to the limit."""
    rows = [Row(f"a ledger of {pages['incidents']:,} made-up incidents", f"{pages['megabytes']:.0f} MB")]
    for name, taken in pages["pages"].items():
        value = f"{taken['median_ms']:.0f} ms (worst {taken['worst_ms']:.0f}, first {taken['first_ms']:.0f})"
        rows.append(
            Row(f"… {name}", value) if name == BROAD else Row(f"… {name}", value, "< 200 ms", taken["median_ms"] < 200)
        )
    return rows


def as_text(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    width = max(len(row.what) for row in rows)
    values = max(len(row.value) for row in rows)
    return "\n".join(f"{row.what:{width}}  {row.value:{values}}  {row.wanted:10} {_mark(row)}".rstrip() for row in rows)


def as_page(rows: Sequence[Row], *, machine: str) -> str:
    """The page docs/benchmark.md."""
    lines = [
        "# Benchmark",
        "",
        f"Made by `make bench` on one core ({machine}); run it to see your own machine's figures.",
        "",
        *PREFACE.splitlines(),
        "",
        "| what | measured | to reach | |",
        "|---|---|---|---|",
        *(f"| {row.what} | {row.value} | {row.wanted} | {_mark(row)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _mark(row: Row) -> str:
    return "" if row.met is None else "met" if row.met else "NOT met"
