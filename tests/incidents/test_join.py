from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from tests.incidents.conftest import RAQQA, Ledger, account, says, span, told

from sayso.incidents import update
from sayso.incidents.deciding import say_same, undo
from sayso.incidents.ids import current_id
from sayso.ledger import schema
from sayso.ledger.write import put_account
from sayso.model import Interval, Link, Place


def test_two_reports_of_one_strike_become_one_incident_with_the_reasons(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    assert ledger.together("r1:e1", "r2:e1")
    why = {row["event_id"]: json.loads(row["why"]) for row in ledger.rows(schema.joins)}
    assert [reason["words"] for reason in why["r2:e1"]][:3] == [
        "both are air strikes",
        "both on 13 May 2016",
        "both at Raqqa",
    ]
    assert {reason["event"] for reason in why["r2:e1"]} == {"r1:e1"}
    assert why["r1:e1"] == []


def test_the_reasons_are_those_of_the_closest_telling_whichever_came_first(ledger: Ledger) -> None:
    accounts = [
        account("r1", told(), published="2016-05-14"),
        account("r2", told(killed=(4, 4), initiators=("a1",)), published="2016-05-15"),
        account("r3", told(killed=(4, 4), initiators=("a1",)), published="2016-05-16"),
    ]
    ledger.add(accounts[2])
    ledger.add(accounts[0])
    ledger.add(accounts[1])
    why = {row["event_id"]: json.loads(row["why"]) for row in ledger.rows(schema.joins)}
    assert why["r1:e1"] == []
    assert {reason["event"] for reason in why["r2:e1"]} == {"r3:e1"}
    assert {reason["event"] for reason in why["r3:e1"]} == {"r2:e1"}


def test_other_acts_stay_apart(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told("arrest")))
    assert not ledger.together("r1:e1", "r2:e1")


def test_what_is_not_actual_forms_no_incident(ledger: Ledger) -> None:
    ledger.add(account("r1", told(modality="planned"), told(id="e2", modality="generic")))
    assert ledger.rows(schema.incidents) == []


COUNTRY = msgspec.structs.replace(RAQQA, name="Syria", kind="country", precision=6, lat=None, lon=None)


@pytest.mark.parametrize(
    ("day", "places", "incidents"),
    [(None, (COUNTRY,), 0), (None, (RAQQA,), 1), ("2016-05-13", (COUNTRY,), 1)],
    ids=["neither date nor place", "a town", "a date"],
)
def test_an_incident_needs_a_date_or_a_place_more_exact_than_a_country(
    ledger: Ledger, day: str | None, places: tuple[Place, ...], incidents: int
) -> None:
    ledger.add(account("r1", told(day=day), places=places))
    assert len(ledger.rows(schema.incidents)) == incidents


@pytest.mark.parametrize(("place", "incidents"), [(COUNTRY, 0), (RAQQA, 1)])
def test_an_end_alone_is_no_date(ledger: Ledger, place: Place, incidents: int) -> None:
    before = Interval(start=None, end="2016-05-14", precision="unknown")
    ledger.add(account("r1", msgspec.structs.replace(told(), time=before), places=(place,)))
    assert len(ledger.rows(schema.incidents)) == incidents


def test_two_events_that_one_report_tells_apart_stay_apart(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), told(id="e2")), account("r2", told()))
    assert not ledger.together("r1:e1", "r1:e2")
    assert len(ledger.rows(schema.incidents)) == 2


def test_running_it_again_changes_nothing(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    before = ledger.rows(schema.incidents)
    with ledger.store.write() as connection:
        again = update(connection, ["r1", "r2"])
    assert again.changed == ()
    assert ledger.rows(schema.incidents) == before


def test_an_incident_keeps_its_id_when_an_earlier_report_joins_it(ledger: Ledger) -> None:
    ledger.add(account("r2", told(), published="2016-05-15"))
    first = ledger.incident_of("r2:e1")
    ledger.add(account("r1", told(), published="2016-05-14"))
    assert ledger.incident_of("r1:e1") == first


def test_the_id_has_the_country_and_five_plain_letters(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), told(id="e2", place=None)))
    ids = [ledger.incident_of("r1:e1") or "", ledger.incident_of("r1:e2") or ""]
    assert [found[:3] for found in ids] == ["SY-", "XX-"]
    assert all(len(found) == 8 and not set(found[3:]) & set("ILOU") for found in ids)


