from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.incidents.made import Made
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import SaysoError
from sayso.ledger.store import Store


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "made.db"
    with Store.open(path) as store:
        made = Made(store)
        made.incident("A", "2020-01-03", ["blue-front"], ["red-guard"])
        made.incident("B", "2020-01-30", ["red-guard"], ["blue-front"], end="2020-02-02")
        made.link("B", "A")
        made.done()
    return str(path)


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_dyads_are_listed(ledger: str) -> None:
    assert "Blue Front – Red Guard" in run("dyads", "--ledger", ledger)
    (row,) = json.loads(run("dyads", "red guard", "--ledger", ledger, "--format", "json"))
    assert (row["by_a"], row["by_b"]) == (1, 1)


def test_a_dyad_is_shown_with_its_answers(ledger: str) -> None:
    text = run("dyads", "Red Guard", "Blue Front", "--fit", "--ledger", ledger)
    assert "1 pairs are too few to sum up" in text
    assert "Not fitted" in text
    found = json.loads(run("dyads", "Red Guard", "Blue Front", "--ledger", ledger, "--format", "json"))
    assert found["responses"]["answers"][0]["days"] == [27, 30]


@pytest.mark.parametrize(("words", "code"), [(["a", "b", "c"], "S452"), (["nobody"], "S210")])
def test_sides_that_are_not_there_are_an_error(ledger: str, words: list[str], code: str) -> None:
    with pytest.raises(SaysoError, match=code):
        run("dyads", *words, "--ledger", ledger)


def test_incidents_are_counted(ledger: str) -> None:
    text = run("analysis", "--by", "month", "--ledger", ledger)
    assert "1–2" in text
    assert "2 incidents" in text
    assert run("analysis", "--by", "type", "--ledger", ledger, "--format", "csv").splitlines()[1].endswith(",2,2")
    assert json.loads(run("analysis", "--by", "side,type", "--ledger", ledger, "--format", "json"))["total"] == 2
