"""Comparing a file with a ledger: the span and region both have, what is left out, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from tests.comparing.conftest import WriteTable
from tests.incidents.conftest import account, told

from sayso.api import Ledger
from sayso.comparing.compare import compare
from sayso.comparing.keep import every_entry, forget, keep, kept_comparisons, kept_entries, told_of
from sayso.comparing.result import Comparison
from sayso.comparing.rows import COLUMNS, csv_lines
from sayso.comparing.summary import lines, summary
from sayso.errors import SaysoError
from sayso.incidents import update
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Event


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger with an air strike on 13 May, a ceasefire, a strike of no known day, and one of June."""
    with Store.open(tmp_path / "ledger.db") as opened:
        put(opened, "r1", told("airstrike", "2016-05-13", killed=(4, 4), initiators=("a1",)))
        put(opened, "r2", told("ceasefire", "2016-05-14"))
        put(opened, "r3", told("assassination", None))
        put(opened, "r4", told("shelling", "2016-06-20"))
        yield opened


def put(store: Store, key: str, *events: Event) -> None:
    with store.write() as connection:
        put_account(connection, account(key, *events), "test")
        update(connection, [key])


def made(store: Store, path: Path, **asked: Any) -> Comparison:
    with store.read() as connection:
        return compare(connection, path, **asked)


ROWS: tuple[dict[str, str], ...] = (
    {},
    {"id": "102", "date_start": "2016-06-20", "date_end": "2016-06-20", "best": "90", "high": "90", "low": "90"},
    {"id": "103", "date_start": "2016-05-20", "date_end": "2016-05-20"},
    {"id": "104", "date_start": "2019-05-20", "date_end": "2019-05-20"},
    {"id": "105", "country": "Iraq"},
)


def test_both_one_alone_and_what_lies_outside(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS))
    assert (found.about.since, found.about.until) == (date(2016, 5, 13), date(2016, 6, 20))
    assert found.about.countries == ("SYR",)
    both, other = found.of("both")
    assert other.theirs is not None
    assert other.theirs.id == "102"
    assert both.ours is not None
    assert both.theirs is not None
    assert (both.ours.type, both.theirs.id) == ("airstrike", "101")
    assert [entry.theirs.id for entry in found.of("theirs") if entry.theirs] == ["103"]
    assert found.about.outside["theirs:time"] == 1
    assert found.about.outside["theirs:country"] == 1
    assert found.about.outside["ours:undated"] == 1
    assert found.about.outside["ours:kind"] == 1
    told = " ".join(summary(found.about))
    assert "Not compared: 1 of UCDP GED are of other days" in told
    assert all(lines(entry) for entry in found.entries)


def test_every_event_of_the_span_is_told_once(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS))
    theirs = [entry.theirs.id for entry in found.entries if entry.theirs]
    mine = [entry.ours.id for entry in found.entries if entry.ours]
    assert sorted(theirs) == ["101", "102", "103"]
    assert len(mine) == len(set(mine)) == found.about.ours


def test_the_users_span_narrows(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS), since="2016-06-01")
    assert [entry.theirs.id for entry in found.entries if entry.theirs] == ["102"]
    assert {entry.ours.type for entry in found.entries if entry.ours} <= {"shelling"}


def test_nothing_in_common_is_said(store: Store, write: WriteTable) -> None:
    with pytest.raises(SaysoError, match=r"S834 .*1 UCDP GED events are of 20 May 2019 in SYR"):
        made(store, write("ucdp", ROWS[3]))
    with pytest.raises(SaysoError, match="S834"):
        made(store, write("ucdp", ROWS[4]))


def test_a_day_that_is_none_is_refused(store: Store, write: WriteTable) -> None:
    with pytest.raises(SaysoError, match="S838"):
        made(store, write(), since="13 May")


def test_bad_rows_are_in_the_comparison(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", {}, {"id": "9", "best": "?"}))
    assert found.about.bad_rows == 1
    assert found.about.bad[0].code == "S831"


def test_a_kept_comparison_comes_back_whole(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS))
    with store.write() as connection:
        number = keep(connection, "UCDP", found)
    with store.read() as connection:
        (kept,) = kept_comparisons(connection)
        assert (kept.name, kept.about) == ("UCDP", found.about)
        assert list(every_entry(connection, number)) == found.entries
        both = found.of("both")[0]
        assert both.ours is not None
        (told,) = told_of(connection, both.ours.id)
        assert (told.foreign_id, told.dataset) == ("101", "ucdp")


def test_no_notes_or_headlines_are_kept(store: Store, write: WriteTable) -> None:
    with store.write() as connection:
        keep(connection, "UCDP", made(store, write()))
        keep(connection, "ACLED", made(store, write("acled", name="acled.csv")))
    with store.read() as connection:
        texts = connection.scalars(sa.select(schema.comparison_events.c.data)).all()
    assert len(texts) == 2
    assert not any("belong" in text for text in texts)


def test_keeping_again_replaces_and_forgetting_leaves_nothing(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS))
    with store.write() as connection:
        keep(connection, "UCDP", found)
        keep(connection, "UCDP", found)
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.comparison_events)) == 3
        forget(connection, "UCDP")
        for table in (schema.comparison_sets, schema.comparison_events, schema.comparison_matches):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        with pytest.raises(SaysoError, match=r"S836 .*UCDP \(none is kept\)"):
            forget(connection, "UCDP")


def test_an_incident_that_was_merged_keeps_its_match(store: Store, write: WriteTable) -> None:
    found = made(store, write())
    with store.write() as connection:
        keep(connection, "UCDP", found)
        entry = found.of("both")[0]
        assert entry.ours is not None
        connection.execute(sa.insert(schema.incident_ids), {"old": entry.ours.id, "current": "SY-NEWER"})
        assert [told.foreign_id for told in told_of(connection, "SY-NEWER")] == ["101"]


def test_differences_can_be_asked_for(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", {"date_start": "2016-05-14", "date_end": "2016-05-14"}))
    with store.write() as connection:
        number = keep(connection, "UCDP", found)
        assert kept_entries(connection, number, "both", differs="time")[0] == 1
        assert kept_entries(connection, number, "both", differs="any")[0] == 1
        assert kept_entries(connection, number, "both", differs="place")[0] == 0


def test_csv_has_every_entry_and_is_safe(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", {"where_coordinates": "=1+1"}, *ROWS[1:]))
    head, *rows = b"".join(csv_lines(found.entries)).decode().splitlines()
    assert head == ",".join(column.name for column in COLUMNS)
    assert len(rows) == len(found.entries)
    assert ",=1+1" not in "".join(rows)


def test_a_comparison_is_json_both_ways(store: Store, write: WriteTable) -> None:
    found = made(store, write("ucdp", *ROWS))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Comparison) == found


def test_from_python(store: Store, write: WriteTable, tmp_path: Path) -> None:
    store.close()
    with Ledger(tmp_path / "ledger.db") as ledger:
        frame, about = ledger.compare(write("ucdp", *ROWS), keep="UCDP")
        assert frame.filter(frame["outcome"] == "both")["their_id"].to_list() == ["101", "102"]
        assert about.counts["both"] == 2
