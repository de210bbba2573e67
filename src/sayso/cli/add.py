"""``sayso add``: read reports into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Endpoint, Ledger, MinConfidence, ReadAll, Reader, chosen_reader, columns
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.intake import Outcome
    from sayso.ledger.store import Store

KINDS = {
    "added": "added",
    "copy": "kept as near-copies of another report",
    "reread": "read again, with a newer reader or another date",
    "already": "already in the ledger",
    "skipped": "kept but not read, since they are on other matters; 'sayso add --read-all' reads them",
    "unread": "could not be read",
}


def add(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders or patterns: text, HTML, JSONL, CSV; - is standard input."),
    ] = None,
    ledger: Ledger = DEFAULT_LEDGER,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Publication date (YYYY-MM-DD) of these reports, whatever they say themselves."
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            "--column",
            metavar="KEY=NAME",
            help="Which column of CSV or JSONL holds what: text=body. May be repeated.",
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again all that could not be read.")] = False,
    reader: Reader = None,
    endpoint: Endpoint = None,
    min_confidence: MinConfidence = None,
    read_all: ReadAll = False,
) -> None:
    """Read reports into the ledger. What it has already is left alone; a call that was stopped can be repeated."""
    from sayso import intake
    from sayso.ledger.store import Store

    mapping = columns(column or [])
    if not paths and not retry:
        raise SaysoError("S219")
    chosen = chosen_reader(reader, endpoint, min_confidence)
    with Store.open(ledger) as store:
        paths = [*(paths or ()), *(_unread(store) if retry else ())]
        added = intake.add_with(store, paths, chosen, published=published, columns=mapping, read_all=read_all)
        outcomes = list(progress(added, total=count_reports(paths)))
    summary(outcomes, ledger)
    if outcomes and all(outcome.kind == "unread" for outcome in outcomes):
        raise typer.Exit(1 if all(outcome.code == "S214" for outcome in outcomes) else 2)


def _unread(store: Store) -> list[str]:
    from sayso.ledger.unread import unread_files

    with store.read() as connection:
        return unread_files(connection)


def count_reports(paths: list[str]) -> int | None:
    """How many reports these paths hold; ``None`` where a file of many is among them and only reading it would tell."""
    from sayso.sources.paths import find_files

    files = [] if "-" in paths else list(find_files(paths))
    many = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
    known = bool(files) and not any(isinstance(file, str) and file.lower().endswith(many) for file in files)
    return len(files) if known else None


def progress(outcomes: Iterable[Outcome], total: int | None = None) -> Iterator[Outcome]:
    """The same outcomes, with a bar on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("reading", total=total, name="")
        for outcome in outcomes:
            bar.update(task, advance=1, name=Path(outcome.source).name[-40:])
            yield outcome


def summary(outcomes: Iterable[Outcome], ledger: str) -> None:
    """Print how many reports met which end, and with its reason each that was not read or differs from the ledger's."""
    from rich.console import Console
    from rich.table import Table

    from sayso.intake import ALREADY

    outcomes = list(outcomes)
    counts = Counter[str](outcome.kind for outcome in outcomes)
    table = Table.grid(padding=(0, 2))
    for kind, words in KINDS.items():
        if counts[kind]:
            table.add_row(str(counts[kind]), words)
    console = Console(highlight=False, soft_wrap=True)
    if not outcomes:
        console.print("Nothing to read was found.", markup=False)
    console.print(table)
    for outcome in outcomes:
        if outcome.kind == "unread" or (outcome.kind == "already" and outcome.message != ALREADY):
            console.print(f"  {outcome.source}: {outcome.message}", markup=False)
    if counts["unread"]:
        console.print(f"What could not be read is kept in {ledger}; mend it and say 'sayso add --retry'.", markup=False)
