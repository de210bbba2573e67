"""``sayso incidents``: the list of incidents, in the terminal or for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Countries, Format, Ledger, Since, Statuses, Text, Types, Until, chosen
from sayso.cli.terminal import console, plain, print_json

if TYPE_CHECKING:
    from sayso.ledger.queries import Page, Record


def incidents(
    ledger: Ledger = DEFAULT_LEDGER,
    type_: Types = None,
    country: Countries = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only where this speaker says something.")] = None,
    stance: Annotated[
        str | None, typer.Option(help="Only where it is asserted, denied or doubted: asserts, denies, uncertain.")
    ] = None,
    text: Text = None,
    sort: Annotated[
        str, typer.Option(help="newest, oldest, deadliest, reports, speakers, denials or updated.")
    ] = "newest",
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=500, help="How many a page.")] = 50,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
) -> None:
    """List the incidents of the ledger: what, where, when, its status, and how many speakers assert and deny it."""
    from sayso.ledger import queries
    from sayso.ledger.filters import check_sort
    from sayso.ledger.store import Store

    order = check_sort(sort)
    with Store.open(ledger, create=False) as store, store.read() as connection:
        speakers = queries.speaker_keys(connection, speaker) if speaker else ()
        filters = chosen(type_, country, status, since=since, until=until, speakers=speakers, stance=stance, text=text)
        found = queries.list_incidents(connection, filters, order, page, size)
    if format_ is Format.text:
        _print_table(found)
    else:
        print_json(found.items, lines=format_ is Format.jsonl)


def when(row: Record) -> str:
    """An interval as people read it: a day, "2021-07-05 to 2021-07-07", or "unknown"."""
    start, end = row["start"], row["end"]
    if start is None and end is None:
        return "unknown"
    if start is None or end is None:
        return f"from {start[:10]}" if start else f"by {end[:10]}"
    return str(start[:10]) if start[:10] == end[:10] else f"{start[:10]} to {end[:10]}"


def where(row: Record) -> str:
    """A place with its country, or "unknown"."""
    names = dict.fromkeys(name for name in (row["place_name"], row["country"]) if name)
    return plain(", ".join(names)) or "unknown"


def _print_table(found: Page) -> None:
    from rich.table import Table

    from sayso.vocabulary import load

    if not found.items:
        console().print("No incident fits. Loosen the filters, or add reports with 'sayso add'.")
        return
    labels = load("statuses")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "what", "status"):
        table.add_column(name, no_wrap=name != "what")
    for name in ("says", "denies", "unclear", "reports"):
        table.add_column(name, justify="right")
    for row in found.items:
        label = labels[row["status"]].label if row["status"] in labels else row["status"]
        numbers = [str(row[name]) for name in ("asserts", "denies", "uncertain", "reports")]
        known = " (known only from mentions)" if row["stub"] else ""
        table.add_row(row["id"], plain(row["title"]) + known, label, *numbers)
    console().print(table)
    console().print(f"page {found.number} of {found.pages}; {found.total} incidents. 'sayso show ID' shows one.")
