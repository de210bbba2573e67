from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from sayso import __version__, cli
from sayso.errors import SaysoError

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
HEAVY = (
    *("spacy", "polars", "pyarrow", "sqlalchemy", "alembic", "litestar", "trafilatura", "msgspec", "yaml"),
    *("onnxruntime", "tokenizers", "numpy", "sayso.reading.encoder"),
)


def _loaded_after(code: str) -> set[str]:
    listing = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=False
    )
    return set(listing.stdout.split())


@pytest.mark.parametrize("code", ["import sayso", "import sayso.cli"])
def test_importing_loads_nothing_heavy(code: str) -> None:
    loaded = _loaded_after(code)
    assert "sayso" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_help_loads_no_verb() -> None:
    code = "import sys, sayso.cli\nsys.argv = ['sayso', '--help']\ntry: sayso.cli.run()\nexcept SystemExit: pass"
    loaded = _loaded_after(code)
    assert "sayso.cli" in loaded
    assert not any(f"sayso.cli.{verb}" in loaded for verb in cli.VERBS)
    assert loaded.isdisjoint(HEAVY)


def test_help_names_every_verb_in_order(sayso: Any) -> None:
    ended = sayso("--help")
    assert ended.status == 0
    places = [ended.out.index(f" {verb} ") for verb in cli.VERBS]
    assert places == sorted(places)


def test_the_version(sayso: Any) -> None:
    assert sayso("--version").out == f"sayso {__version__}\n"


def test_an_unknown_verb_is_the_users_mistake(sayso: Any) -> None:
    ended = sayso("incident")
    assert ended.status == 2
    assert "incidents" in ended.err


def test_a_coded_error_is_one_line_on_standard_error(sayso: Any) -> None:
    ended = sayso("incidents")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("S206 ")
    assert ended.err.count("\n") == 1


def test_a_fault_of_ours_is_one_line_too(sayso: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(verb: str) -> None:
        raise ValueError("deep\ninside")

    monkeypatch.setattr(cli, "load", fail)
    ended = sayso("doctor")
    assert (ended.status, ended.err) == (
        1,
        "S299 sayso failed (ValueError: deep inside). Please report it; SAYSO_DEBUG=1 shows where.\n",
    )


def test_a_verb_that_is_not_installed_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sayso.cli.nothing", None)
    with pytest.raises(SaysoError, match=r"^S217 .*sayso nothing"):
        cli.load("nothing")


def _commands() -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it."""
    for verb in cli.VERBS:
        command = cli.load(verb)
        nested = getattr(command, "commands", None)
        if nested is None:
            yield verb, command
        else:
            yield from ((f"{verb} {name}", inner) for name, inner in nested.items())


def test_every_command_and_option_has_help() -> None:
    without = [
        f"{name} {parameter.name}"
        for name, command in _commands()
        for parameter in command.params
        if parameter.name != "help" and not getattr(parameter, "help", None)
    ]
    assert without == []
    assert [name for name, command in _commands() if not command.help] == []


def test_every_command_and_option_is_in_the_documentation() -> None:
    page = DOCS.read_text(encoding="utf-8")
    missing = [name for name, _ in _commands() if f"## sayso {name}" not in page]
    for name, command in _commands():
        section = page.partition(f"## sayso {name}\n")[2].partition("\n## ")[0]
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        missing += [f"{name} {option}" for option in options if f"`{option}" not in section and option != "--help"]
    assert missing == []


def test_the_app_can_be_made_into_a_command() -> None:
    assert set(typer.main.get_command(cli.app).commands) == set(cli.VERBS)  # type: ignore[attr-defined]
