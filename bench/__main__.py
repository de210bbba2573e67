"""``python -m bench [read|pages|start]``: measure, print a table; when all was measured, write the page."""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

from bench import start
from bench.child import measure
from bench.table import Row, as_page, as_text, page_rows, reading_rows, start_rows

PAGE = Path("docs/benchmark.md")
PARTS = ("read", "start", "pages")


def main() -> None:
    """Run the parts named on the command line, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; default: everything")
    parser.add_argument("--incidents", type=int, default=100_000, help="size of the made-up ledger")
    options = parser.parse_args()
    rows: list[Row] = []
    for part in options.parts or PARTS:
        rows += _rows(part, options.incidents)
    print(as_text(rows))
    if not options.parts:
        PAGE.write_text(
            as_page(rows, machine=f"{platform.machine()}, Python {platform.python_version()}"), encoding="utf-8"
        )


def _rows(part: str, incidents: int) -> list[Row]:
    if part == "read":
        return reading_rows(measure("bench.reading"), measure("bench.reading", "memory"), measure("bench.layers"))
    if part == "start":
        return start_rows(start.help_time())
    return page_rows(measure("bench.pages", str(incidents)))


main()
