"""``sayso why``: why two incidents, events or reports are, or are not, held to be one occurrence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding

from sayso.cli.options import DEFAULT_LEDGER, Ledger
from sayso.cli.terminal import console, plain

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.incidents.grounds import Grounds, Subject, Telling, Weighed

LEAST = 0.05
"""A finding that weighs less is listed after the others."""


def why(
    first: Annotated[str, typer.Argument(metavar="A", help="An incident, an event or a report, by its id.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    ledger: Ledger = DEFAULT_LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Why two incidents are, or are not, one: what was weighed, what rules it out, and what people decided."""
    from sayso.incidents.grounds import grounds
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, store.read() as connection:
        found = grounds(connection, first, second)
    if as_json:
        typer.echo(json.dumps(as_values(found), ensure_ascii=False, indent=2))
    else:
        _print(found)


def as_values(found: Grounds) -> dict[str, Any]:
    """The grounds as plain values; each pair with its ``probability``, ``log_odds`` and ``start``."""
    import msgspec

    from sayso.incidents.verdict import verdict

    values = {
        name: getattr(found, name) for name in found.__struct_fields__ if name not in ("pairs", "steps", "barrier")
    }
    pairs = {name: [_pair(pair) for pair in getattr(found, name)] for name in ("pairs", "steps")}
    barrier = None if found.barrier is None else _pair(found.barrier)
    return {"verdict": verdict(found), **msgspec.to_builtins(values), **pairs, "barrier": barrier}


def _pair(pair: Weighed) -> dict[str, Any]:
    import msgspec

    compared = pair.comparison
    weighed: dict[str, Any] = msgspec.to_builtins(pair)
    return weighed | {
        "comparison": {
            "joins": compared.joins,
            "refused": compared.refused,
            "probability": compared.probability,
            "log_odds": compared.score,
            "reasons": compared.as_rows(),
        }
    }


def _print(found: Grounds) -> None:
    from rich.text import Text

    from sayso.incidents.verdict import percent, verdict

    out = console()
    for subject in (found.first, found.second):
        out.print(_subject(subject))
    out.print(Text(f"\n{plain(verdict(found))}", style="bold"))
    if found.steps:
        out.print(Text("\nFrom one to the other", style="bold"))
        for step in found.steps:
            out.print(Padding.indent(f"{_telling(step.one)} — {_telling(step.two)}", 2))
            _print_comparison(out, step)
    if found.best is not None:
        out.print(Text("\nThe likeliest two of their tellings", style="bold"))
        for telling in (found.best.one, found.best.two):
            out.print(Padding.indent(_telling(telling), 2))
        _print_comparison(out, found.best)
    if found.barrier is not None and found.best is not None and found.best.comparison.joins:
        out.print(Text("\nWhat keeps their incidents two", style="bold"))
        for telling in (found.barrier.one, found.barrier.two):
            out.print(Padding.indent(_telling(telling), 2))
        _print_comparison(out, found.barrier)
    others = [pair for pair in found.pairs[1:] if not pair.comparison.refused]
    if others:
        out.print(Text("\nOther pairs of theirs", style="bold"))
    for pair in others:
        chance = percent(pair.comparison.probability)
        out.print(Padding.indent(f"{chance}: {_telling(pair.one)} — {_telling(pair.two)}", 2))
    if found.against:
        out.print(Text("\nWhat rules out others of their tellings", style="bold"))
        for words, count in found.against:
            out.print(Padding.indent(f"{plain(words)} ({count} {'pair' if count == 1 else 'pairs'})", 2))
    if found.rulings:
        out.print(Text("\nWhat people decided", style="bold"))
        from sayso.cli.decide import ruling_line

        for ruling in found.rulings:
            out.print(Padding.indent(ruling_line(ruling), 2))
    if found.left_out:
        out.print(f"\n{found.left_out} further tellings were not compared.")


def _subject(subject: Subject) -> Any:
    from rich.text import Text

    head = Text(f"{subject.id}  ", style="dim").append(plain(subject.title), style="not dim")
    if subject.asked.strip().upper() != subject.id.upper():
        head.append(f"  ({plain(subject.asked)} is now part of it)")
    return head


def _telling(telling: Telling) -> str:
    outlet = plain(telling.outlet or "A report")
    return f"{outlet}, {telling.published[:10]}: “{plain(telling.words)}”"


def _print_comparison(out: Console, pair: Weighed) -> None:
    """Each finding with its weight, then what they come to."""
    from rich.table import Table

    from sayso.incidents.verdict import percent

    compared, grid = pair.comparison, Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    if not compared.refused:
        grid.add_row(_weight(pair.start), "before anything is known of the two", style="dim")
    idle = []
    for reason in compared.reasons:
        if reason.weight is not None and abs(reason.weight) < LEAST:
            idle.append(plain(reason.words))
        else:
            grid.add_row(_weight(reason.weight), plain(reason.words), style="red" if reason.weight is None else "")
    if idle:
        grid.add_row("0", f"no weight: {'; '.join(idle)}", style="dim")
    total = "ruled out" if compared.refused else f"a likelihood of {percent(compared.probability)}"
    grid.add_row("" if compared.refused else _weight(compared.score), total, style="bold")
    out.print(Padding.indent(grid, 4))


def _weight(weight: float | None) -> str:
    return "✕" if weight is None else f"{weight:+.1f}".replace("-", "−")
