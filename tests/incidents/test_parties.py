from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.made import Made

from sayso.incidents.parties import Actor, side_of
from sayso.ledger import schema


def rows(made: Made, table: sa.Table) -> list[dict[str, Any]]:
    with made.done().read() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"id": "actor:syrian-arab-army", "kb_id": "actor:syrian-arab-army", "kind": "military"}, "state:SYR"),
        ({"id": "r1-16-turkish-soldiers", "kind": "military", "country": "TUR"}, "state:TUR"),
        ({"id": "actor:izz-ad-din-al-qassam-brigades", "kb_id": "actor:izz-ad-din-al-qassam-brigades"}, "actor:hamas"),
        ({"id": "fighters", "name": "Islamic State fighters", "kind": "rebel"}, "actor:islamic-state"),
        ({"id": "actor:peshmerga", "kb_id": "actor:peshmerga"}, "actor:kurdistan-regional-government"),
        ({"id": "blue-front", "name": "Blue Front", "kind": "rebel"}, "blue-front"),
        ({"id": "some-militia", "name": "Some Militia", "kind": "militia", "affiliation": "Iran"}, "some-militia"),
    ],
)
def test_an_actor_counts_for_its_organisation_or_state(facts: dict[str, Any], key: str) -> None:
    side = side_of(Actor(**({"name": "x"} | facts)), "r1")
    assert side is not None
    assert side.key == key


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "r1-attackers", "name": "the attackers", "kind": "rebel"},
        {"id": "villagers", "name": "villagers", "kind": "civilian", "country": "SYR"},
        {"id": "somebody", "name": "Somebody", "kind": "rebel", "private": True},
        {"id": "observatory", "name": "Observatory", "kind": "monitor"},
    ],
)
def test_who_is_only_described_or_not_armed_is_no_side(facts: dict[str, Any]) -> None:
    assert side_of(Actor(**facts), "r1") is None


def test_a_strike_counts_for_the_side_that_speakers_lay_it_on(made: Made) -> None:
    made.incident("A", "2020-01-01", ["blue-front"], ["syrian-jets"], said_by=("monitor", None))
    (row,) = rows(made, schema.dyads)
    assert (row["side_a"], row["side_b"], row["direction"]) == ("blue-front", "state:SYR", "a")
    assert (row["said"], row["denied"], row["contested"], row["start"]) == (1, 0, False, "2020-01-01")


def test_forces_of_one_state_are_one_side_and_strike_not_themselves(made: Made) -> None:
    made.incident("A", "2020-01-01", ["actor:syrian-arab-army", "syrian-jets"], ["syrian-jets"])
    assert rows(made, schema.dyads) == []
    assert {(row["side"], row["role"]) for row in rows(made, schema.parties)} == {
        ("state:SYR", "initiator"),
        ("state:SYR", "recipient"),
    }


def test_an_attack_that_its_side_denies_is_contested(made: Made) -> None:
    made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"], said_by=("monitor",), denied_by=("red-guard",))
    made.incident("B", "2020-01-01", ["blue-front"], ["red-guard"], said_by=("monitor",))
    made.claim("B", "occurrence", "denies", "blue-front", "there was no attack")
    assert [(row["denied"], row["contested"]) for row in rows(made, schema.dyads)] == [(1, True), (1, True)]


def test_two_attackers_of_whom_nobody_names_both_are_contested(made: Made) -> None:
    made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"], rival=("monitor", "green-league"))
    made.incident("B", "2020-01-01", ["blue-front", "green-league"], ["red-guard"])
    found = [(row["incident_id"], row["contested"]) for row in rows(made, schema.dyads)]
    assert found == [("A", True), ("A", True), ("B", False), ("B", False)]


def test_a_clash_is_nobodys_strike(made: Made) -> None:
    made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"], kind="armed_clash")
    made.incident("B", "2020-01-01", ["blue-front"], ["red-guard"], kind="ceasefire")
    assert [(row["incident_id"], row["direction"]) for row in rows(made, schema.dyads)] == [("A", "both")]


def test_the_sides_of_an_incident_that_is_gone_go_with_it(made: Made) -> None:
    from sayso.incidents.counting import refresh

    made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"])
    made.done()
    with made.store.write() as connection:
        connection.execute(sa.update(schema.events).values(incident_id=None))
        assert refresh(connection, ["A"]) == ("A",)
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.parties)) == 0
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.dyads)) == 0
