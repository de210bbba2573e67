from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.add import count_reports
from sayso.ledger import queries
from sayso.ledger.store import Store
from sayso.model import Account, Report
from sayso.reading import account as reading


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch, make_account: Callable[..., Account]) -> None:
    """Accounts made by hand in place of the language model."""

    def read(reports: Iterable[Report]) -> Iterator[Account]:
        return (make_account(report=report, reader=reading.READER) for report in reports)

    monkeypatch.setattr(reading, "read_reports", read)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(" date 2021-07-05 \n\nRockets hit the base at Alford on Sunday, a war monitor said.\n")
    return path


def test_it_says_what_was_added_and_then_that_it_is_there(sayso: Any, report: Path, tmp_path: Path) -> None:
    first, second = sayso("add", report), sayso("add", report)
    assert (first.status, first.out.split()) == (0, ["1", "added"])
    assert "1  already in the ledger" in second.out
    assert (tmp_path / "sayso.sqlite").exists()


def test_what_could_not_be_read_is_listed_and_the_status_is_0_when_something_was(sayso: Any, report: Path) -> None:
    ended = sayso("add", report, "none.txt")
    assert ended.status == 0
    assert "1  could not be read" in ended.out
    assert "none.txt: S108 none.txt does not exist." in ended.out


def test_what_could_not_be_read_is_tried_again(sayso: Any, report: Path, tmp_path: Path) -> None:
    good = report.read_text()
    report.write_text("")
    (tmp_path / "news.jsonl").write_text("not json\n")
    sayso("add", report, "news.jsonl")
    report.write_text(good)
    ended = sayso("add", "--retry")
    assert "1  added" in ended.out
    assert "news.jsonl:1: S114" in ended.out
    assert str(report) not in ended.out


def test_nothing_to_add_is_told_so(sayso: Any) -> None:
    ended = sayso("add")
    assert (ended.status, ended.err[:5]) == (2, "S219 ")


def test_the_status_is_2_when_nothing_was_read(sayso: Any) -> None:
    assert sayso("add", "none.txt").status == 2


def test_the_ledger_is_named_by_option_or_environment(
    sayso: Any, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sayso("add", report, "--ledger", "a.sqlite")
    monkeypatch.setenv("SAYSO_LEDGER", "b.sqlite")
    sayso("add", report)
    assert {path.name for path in tmp_path.glob("*.sqlite")} == {"a.sqlite", "b.sqlite"}


def test_columns_and_the_date_are_handed_on(sayso: Any, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"words": "Rockets hit the base at Alford."}\n')
    ended = sayso("add", "news.jsonl", "--columns", "text=words", "--published", "2021-07-05")
    assert ended.status == 0, ended
    with Store.open(tmp_path / "sayso.sqlite") as store, store.read() as connection:
        (row,) = queries.reports(connection).items
    assert row["published"] == "2021-07-05"


@pytest.mark.parametrize("value", ["text", "=words", "text="])
def test_a_mapping_that_is_none_is_refused(sayso: Any, report: Path, value: str) -> None:
    ended = sayso("add", report, "--columns", value)
    assert (ended.status, ended.err[:5]) == (2, "S213 ")


def test_a_report_that_is_there_with_another_date_is_named(sayso: Any, report: Path) -> None:
    sayso("add", report, "--published", "2021-07-06")
    assert "--published 2021-07-05 would correct it" in sayso("add", report).out


def test_no_progress_bar_is_printed_where_no_terminal_is(sayso: Any, report: Path) -> None:
    assert sayso("add", report).err == ""


def test_the_number_of_reports_is_known_for_single_files_only(report: Path) -> None:
    assert count_reports([str(report)]) == 1
    assert count_reports([str(report), "news.jsonl"]) == 1 + 1
    (report.parent / "news.jsonl").touch()
    assert count_reports([str(report), str(report.parent / "news.jsonl")]) is None
    assert count_reports(["-"]) is None


def test_what_is_on_other_matters_is_counted_and_read_when_asked_for(sayso: Any, tmp_path: Path) -> None:
    path = tmp_path / "bakery.txt"
    words = "The price of bread and milk went up last year, and buyers asked for smaller cakes and more fruit. "
    path.write_text(f" date 2021-07-05 \n\n{words * 5}\n")
    kept, read = sayso("add", path), sayso("add", path, "--read-all")
    assert "1  kept but not read, since they are on other matters" in kept.out
    assert "--read-all" in kept.out
    assert kept.status == 0
    assert "1  read again" in read.out
