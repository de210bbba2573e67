from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.made import Made

from sayso.errors import SaysoError
from sayso.incidents import dyads
from sayso.ledger import schema


@pytest.fixture
def war(made: Made) -> Made:
    made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"], said_by=("monitor",))
    made.incident("B", "2020-01-05", ["red-guard"], ["blue-front"], rival=("monitor", "green-league"))
    made.incident("C", None, ["red-guard"], ["blue-front"])
    made.incident("D", "2020-02-01", ["red-guard"], ["green-league"], kind="armed_clash")
    made.link("B", "A")
    made.done()
    return made


def test_dyads_are_listed_with_the_strikes_each_way(war: Made) -> None:
    with war.store.read() as connection:
        page = dyads.dyads(connection)
    first = page.items[0]
    assert (first.a.name, first.b.name) == ("Blue Front", "Red Guard")
    assert (first.by_a, first.by_b, first.clashes, first.contested) == (1, 2, 0, 1)
    assert (first.first, first.last) == ("2020-01-01", "2020-01-05")
    assert page.total == 3


def test_dyads_of_one_side_alone_can_be_asked_for(war: Made) -> None:
    with war.store.read() as connection:
        found = dyads.dyads(connection, side="green-league").items
    assert {(one.a.key, one.b.key) for one in found} == {("blue-front", "green-league"), ("green-league", "red-guard")}


def test_strikes_come_in_order_with_those_of_no_date_last(war: Made) -> None:
    with war.store.read() as connection:
        found = dyads.strikes(connection, "red-guard", "blue-front")
        late = dyads.strikes(connection, "red-guard", "blue-front", since="2020-01-02", until="2020-01-05")
    assert [(one.incident_id, one.direction, one.contested) for one in found] == [
        ("A", "a", False),
        ("B", "b", True),
        ("C", "b", False),
    ]
    assert [one.incident_id for one in late] == ["B"]


def test_months_and_links_of_a_dyad(war: Made) -> None:
    with war.store.read() as connection:
        assert dyads.months(connection, "blue-front", "red-guard") == [("2020-01", "a", 1, 0), ("2020-01", "b", 1, 1)]
        assert dyads.linked(connection, "blue-front", "red-guard") == [("retaliation_for", "B", "A")]
        assert dyads.dyads_of(connection, "D") == [("green-league", "red-guard")]
        assert dyads.dyad(connection, "blue-front", "nobody") is None


@pytest.mark.parametrize("words", ["red-guard", "Red Guard", "red gu"])
def test_a_side_is_found_by_its_key_or_name(war: Made, words: str) -> None:
    with war.store.read() as connection:
        assert dyads.side_key(connection, words) == "red-guard"


def test_a_side_that_is_not_there_is_an_error(war: Made) -> None:
    with war.store.read() as connection, pytest.raises(SaysoError, match="S210"):
        dyads.side_key(connection, "Nobody")


@pytest.mark.parametrize("function", ["strikes", "months", "dyad"])
def test_the_queries_of_a_dyad_rest_on_an_index(war: Made, function: str) -> None:
    import sqlalchemy as sa

    asked: list[tuple[str, Any]] = []
    with war.store.read() as connection:
        sa.event.listen(war.store.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        getattr(dyads, function)(connection, "blue-front", "red-guard")
        for statement, values in list(asked):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            scans = [
                row[3] for row in plan if row[3].startswith("SCAN") and "ids" not in row[3] and "anon" not in row[3]
            ]
            assert scans == [], scans


def test_a_side_has_the_name_that_most_incidents_give_it(war: Made) -> None:
    p = schema.parties.c
    with war.store.write() as connection:
        shouted = sa.update(schema.parties).where(p.incident_id == "A", p.side == "red-guard").values(name="RED GUARD")
        connection.execute(shouted)
    with war.store.read() as connection:
        assert dyads.names(connection, ["red-guard", "blue-front"]) == {
            "red-guard": "Red Guard",
            "blue-front": "Blue Front",
        }


def test_pairs_that_are_linked_are_counted_once_by_dyad(war: Made) -> None:
    war.link("B", "A", "follows")  # told again, as another kind of link
    war.link("D", "A")  # D is no attack between the two
    war.link("C", "A", "similar_to")
    with war.store.read() as connection:
        assert dyads.linked_counts(connection) == {("blue-front", "red-guard"): 1}
