from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.incidents.conftest import RAQQA, Ledger, account, says, told

from sayso.incidents import slot_standings
from sayso.incidents.summary import joint_count, joint_time
from sayso.incidents.title import title

MONTH = ("2021-07-01", "2021-07-31", "month")
SUNDAY = ("2021-07-04", "2021-07-04", "day")
EVENING = ("2021-07-04", "2021-07-04", "part_of_day")
MONDAY = ("2021-07-05", "2021-07-05", "day")


@pytest.mark.parametrize(
    ("counts", "joint"),
    [
        ([], (None, None)),
        ([(None, None), (None, None)], (None, None)),
        ([(3, 3), (None, None)], (3, 3)),
        ([(3, 3), (5, 8)], (3, 8)),
        ([(0, 0), (5, 5)], (0, 5)),
        ([(5, None), (7, 7)], (5, None)),
        ([(None, 20), (3, 3)], (3, 20)),
        ([(None, 20)], (None, 20)),
    ],
)
def test_tolls_become_a_range_and_unknown_stays_unknown(counts: Any, joint: Any) -> None:
    assert joint_count(counts) == joint


@pytest.mark.parametrize(
    ("times", "joint"),
    [
        ([], (None, None, "unknown")),
        ([(None, "2021-07-05", "unknown")], (None, "2021-07-05", "unknown")),
        ([MONTH, SUNDAY], SUNDAY),
        ([EVENING, SUNDAY], EVENING),
        ([SUNDAY, MONDAY], ("2021-07-04", "2021-07-05", "days")),
    ],
)
def test_the_closest_time_is_taken_and_equally_close_ones_are_spanned(times: Any, joint: Any) -> None:
    assert joint_time(times) == joint


def test_the_closest_word_for_the_act_and_the_most_exact_place_are_taken(ledger: Ledger) -> None:
    province = msgspec.structs.replace(RAQQA, gazetteer_id="a:raqqa", name="Raqqa province", kind="admin1", precision=4)
    sides: dict[str, Any] = {"initiators": ("a1",), "recipients": ("a2",), "killed": (4, 4)}
    ledger.add(account("r1", told("armed_attack", **sides), places=(province,)))
    ledger.add(account("r2", told("airstrike", **sides)))
    row = ledger.incident()
    assert row["reports"] == 2
    assert row["type"] == "airstrike"
    assert (row["place_name"], row["place_precision"], row["lat"]) == ("Raqqa", 1, 35.95)


def test_the_row_counts_reports_and_speakers_and_keeps_unknown_tolls_null(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), claims=(says("e1", "a3"), says("e1", "a4", "denies"), says("e1", None))))
    row = ledger.incident()
    assert (row["reports"], row["speakers"], row["asserts"], row["denies"], row["uncertain"]) == (1, 2, 1, 1, 0)
    assert (row["killed_low"], row["killed_high"], row["injured_low"], row["injured_high"]) == (None,) * 4


def test_only_a_changed_incident_gets_a_new_time_of_change(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.incidents.counting.now", lambda: "first")
    ledger.add(account("r1", told()), account("r3", told("arrest", place=None)))
    monkeypatch.setattr("sayso.incidents.counting.now", lambda: "second")
    ledger.add(account("r2", told()), account("r3", told("arrest", place=None)))
    assert ledger.incident("r1:e1")["updated_at"] == "second"
    assert ledger.incident("r3:e1")["updated_at"] == "first"


def row(**facts: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"type": "airstrike", "status": "single_source", "country": "SYR", "place_name": "Raqqa"}
    known |= {"place_precision": 1, "start": "2021-07-04", "end": "2021-07-04", "time_precision": "day"}
    return known | facts


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Air strike reported in Raqqa, Syria, 4 July 2021"),
        ({"status": "denied"}, "Air strike reported and denied in Raqqa, Syria, 4 July 2021"),
        ({"status": "uncertain"}, "Air strike alleged in Raqqa, Syria, 4 July 2021"),
        ({"place_precision": 2}, "Air strike reported near Raqqa, Syria, 4 July 2021"),
        ({"place_name": "Al-Omar field"}, "Air strike reported at Al-Omar field, Syria, 4 July 2021"),
        ({"place_name": "Syria", "place_precision": 6}, "Air strike reported in Syria, 4 July 2021"),
        ({"place_name": None, "place_precision": 6}, "Air strike reported in Syria, 4 July 2021"),
        ({"place_name": None, "country": None}, "Air strike reported, 4 July 2021"),
        ({"end": "2021-07-10", "time_precision": "week"}, "Air strike reported in Raqqa, Syria, 4–10 July 2021"),
        ({"start": "2021-07-01", "end": "2021-07-31", "time_precision": "month"},
         "Air strike reported in Raqqa, Syria, July 2021"),
        ({"start": None}, "Air strike reported in Raqqa, Syria, by 4 July 2021"),
        ({"start": None, "end": None}, "Air strike reported in Raqqa, Syria, date not stated"),
    ],
)  # fmt: skip
def test_a_title_is_hedged_and_says_no_more_than_is_known(facts: dict[str, Any], sentence: str) -> None:
    assert title(row(**facts)) == sentence


def test_every_slot_that_somebody_speaks_to_has_a_status(ledger: Ledger) -> None:
    claims = says("e1", "a3"), says("e1", "a3", slot="killed", value="3", normalised=[3, 3]), says("e1", "a4", "denies")
    ledger.add(account("r1", told(), claims=claims))
    with ledger.store.read() as connection:
        found = slot_standings(connection, ledger.incident_of("r1:e1") or "")
    assert {slot: standing.status for slot, standing in found.items()} == {
        "occurrence": "contested",
        "killed": "single_source",
    }
