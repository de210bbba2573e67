"""The bundled reports, for the demo, tests and documentation; ``reports/README.md`` says where they come from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def report_paths() -> list[Path]:
    """The paths of the bundled reports, plain text files with front matter, sorted by name."""
    return sorted(Path(str(files("sayso.examples"))).joinpath("reports").glob("*.txt"))
