from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from sayso.ledger import decisions, schema
from sayso.ledger.store import Store
from sayso.ledger.write import find_report, put_account, read_account
from sayso.model import Account, Geometry, Report

MakeAccount = Callable[..., Account]


def _put(store: Store, account: Account, source: str = "one.txt") -> None:
    with store.write() as connection:
        put_account(connection, account, source)


def _rows(store: Store, table: sa.Table) -> list[sa.RowMapping]:
    with store.read() as connection:
        return list(connection.execute(sa.select(table).order_by(*table.primary_key)).mappings())


def test_the_account_comes_back_as_it_was(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    with store.read() as connection:
        assert read_account(connection, account.report.id) == account


def test_an_event_has_its_place_its_interval_and_the_words_for_both(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    first, second = _rows(store, schema.events)
    assert first["id"] == f"{account.report.id}:e1"
    assert (first["start"], first["end"], first["time_words"]) == ("2021-07-04", "2021-07-04", "on Sunday")
    assert (first["place_name"], first["lat"], first["place_words"], first["country"]) == (
        "Alford",
        35.1,
        "Alford",
        "SYR",
    )
    assert (first["killed_low"], first["killed_high"]) == (0, 0)
    assert (second["killed_low"], second["killed_high"]) == (2, None)
    assert (second["injured_low"], second["injured_high"], second["weapon"]) == (None, None, None)


def test_the_area_of_a_vague_place_is_kept(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    line = Geometry(type="LineString", coordinates=((41.0, 34.5), (42.0, 37.0)))
    places = tuple(msgspec.structs.replace(place, geometry=line) for place in account.places)
    _put(store, msgspec.structs.replace(account, places=places))
    first = _rows(store, schema.events)[0]
    assert json.loads(first["geometry"]) == {"type": "LineString", "coordinates": [[41.0, 34.5], [42.0, 37.0]]}


def test_sides_are_actors_or_bare_words(store: Store, make_account: MakeAccount) -> None:
    _put(store, make_account())
    assert [(side["role"], side["actor_id"], side["words"]) for side in _rows(store, schema.sides)] == [
        ("recipient", "usa-military", "The US military"),
        ("recipient", None, "Benton"),
    ]


def test_a_claim_keeps_its_words_and_its_speaker(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    claims = {row["id"].split(":")[1]: row for row in _rows(store, schema.claims)}
    denial = claims["c2"]
    assert (denial["stance"], denial["speaker_id"], denial["evidence"]) == (
        "denies",
        "usa-military",
        "there was any attack",
    )
    assert account.report.text[denial["evidence_start"] : denial["evidence_end"]] == "there was any attack"
    assert claims["c5"]["speaker_id"] is None


def test_normalised_values_are_the_ledgers_ids(store: Store, make_account: MakeAccount) -> None:
    _put(store, make_account())
    claims = {row["id"].split(":")[1]: row["normalised"] for row in _rows(store, schema.claims)}
    assert json.loads(claims["c1"]) is True
    assert json.loads(claims["c3"]) == "g1"
    assert json.loads(claims["c4"]) == "usa-military"


def test_a_link_is_a_row_with_its_words(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    (link,) = _rows(store, schema.links)
    assert link["from_event"] == f"{account.report.id}:e2"
    assert link["to_event"] == f"{account.report.id}:e1"
    assert (link["kind"], link["evidence"]) == ("retaliation_for", "in answer")


def test_an_actor_of_two_reports_is_one_row(store: Store, make_account: MakeAccount) -> None:
    _put(store, make_account())
    _put(store, make_account("Rockets hit the base at Alford on Sunday, in another text."), "two.txt")
    names = [row["name"] for row in _rows(store, schema.actors)]
    assert names.count("the US military") == 1
    assert names.count("Northern Observatory") == 1


def test_what_is_known_of_an_actor_does_not_depend_on_the_order(tmp_path: Path, make_account: MakeAccount) -> None:
    told = [("military", None, None), ("rebel", "SYR", "Blue Front"), (None, "IRQ", "Red Front"), ("state", None, "x")]
    found = []
    for number, order in enumerate(permutations(enumerate(told))):
        with Store.open(tmp_path / f"{number}.db") as store:
            for at, (kind, country, affiliation) in order:
                account = make_account(f"Text {at}.")
                facts = {"kind": kind, "country": country, "affiliation": affiliation}
                actors = tuple(msgspec.structs.replace(actor, **facts) for actor in account.actors)
                _put(store, msgspec.structs.replace(account, actors=actors), f"{at}.txt")
            found.append(sorted(map(repr, _rows(store, schema.actors))))
    assert all(one == found[0] for one in found)
    assert "Blue Front" in found[0][0]


def test_a_person_once_private_stays_private(store: Store, make_account: MakeAccount) -> None:
    first = make_account()
    public = [msgspec.structs.replace(actor, private=False) for actor in first.actors]
    _put(store, first)
    _put(store, msgspec.structs.replace(make_account("Another text."), actors=tuple(public)), "two.txt")
    assert {row["name"]: row["private"] for row in _rows(store, schema.actors)}["Jane Witness"] is True


def test_a_newer_reading_supersedes_the_machines_rows(store: Store, make_account: MakeAccount) -> None:
    first = make_account()
    _put(store, first)
    newer = msgspec.structs.replace(first, reader="test-2", events=first.events[:1], claims=first.claims[:1], links=())
    _put(store, newer)
    assert len(_rows(store, schema.events)) == 1
    assert len(_rows(store, schema.claims)) == 1
    assert [row["reader"] for row in _rows(store, schema.accounts)] == ["test-2"]


def test_reading_again_notes_the_incidents_that_lost_events(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    with store.write() as connection:
        connection.execute(sa.update(schema.events).values(incident_id="SY-AAAAA"))
    _put(store, msgspec.structs.replace(account, reader="test-2"))
    assert [row["incident_id"] for row in _rows(store, schema.stale_incidents)] == ["SY-AAAAA"]


def test_reading_again_touches_no_decision(store: Store, make_account: MakeAccount) -> None:
    account = make_account()
    _put(store, account)
    with store.write() as connection:
        decisions.append(connection, who="ann", kind="accept", target=f"{account.report.id}:c1", value=True)
    before = _rows(store, schema.decisions)
    _put(store, msgspec.structs.replace(account, reader="test-2"))
    assert _rows(store, schema.decisions) == before


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("one text", None, True),
        ("another text", "https://example.org/a#top", True),
        ("another text", "https://example.org/b", False),
        ("another text", None, False),
    ],
)
def test_a_report_is_known_by_its_text_or_its_address(
    store: Store, make_account: MakeAccount, make_report: Callable[..., Report], text: str, url: str | None, found: bool
) -> None:
    _put(store, make_account("one text", url="https://www.example.org/a"))
    with store.read() as connection:
        assert (find_report(connection, make_report(text, url=url)) is not None) is found


def test_reports_without_an_address_are_not_one(store: Store, make_account: MakeAccount) -> None:
    _put(store, make_account("one text"))
    _put(store, make_account("another text"), "two.txt")
    assert len(_rows(store, schema.reports)) == 2
