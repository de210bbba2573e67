"""Incidents of hundreds of reports: what a further report costs is bounded, whatever their size."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.conftest import Ledger, account, says, told

from sayso import intake
from sayso.incidents import any_stale, candidates, edges, features, postponed, relink, sweep, update
from sayso.ledger import schema
from sayso.ledger.write import put_account
from sayso.model import Account

REPORTS = 400


def telling(number: int) -> Account:
    claims = (says("e1", ("a3", "a4", None)[number % 3]), says("e1", "a2", slot="initiator"))
    day = f"2016-05-{14 + number % 5}"
    return account(f"r{number * 7919 % 10_007:05}", told(initiators=("a1",)), claims=claims, published=day)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many events were compared and loaded; a crowd begins at 60."""
    done: Counter[str] = Counter()
    for module in (edges, sweep):
        compare = module.compare

        def counted(one: Any, two: Any, compare: Any = compare) -> Any:
            done["compared"] += 1
            return compare(one, two)

        monkeypatch.setattr(module, "compare", counted)
    load = features.load_features

    def loading(*asked: Any, **how: Any) -> Any:
        found = load(*asked, **how)
        done["loaded"] += len(found)
        return found

    monkeypatch.setattr(features, "load_features", loading)
    for module in (sweep, candidates):
        monkeypatch.setattr(module, "MOST_WEIGHED", 60)
        monkeypatch.setattr(module, "CROWD", 24)
    return done


@pytest.fixture
def large(ledger: Ledger, work: Counter[str]) -> Ledger:
    with ledger.store.write() as connection:
        for number in range(REPORTS):
            put_account(connection, telling(number), "test")
    relink(ledger.store, processes=1)
    return ledger


def sizes(ledger: Ledger) -> list[int]:
    return [row["reports"] for row in ledger.rows(schema.incidents)]


def test_joining_anew_compares_no_more_than_so_many_a_report(large: Ledger, work: Counter[str]) -> None:
    assert sizes(large) == [REPORTS]
    # All pairs are 79,800. Each is weighed against 24, and where groups meet 16 of each are.
    assert work["compared"] < REPORTS * (24 + 16 + 16)


def test_a_further_report_is_weighed_against_few(large: Ledger, work: Counter[str]) -> None:
    work.clear()
    one = telling(REPORTS)
    large.add(one)
    assert large.together("r00000:e1", f"{one.report.id}:e1")
    assert work["compared"] <= 24 + 16 * 4
    assert work["loaded"] <= 300


def test_a_large_incident_is_computed_when_it_has_grown_or_all_reports_are_in(large: Ledger) -> None:
    large.add(telling(REPORTS))
    assert sizes(large) == [REPORTS]
    with large.store.read() as connection:
        assert any_stale(connection)
    for number in range(REPORTS + 1, REPORTS + 8):
        large.add(telling(number))
    assert sizes(large) == [REPORTS + 8]  # It has grown by 2 %.
    large.add(telling(REPORTS + 8))
    # Whatever ended the last call: the next one goes on from there, even where it brings nothing new.
    assert list(intake.add(large.store, [])) == []
    assert sizes(large) == [REPORTS + 9]
    with large.store.read() as connection:
        assert not any_stale(connection)
    assert relink(large.store, processes=1).changed == 0


def test_a_large_incident_that_shrank_to_nothing_is_not_put_off(large: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postponed, "LARGE", 1)
    with large.store.write() as connection:
        connection.execute(sa.update(schema.events).values(incident_id=None))
        rows = connection.execute(sa.select(schema.incidents.c.id)).all()
        assert postponed.put_off(connection, [row[0] for row in rows]) == set()


def test_what_waits_is_computed_without_any_report(large: Ledger) -> None:
    large.add(telling(REPORTS))
    with large.store.write() as connection:
        assert len(update(connection, []).changed) == 1
    assert sizes(large) == [REPORTS + 1]
