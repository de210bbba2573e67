"""Intake: what becomes of each report, and what is left when the process is killed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from sayso import incidents, intake
from sayso.errors import SaysoError
from sayso.intake import Outcome
from sayso.ledger import queries
from sayso.ledger.store import Store
from sayso.model import Account, Report

LONG = " ".join(f"word{number}" for number in range(120))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports of one text a file."""
    made = tmp_path / "reports"
    made.mkdir()
    for number in (1, 2, 3):
        (made / f"{number}.txt").write_text(f" date 2021-07-0{number} \n\nRockets hit Alford on day {number}.\n")
    return made


@pytest.fixture
def add(store: Store, make_account: Callable[..., Account]) -> Callable[..., list[Outcome]]:
    """``intake.add`` with accounts made by hand in place of the reading."""

    def run(*paths: Path, reader: str = "test-1", **options: Any) -> list[Outcome]:
        def read(reports: Iterable[Report]) -> Iterator[Account]:
            for report in reports:
                if "breaks the reader" in report.text:
                    raise ValueError("deep inside")
                if "another language" in report.text:
                    raise SaysoError("S103", name="it")
                yield make_account(report=report, reader=reader)

        options = dict[str, Any](read=read, reader=reader, update=incidents.update, read_all=True) | options
        return list(intake.add(store, [str(path) for path in paths], **options))

    return run


def _kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


def _counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return queries.counts(connection)


def test_every_report_of_a_folder_is_added_under_its_own_name(store: Store, folder: Path, add: Any) -> None:
    outcomes = add(folder)
    assert _kinds(outcomes) == ["added"] * 3
    assert [Path(outcome.source).name for outcome in outcomes] == ["1.txt", "2.txt", "3.txt"]
    assert _counts(store)["reports"] == 3
    assert _counts(store)["incidents"] > 0


def test_adding_again_changes_nothing_and_says_so(store: Store, ledger_path: Path, folder: Path, add: Any) -> None:
    add(folder)
    before = _dump(ledger_path)
    outcomes = add(folder)
    assert _kinds(outcomes) == ["already"] * 3
    assert outcomes[0].message == "already in the ledger"
    assert _dump(ledger_path) == before


def test_the_same_text_in_another_file_is_one_report(store: Store, folder: Path, add: Any) -> None:
    (folder / "same.txt").write_text((folder / "1.txt").read_text())
    assert _kinds(add(folder)) == ["added"] * 3 + ["already"]
    assert _counts(store)["reports"] == 3


def test_the_same_address_is_one_report_and_another_text_there_is_named(store: Store, tmp_path: Path, add: Any) -> None:
    rows = tmp_path / "news.jsonl"
    rows.write_text(
        '{"text": "Rockets hit Alford.", "published": "2021-07-05", "url": "https://example.org/a"}\n'
        '{"text": "Rockets hit Alford, updated.", "published": "2021-07-05", "url": "https://www.example.org/a#x"}\n'
    )
    first, second = add(rows)
    assert (first.kind, second.kind) == ("added", "already")
    assert "another text" in second.message
    assert second.report_id == first.report_id


def test_a_near_copy_is_kept_as_a_copy(store: Store, tmp_path: Path, add: Any) -> None:
    for name, text in (("a.txt", LONG), ("b.txt", LONG.replace("word60", "changed"))):
        (tmp_path / name).write_text(text)
    (first,) = add(tmp_path / "a.txt", published="2021-07-05")
    (second,) = add(tmp_path / "b.txt", published="2021-07-06")
    assert (second.kind, second.copy_of) == ("copy", first.report_id)
    with store.read() as connection:
        found = queries.report(connection, str(first.report_id))
    assert found is not None
    assert [copy["id"] for copy in found.copies] == [second.report_id]


def test_what_cannot_be_read_is_kept_with_its_reason_and_the_batch_goes_on(
    store: Store, folder: Path, add: Any
) -> None:
    (folder / "2.txt").write_text("")
    outcomes = add(folder, folder / "none.txt")
    assert _kinds(outcomes) == ["added", "unread", "added", "unread"]
    assert [outcome.code for outcome in outcomes] == [None, "S101", None, "S108"]
    with store.read() as connection:
        kept = {Path(row["source"]).name: row["code"] for row in queries.unread(connection)}
    assert kept == {"2.txt": "S101", "none.txt": "S108"}


