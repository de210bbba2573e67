from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from sayso.ledger import copies, schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Report

WORDS = [f"word{number}" for number in range(200)]
STORY = " ".join(WORDS)
REWORDED = " ".join([*WORDS[:100], "changed", "here", *WORDS[102:]])
HALF_NEW = " ".join([*WORDS[:100], *(f"other{number}" for number in range(100))])

MakeAccount = Callable[..., Account]


def _add(store: Store, account: Account) -> str | None:
    signature = copies.sign(account.report)
    with store.write() as connection:
        original = copies.find_original(connection, account.report, signature) if signature else None
        put_account(connection, account, "x.txt", copy_of=original)
        if signature:
            copies.keep(connection, account.report.id, signature)
    return original


def test_a_text_with_a_few_changed_words_is_a_copy_of_the_first(store: Store, make_account: MakeAccount) -> None:
    first = make_account(STORY)
    assert _add(store, first) is None
    assert _add(store, make_account(REWORDED)) == first.report.id


def test_a_copy_of_a_copy_points_to_the_first(store: Store, make_account: MakeAccount) -> None:
    first = make_account(STORY)
    _add(store, first)
    _add(store, make_account(REWORDED))
    assert _add(store, make_account(REWORDED + " end")) == first.report.id


@pytest.mark.parametrize("text", [HALF_NEW, " ".join(reversed(WORDS)), " ".join(WORDS[:20])])
def test_a_text_of_its_own_is_no_copy(store: Store, make_account: MakeAccount, text: str) -> None:
    _add(store, make_account(STORY))
    assert _add(store, make_account(text)) is None


def test_the_same_words_a_month_later_are_a_report_of_their_own(store: Store, make_account: MakeAccount) -> None:
    _add(store, make_account(STORY, published="2021-07-05"))
    assert _add(store, make_account(REWORDED, published="2021-08-05")) is None


def test_short_notes_are_not_compared(make_report: Callable[..., Report]) -> None:
    assert copies.sign(make_report("Rockets hit the base.")) is None


def test_the_header_before_the_prose_is_not_compared(make_report: Callable[..., Report]) -> None:
    header = " ".join(f"header{number}" for number in range(150)) + "\n"
    with_header = make_report(header + STORY, body_start=len(header))
    assert copies.sign(with_header) == copies.sign(make_report(STORY))


def test_the_lookup_rests_on_the_index_of_bands(store: Store) -> None:
    with store.read() as connection:
        band = schema.bands.c
        query = sa.select(band.report_id).where(sa.or_(*(sa.and_(band.band == n, band.hash == "x") for n in range(21))))
        compiled = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}"))
    assert "SCAN" not in plan
