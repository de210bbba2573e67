"""``--reader`` on the command line and in a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.readers.conftest import TEXT, Reply, Server, an_answer, an_event, chat
from typer.testing import CliRunner, Result

from sayso.api import Ledger
from sayso.cli import app
from sayso.errors import SaysoError
from sayso.ledger import decisions
from sayso.ledger.store import Store
from sayso.reading.account import READER

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``sayso`` with arguments, in an empty folder, with nothing set for an endpoint."""
    monkeypatch.chdir(tmp_path)
    for name in ("URL", "MODEL", "KEY", "TIMEOUT", "WINDOW"):
        monkeypatch.delenv(f"SAYSO_ENDPOINT_{name}", raising=False)

    def invoke(*arguments: object, **env: str) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200", **env})

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(f" date 2021-07-05 \n\n{TEXT}")
    return path


def test_nothing_is_asked_unless_a_reader_is_named(run: Run, server: Server, file: Path) -> None:
    server.replies = [chat(an_answer())]
    result = run("read", file, "--format", "json", SAYSO_ENDPOINT_URL=server.url, SAYSO_ENDPOINT_MODEL="m")
    assert json.loads(result.stdout)["reader"] == READER
    assert server.asked == []


def test_read_with_an_endpoint(run: Run, server: Server, file: Path) -> None:
    server.replies = [chat(an_answer())]
    result = run("read", file, "--format", "json", "--reader", "openai:m", "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    account = json.loads(result.stdout)
    assert account["reader"] == "openai:m quotes-1"
    assert [event["type"] for event in account["events"]] == ["shelling"]
    assert result.stderr == ""


def test_the_endpoint_may_stand_in_the_environment(run: Run, server: Server, file: Path) -> None:
    server.replies = [chat(an_answer())]
    env = {"SAYSO_ENDPOINT_URL": server.url, "SAYSO_ENDPOINT_MODEL": "m", "SAYSO_ENDPOINT_KEY": "sk-1"}
    assert run("read", file, "--reader", "openai", **env).exit_code == 0
    assert server.headers[0]["Authorization"] == "Bearer sk-1"


def test_refusals_are_shown(run: Run, server: Server, file: Path) -> None:
    server.replies = [chat(an_answer(an_event(places=["Damascus"])))]
    result = run("read", file, "--reader", "openai:m", "--endpoint", server.url)
    assert "“Damascus” was refused: these words do not stand in the report" in " ".join(result.stdout.split())


def test_an_address_elsewhere_is_told_in_one_line(run: Run, file: Path) -> None:
    result = run("read", file, "--reader", "openai:m", "--endpoint", "http://sayso.invalid/v1")
    first, second = result.stderr.splitlines()
    assert first == (
        "S850 the text of the reports is sent to http://sayso.invalid/v1/chat/completions (unencrypted), "
        "which is not this machine."
    )
    assert "S806" in second
    assert result.exit_code == 2


def test_an_endpoint_for_the_built_in_reader_is_a_mistake(run: Run, file: Path) -> None:
    result = run("read", file, "--endpoint", "http://127.0.0.1/v1")
    assert isinstance(result.exception, SaysoError)
    assert result.exception.code == "S817"


def test_add_keeps_what_could_not_be_read_and_retries_it(run: Run, server: Server, file: Path) -> None:
    options = ("--reader", "openai:m", "--endpoint", server.url)
    server.replies = [chat("I cannot.")]
    result = run("add", file, *options)
    assert result.exit_code == 2
    assert "S812" in result.stdout
    server.replies = [chat(an_answer())]
    assert "1  added" in run("add", "--retry", *options).stdout


def test_a_batch_goes_on_past_a_bad_answer(run: Run, server: Server, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f" date 2021-07-0{number + 1} \n\nA blast number {number} hit Homs.\n")
    event = {"type": "bombing", "evidence": "blast", "mentions": ["blast"], "modality": "actual"}
    good = chat({"events": [event]})
    server.replies = [good, Reply(b"<html>", 200), good]
    result = run("add", tmp_path, "--reader", "openai:m", "--endpoint", server.url)
    assert result.exit_code == 0
    assert "2  added" in result.stdout
    assert "1  could not be read" in result.stdout


def test_another_model_reads_again_and_leaves_decisions(run: Run, server: Server, file: Path, tmp_path: Path) -> None:
    server.replies = [chat(an_answer())]
    path = tmp_path / "sayso.sqlite"
    assert "1  added" in run("add", file).stdout
    with Store.open(path) as store, store.write() as connection:
        decisions.append(connection, who="me", kind="accept", target="report", value={"text": "looked at"})
    options = ("--reader", "openai:m", "--endpoint", server.url)
    assert "1  read again" in run("add", file, *options).stdout
    assert "1  already" in run("add", file, *options).stdout
    with Ledger(path) as ledger:
        (report,) = ledger.reports()["id"]
        assert ledger.account(report).reader == "openai:m quotes-1"
    with Store.open(path) as store, store.read() as connection:
        assert decisions.verify(connection) == 1


def test_a_ledger_takes_a_reader_by_name(server: Server, file: Path, tmp_path: Path, run: Run) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        (outcome,) = ledger.add(file, reader="sayso")
        assert outcome.kind == "added"
        with pytest.raises(SaysoError, match=r"^S803 "):
            ledger.add(file, reader="openai:m")


def test_doctor_lists_the_readers(run: Run, server: Server) -> None:
    env = {"SAYSO_ENDPOINT_URL": server.url, "SAYSO_ENDPOINT_KEY": "sk-secret"}
    rows: dict[str, Any] = {row["name"]: row for row in json.loads(run("doctor", "--json", **env).stdout)}
    assert READER in rows["reader sayso"]["found"]
    assert server.url in rows["reader openai"]["found"]
    assert "sk-secret" not in json.dumps(rows)
    assert rows["reader openai"]["todo"] is None