def test_what_could_not_be_read_is_forgotten_when_it_is(store: Store, folder: Path, add: Any) -> None:
    good = (folder / "2.txt").read_text()
    (folder / "2.txt").write_text("")
    add(folder)
    add(folder)
    with store.read() as connection:
        assert [row["attempts"] for row in queries.unread(connection)] == [2]
    (folder / "2.txt").write_text(good)
    assert _kinds(add(folder)) == ["already", "added", "already"]
    assert _counts(store)["unread"] == 0


@pytest.mark.parametrize(
    ("text", "code"), [("This breaks the reader.", "S214"), ("This is in another language.", "S103")]
)
def test_a_report_that_breaks_the_reading_stops_no_other(
    store: Store, folder: Path, add: Any, text: str, code: str
) -> None:
    (folder / "2.txt").write_text(f" date 2021-07-02 \n\n{text}\n")
    outcomes = add(folder)
    assert _kinds(outcomes) == ["added", "unread", "added"]
    assert outcomes[1].code == code
    assert outcomes[1].message.startswith(code)


def test_an_account_that_cannot_be_written_stops_no_other(
    store: Store, folder: Path, add: Any, make_account: Callable[..., Account]
) -> None:
    def read(reports: Iterable[Report]) -> Iterator[Account]:
        for report in reports:
            account = make_account(report=report)
            twice = (*account.claims, account.claims[0])
            yield msgspec.structs.replace(account, claims=twice) if "day 2" in report.text else account

    assert _kinds(add(folder, read=read)) == ["added", "unread", "added"]
    assert _counts(store)["reports"] == 2


def test_a_missing_language_model_ends_the_call(store: Store, folder: Path, add: Any) -> None:
    def read(reports: Iterable[Report]) -> Iterator[Account]:
        raise SaysoError("S301", name="en")
        yield

    with pytest.raises(SaysoError, match=r"^S301 "):
        add(folder, read=read)
    assert _counts(store)["unread"] == 0


def test_a_newer_reader_reads_again_and_keeps_the_incidents_ids(store: Store, folder: Path, add: Any) -> None:
    add(folder)
    with store.read() as connection:
        before = [row["id"] for row in queries.list_incidents(connection).items]
    outcomes = add(folder, reader="test-2")
    assert _kinds(outcomes) == ["reread"] * 3
    assert "test-1" in outcomes[0].message
    with store.read() as connection:
        assert [row["id"] for row in queries.list_incidents(connection).items] == before
        assert queries.counts(connection)["reports"] == 3


def test_a_date_that_the_user_gives_corrects_the_ledgers(store: Store, folder: Path, add: Any) -> None:
    one = folder / "1.txt"
    add(one)
    assert _kinds(add(one, published="2021-06-30")) == ["reread"]
    assert _kinds(add(one, published="2021-06-30")) == ["already"]
    with store.read() as connection:
        assert [row["published"] for row in queries.reports(connection).items] == ["2021-06-30"]
    (outcome,) = add(one)
    assert (outcome.kind, outcome.message[-39:]) == ("already", "--published 2021-07-01 would correct it")


def test_joining_and_writing_are_one_transaction(store: Store, folder: Path, add: Any) -> None:
    def update(connection: sa.Connection, report_ids: Sequence[str]) -> None:
        raise ValueError("no join")

    assert _kinds(add(folder, update=update)) == ["unread"] * 3
    assert _counts(store)["reports"] == 0


def test_a_busy_ledger_ends_the_call_and_keeps_what_was_added(
    ledger_path: Path, folder: Path, make_account: Callable[..., Account]
) -> None:
    with Store.open(ledger_path, wait=0.1) as store, Store.open(ledger_path) as other:
        outcomes = intake.add(
            store,
            [str(folder)],
            read=lambda reports: (make_account(report=r) for r in reports),
            update=incidents.update,
        )
        assert next(outcomes).kind == "added"
        with other.write(), pytest.raises(SaysoError, match=r"^S204 "):
            next(outcomes)
        assert _counts(store)["reports"] == 1


