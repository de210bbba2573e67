from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest
import sqlalchemy as sa
from tests.incidents.conftest import Ledger

from sayso.errors import SaysoError
from sayso.incidents.estimate import LEAST_INCIDENTS, Run, estimate, keep, shown
from sayso.incidents.truth import Parameters
from sayso.ledger import schema
from sayso.ledger.filters import Filters

QUICK = Parameters(draws=60, burn_in=40)
SPEAKERS = ("SOHR", "RUSMOD", "FSA", "MSF", "UN")


@pytest.fixture
def filled(ledger: Ledger) -> Callable[..., Ledger]:
    def fill(size: int = 60, speakers: int = 3) -> Ledger:
        chance = random.Random(4)
        with ledger.store.write() as connection:
            actors = [{"id": key, "name": key, "private": False} for key in (*SPEAKERS, "once")]
            connection.execute(sa.insert(schema.actors), actors)
            for number in range(size):
                key = f"SY-{number:05d}"
                row = {
                    "id": key, "type": "airstrike", "country": "SYR" if number % 2 else "IRQ", "status": "contested",
                    "reason": "r", "title": "t", "updated_at": "2020-01-01T00:00:00Z", "stub": False,
                }  # fmt: skip
                connection.execute(sa.insert(schema.incidents), row)
                for who in chance.sample(SPEAKERS, speakers):
                    put(connection, key, who, -1 if chance.random() < 0.3 else 1)
        return ledger

    return fill


def put(connection: sa.Connection, incident: str, who: str, occurrence: int) -> None:
    zero = dict.fromkeys(("asserts", "denies", "uncertain", "contested", "contradicted", "changed", "alone"), 0)
    row = zero | {"acknowledged": 0, "first": "2020", "last": "2020", "occurrence": occurrence}
    connection.execute(sa.insert(schema.records), row | {"incident_id": incident, "actor_id": who})


def run(ledger: Ledger, filters: Filters | None = None) -> Run:
    with ledger.store.read() as connection:
        return estimate(connection, filters, QUICK)


def test_every_incident_gets_an_estimate_or_a_reason(filled: Callable[..., Ledger]) -> None:
    found = run(filled())
    assert len(found.estimates) == 60
    assert all((one.probability is None) == (one.refused is not None) for one in found.estimates)
    assert (found.about.incidents, found.about.speakers) == (60, 5)
    first = found.estimates[0]
    assert first.low is not None
    assert first.high is not None
    assert first.low <= first.high


def test_it_refuses_where_there_is_too_little(filled: Callable[..., Ledger]) -> None:
    with pytest.raises(SaysoError, match="S440 there is too little"):
        run(filled(LEAST_INCIDENTS - 1))


def test_it_refuses_a_ledger_without_disputes(filled: Callable[..., Ledger]) -> None:
    with pytest.raises(SaysoError, match="S440"):
        run(filled(60, speakers=1))


def test_an_incident_of_one_speaker_or_of_strangers_is_refused_with_the_reason(filled: Callable[..., Ledger]) -> None:
    ledger = filled()
    with ledger.store.write() as connection:
        connection.execute(sa.delete(schema.records).where(schema.records.c.incident_id.in_(["SY-00000", "SY-00001"])))
        put(connection, "SY-00000", "SOHR", 1)
        put(connection, "SY-00001", "SOHR", 1)
        put(connection, "SY-00001", "once", -1)
    found = {one.incident_id: one for one in run(ledger).estimates}
    assert found["SY-00000"].refused == "fewer than two speakers say whether it happened"
    assert found["SY-00001"].refused == "fewer than two of its speakers speak to 3 incidents or more"


def test_filters_choose_the_set_it_rests_on(filled: Callable[..., Ledger]) -> None:
    found = run(filled(90), Filters(countries=("SYR",)))
    assert found.about.incidents == 45
    assert found.about.filters == "countries SYR"


def test_a_kept_estimate_is_shown_until_its_incident_changes(filled: Callable[..., Ledger]) -> None:
    ledger = filled()
    found = run(ledger)
    with ledger.store.write() as connection:
        keep(connection, found)
        keep(connection, found)
    with ledger.store.read() as connection:
        kept = shown(connection, "SY-00003")
        assert kept is not None
        assert not kept.stale
        assert kept.estimate == found.estimates[3]
        assert kept.about == found.about
        assert shown(connection, "nowhere") is None
    with ledger.store.write() as connection:
        table = schema.incidents
        connection.execute(sa.update(table).where(table.c.id == "SY-00003").values(updated_at="2999-01-01T00:00:00Z"))
    with ledger.store.read() as connection:
        kept = shown(connection, "SY-00003")
    assert kept is not None
    assert kept.stale


def test_nothing_in_a_run_names_a_speaker(filled: Callable[..., Ledger]) -> None:
    text = msgspec.json.encode(run(filled())).decode()
    assert not any(who in text for who in SPEAKERS)
