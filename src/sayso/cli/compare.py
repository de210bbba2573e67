"""``sayso compare``: the ledger beside a file of ACLED or UCDP GED."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Countries, Ledger
from sayso.cli.terminal import console, plain
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.comparing.result import About, Comparison, Entry
    from sayso.ledger.store import Store

ROWS = 10
"""Entries of each kind that the text shows unless --rows says otherwise."""
BAD_ROWS = 5
"""Rows that could not be used which the text names."""


class Format(StrEnum):
    """How a comparison is printed."""

    text = "text"
    json = "json"
    csv = "csv"


def compare(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A file of ACLED or UCDP GED, as downloaded (.csv, .gz, .zip).")
    ] = None,
    ledger: Ledger = DEFAULT_LEDGER,
    since: Annotated[
        str | None, typer.Option("--since", "--from", metavar="DATE", help="Only from this day (YYYY-MM-DD) on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", "--to", metavar="DATE", help="Only up to this day, inclusive.")
    ] = None,
    country: Countries = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
    rows: Annotated[int, typer.Option(min=0, help="How many entries of each kind the text shows.")] = ROWS,
    keep: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep it in the ledger under this name, for the pages.")
    ] = None,
    forget: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take a kept comparison out of the ledger.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the kept comparisons.")] = False,
) -> None:
    """Compare the ledger with a file of ACLED or UCDP GED: what both have, what only one has, where they differ."""
    from sayso.comparing.compare import compare as make
    from sayso.comparing.keep import forget as drop
    from sayso.comparing.keep import keep as put
    from sayso.ledger.store import Store

    if file is None and forget is None and not list_:
        raise SaysoError("S837")
    with Store.open(ledger, create=False) as store:
        if forget is not None:
            with store.write() as connection:
                drop(connection, forget)
            typer.echo(f"{plain(forget)} is forgotten.", err=True)
        if list_:
            _list(store)
        if file is None:
            return
        with store.read() as connection:
            found = make(connection, file, since=since, until=until, countries=country or ())
        if keep is not None:
            with store.write() as connection:
                put(connection, keep, found)
    _print(found, format_, rows)
    if keep is not None:
        typer.echo(f"Kept as {plain(keep)}: the pages show it under Compare ('sayso serve').", err=True)


def _list(store: Store) -> None:
    from sayso.comparing.foreign import DATASETS
    from sayso.comparing.keep import kept_comparisons

    with store.read() as connection:
        kept = kept_comparisons(connection)
    for one in kept:
        counts = one.about.counts
        numbers = f"{counts.get('both', 0)} in both, {counts.get('ours', 0)} only in sayso, "
        console().print(
            f"{plain(one.name)}  {DATASETS[one.dataset]}, {one.made_at[:10]}: "
            f"{numbers}{counts.get('theirs', 0)} only in theirs"
        )
    if not kept:
        console().print("No comparison is kept. 'sayso compare FILE --keep NAME' keeps one.")


def _print(found: Comparison, format_: Format, rows: int) -> None:
    import msgspec

    from sayso.comparing.rows import csv_lines

    if format_ is Format.csv:
        for line in csv_lines(found.entries):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    elif format_ is Format.json:
        data = {"about": msgspec.to_builtins(found.about), "entries": msgspec.to_builtins(found.entries)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _text(found, rows)


def _text(found: Comparison, rows: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from sayso.comparing.summary import lines, summary

    out = console()
    for sentence in summary(found.about):
        out.print(sentence)
    for bad in found.about.bad[:BAD_ROWS]:
        out.print(Padding.indent(plain(bad.message), 2))
    for outcome, heading in _headings(found.about).items():
        entries = found.of(outcome)
        if not entries or not rows:
            continue
        out.print(Text(f"\n{heading} ({len(entries):,})", style="bold"))
        for entry in entries[:rows]:
            first, *more = lines(entry)
            out.print(Padding.indent(plain(first), 2))
            for line in more:
                out.print(Padding.indent(Text(plain(line), style=_style(entry, line)), 4))
        if len(entries) > rows:
            out.print(Padding.indent(f"… and {len(entries) - rows:,} more; --rows shows more, --format csv all", 2))


def _style(entry: Entry, line: str) -> str:
    return "bold" if any(difference.words == line for difference in entry.differs) else "dim"


def _headings(about: About) -> dict[str, str]:
    from sayso.comparing.foreign import DATASETS

    name = DATASETS[about.dataset]
    return {
        "both": "In both",
        "ours": "Only in sayso",
        "theirs": f"Only in {name}",
        "unclear": "More than one fits",
        "also": "Part of what is matched",
    }
