from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.ledger import overview, queries, schema
from sayso.ledger.filters import ORDERS, Filters, check_sort
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account


def _incident(identity: str, **values: Any) -> dict[str, Any]:
    row = {"id": identity, "type": "airstrike", "status": "single_source", "reason": "r", "title": identity}
    defaults = {"start": "2021-07-04", "end": "2021-07-04", "country": "SYR", "updated_at": "2024"}
    return row | defaults | values


@pytest.fixture
def three(store: Store, make_account: Callable[..., Account]) -> Store:
    """Two incidents of one report, joined by a link, and a third that no event is in."""
    account = make_account()
    report = account.report.id
    with store.write() as connection:
        put_account(connection, account, "one.txt")
        rows = [
            _incident("SY-AAAAA", type="shelling", status="contested", lat=35.1, lon=40.4, killed_high=0, denies=1),
            _incident("SY-BBBBB", start="2021-07-05T10:00", end="2021-07-05T12:00", lat=34.4, lon=40.9, killed_high=9),
            _incident("XX-CCCCC", start=None, end=None, country=None, killed_high=None),
        ]
        for row in rows:
            connection.execute(sa.insert(schema.incidents), row)
        for event, into in (("e1", "SY-AAAAA"), ("e2", "SY-BBBBB")):
            of_event = f"{report}:{event}"
            connection.execute(sa.update(schema.events).where(schema.events.c.id == of_event).values(incident_id=into))
            connection.execute(
                sa.update(schema.claims).where(schema.claims.c.event_id == of_event).values(incident_id=into)
            )
        connection.execute(sa.update(schema.links).values(from_incident="SY-BBBBB", to_incident="SY-AAAAA"))
        connection.execute(sa.insert(schema.incident_ids), {"old": "SY-OLD00", "current": "SY-AAAAA"})
    return store


def _ids(store: Store, sort: Any = "oldest", **filters: Any) -> list[str]:
    with store.read() as connection:
        return [row["id"] for row in queries.list_incidents(connection, Filters(**filters), sort).items]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["SY-AAAAA", "SY-BBBBB", "XX-CCCCC"]),
        ({"types": ("shelling",)}, ["SY-AAAAA"]),
        ({"types": ("shelling", "airstrike"), "countries": ("SYR",)}, ["SY-AAAAA", "SY-BBBBB"]),
        ({"statuses": ("contested",)}, ["SY-AAAAA"]),
        ({"since": "2021-07-05"}, ["SY-BBBBB"]),
        ({"until": "2021-07-04"}, ["SY-AAAAA"]),
        ({"since": "2021-07", "until": "2021-07"}, ["SY-AAAAA", "SY-BBBBB"]),
        ({"until": "2021-07-05"}, ["SY-AAAAA", "SY-BBBBB"]),
        ({"speakers": ("usa-military",)}, ["SY-AAAAA"]),
        ({"speakers": ("usa-military",), "stance": "asserts"}, []),
        ({"stance": "denies"}, ["SY-AAAAA"]),
        ({"text": "alford"}, ["SY-AAAAA"]),
        ({"text": "jets strike"}, ["SY-BBBBB"]),
        ({"text": '"struck benton"'}, ["SY-BBBBB"]),
        ({"text": '"benton struck"'}, []),
        ({"text": "bent"}, ["SY-BBBBB"]),
        ({"box": (40.0, 35.0, 41.0, 36.0)}, ["SY-AAAAA"]),
    ],
)
def test_filters_list_what_fits(three: Store, filters: dict[str, Any], found: list[str]) -> None:
    assert _ids(three, **filters) == found


@pytest.mark.parametrize("text", ['"', "NOT", "a OR", "(", "title:x", "*", "x'; DROP TABLE reports", "NEAR(", "^", "-"])
def test_no_search_words_are_read_as_operators(three: Store, text: str) -> None:
    assert _ids(three, text=text) in ([], ["SY-AAAAA"], ["SY-BBBBB"], ["SY-AAAAA", "SY-BBBBB"])


def test_names_of_private_persons_are_not_searched(three: Store) -> None:
    assert _ids(three, text="Northern") == ["SY-AAAAA"]
    assert _ids(three, text="Jane") == []


def test_the_text_is_searched_once_for_all_that_one_transaction_asks(three: Store) -> None:
    searches: list[str] = []
    sa.event.listen(three.engine, "before_cursor_execute", lambda _, __, sql, *___: searches.append(sql))
    with three.read() as connection:
        found = [queries.list_incidents(connection, Filters(text=text)).total for text in ("Northern", "Northern", "x")]
    assert found == [1, 1, 0]
    assert sum("MATCH" in sql for sql in searches) == 2


def test_a_later_transaction_searches_what_has_changed(three: Store) -> None:
    assert _ids(three, text="Northern") == ["SY-AAAAA"]
    with three.write() as connection:
        connection.execute(sa.update(schema.events).values(incident_id="SY-BBBBB"))
    assert _ids(three, text="Northern") == ["SY-BBBBB"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", "SY-BBBBB"), ("oldest", "SY-AAAAA"), ("deadliest", "SY-BBBBB"), ("denials", "SY-AAAAA")],
)
def test_orders_put_the_unknown_last(three: Store, sort: str, first: str) -> None:
    ids = _ids(three, sort)
    assert ids[0] == first
    if sort != "denials":
        assert ids[-1] == "XX-CCCCC"


