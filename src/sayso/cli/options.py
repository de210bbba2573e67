"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from sayso.errors import SaysoError

DEFAULT_LEDGER = "sayso.sqlite"

Ledger = Annotated[
    str, typer.Option("--ledger", envvar="SAYSO_LEDGER", help="The ledger: a file, or a database URL.", metavar="PATH")
]
Port = Annotated[int, typer.Option(help="The port on 127.0.0.1.", min=0, max=65535)]


class Format(StrEnum):
    """How a command prints."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


def columns(values: Sequence[str]) -> dict[str, str] | None:
    """``key=value`` options as a mapping, ``None`` where there are none. Raises S213."""
    found: dict[str, str] = {}
    for value in values:
        key, sign, name = value.partition("=")
        if not (key and sign and name):
            raise SaysoError("S213", value=value)
        found[key] = name
    return found or None
