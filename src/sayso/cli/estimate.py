"""``sayso estimate``: a truth-discovery model over the ledger's incidents, beside the rules and never part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Countries, Format, Ledger, Since, Types, Until, chosen
from sayso.cli.terminal import console, print_json

if TYPE_CHECKING:
    from sayso.incidents.estimate import Run


def estimate(
    ledger: Ledger = DEFAULT_LEDGER,
    type_: Types = None,
    country: Countries = None,
    since: Since = None,
    until: Until = None,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the estimates, so that the incidents' pages offer them.")
    ] = True,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
) -> None:
    """Estimate how likely incidents happened, under a model's assumptions. No status, list or export rests on it."""
    import msgspec

    from sayso.incidents import estimate as model
    from sayso.ledger.store import Store

    filters = chosen(type_, country, since=since, until=until)
    with Store.open(ledger, create=False) as store:
        with store.read() as connection:
            run = model.estimate(connection, filters)
        if keep:
            with store.write() as connection:
                model.keep(connection, run)
    if format_ is Format.text:
        _print(run, keep=keep)
    else:
        rows = [msgspec.to_builtins(one) for one in run.estimates]
        about = {"about": msgspec.to_builtins(run.about), "assumptions": list(model.ASSUMPTIONS)}
        print_json(rows if format_ is Format.jsonl else [about | {"estimates": rows}], lines=format_ is Format.jsonl)


def _print(run: Run, *, keep: bool) -> None:
    from sayso.incidents.estimate import ASSUMPTIONS

    about, out = run.about, console()
    made = sum(1 for one in run.estimates if one.refused is None)
    out.print(
        f"Estimated {made} incidents, from {about.labels} assertions and denials of {about.speakers} speakers on "
        f"{about.incidents} incidents, {about.disputed} of them disputed ({about.model}; {about.filters})."
    )
    for reason, number in sorted(about.refused.items()):
        out.print(f"Refused {number}: {reason}.")
    out.print("What the model assumes:")
    for line in ASSUMPTIONS:
        out.print(f"  - {line}")
    if keep:
        out.print("Each incident's page offers its estimate, closed; no status, list or export rests on it.")
