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


def test_help_tells_the_options() -> None:
    result = CliRunner().invoke(app, ["build", "--help"])
    assert all(word in result.output for word in ("--if-missing", "--geonames", "--layer", "--skip-bad-rows"))


def test_bad_rows_of_a_layer_are_listed_one_a_line(tmp_path: Path) -> None:
    layer = tmp_path / "mine.csv"
    layer.write_text("name,lat,lon,kind,country\nA1,x,40,town,SYR\nB2,35,200,town,SYR\nC3,35,40,town,SYR\n")
    result = CliRunner().invoke(app, ["build", "--layer", str(layer), "--output", str(tmp_path / "g.sqlite")])
    assert result.exit_code == 1
    assert str(result.exception).startswith("S353 ")
    assert result.output.splitlines() == [
        "row 2, lat: 'x' is not a number with a decimal point",
        "row 3, lon: 200 is not between -180 and 180",
    ]
    assert not (tmp_path / "g.sqlite").exists()
