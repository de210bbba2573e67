"""Run one measurement in a fresh process on one core, so that no measurement carries another's memory or threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def measure(module: str, *arguments: str) -> dict[str, Any]:
    """The JSON object that ``python -m module arguments…`` prints, run on one core with one thread."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **THREADS}, stdout=subprocess.PIPE, check=True, preexec_fn=_one_core, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes (10^6 bytes)."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6