CHILD = """
import os, signal, sys
from sayso import incidents, intake
from sayso.ledger import copies, write
from sayso.ledger.store import Store
from sayso.model import Account, Claim, Event, Span

path, folder, point, at = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
calls = 0

def here(name):
    global calls
    calls += name == point
    if name == point and calls == at:
        os.kill(os.getpid(), signal.SIGKILL)

def read(reports):
    for report in reports:
        here("read")
        span = Span(20, 27, report.text[20:27])
        event = Event(id="e1", type="shelling", mentions=(span,))
        claim = Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts", evidence=span)
        yield Account(report=report, reader="child", events=(event,), claims=(claim,))

put = intake.put_account
def put_account(*arguments, **options):
    here("before rows")
    put(*arguments, **options)
    here("after rows")
intake.put_account = put_account

def update(connection, report_ids):
    incidents.update(connection, report_ids)
    here("after joining")

with Store.open(path) as store:
    for outcome in intake.add(store, [folder], read=read, reader="child", update=update):
        here("after commit")
        print(outcome.kind)
"""


def _child(path: Path, folder: Path, point: str, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(folder), point, str(at)],
        capture_output=True,
        text=True,
        check=False,
    )


def _dump(path: Path) -> dict[str, list[Any]]:
    """All that the ledger holds but the times of day when it was written."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        clocks = {"added_at", "updated_at", "first_seen", "last_seen"}
        return {
            table: sorted(
                (tuple((key, row[key]) for key in row.keys() if key not in clocks) for row in rows),  # noqa: SIM118
                key=repr,
            )
            for table in tables
            if table != "meta" and not table.startswith("sqlite_") and "search_fts" not in table
            for rows in [connection.execute(f'SELECT * FROM "{table}"').fetchall()]
        }


@pytest.mark.parametrize("point", ["read", "before rows", "after rows", "after joining", "after commit"])
def test_a_kill_loses_at_most_one_report_and_the_next_call_mends_it(tmp_path: Path, folder: Path, point: str) -> None:
    whole, killed = tmp_path / "whole.sqlite", tmp_path / "killed.sqlite"
    assert _child(whole, folder, "never", 0).returncode == 0
    assert _child(killed, folder, point, 2).returncode == -signal.SIGKILL
    with Store.open(killed) as store:
        assert _counts(store)["reports"] in (0, 1, 2)
    again = _child(killed, folder, "never", 0)
    assert again.returncode == 0, again.stderr
    assert len(_dump(whole)["claims"]) == 3
    assert _dump(killed) == _dump(whole)


OTHER = """The family bakery on the corner of the market square will open again next month with a new oven and a larger
shop window. Its owner said that the price of flour and butter had gone up over the last year, and that customers were
asking for smaller loaves and more fruit cakes. The bank agreed to lend the company enough money for the new kitchen.
The town council wants to plant more trees along the street and to make the square free of cars on weekends."""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A report on other matters."""
    path = tmp_path / "bakery.txt"
    path.write_text(f" date 2021-07-05 \n\n{OTHER}\n")
    return path


def test_a_report_on_other_matters_is_kept_and_not_read(add: Callable[..., Any], store: Store, other: Path) -> None:
    first, second = add(other, read_all=False), add(other, read_all=False)
    assert _kinds(first + second) == ["skipped", "already"]
    assert "on other matters" in first[0].message
    with store.read() as connection:
        kept = queries.report(connection, first[0].report_id or "")
    assert kept is not None
    assert kept.account.report.text.strip().endswith(OTHER)
    assert kept.account.events == ()


def test_a_report_that_was_held_back_is_read_when_all_are(add: Callable[..., Any], store: Store, other: Path) -> None:
    add(other, read_all=False)
    (read,) = add(other, read_all=True)
    assert read.kind == "reread"
    assert "was kept as a report on other matters" in read.message
    assert _kinds(add(other, read_all=True)) == ["already"]


def test_what_was_read_once_is_never_taken_back_by_the_gate(add: Callable[..., Any], store: Store, other: Path) -> None:
    (first,) = add(other, read_all=True)
    assert _kinds(add(other, read_all=False, reader="test-2")) == ["reread"]
    with store.read() as connection:
        kept = queries.report(connection, first.report_id)
    assert kept is not None
    assert len(kept.account.events) == 2


def test_reports_on_other_matters_and_others_keep_their_order(
    add: Callable[..., Any], folder: Path, other: Path
) -> None:
    (folder / "2b.txt").write_text(other.read_text())
    assert _kinds(add(folder, read_all=False)) == ["added", "added", "skipped", "added"]
