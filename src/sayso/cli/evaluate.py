"""``sayso evaluate``: score the reading against annotated or public test sets."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso.errors import SaysoError


class Task(StrEnum):
    """What is scored."""

    accounts = "accounts"
    timeml = "timeml"
    places = "places"
    polnear = "polnear"
    event_location = "event-location"
    actors = "actors"
    factuality = "factuality"
    ecbplus = "ecbplus"
    muc4 = "muc4"
    relevance = "relevance"
    confidence = "confidence"
    linking = "linking"


HEADINGS = {
    Task.places: "Places",
    Task.event_location: "Event and place",
    Task.actors: "Actors",
}

SETS = frozenset(
    {Task.timeml, Task.polnear, Task.factuality, Task.ecbplus, Task.muc4, Task.relevance, Task.confidence, Task.linking}
)
"""Tasks whose scorer, the module of their name, scores several sets and writes its own table and section."""

Figures = dict[str, float | int]


def evaluate(
    task: Annotated[Task, typer.Argument(help="What to score.")],
    path: Annotated[Path, typer.Argument(help="The test set: a file or a folder.")],
    verbose: Annotated[bool, typer.Option("--verbose", help="One line for each report.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what is spurious.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="List the errors of this figure alone (events, denials, …).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    write: Annotated[Path | None, typer.Option(help="Write the figures into this page (Markdown).")] = None,
    floors: Annotated[Path, typer.Option(help="The file of floors.")] = Path("tests/evaluation/floors.json"),
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to these figures.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Let --update-floors lower a floor.")
    ] = False,
) -> None:
    """Score the reading against annotated accounts, or against a public test set."""
    if not path.exists():
        raise SaysoError("S705", path=path)
    command = f"sayso evaluate {task.value} {path}" + (f" --write {write}" if write else "")
    if task in SETS:
        scorer = _scorer(task, path)
        _echo_sets(scorer, path, write, command, as_json=as_json)
        if errors and hasattr(scorer, "differences"):
            _echo_differences(scorer, path)
        return
    if task is not Task.accounts:
        scored = SCORERS[task](path)
        typer.echo(_as_lines(scored) if as_json else _as_table(scored))
        if write is not None:
            _write(write, task.value, _page(task, scored, command))
        return
    from sayso.evaluation import accounts, report
    from sayso.evaluation import floors as held

    groups = accounts.evaluate(path)
    figures = report.as_json(groups)
    errors = errors or bool(only)
    text = _as_lines(figures) if as_json else report.as_text(groups, verbose=verbose, errors=errors, only=only or ())
    typer.echo(text.rstrip("\n"))
    if write is not None:
        name = accounts.FURTHER if set(groups) == {accounts.FURTHER} else "accounts"
        _write(write, name, report.as_page(groups, command))
    if update_floors:
        files = accounts.gold_files(path)
        new = {group: (held.digest(files[group]), values) for group, values in figures.items()}
        held.update(floors, new, allow_regression=allow_regression)


def _write(page: Path, name: str, section: str) -> None:
    """Put a section into a page of figures; the rest of the page stays."""
    from sayso.evaluation.report import replace_section

    text = page.read_text(encoding="utf-8") if page.exists() else "# Accuracy\n"
    page.write_text(replace_section(text, name, section), encoding="utf-8")


def _page(task: Task, scored: Figures, command: str) -> str:
    """The section of figures of one task."""
    if task is Task.places and "places_f1" in scored:
        from sayso.evaluation import places

        return places.as_page(scored, command)
    return f"## {HEADINGS[task]}\n\nMade by `{command}`.\n\n```text\n{_as_table(scored)}\n```"


def _echo_sets(scorer: Any, path: Path, write: Path | None, command: str, *, as_json: bool) -> None:
    """Print the scores of a task's sets, and write their section."""
    sets = scorer.score_sets(path)
    typer.echo(_as_lines(scorer.as_figures(sets)) if as_json else scorer.as_text(sets))
    if write is not None:
        _write(write, scorer.__name__.rpartition(".")[2], scorer.as_page(sets, command))


def _scorer(task: Task, path: Path) -> Any:
    """The module that scores a task; linking has one for each of its sets."""
    if task is Task.linking:
        from sayso.evaluation import fakes_groups

        if fakes_groups.is_held(path):
            return import_module("sayso.evaluation.fakes_linking")
    return import_module(f"sayso.evaluation.{task.value}")


def _places(path: Path) -> Figures:
    """Place names against a geoparsing corpus (one XML file), or the places of annotated accounts (a folder)."""
    from sayso.evaluation import accounts, places

    if path.suffix == ".xml":
        found = places.toponyms(path)
        return {name: getattr(found, name) for name in found.__struct_fields__}
    files = [file for group in accounts.gold_files(path).values() for file in group]
    events = places.event_places(files)
    return {"names": events.names, "found": events.found, "right_country": events.right_country}


def _echo_differences(scorer: Any, path: Path) -> None:
    """Print what was annotated and read otherwise, line by line."""
    for difference in scorer.differences(path):
        typer.echo(difference)


def _event_location(path: Path) -> Figures:
    """Places of acts against labelled sentences (the folder, or its gzipped JSONL file)."""
    from sayso.evaluation import event_location

    scores = event_location.score(path)
    figures: Figures = {"rows": scores.rows, "located": scores.located, "right_rows": scores.right_rows}
    for name in ("exact", "overlapping", "tokens", "overlapping_located"):
        score = getattr(scores, name)
        figures |= {f"{name}.{share}": getattr(score, share) for share in ("precision", "recall", "f1")}
    return figures


def _actors(path: Path) -> Figures:
    """The actor base against PETRARCH's sentences, UCDP's sides and PLOVER's records, as far as the folder has them."""
    from sayso.evaluation import actors

    return actors.score(path)


SCORERS = {
    Task.places: _places,
    Task.event_location: _event_location,
    Task.actors: _actors,
}


def _as_lines(figures: Any) -> str:
    return json.dumps(figures, indent=1, ensure_ascii=False)


def _as_table(figures: Figures) -> str:
    width = max(len(name) for name in figures)
    shown = {name: f"{value:.3f}" if isinstance(value, float) else str(value) for name, value in figures.items()}
    return "\n".join(f"{name:{width}}  {value:>8}" for name, value in shown.items())
