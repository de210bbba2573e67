from __future__ import annotations

from sayso.ledger import queries
from sayso.ledger.store import Store
from sayso.ledger.unread import clear_unread, put_unread


def test_a_source_tried_again_counts_its_attempts_and_keeps_the_newest_reason(store: Store) -> None:
    with store.write() as connection:
        put_unread(connection, "a.txt", "S101", "S101 a.txt is empty.", at="2024-01-01T00:00:00+00:00")
        put_unread(connection, "a.txt", "S103", "S103 a.txt has no date.", at="2024-01-02T00:00:00+00:00")
    with store.read() as connection:
        (row,) = queries.unread(connection)
    assert (row["code"], row["attempts"]) == ("S103", 2)
    assert (row["first_seen"][:10], row["last_seen"][:10]) == ("2024-01-01", "2024-01-02")


def test_a_source_that_was_read_is_forgotten_with_its_records_and_no_other(store: Store) -> None:
    with store.write() as connection:
        for source in ("a.jsonl", "a.jsonl:3", "a.jsonl:4", "a.jsonl.bak", "A.JSONL:3", "b.jsonl:3"):
            put_unread(connection, source, "S101", "S101 it is empty.")
        clear_unread(connection, "a.jsonl", still={"a.jsonl:4"})
        left = {row["source"] for row in queries.unread(connection)}
    assert left == {"a.jsonl:4", "a.jsonl.bak", "A.JSONL:3", "b.jsonl:3"}
