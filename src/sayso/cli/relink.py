"""``sayso relink``: join all events of the ledger into incidents anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Ledger

if TYPE_CHECKING:
    from sayso.incidents.processes import Progress
    from sayso.incidents.relinking import Relinked


def relink(
    ledger: Ledger = DEFAULT_LEDGER,
    processes: Annotated[int, typer.Option(help="How many processes share the work.", min=1, max=64)] = 2,
) -> None:
    """Join all events of the ledger into incidents anew; ids and decisions stay, and what fits already is not touched.

    Needed once after an update of sayso that joins otherwise. Nobody else can write meanwhile; stopped at any point,
    the ledger is as it was before.
    """
    from sayso import incidents
    from sayso.ledger.store import Store

    with Store.open(ledger, create=False) as store, progress() as say:
        found = incidents.relink(store, processes=processes, progress=say)
    typer.echo(summary(found))


def summary(found: Relinked) -> str:
    """What a relinking did, in one line."""
    if not (found.changed or found.removed):
        return f"{_counted(found.events, 'event')}: every incident is as it was."
    parts = [f"{_counted(found.changed, 'incident')} made or changed"]
    if found.merged:
        parts.append(f"{_counted(len(found.merged), 'id')} now leading to another incident")
    if found.removed:
        parts.append(f"{_counted(found.removed, 'incident')} removed")
    return f"{_counted(found.events, 'event')}: {', '.join(parts)}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
