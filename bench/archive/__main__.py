"""``python -m bench.archive FOLDER [SIZE…]``: archives made, joined and added to; writes docs/archive.md.

What lies in the folder already is not made or measured again, so that a long run can be gone on with.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.archive.page import as_page, as_plot

SIZES = (10_000, 100_000, 1_000_000)
PAGE, PLOT = Path("docs/archive.md"), Path("docs/images/adding.svg")


def main() -> None:
    """Measure each size in processes of its own, then write the page and the plot from all that the folder has."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the ledgers and their figures lie (15 GB for a million)")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="incidents")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for size in options.sizes:
        ledger = options.folder / f"{size}.sqlite"
        if not ledger.exists():
            _run("bench.archive.make", str(ledger), str(size))
        _measure(options.folder / f"{size}.join.json", "join", ledger)
        _measure(options.folder / f"{size}.add.json", "add", ledger)
    figures = [_figures(options.folder, size) for size in sorted(options.sizes)]
    PAGE.write_text(as_page(figures, f"{platform.machine()}, Python {platform.python_version()}"), encoding="utf-8")
    PLOT.write_text(as_plot(figures), encoding="utf-8")


def _measure(into: Path, kind: str, ledger: Path) -> None:
    if not into.exists():
        into.write_text(_run("bench.archive.linking", kind, str(ledger)), encoding="utf-8")


def _figures(folder: Path, size: int) -> dict[str, Any]:
    joined, added = (json.loads((folder / f"{size}.{kind}.json").read_text()) for kind in ("join", "add"))
    return {**joined, **added, "asked": size, "incidents": joined["incidents"]}


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


main()
