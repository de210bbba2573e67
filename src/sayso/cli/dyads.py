"""``sayso dyads``: which sides are said to strike each other, and one pair of them closely."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.options import DEFAULT_LEDGER, Format, Ledger
from sayso.cli.terminal import console, plain, print_json
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.incidents.dyads import Dyad, DyadPage, Strike
    from sayso.incidents.exchanges import Exchange
    from sayso.incidents.excitation import Fit
    from sayso.incidents.responses import Responses, Span, Summary

ANALYSED = 2_000
"""Strikes of a dyad, the latest, that are looked at."""


def dyads(
    sides: Annotated[
        list[str] | None, typer.Argument(metavar="[SIDE [SIDE]]", help="One side for its dyads, two for one dyad.")
    ] = None,
    ledger: Ledger = DEFAULT_LEDGER,
    fit: Annotated[
        bool, typer.Option("--fit", help="Fit how the attacks cluster in time (a description, no forecast).")
    ] = False,
    page: Annotated[int, typer.Option(min=1, help="Which page of the list.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=500, help="How many a page.")] = 50,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
) -> None:
    """List the sides that are said to have struck each other; of two sides, their exchanges and response times."""
    from sayso.incidents import dyads as pairs
    from sayso.ledger.store import Store

    wanted = sides or []
    if len(wanted) > 2:
        raise SaysoError("S452", count=len(wanted))
    with Store.open(ledger, create=False) as store, store.read() as connection:
        keys = [pairs.side_key(connection, name) for name in wanted]
        if len(keys) < 2:
            listed = pairs.dyads(connection, page, size, keys[0] if keys else None)
            if format_ is Format.text:
                _print_list(listed)
            else:
                print_json([_row(one) for one in listed.items], lines=format_ is Format.jsonl)
            return
        one, other = keys
        found = pairs.dyad(connection, one, other)
        if found is None:
            raise SaysoError("S210", what="dyad", id=" – ".join(wanted))
        strikes = pairs.strikes(connection, one, other, limit=ANALYSED)
        links = pairs.linked(connection, one, other)
    _one(found, strikes, links, format_, wants_fit=fit)


def _row(found: Dyad) -> dict[str, Any]:
    import msgspec

    return {**msgspec.to_builtins(found), "total": found.total}


def _one(
    found: Dyad, strikes: list[Strike], links: list[tuple[str, str, str]], format_: Format, *, wants_fit: bool
) -> None:
    import msgspec

    from sayso.incidents.exchanges import patterns, said
    from sayso.incidents.excitation import fit
    from sayso.incidents.responses import responses

    answers = responses(strikes, links)
    exchanges = [*said(strikes, links), *patterns(strikes)]
    fitted = fit(strikes) if wants_fit else None
    if format_ is not Format.text:
        facts = {"dyad": _row(found), "strikes": strikes, "exchanges": exchanges, "responses": answers, "fit": fitted}
        data = msgspec.to_builtins(facts)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2 if format_ is Format.json else None))
        return
    _print_head(found)
    _print_exchanges(found, exchanges)
    _print_responses(found, answers)
    if fitted is not None:
        _print_fit(found, fitted)


def _print_list(page: DyadPage) -> None:
    from rich.table import Table

    if not page.items:
        console().print("No attack between two named sides is told of. Add reports with 'sayso add'.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("sides")
    for name in ("on first", "on second", "clashes", "contested"):
        table.add_column(name, justify="right")
    table.add_column("first – last", no_wrap=True)
    for one in page.items:
        numbers = [str(number) for number in (one.by_a, one.by_b, one.clashes, one.contested)]
        when = f"{one.first[:10]} – {one.last[:10]}" if one.first and one.last else "not dated"
        table.add_row(plain(f"{one.a.name} – {one.b.name}"), *numbers, when)
    console().print(table)
    console().print(f"page {page.number} of {page.pages}; {page.total} dyads. 'sayso dyads SIDE SIDE' shows one.")


def _print_head(found: Dyad) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(plain(f"{found.a.name} – {found.b.name}"), style="bold"))
    clashes = f"; {found.clashes} clashes" if found.clashes else ""
    out.print(
        plain(
            f"Attacks attributed to {found.a.name}: {found.by_a}, to {found.b.name}: {found.by_b}{clashes}; "
            f"who did it is contested in {found.contested}. What was said, not what is proved."
        )
    )


def _print_exchanges(found: Dyad, exchanges: list[Exchange]) -> None:
    out = console()
    if not exchanges:
        out.print("\nNo exchange is said, and the dates show none.")
    names = {"a": found.a.name, "b": found.b.name, "both": "both"}
    for one in exchanges[:10]:
        ground = "Said to be strike and answer" if one.ground == "said" else "Only a pattern in time"
        out.print(f"\n{ground}: {one.size} attacks")
        for member in one.members:
            strike = member.strike
            out.print(plain(f"  {strike.incident_id}  {names[strike.direction]}: {strike.title} ({member.why})"))
    if len(exchanges) > 10:
        out.print(f"\nand {len(exchanges) - 10} more exchanges")


def _print_responses(found: Dyad, answers: Responses) -> None:
    out = console()
    out.print("\nDays until an attack was, on somebody's word, answered or followed:")
    for name, one in ((found.a.name, answers.by_a), (found.b.name, answers.by_b), ("either", answers.either)):
        out.print(plain(f"  {name}: {_summary(one)}"))
    for reason, number in answers.left_out.items():
        out.print(f"  {number} pairs not counted: {reason}")
    out.print("  Ranges are as wide as the dates leave them. It says nothing about what comes next.")


def _summary(one: Summary) -> str:
    if one.why_not:
        return one.why_not
    shortest, median, longest = (_days(span) for span in (one.shortest, one.median, one.longest))
    return f"median {median}, from {shortest} to {longest}, of {one.n} pairs"


def _days(span: Span | None) -> str:
    if span is None:
        return "unknown"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def _print_fit(found: Dyad, fitted: Fit) -> None:
    out = console()
    out.print("\nHow the attacks cluster in time (a description, no forecast):")
    if fitted.why_not or fitted.a is None or fitted.b is None or fitted.half_life is None:
        out.print(f"  Not fitted: {fitted.why_not}")
        return
    for name, one in ((found.a.name, fitted.a), (found.b.name, fitted.b)):
        parts = [
            f"{words} {band[1]:.2f} ({band[0]:.2f}–{band[2]:.2f})"
            for words, band in (
                ("steady rate a week", one.per_week),
                ("more for each of its own", one.after_own),
                ("for each of the other's", one.after_other),
            )
        ]
        out.print(plain(f"  {name}: {', '.join(parts)}"))
    out.print(f"  halving in {fitted.half_life[1]:g} days; 5th to 95th percentile of {fitted.draws} draws of the dates")
