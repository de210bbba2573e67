"""``sayso read``: read reports and print their accounts; nothing is kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import Endpoint, Format, MinConfidence, ReadAll, Reader, chosen_reader, columns
from sayso.errors import SaysoError

if TYPE_CHECKING:
    import sayso.readers
    from sayso.model import Account, Report

FATAL = frozenset({"S301"})
"""Reading errors that every report would meet: the command ends instead of listing each report as unread."""

log = logging.getLogger("sayso")


def read(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders or patterns: text, HTML, JSONL, CSV; - is standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of reports that carry none.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text to look at; json, indented; jsonl, one account a line.")
    ] = Format.text,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", metavar="KEY=NAME", help="Which column of CSV or JSONL holds what: text=body. May be repeated."
        ),
    ] = None,
    reader: Reader = None,
    endpoint: Endpoint = None,
    min_confidence: MinConfidence = None,
    read_all: ReadAll = False,
) -> None:
    """Read reports and print their accounts: incidents, who says what and who denies it. Nothing is kept."""
    found = 0
    chosen = chosen_reader(reader, endpoint, min_confidence)
    mapping = columns(column or [])
    for item in read_accounts(paths, published=published, mapping=mapping, reader=chosen, read_all=read_all):
        if isinstance(item, str):
            typer.echo(item, err=True)
        else:
            show(item, form, first=found == 0)
            found += 1
    if not found:
        raise typer.Exit(2)


def read_accounts(
    paths: Sequence[str],
    *,
    published: str | None = None,
    mapping: Mapping[str, str] | None = None,
    reader: sayso.readers.Reader | None = None,
    read_all: bool = False,
) -> Iterator[Account | str]:
    """The account of every report at the paths; for what could not be read a line with its name, a code and the reason.

    ``reader`` takes the place of the built-in one; with ``read_all`` reports on other matters are read too.

    Raises SaysoError where the options are wrong or no report at all could be read (S301).
    """
    from sayso.sources import Unread, read_sources

    for item in read_sources(paths, published=published, columns=mapping):
        yield (
            _line(item.source, item.message) if isinstance(item, Unread) else _account(item, reader, read_all=read_all)
        )


def _line(source: str, message: str) -> str:
    """What could not be read and why; most messages name the source themselves."""
    return message if source in message else f"{source}: {message}"


def _account(report: Report, reader: sayso.readers.Reader | None, *, read_all: bool) -> Account | str:
    from sayso.reading.account import read_report
    from sayso.reading.relevance import held_back

    if not read_all and (skipped := held_back(report)) is not None:
        return skipped
    name = report.title or f"report {report.id}"
    try:
        found = read_report(report) if reader is None else next(iter(reader.read([report])))
        return _line(name, str(found)) if isinstance(found, SaysoError) else found
    except SaysoError as error:
        if error.code in FATAL:
            raise
        return _line(name, str(error))
    except Exception as error:  # A fault of ours in one report must not cost the user the others.
        log.debug("reading %s failed", name, exc_info=True)
        return str(SaysoError("S214", name=name, why=f"{type(error).__name__}: {error}"))


def show(account: Account, form: Format, *, first: bool = True) -> None:
    """Print one account on standard output; a line parts it from the one before."""
    if form is Format.jsonl:
        typer.echo(account.to_json())
    elif form is Format.json:
        import msgspec

        typer.echo(msgspec.json.format(account.to_json(), indent=2))
    else:
        from rich.console import Console

        from sayso.render import as_text, print_account

        console = Console()
        if not first:
            console.rule(style="dim")
        if console.is_terminal:
            print_account(account, console)
        else:
            typer.echo(as_text(account, width=console.width))
