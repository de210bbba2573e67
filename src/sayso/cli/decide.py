"""``sayso decide``: what a reviewer says on incidents: that some are one, that some are not, and taking that back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Ledger
from sayso.cli.terminal import console, plain
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from sayso.incidents.decided import Ruling

app = typer.Typer(no_args_is_help=True, help="Say that incidents are one, or are not; every decision is kept.")

Who = Annotated[
    str | None,
    typer.Option("--who", envvar="SAYSO_REVIEWER", metavar="NAME", help="Who decides. Default: your login name."),
]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="Why, for those who read it later.")]


@app.command()
def same(
    ids: Annotated[list[str], typer.Argument(metavar="A B …", help="Incidents, or events, that are one occurrence.")],
    note: Note = "",
    who: Who = None,
    ledger: Ledger = DEFAULT_LEDGER,
) -> None:
    """Say that incidents or events are one occurrence; they are joined, whatever the reports seem to say."""
    from sayso.incidents import chosen, deciding
    from sayso.ledger.store import Store

    name = reviewer(who)
    with Store.open(ledger, create=False) as store, store.write() as connection:
        decision = deciding.say_same(connection, name, chosen.named(connection, ids), note)
        _tell(connection, decision)


@app.command()
def apart(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident that is more than one.")],
    events: Annotated[
        list[str], typer.Argument(metavar="EVENT…", help="Those of its events, or reports, that are another one.")
    ],
    note: Note = "",
    who: Who = None,
    ledger: Ledger = DEFAULT_LEDGER,
) -> None:
    """Say that some events of an incident are another occurrence than the rest; the incident is split."""
    from sayso.incidents import chosen, deciding
    from sayso.ledger.store import Store

    name = reviewer(who)
    with Store.open(ledger, create=False) as store, store.write() as connection:
        side, other = chosen.parted(connection, incident, events)
        decision = deciding.say_apart(connection, name, side, other, note)
        _tell(connection, decision)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The decision's number.", min=1)],
    note: Note = "",
    who: Who = None,
    ledger: Ledger = DEFAULT_LEDGER,
) -> None:
    """Take a decision back, also an undoing; it stays on record."""
    from sayso.incidents import deciding
    from sayso.ledger.store import Store

    name = reviewer(who)
    with Store.open(ledger, create=False) as store, store.write() as connection:
        decision = deciding.undo(connection, name, number, note)
        _tell(connection, decision)


@app.command("list")
def list_(
    incident: Annotated[str | None, typer.Argument(metavar="[INCIDENT]", help="Only those on this incident.")] = None,
    page: Annotated[int, typer.Option(help="Which page, the latest decisions first.", min=1)] = 1,
    ledger: Ledger = DEFAULT_LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List what was decided, the latest first: what stands, what a later decision overruled, what was undone."""
    import msgspec

    from sayso.incidents import decided
    from sayso.incidents.chosen import incident_named
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, store.read() as connection:
        if incident is None:
            found = decided.listed(connection, page)
        else:
            found = decided.on_incident(connection, incident_named(connection, incident))
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(found.items), ensure_ascii=False, indent=2))
        return
    out = console()
    for ruling in found.items:
        out.print(ruling_line(ruling))
    if not found.items:
        out.print("Nobody has decided anything here." if incident is None else "Nobody has decided on this incident.")
    elif found.pages > 1:
        out.print(f"Page {found.number} of {found.pages}; further ones with --page.")


@app.command()
def verify(ledger: Ledger = DEFAULT_LEDGER) -> None:
    """Check the seals of all decisions: whether one was changed, removed or put in between."""
    from sayso.ledger import decisions
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, store.read() as connection:
        count, last = decisions.verify(connection), decisions.last_hash(connection)
    typer.echo(f"All seals fit, of {count} {'decision' if count == 1 else 'decisions'}. The last seal is {last}")
    typer.echo("Note it elsewhere: decisions cut off at the end are seen only against it.")


def ruling_line(ruling: Ruling) -> str:
    """One decision: its number, who says what, and what became of it; below, when and on which incidents."""
    from sayso.incidents.ruling_words import became, says

    note = f" “{plain(ruling.note)}”" if ruling.note else ""
    where = f", on {', '.join(ruling.incidents)}" if ruling.incidents else ""
    when = ruling.at[:16].replace("T", " ")
    return f"{ruling.id}. {plain(ruling.who)}: {plain(says(ruling))}{note} — {became(ruling)}\n   {when} UTC{where}"


def reviewer(who: str | None) -> str:
    """The name that a decision is kept under: the one given, else the login name. Raises S461 where there is none."""
    import getpass

    try:
        name = " ".join((getpass.getuser() if who is None else who).split())
    except (OSError, KeyError, ImportError):
        name = ""
    if not name:
        raise SaysoError("S461")
    return name


def _tell(connection: Connection, decision: int) -> None:
    """What was recorded, and what the ledger makes of it now."""
    from sayso.incidents import decided
    from sayso.incidents.chosen import incidents_of

    ruling = decided.one(connection, decision)
    if ruling is None:
        return
    typer.echo(ruling_line(ruling))
    about = ruling if ruling.undoes is None else decided.one(connection, ruling.undoes) or ruling
    events = [spoken.event for side in about.sides for spoken in side if spoken.event]
    incidents = incidents_of(connection, events)
    if incidents:
        typer.echo(f"What it speaks of is now in {', '.join(incidents)}.")