def test_pages_follow_each_other(three: Store) -> None:
    with three.read() as connection:
        pages = [queries.list_incidents(connection, None, "oldest", number, 2) for number in (1, 2, 99)]
    assert [[row["id"] for row in page.items] for page in pages] == [
        ["SY-AAAAA", "SY-BBBBB"],
        ["XX-CCCCC"],
        ["XX-CCCCC"],
    ]
    assert (pages[2].number, pages[0].pages, pages[0].total) == (2, 2, 3)


def test_a_facet_counts_its_alternatives_within_the_other_filters(three: Store) -> None:
    with three.read() as connection:
        found = queries.facets(connection, Filters(types=("shelling",)))
    assert found["type"] == [("airstrike", 2), ("shelling", 1)]
    assert found["country"] == [("SYR", 1)]


def test_the_histogram_leaves_out_what_has_no_date(three: Store) -> None:
    with three.read() as connection:
        assert queries.histogram(connection, unit="month") == [("2021-07", 2)]
        assert queries.histogram(connection, unit="day") == [("2021-07-04", 1), ("2021-07-05", 1)]


def test_an_incident_has_its_events_claims_reports_and_links(three: Store) -> None:
    with three.read() as connection:
        found = queries.incident(connection, "SY-AAAAA")
    assert found is not None
    assert [event["sides"][0]["actor_id"] for event in found.events] == ["usa-military"]
    assert {claim["speaker"] for claim in found.claims} == {"Northern Observatory", "the US military", "Jane Witness"}
    assert [report["source"] for report in found.reports] == ["one.txt"]
    assert found.answers == []
    (link,) = found.answered_by
    assert (link["other_id"], link["speaker"], link["evidence"]) == ("SY-BBBBB", "Jane Witness", "in answer")


def test_a_merged_id_leads_to_the_incident(three: Store) -> None:
    with three.read() as connection:
        found = queries.incident(connection, "SY-OLD00")
        assert found is not None
        assert found.incident["id"] == "SY-AAAAA"
        assert queries.incident(connection, "SY-NONE0") is None


def test_a_speaker_has_counts_and_no_private_one_is_listed(three: Store) -> None:
    with three.read() as connection:
        names = [row["name"] for row in queries.speakers(connection).items]
        found = queries.speaker(connection, "usa-military")
    assert names == ["Northern Observatory", "the US military"]
    assert found is not None
    assert found.counts == {"asserts": 0, "denies": 1, "uncertain": 0}
    assert found.claims[0]["incident_title"] == "SY-AAAAA"


@pytest.mark.parametrize("name", ["usa-military", "The US military", "US Military", "milit"])
def test_a_speaker_is_found_by_key_name_or_part_of_it(three: Store, name: str) -> None:
    with three.read() as connection:
        assert queries.speaker_keys(connection, name) == ("usa-military",)


def test_nobody_of_that_name_speaks(three: Store) -> None:
    with three.read() as connection, pytest.raises(SaysoError, match=r"^S210 .*Nobody"):
        queries.speaker_keys(connection, "Nobody")


def test_a_report_names_the_incidents_of_its_events(three: Store) -> None:
    with three.read() as connection:
        (row,) = queries.reports(connection).items
        found = queries.report(connection, row["id"])
    assert (row["events"], row["claims"]) == (2, 5)
    assert "text" not in row
    assert found is not None
    assert found.incidents == {"e1": "SY-AAAAA", "e2": "SY-BBBBB"}


@pytest.mark.parametrize(
    "filters",
    [
        {"types": ("war",)},
        {"countries": ("Syria",)},
        {"statuses": ("true",)},
        {"stance": "no"},
        {"since": "July"},
        {"until": "2021-7-1"},
    ],
)
def test_a_value_that_is_none_of_the_vocabularys_is_refused(filters: dict[str, Any]) -> None:
    with pytest.raises(SaysoError, match=r"^S211 .*Use "):
        Filters(**filters).check()


def test_a_long_vocabulary_is_offered_by_likeness() -> None:
    with pytest.raises(SaysoError, match=r"Use airstrike"):
        Filters(types=("air_strike",)).check()


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(SaysoError, match=r"^S211 "):
        check_sort("loudest")


@pytest.mark.parametrize("sort", list(ORDERS))
def test_every_order_rests_on_an_index(store: Store, sort: Any) -> None:
    statements: list[str] = []
    with store.read() as connection:
        sa.event.listen(store.engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
        queries.list_incidents(connection, sort=sort)
        query = statements[-1].replace("?", "1")
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))
    assert f"USING COVERING INDEX ix_incidents_{ORDERS[sort][0]}_id" in plan


def test_a_thing_stands_for_a_side_that_no_actor_is(three: Store) -> None:
    with three.read() as connection:
        told = overview.told_of(connection, ["SY-AAAAA", "SY-BBBBB"])
    assert told["SY-AAAAA"]["recipient"] == {"the US military": False}
    assert told["SY-BBBBB"]["recipient"] == {"Benton": False}
