"""The program as a user runs it, within the test's process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sayso import cli, incidents
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


@pytest.fixture
def sayso(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ended]:
    """Run ``sayso`` with arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    monkeypatch.delenv("SAYSO_DEBUG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["sayso", *(str(argument) for argument in arguments)])
        status = 0
        try:
            cli.run()
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ended(status, printed.out, printed.err)

    return run


@pytest.fixture
def filled(tmp_path: Path, make_account: Callable[..., Account]) -> Path:
    """A ledger of one report with two incidents, under the name that commands use when none is given."""
    path = tmp_path / "sayso.sqlite"
    account = make_account()
    with Store.open(path) as store, store.write() as connection:
        put_account(connection, account, "one.txt")
        incidents.update(connection, [account.report.id])
    return path
