"""What a terminal is given: report text without control characters, and stances with colour and symbol."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

STANCE_STYLES = {"asserts": "green", "denies": "red", "uncertain": "yellow"}
"""A colour is never the only sign: the stance's word stands beside it."""


def plain(text: str) -> str:
    """A text on one line whose control and direction characters cannot steer the terminal."""
    kept = (" " if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in text)
    return " ".join("".join(kept).split())


def console() -> Console:
    """Standard output; no markup is read in what is printed, since report text may hold brackets."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def print_json(rows: Sequence[Any], *, lines: bool) -> None:
    """Rows as one JSON array, or one JSON value a line."""
    if lines:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
