from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso import examples
from sayso.ledger.store import Store
from sayso.model import Account, Report
from sayso.reading import account as reading


@pytest.fixture(autouse=True)
def _two_reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, make_account: Callable[..., Account]) -> None:
    """Two bundled reports, and accounts made by hand."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(f" date 2021-07-05 \n\nRockets hit the base, says {path.name}.\n")

    def read(reports: Iterable[Report]) -> Iterator[Account]:
        return (make_account(report=report, reader=reading.READER) for report in reports)

    monkeypatch.setattr(examples, "report_paths", lambda: paths)
    monkeypatch.setattr(reading, "read_reports", read)


def test_it_reads_the_bundled_reports_into_a_fresh_ledger(sayso: Any, tmp_path: Path) -> None:
    for _ in range(2):
        ended = sayso("demo", "--no-serve")
        assert ended.status == 0, ended
        assert "2  added" in ended.out
    assert (tmp_path / "demo" / "ledger.sqlite").exists()


def test_it_never_replaces_a_ledger_of_the_users_own(sayso: Any, filled: Path) -> None:
    before = filled.read_bytes()
    ended = sayso("demo", "--no-serve", "--to", filled)
    assert (ended.status, ended.err[:5]) == (2, "S218 ")
    assert filled.read_bytes() == before


def test_it_never_replaces_another_file(sayso: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    ended = sayso("demo", "--no-serve", "--to", "thesis.txt")
    assert (ended.status, ended.err[:5]) == (2, "S201 ")
    assert (tmp_path / "thesis.txt").read_text() == "ten years of work"


def test_a_demo_that_was_stopped_can_be_made_again(sayso: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_reports", stop)
        assert sayso("demo", "--no-serve").status != 0
    assert sayso("demo", "--no-serve").status == 0
    Store.open(tmp_path / "demo" / "ledger.sqlite", create=False).close()
