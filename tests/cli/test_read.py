import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import SaysoError
from sayso.model import Account, Event, Report, Span

RUN = CliRunner()


def fake_read(report: Report) -> Account:
    if "fault" in report.text:
        raise RuntimeError("no such thing")
    if "refused" in report.text:
        raise SaysoError("S102", name="a report", why="it is refused")
    start = report.text.index("bombed")
    event = Event(id="e1", type="airstrike", mentions=(Span(start, start + 6, "bombed"),))
    return Account(report=report, reader="test", events=(event,))


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report], Account]:
    monkeypatch.setattr("sayso.reading.account.read_report", fake_read)
    return fake_read


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text("Jets bombed Aleppo.", encoding="utf-8")
    return path


def test_text_is_for_people(report: Path) -> None:
    result = RUN.invoke(app, ["read", str(report), "--published", "2020-01-06"])
    assert result.exit_code == 0
    assert "published 6 January 2020" in result.stdout
    assert "e1  Air strike · place not stated · date not stated" in result.stdout


def test_line_parts_one_report_from_the_next(report: Path) -> None:
    one = RUN.invoke(app, ["read", str(report), "--published", "2020-01-06"]).stdout
    two = RUN.invoke(app, ["read", str(report), str(report), "--published", "2020-01-06"]).stdout
    assert "───" not in one
    assert two.count("───────\n") == 1


def test_json_is_the_account_and_jsonl_is_one_line_each(report: Path) -> None:
    indented = RUN.invoke(app, ["read", str(report), "--published", "2020-01-06", "--format", "json"]).stdout
    lines = RUN.invoke(app, ["read", str(report), str(report), "--published", "2020-01-06", "--format", "jsonl"]).stdout
    assert json.loads(indented)["events"][0]["type"] == "airstrike"
    assert '\n  "report": {' in indented
    assert [json.loads(line) for line in lines.splitlines()] == [json.loads(indented)] * 2


def test_standard_input_is_read() -> None:
    result = RUN.invoke(app, ["read", "-", "--published", "2020-01-06"], input="Jets bombed Homs.")
    assert "Air strike" in result.stdout


@pytest.mark.parametrize(
    ("text", "code"), [("", "S101"), ("\x00\x01\x02", "S1"), ("refused", "S102"), ("a fault", "S214")]
)
def test_batch_goes_on_past_what_cannot_be_read_and_says_why(
    report: Path, tmp_path: Path, text: str, code: str
) -> None:
    bad = tmp_path / "a.txt"
    bad.write_text(text, encoding="utf-8")
    result = RUN.invoke(app, ["read", str(bad), str(report), "--published", "2020-01-06"])
    assert result.exit_code == 0
    assert "Air strike" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert code in result.stderr
    assert result.stderr.count("a.txt") <= 1


def test_nothing_read_is_the_users_mistake(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["read", str(tmp_path / "none.txt")])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "none.txt" in result.stderr


def test_missing_model_ends_the_command(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: Report) -> Account:
        raise SaysoError("S301", name="x")

    monkeypatch.setattr("sayso.reading.account.read_report", missing)
    result = RUN.invoke(app, ["read", str(report), "--published", "2020-01-06"])
    assert isinstance(result.exception, SaysoError)
    assert result.exception.code == "S301"


def test_columns_are_mapped(tmp_path: Path) -> None:
    table = tmp_path / "reports.csv"
    table.write_text("body,when\nJets bombed Homs.,2020-02-03\n", encoding="utf-8")
    result = RUN.invoke(app, ["read", str(table), "--columns", "text=body", "--columns", "published=when"])
    assert "published 3 February 2020" in result.stdout


def test_a_report_on_other_matters_is_read_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.reading.account.read_report", lambda report: Account(report=report, reader="test"))
    path = tmp_path / "bakery.txt"
    path.write_text(
        "The price of bread and milk went up last year, and buyers asked for smaller cakes and more fruit. " * 5
    )
    asked = ["read", str(path), "--published", "2020-01-06"]
    kept, read = RUN.invoke(app, asked), RUN.invoke(app, [*asked, "--read-all"])
    assert kept.exit_code == 0
    assert "This report was not read" in kept.stdout
    assert "S309" in kept.stdout
    assert "No event of armed conflict was found" in read.stdout
