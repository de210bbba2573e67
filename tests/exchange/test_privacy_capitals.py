"""The names of private persons stay out of words that are written in capitals."""

from __future__ import annotations

from pathlib import Path

from sayso.exchange.privacy import PRIVATE, private_names
from sayso.intake import add
from sayso.ledger.store import Store
from sayso.ledger.write import read_account
from sayso.sources import report_from_text

TEXT = "REBELS SHELLED A VILLAGE NEAR HOMS ON SUNDAY AND KILLED TWO PEOPLE, RESIDENT KARIM HADDAD SAID."


def test_names_in_capitals_are_taken_out_and_other_words_are_not(store: Store, tmp_path: Path) -> None:
    report = report_from_text(TEXT, published="2021-07-05")
    (tmp_path / "report.txt").write_text(TEXT)
    list(add(store, [str(tmp_path / "report.txt")], published="2021-07-05"))
    with store.engine.connect() as connection:
        account = read_account(connection, report.id)
        shown = private_names(connection, report.id).out_of(TEXT) or ""
    assert account is not None
    assert any(a.private for a in account.actors)
    assert "HADDAD" not in shown
    assert PRIVATE in shown
    assert "SHELLED A VILLAGE NEAR HOMS ON SUNDAY AND KILLED TWO PEOPLE" in shown