def test_two_incidents_that_a_correction_makes_one_keep_the_older_id_and_the_other_leads_on(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told("arrest")))
    kept, gone = ledger.incident_of("r1:e1") or "", ledger.incident_of("r2:e1") or ""
    with ledger.store.write() as connection:
        decision = say_same(connection, "reviewer", ["r1:e1", "r2:e1"])
    assert ledger.together("r1:e1", "r2:e1")
    with ledger.store.read() as connection:
        assert current_id(connection, gone) == kept
    assert {row["incident_id"] for row in ledger.rows(schema.claims)} == {kept}
    assert [row["id"] for row in ledger.rows(schema.incidents)] == [kept]
    with ledger.store.write() as connection:
        undo(connection, "reviewer", decision)
    assert (ledger.incident_of("r1:e1"), ledger.incident_of("r2:e1")) == (kept, gone)
    assert ledger.rows(schema.incident_ids) == []
    (split,) = ledger.rows(schema.splits)
    assert (split["from_incident"], split["to_incident"]) == (kept, gone)
    assert "took back" in split["reason"]


def test_incidents_that_one_report_tells_apart_are_not_merged_by_a_third(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), told(id="e2")))
    ledger.add(account("r2", told()))
    assert not ledger.together("r1:e1", "r1:e2")
    assert ledger.together("r2:e1", "r1:e1") != ledger.together("r2:e1", "r1:e2")


def test_a_near_copy_joins_its_original(ledger: Ledger) -> None:
    ledger.add(account("r1", told(day=None, place=None)))
    ledger.add(account("r2", told(day=None, place=None)), copy_of="r1")
    assert ledger.together("r1:e1", "r2:e1")


def test_a_report_read_again_keeps_its_incident_s_id(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    before = ledger.incident_of("r1:e1")
    ledger.add(account("r1", told()))
    assert ledger.incident_of("r1:e1") == before
    assert ledger.incident()["reports"] == 2


def test_a_report_read_again_alone_keeps_its_incident_s_id_under_another_event_number(ledger: Ledger) -> None:
    ledger.add(account("r1", told()))
    before = ledger.incident_of("r1:e1")
    ledger.add(account("r1", told("arrest", id="e1", place=None), told(id="e2")))
    assert ledger.incident_of("r1:e2") == before


def test_an_incident_that_no_report_tells_any_more_goes(ledger: Ledger) -> None:
    ledger.add(account("r1", told()))
    gone = ledger.incident_of("r1:e1")
    changes = ledger.add(account("r1", told("arrest", place=None)))
    assert changes.removed == (gone,)
    assert gone not in {row["id"] for row in ledger.rows(schema.incidents)}
    assert ledger.rows(schema.stale_incidents) == []


def test_links_between_events_become_links_between_incidents(ledger: Ledger) -> None:
    link = Link(from_="e1", to="e2", kind="retaliation_for", evidence=span("in retaliation for"), speaker="a1")
    ledger.add(account("r1", told(), told(id="e2", day="2016-05-10"), links=(link,)))
    (row,) = ledger.rows(schema.links)
    assert (row["from_incident"], row["to_incident"]) == (ledger.incident_of("r1:e1"), ledger.incident_of("r1:e2"))


def test_no_private_person_s_name_is_in_a_reason(ledger: Ledger) -> None:
    ledger.add(account("r1", told(recipients=("a5",))), account("r2", told(recipients=("a5",))))
    assert "Samira" not in json.dumps([row["why"] for row in ledger.rows(schema.joins)])
    assert "a private person" in ledger.rows(schema.joins)[1]["why"]


def test_a_hundred_reports_of_one_day_join_in_one_update(ledger: Ledger) -> None:
    def one(number: int) -> Any:
        place = msgspec.structs.replace(
            RAQQA, gazetteer_id=f"g:{number % 10}", name=f"Town{number % 10}", lat=None, lon=None
        )
        return account(f"r{number:03}", told(), places=(place,), claims=(says("e1", "a3"),))

    ledger.add(*(one(number) for number in range(100)))
    assert len(ledger.rows(schema.incidents)) == 10
    assert {row["reports"] for row in ledger.rows(schema.incidents)} == {10}


def test_an_unfinished_update_leaves_nothing_half_joined(ledger: Ledger) -> None:
    def killed_on_the_way() -> None:
        with ledger.store.write() as connection:
            put_account(connection, account("r1", told()), "test")
            update(connection, ["r1"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        killed_on_the_way()
    assert ledger.rows(schema.events) == []
    assert ledger.rows(schema.incidents) == []
