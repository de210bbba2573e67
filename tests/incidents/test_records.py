from __future__ import annotations

from typing import Any

from tests.incidents.conftest import Ledger, account, says, told

from sayso.incidents.records import Record, records
from sayso.incidents.statement import Statement, Voice
from sayso.incidents.testimony import Named, Testimony
from sayso.ledger import schema
from sayso.ledger.records import incidents_of, totals

MINISTRY = Voice(key="RUSMOD", name="Defence Ministry", kind="government", country="RUS")
FORCES = Voice(key="RUSMIL", name="Russian army", kind="military", country="RUS")
MONITOR = Voice(key="SOHR", name="Syrian Observatory for Human Rights", kind="monitor")
RESIDENT = Voice(key="haddad", name="Samira Haddad", kind="civilian", private=True)


def said(voice: Voice | None, published: str = "2021-07-04", stance: str = "asserts", **facts: Any) -> Statement:
    report = facts.pop("report", f"r-{published}-{voice.key if voice else ''}")
    known: dict[str, Any] = {"slot": "occurrence", "report_id": report, "copy_root": report} | facts
    known.setdefault("claim", f"{report}-{known['slot']}-{stance}-{known.get('normalised')}")
    return Statement(stance=stance, voice=voice, published=published, **known)


def of(voice: Voice, *statements: Statement, named: tuple[Voice, ...] = ()) -> Record:
    blamed = [Named(one, "r", "2021-07-04") for one in named]
    found = {one.actor_id: one for one in records(Testimony(statements=statements, named=blamed))}
    return found[voice.key]


def killed(voice: Voice, published: str, number: int) -> Statement:
    return said(voice, published, slot="killed", value=str(number), normalised=[number, number])


def test_statements_are_counted_by_stance_and_copies_are_not() -> None:
    copied = said(MONITOR, "2021-07-06", report="r9", copy_root="r1")
    one = of(MONITOR, said(MONITOR), said(MONITOR, slot="origin", stance="uncertain"), copied)
    assert (one.asserts, one.denies, one.uncertain) == (1, 0, 1)
    assert (one.first, one.last) == ("2021-07-04", "2021-07-04")


def test_contested_is_both_who_asserts_and_who_independently_denies() -> None:
    both = said(MONITOR), said(MINISTRY, stance="denies")
    assert (of(MONITOR, *both).contested, of(MINISTRY, *both).contested) == (1, 1)
    assert of(MONITOR, said(MONITOR), said(MINISTRY)).contested == 0


def test_who_asserts_only_a_detail_is_contested_by_who_denies_the_whole() -> None:
    assert of(MONITOR, said(MONITOR, slot="place", value="Raqqa"), said(MINISTRY, stance="denies")).contested == 1


def test_the_army_that_later_says_otherwise_contradicts_the_ministry_of_its_state() -> None:
    both = said(MINISTRY, "2021-07-04", "denies"), said(FORCES, "2021-07-06")
    assert (of(MINISTRY, *both).contradicted, of(FORCES, *both).contradicted) == (1, 0)
    assert (of(MINISTRY, *both).contested, of(MINISTRY, *both).changed) == (0, 0)
    assert of(MINISTRY, said(MINISTRY, stance="denies"), said(FORCES)).contradicted == 0


def test_a_higher_toll_of_the_same_side_contradicts_nobody() -> None:
    assert of(MINISTRY, killed(MINISTRY, "2021-07-04", 3), killed(FORCES, "2021-07-05", 9)).contradicted == 0
    assert of(MINISTRY, killed(MINISTRY, "2021-07-04", 9), killed(FORCES, "2021-07-05", 3)).contradicted == 1


def test_none_and_then_three_is_a_changed_account_and_growth_is_not() -> None:
    assert of(MINISTRY, killed(MINISTRY, "2021-07-04", 0), killed(MINISTRY, "2021-07-05", 3)).changed == 1
    assert of(MINISTRY, killed(MINISTRY, "2021-07-04", 3), killed(MINISTRY, "2021-07-05", 9)).changed == 0


def test_alone_is_who_asserts_what_nobody_independent_does() -> None:
    assert of(MONITOR, said(MONITOR)).alone == 1
    assert of(MONITOR, said(MONITOR), said(MINISTRY)).alone == 0


def test_acknowledged_is_the_side_s_own_word() -> None:
    assert of(FORCES, said(FORCES), named=(FORCES,)).acknowledged == 1
    assert of(MONITOR, said(MONITOR), named=(FORCES,)).acknowledged == 0


def test_private_persons_and_narration_have_no_record() -> None:
    assert records(Testimony(statements=[said(RESIDENT), said(None)])) == []


def test_the_ledger_keeps_records_and_counts_them_over_incidents(ledger: Ledger) -> None:
    claims = says("e1", "a3"), says("e1", "a4", "denies")
    ledger.add(account("r1", told(), claims=claims))
    ledger.add(account("r2", told(day="2016-08-01"), claims=(says("e1", "a3"),), published="2016-08-02"))
    with ledger.store.read() as connection:
        found = totals(connection, "SOHR")
        assert (found.incidents["all"], found.incidents["contested"], found.incidents["alone"]) == (2, 1, 1)
        assert found.statements == {"asserts": 2, "denies": 0, "uncertain": 0}
        assert (found.first, found.last) == ("2016-05-14", "2016-08-02")
        contested = incidents_of(connection, "SOHR", "contested", 1, 50)
        every = incidents_of(connection, "SOHR", "all", 1, 50)
        assert totals(connection, "nobody").incidents["all"] == 0
    assert [row["incident_id"] for row in contested] == [ledger.incident_of("r1:e1")]
    assert [row["last"] for row in every] == ["2016-08-02", "2016-05-14"]
    assert contested[0]["claims"][0]["evidence"] == "words"


def test_a_report_that_is_read_again_leaves_no_old_record(ledger: Ledger) -> None:
    ledger.add(account("r1", told(), claims=(says("e1", "a3"),)))
    ledger.add(account("r1", told(), claims=(says("e1", "a4"),)))
    assert [row["actor_id"] for row in ledger.rows(schema.records)] == ["RUSMIL"]
