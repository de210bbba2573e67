"""`sayso gazetteer build`."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from sayso.cli.gazetteer import app
from sayso.knowledge.gazetteer import Gazetteer


def test_a_gazetteer_that_is_there_is_kept_and_counted() -> None:
    path = Gazetteer.open().path
    before = path.stat().st_mtime_ns
    result = CliRunner().invoke(app, ["build", "--if-missing", "--output", str(path)])
    assert result.exit_code == 0
    assert "places" in result.output
    assert path.stat().st_mtime_ns == before


def test_help_tells_the_options(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", "--help"])
    assert "--if-missing" in result.output
