from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa

from sayso import Ledger, incidents
from sayso.ledger import migrations, queries, schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account, read_account
from sayso.model import Account, Refused

MakeAccount = Callable[..., Account]

REASON = "confidence 0.12 is below 0.25"


def judged(account: Account) -> Account:
    """The account with confidences, its second claim refused."""
    claims = [msgspec.structs.replace(c, confidence=0.5 + n / 10) for n, c in enumerate(account.claims)]
    low = msgspec.structs.replace(claims.pop(1), confidence=0.12)
    return msgspec.structs.replace(account, claims=tuple(claims), refused=(Refused(claim=low, reason=REASON),))


def put(store: Store, account: Account) -> None:
    with store.write() as connection:
        put_account(connection, account, "one.txt")
        incidents.update(connection, [account.report.id])


def test_a_claims_confidence_is_kept(store: Store, make_account: MakeAccount) -> None:
    account = judged(make_account())
    put(store, account)
    with store.read() as connection:
        found = connection.execute(sa.select(schema.claims.c.confidence).order_by(schema.claims.c.id)).scalars().all()
        assert found == [0.5, 0.7, 0.8, 0.9]
        assert read_account(connection, account.report.id) == account


def test_a_refused_claim_is_kept_apart_with_its_words_and_the_reason(store: Store, make_account: MakeAccount) -> None:
    account = judged(make_account())
    put(store, account)
    with store.read() as connection:
        event = f"{account.report.id}:e1"
        incident = connection.scalar(sa.select(schema.events.c.incident_id).where(schema.events.c.id == event))
        found = queries.incident(connection, str(incident))
    assert found is not None
    assert {claim["stance"] for claim in found.claims} == {"asserts", "uncertain"}
    (row,) = found.refused
    assert (row["slot"], row["stance"], row["evidence"]) == ("occurrence", "denies", "there was any attack")
    assert (row["confidence"], row["reason"], row["speaker"]) == (0.12, REASON, "the US military")
    assert found.incident["denies"] == 0


def test_reading_again_takes_the_old_refused_claims_away(store: Store, make_account: MakeAccount) -> None:
    put(store, judged(make_account()))
    put(store, make_account(reader="newer"))
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.refused)) == 0


def test_refused_claims_are_a_frame(store: Store, ledger_path: Path, make_account: MakeAccount) -> None:
    put(store, judged(make_account()))
    store.close()
    with Ledger(ledger_path) as ledger:
        (row,) = ledger.refused().to_dicts()
        assert (row["reason"], row["stance"], row["speaker"]) == (REASON, "denies", "the US military")
        assert row["incident_id"] in ledger.incidents()["id"].to_list()
        assert ledger.claims()["confidence"].null_count() == 0
        assert ledger.refused(statuses=["denied"]).is_empty()


def test_an_account_of_an_older_reader_is_still_read(store: Store, make_account: MakeAccount) -> None:
    old = make_account()
    plain = msgspec.json.decode(old.to_json())
    del plain["refused"]
    for claim in plain["claims"]:
        del claim["confidence"]
    assert Account.from_json(msgspec.json.encode(plain)) == old
    put(store, old)
    with store.read() as connection:
        found = connection.execute(sa.select(schema.claims.c.confidence)).scalars().all()
    assert found == [None] * len(old.claims)


def test_a_ledger_from_before_is_brought_up_with_its_claims(
    store: Store, ledger_path: Path, make_account: MakeAccount
) -> None:
    put(store, make_account())
    store.close()
    with sqlite3.connect(ledger_path) as connection:
        for table in (
            "refused",
            "event_keys",
            "edges",
            "splits",
            "constraints",
            "parties",
            "estimates",
            "estimate_runs",
            "records",
            "dyads",
            "comparison_matches",
            "comparison_events",
            "comparison_sets",
            "copied_paragraphs",
            "stale_events",
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX ix_incidents_counts")
        connection.execute("DROP INDEX ix_incidents_stub_start")
        connection.execute("DROP INDEX ix_decisions_kind")
        connection.execute("DROP INDEX ix_links_kind")
        for table, column in (
            ("claims", "confidence"),
            ("events", "terms"),
            ("incidents", "stub"),
            ("reports", "agencies"),
        ):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    with Store.open(ledger_path) as opened, opened.read() as connection:
        assert migrations.revision(connection, "x") == migrations.HEAD
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.claims)) == 5
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.refused)) == 0
