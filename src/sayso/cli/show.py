"""``sayso show``: one incident, with who says what about each of its details."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.incidents import when, where
from sayso.cli.options import DEFAULT_LEDGER, Format, Ledger
from sayso.cli.terminal import STANCE_STYLES, console, plain
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from rich.table import Table

    from sayso.ledger.queries import Incident, Record

PRIVATE = "a private person"


def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The incident's id, as 'sayso incidents' lists it.")],
    ledger: Ledger = DEFAULT_LEDGER,
    private: Annotated[bool, typer.Option("--private", help="Name private persons (victims, witnesses) too.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
) -> None:
    """Show one incident: its status and why, each detail with who asserts, denies or doubts it, and what it answers."""
    import msgspec

    from sayso.ledger import queries
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, store.read() as connection:
        found = queries.incident(connection, id_)
    if found is None:
        raise SaysoError("S210", what="incident", id=id_)
    found = found if private else without_private(found)
    if format_ is Format.text:
        _print(found)
    else:
        data = msgspec.to_builtins(found)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2 if format_ is Format.json else None))


def without_private(found: Incident) -> Incident:
    """The incident without the names of private persons; their words stay, as they are the evidence."""
    import msgspec

    claims = [
        claim | {"speaker": PRIVATE, "speaker_id": None} if claim["speaker_private"] else claim
        for claim in found.claims
    ]
    events = [
        event
        | {
            "sides": [
                side | {"name": PRIVATE, "words": PRIVATE, "actor_id": None} if side["private"] else side
                for side in event["sides"]
            ]
        }
        for event in found.events
    ]
    return msgspec.structs.replace(found, claims=claims, events=events)


def _print(found: Incident) -> None:
    from rich.text import Text

    from sayso.vocabulary import load

    out, row = console(), found.incident
    status = load("statuses")[row["status"]]
    out.print(Text(f"{row['id']}  ", style="dim").append(plain(row["title"]), style="bold not dim"))
    out.print(
        Text(f"{status.symbol or ''} {status.label}: ".lstrip(), style="bold").append(plain(row["reason"]), "not bold")
    )
    out.print(f"When: {when(row)}   Where: {where(row)}")
    for slot in ("killed", "injured"):
        low, high = row[f"{slot}_low"], row[f"{slot}_high"]
        if low is not None or high is not None:
            out.print(f"{slot.capitalize()}: {_range(low, high)}")
    out.print()
    out.print(_matrix(found.claims))
    for heading, links, end in (
        ("What it answers", found.answers, "to"),
        ("What answers it", found.answered_by, "from"),
    ):
        if links:
            out.print(Text(f"\n{heading}", style="bold"))
            for link in links:
                out.print("  " + _link(link, end))
    out.print(Text("\nReports", style="bold"))
    for report in found.reports:
        copy = " (near-copy of another)" if report["copy_of"] else ""
        title = plain(report["title"] or report["id"])
        out.print(f"  {report['published'][:10]}  {plain(report['publisher'] or 'unknown publisher')}: {title}{copy}")


def _matrix(claims: list[Record]) -> Table:
    """One row a claim, grouped by slot; what is not stated has no row."""
    from rich.table import Table
    from rich.text import Text

    from sayso.vocabulary import load

    slots = load("slots")
    order = {name: number for number, name in enumerate(slots)}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("detail", "stance", "who", "value", "in the words"):
        table.add_column(name, no_wrap=name in ("detail", "stance"))
    ordered = sorted(claims, key=lambda claim: order.get(claim["slot"], len(order)))
    for slot, group in groupby(ordered, key=lambda claim: claim["slot"]):
        for number, claim in enumerate(group):
            label = slots[slot].label if slot in slots and number == 0 else ""
            stance = Text(claim["stance"], style=STANCE_STYLES[claim["stance"]])
            table.add_row(label, stance, _who(claim), plain(claim["value"] or "—"), f"“{plain(claim['evidence'])}”")
    return table


def _who(claim: dict[str, Any]) -> str:
    who = claim["speaker"] or f"the report ({claim['report_publisher'] or claim['report_id']})"
    return plain(f"{who}, via {claim['via']}" if claim.get("via") else who)


def _link(link: Record, end: str) -> str:
    from sayso.vocabulary import load

    entry = load("link_kinds")[link["kind"]]
    word = entry.label if end == "to" else entry.inverse or entry.label
    other = plain(f"{link['other_title']} ({link['other_id']})" if link["other_id"] else link["other_mention"] or "?")
    return f"{word}: {other} — {plain(link['speaker'] or 'the report')}: “{plain(link['evidence'])}”"


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"
