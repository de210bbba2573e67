"""``sayso analysis``: incidents counted by time, place, type, side and status."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Countries, Ledger, Since, Statuses, Text, Types, Until, chosen
from sayso.cli.terminal import console, plain

if TYPE_CHECKING:
    from sayso.incidents.counts import Counts


class TableFormat(StrEnum):
    """How the counts are printed."""

    text = "text"
    json = "json"
    csv = "csv"


def analysis(
    by: Annotated[
        str,
        typer.Option(
            help="One or two of month, week, year, type, country, admin1, side, target, status.", metavar="BY"
        ),
    ] = "month",
    ledger: Ledger = DEFAULT_LEDGER,
    type_: Types = None,
    country: Countries = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    text: Text = None,
    format_: Annotated[TableFormat, typer.Option("--format", help="How to print.")] = TableFormat.text,
) -> None:
    """Count incidents: "3–5" is three for certain and up to five, since the words leave dates or sides open."""
    from sayso.exchange import counts as tables
    from sayso.incidents.counts import check_by, count
    from sayso.ledger.store import Store

    divisions = check_by(by.split(","))
    filters = chosen(type_, country, status, since=since, until=until, text=text)
    with Store.open(ledger, create=False) as store, store.read() as connection:
        found = count(connection, filters, divisions)
    if format_ is TableFormat.csv:
        typer.echo(tables.as_csv(found), nl=False)
    elif format_ is TableFormat.json:
        typer.echo(json.dumps(tables.as_json(found), ensure_ascii=False, indent=2))
    else:
        _print_table(found)


def _print_table(found: Counts) -> None:
    from rich.table import Table

    from sayso.incidents.counts import BY, TIMES

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(BY[found.by[0]].lower())
    columns = list(found.order[1]) if len(found.by) > 1 else [""]
    for key in columns:
        table.add_column(plain(found.labels[1][key]) if key else "incidents", justify="right")
    cells = {(cell.keys[0], cell.keys[1] if len(cell.keys) > 1 else ""): cell.count for cell in found.cells}
    for row in found.order[0]:
        numbers = []
        for column in columns:
            one = cells.get((row, column))
            exact = one is not None and one.certain == one.possible
            numbers.append("" if one is None else str(one.possible) if exact else f"{one.certain}–{one.possible}")
        table.add_row(plain(found.labels[0][row]), *numbers)
    console().print(table)
    note = f"{found.total} incidents"
    if found.stubs:
        note += f"; {found.stubs} known only from mentions not counted"
    if any(name in TIMES for name in found.by):
        note += "; a date that touches several periods is possible in each"
    if found.several:
        note += "; an incident with several sides counts for each"
    console().print(f"{note}.")
