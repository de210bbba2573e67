"""``sayso evaluate``: score the reading against annotated or public test sets."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso.errors import SaysoError


class Task(StrEnum):
    """What is scored."""

    accounts = "accounts"
    timeml = "timeml"
    places = "places"


def evaluate(
    task: Annotated[Task, typer.Argument(help="What to score.")],
    path: Annotated[Path, typer.Argument(help="The test set: a file or a folder.")],
    verbose: Annotated[bool, typer.Option("--verbose", help="One line for each report.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what is spurious.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    write: Annotated[Path | None, typer.Option(help="Write the figures into this page (Markdown).")] = None,
    floors: Annotated[Path, typer.Option(help="The file of floors.")] = Path("tests/evaluation/floors.json"),
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to these figures.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Let --update-floors lower a floor.")
    ] = False,
) -> None:
    """Score the reading against an annotated test set (accounts, timeml, places)."""
    if task is not Task.accounts:
        _evaluate_other(task, path, as_json=as_json)
        return
    from sayso.evaluation import accounts, report
    from sayso.evaluation import floors as held

    groups = accounts.evaluate(path)
    figures = report.as_json(groups)
    typer.echo(_as_lines(figures) if as_json else report.as_text(groups, verbose=verbose, errors=errors), nl=as_json)
    if write is not None:
        page = write.read_text(encoding="utf-8") if write.exists() else "# Accuracy\n"
        command = f"sayso evaluate accounts {path} --write {write}"
        section = report.as_page(groups, command)
        write.write_text(report.replace_section(page, "accounts", section), encoding="utf-8")
    if update_floors:
        files = accounts.gold_files(path)
        new = {group: (held.digest(files[group]), values) for group, values in figures.items()}
        held.update(floors, new, allow_regression=allow_regression)


def _evaluate_other(task: Task, path: Path, *, as_json: bool) -> None:
    """Score one of the public test sets; each scorer gives its figures by name."""
    from importlib import import_module

    if not path.exists():
        raise SaysoError("S705", path=path)
    figures: Any = import_module(f"sayso.evaluation.{task.value}").score(path)
    typer.echo(_as_lines(figures) if as_json else _as_table(figures))


def _as_lines(figures: Any) -> str:
    import msgspec

    return json.dumps(msgspec.to_builtins(figures), indent=1, ensure_ascii=False)


def _as_table(figures: Any) -> str:
    import msgspec

    rows = _flattened(msgspec.to_builtins(figures))
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:{width}}  {_shown(value)}" for name, value in rows)


def _flattened(figures: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """The leaves of nested figures, each with its dotted name."""
    if not isinstance(figures, dict):
        return [(prefix, figures)]
    return [row for key, value in figures.items() for row in _flattened(value, f"{prefix}.{key}" if prefix else key)]


def _shown(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
