from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars
import pytest

import sayso
from sayso import incidents
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Report
from sayso.reading import account as reading


@pytest.fixture
def ledger(ledger_path: Path, make_account: Callable[..., Account]) -> Iterator[sayso.Ledger]:
    account = make_account(publisher="The Paper", title="Rockets")
    with Store.open(ledger_path) as store, store.write() as connection:
        put_account(connection, account, "one.txt")
        incidents.update(connection, [account.report.id])
    with sayso.Ledger(ledger_path) as opened:
        yield opened


def test_the_package_offers_what_it_names() -> None:
    assert {name for name in sayso.__all__ if getattr(sayso, name) is None} == set()
    with pytest.raises(AttributeError, match="nothing"):
        _ = sayso.nothing
    assert "Ledger" in dir(sayso)


def test_read_hands_the_text_and_what_is_known_of_it_to_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_report", lambda report: Account(report=report))
    account = sayso.read("Rockets hit the base.", published="2021-07-05", publisher="The Paper", url="https://a.org/1")
    assert account.report.text.strip() == "Rockets hit the base."
    assert (account.report.published, account.report.publisher) == ("2021-07-05", "The Paper")


def test_read_without_a_date_is_refused() -> None:
    with pytest.raises(sayso.SaysoError, match=r"^S103 "):
        sayso.read("Rockets hit the base.")


def test_add_gives_an_outcome_a_report(
    ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_account: Callable[..., Account]
) -> None:
    def read(reports: Iterable[Report]) -> Iterator[Account]:
        return (make_account(report=report, reader=reading.READER) for report in reports)

    monkeypatch.setattr(reading, "read_reports", read)
    (tmp_path / "a.txt").write_text("Rockets hit the base.")
    (tmp_path / "b.txt").write_text("")
    with sayso.Ledger(ledger_path) as ledger:
        kinds = [outcome.kind for outcome in ledger.add(tmp_path / "a.txt", tmp_path / "b.txt", published="2021-07-05")]
        assert kinds == ["added", "unread"]
        assert ledger.unread()["code"].to_list() == ["S101"]
        assert ledger.reports()["source"].to_list() == [str(tmp_path / "a.txt")]


def test_incidents_are_a_frame_with_the_tables_columns(ledger: sayso.Ledger) -> None:
    frame = ledger.incidents()
    assert frame.columns == [column.name for column in schema.incidents.c]
    assert frame["start"].to_list() == ["2021-07-05", "2021-07-04"]
    assert frame["killed_low"].dtype == polars.Int64
    assert frame["lat"].dtype == polars.Float64


def test_an_empty_frame_has_columns_and_types_too(ledger: sayso.Ledger) -> None:
    empty = ledger.incidents(countries=["IRQ"])
    assert len(empty) == 0
    assert empty.schema == ledger.incidents().schema


def test_claims_name_who_speaks_and_hide_private_persons(ledger: sayso.Ledger) -> None:
    frame = ledger.claims()
    assert set(frame["speaker"].to_list()) == {"Northern Observatory", "the US military", "(private person)", None}
    assert set(frame.filter(frame["speaker"] == "(private person)")["speaker_id"].to_list()) == {None}
    assert "Jane Witness" in ledger.claims(private=True)["speaker"].to_list()
    assert set(frame["report_publisher"].to_list()) == {"The Paper"}


def test_filters_are_shared_and_lists_may_be_given(ledger: sayso.Ledger) -> None:
    assert ledger.incidents(types=["shelling"])["status"].to_list() == ["contested"]
    assert set(ledger.claims(types=["airstrike"])["slot"].to_list()) == {"occurrence"}
    assert len(ledger.incidents(speakers=["US military"], stance="denies")) == 1


@pytest.mark.parametrize(("name", "value"), [("type", ["shelling"]), ("types", ["war"]), ("since", "July")])
def test_a_filter_that_is_none_is_refused(ledger: sayso.Ledger, name: str, value: object) -> None:
    with pytest.raises(sayso.SaysoError, match=r"^S211 "):
        ledger.incidents(**{name: value})


def test_one_incident_and_one_account(ledger: sayso.Ledger) -> None:
    identity = ledger.incidents(types=["shelling"])["id"][0]
    assert len(ledger.incident(identity).claims) == 4
    assert ledger.account(ledger.reports()["id"][0]).report.title == "Rockets"


def test_what_is_not_there_is_told_so(ledger: sayso.Ledger) -> None:
    with pytest.raises(sayso.SaysoError, match=r"^S210 .*incident XX-NONE0"):
        ledger.incident("XX-NONE0")
    with pytest.raises(sayso.SaysoError, match=r"^S210 .*report nothing"):
        ledger.account("nothing")
