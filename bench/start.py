"""How long ``sayso --help`` takes, from the shell's call to the prompt."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import Any

RUNS = 7


def help_time(runs: int = RUNS) -> dict[str, Any]:
    """Wall-clock seconds of ``sayso --help``: the median and the worst of several runs after a warm-up."""
    command = [sys.executable, "-c", "from sayso.cli import run; run()", "--help"]
    seconds = []
    for _ in range(runs + 1):
        start = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(perf_counter() - start)
    return {"median_s": median(seconds[1:]), "worst_s": max(seconds[1:])}
