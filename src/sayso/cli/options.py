"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.errors import SaysoError

if TYPE_CHECKING:
    import sayso.readers
    from sayso.ledger.filters import Filters

DEFAULT_LEDGER = "sayso.sqlite"

Ledger = Annotated[
    str, typer.Option("--ledger", envvar="SAYSO_LEDGER", help="The ledger: a file, or a database URL.", metavar="PATH")
]
Port = Annotated[int, typer.Option(help="The port on 127.0.0.1.", min=0, max=65535)]
Types = Annotated[list[str] | None, typer.Option("--type", help="Event type, such as airstrike. May be repeated.")]
Countries = Annotated[
    list[str] | None, typer.Option("--country", help="Country as ISO 3166-1 alpha-3, such as SYR. May be repeated.")
]
Statuses = Annotated[list[str] | None, typer.Option("--status", help="Status, such as contested. May be repeated.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="On or after this day (YYYY-MM-DD), month or year.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="On or before this day, month or year.")]
Text = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help="Words in the titles, places, names and quotes.")
]

Reader = Annotated[
    str | None,
    typer.Option("--reader", metavar="NAME", help="Who reads: sayso (built in), openai:MODEL, or one that you added."),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Where --reader openai:MODEL asks, such as http://127.0.0.1:11434/v1; or set SAYSO_ENDPOINT_URL.",
    ),
]

MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="SHARE",
        help="Refuse claims less likely than this, from 0 (refuse nothing) to 1; docs/confidence.md.",
    ),
]
ReadAll = Annotated[
    bool, typer.Option("--read-all", help="Read every report, also those that by their words are on other matters.")
]


class Format(StrEnum):
    """How a command prints."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


def chosen_reader(
    name: str | None, endpoint: str | None, min_confidence: float | None = None
) -> sayso.readers.Reader | None:
    """The reader that the options name, ``None`` for the built-in one; says where texts go, if away from here.

    Raises what ``sayso.readers.open_reader`` raises.
    """
    if name is None and endpoint is None and min_confidence is None:
        return None
    from sayso.readers import open_reader, sends_to

    reader = open_reader(name or "sayso", endpoint=endpoint, min_confidence=min_confidence)
    where = sends_to(reader)
    if where is not None:
        typer.echo(str(SaysoError("S850", where=where)), err=True)
    return reader


def chosen(
    types: Sequence[str] | None, countries: Sequence[str] | None, statuses: Sequence[str] | None = None, **others: Any
) -> Filters:
    """The incidents that a verb's options choose; ``others`` are further fields of ``Filters``. Raises S211."""
    from sayso.ledger.filters import Filters

    return Filters(
        types=tuple(types or ()),
        countries=tuple(code.upper() for code in countries or ()),
        statuses=tuple(statuses or ()),
        **others,
    ).check()


def columns(values: Sequence[str]) -> dict[str, str] | None:
    """``key=value`` options as a mapping, ``None`` where there are none. Raises S213."""
    found: dict[str, str] = {}
    for value in values:
        key, sign, name = value.partition("=")
        if not (key and sign and name):
            raise SaysoError("S213", value=value)
        found[key] = name
    return found or None
