"""``sayso show``: one incident, with who says what about each of its details."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding

from sayso.cli.incidents import when, where
from sayso.cli.options import DEFAULT_LEDGER, Format, Ledger
from sayso.cli.terminal import STANCE_STYLES, console, plain
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.incidents.amounts import Amounts
    from sayso.ledger.queries import Incident, Record

PRIVATE = "a private person"
MOST_SHIFTS = 20
"""Changed accounts that are printed; JSON has all."""


def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The incident's id, as 'sayso incidents' lists it.")],
    ledger: Ledger = DEFAULT_LEDGER,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Name private persons (victims, witnesses) too.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
) -> None:
    """Show one incident: its status and why, each detail with who asserts, denies or doubts it, and what it answers."""
    import msgspec

    from sayso.incidents.amounts import amounts, as_json
    from sayso.incidents.testimony import Testimony, load_testimony
    from sayso.ledger import queries
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, store.read() as connection:
        found = queries.incident(connection, id_) or queries.incident(connection, id_.upper())
        current = found.incident["id"] if found else id_
        told = amounts(load_testimony(connection, [current]).get(current, Testimony()))
    if found is None:
        raise SaysoError("S210", what="incident", id=id_)
    found = found if include_private else without_private(found)
    if format_ is Format.text:
        _print(found, told)
    else:
        data = msgspec.to_builtins(found) | as_json(told)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2 if format_ is Format.json else None))


def without_private(found: Incident) -> Incident:
    """The incident without the names of private persons; their words stay, as they are the evidence."""
    import msgspec

    events = [event | {"sides": [_unnamed(s, "name", "words") for s in event["sides"]]} for event in found.events]
    return msgspec.structs.replace(
        found,
        events=events,
        claims=[_unnamed(claim, "speaker") for claim in found.claims],
        answers=[_unnamed(link, "speaker") for link in found.answers],
        answered_by=[_unnamed(link, "speaker") for link in found.answered_by],
    )


def _unnamed(row: Record, *names: str) -> Record:
    if not (row.get("private") or row.get("speaker_private")):
        return row
    return row | dict.fromkeys(names, PRIVATE) | {key: None for key in ("actor_id", "speaker_id") if key in row}


def _print(found: Incident, told: Amounts) -> None:
    from rich.text import Text

    from sayso.vocabulary import load

    out, row = console(), found.incident
    out.print(Text(f"{row['id']}  ", style="dim").append(plain(row["title"]), style="bold not dim"))
    symbol = load("statuses")[row["status"]].symbol or ""
    out.print(f"{symbol} {plain(row['reason'])}".lstrip())
    if told.since is not None:
        out.print(plain(f"{told.since.sentence}."))
    out.print(f"When: {when(row)}   Where: {where(row)}")
    for slot in ("killed", "injured"):
        low, high = row[f"{slot}_low"], row[f"{slot}_high"]
        if low is not None or high is not None:
            out.print(f"{slot.capitalize()}: {_range(low, high)}")
    _print_claims(out, found.claims)
    news = [shift for shift in told.shifts if not shift.normal]
    if news:
        out.print(Text("\nChanged accounts", style="bold"))
    for shift in news[:MOST_SHIFTS]:
        out.print(Padding.indent(plain(f"{shift.sentence}."), 2))
    for heading, links, end in (("Answers", found.answers, "to"), ("Answered by", found.answered_by, "from")):
        if links:
            out.print(Text(f"\n{heading}", style="bold"))
        for link in links:
            out.print(Padding.indent(_link(link, end), 2))
    out.print(Text("\nReports", style="bold"))
    for report in found.reports:
        copy = " (near-copy of another)" if report["copy_of"] else ""
        name = plain(": ".join(part for part in (report["publisher"], report["title"]) if part)) or plain(
            report["source"]
        )
        out.print(Padding.indent(f"{report['published'][:10]}  {name}{copy}", 2))


def _print_claims(out: Console, claims: list[Record]) -> None:
    """Under each detail that is stated, each stance with who takes it and in which words; same words are shown once."""
    from rich.text import Text

    from sayso.vocabulary import load

    slots, stances = load("slots"), load("stances")
    grouped: dict[tuple[str, str, str], list[Record]] = {}
    order = {name: number for number, name in enumerate((*slots, *stances))}
    for claim in sorted(claims, key=lambda claim: (order[claim["slot"]], order[claim["stance"]])):
        grouped.setdefault((claim["slot"], claim["stance"], claim["evidence"]), []).append(claim)
    shown = None
    for (slot, stance, evidence), group in grouped.items():
        if slot != shown:
            out.print(Text(f"\n{slots[slot].label}", style="bold"))
            shown = slot
        line = Text(f"{stances[stance].symbol or ''} {stance}".strip(), style=STANCE_STYLES[stance])
        who = "; ".join(dict.fromkeys(_who(claim) for claim in group))
        out.print(Padding.indent(line.append(f"  {who}", style="default"), 2))
        out.print(Padding.indent(f"“{plain(evidence)}”", 6))


def _who(claim: Record) -> str:
    who = claim["speaker"] or f"the report itself ({claim['report_publisher'] or claim['report_published'][:10]})"
    return plain(f"{who} (via {claim['via']})" if claim["via"] else who)


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
