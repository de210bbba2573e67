from __future__ import annotations

from tests.incidents.conftest import Ledger, account, span, told

from sayso.incidents.chains import chain
from sayso.model import Link


def link(start: str, end: str, speaker: str | None = None) -> Link:
    return Link(from_=start, to=end, kind="retaliation_for", evidence=span(f"{start} for {end}"), speaker=speaker)


def test_the_chain_of_responses_is_walked_across_reports(ledger: Ledger) -> None:
    days = {"e1": "2016-05-13", "e2": "2016-05-10", "e3": "2016-05-01"}
    first = [told(id=event, day=days[event]) for event in ("e1", "e2")]
    second = [told(id=event, day=days[event]) for event in ("e2", "e3")]
    ledger.add(account("r1", *first, links=(link("e1", "e2", "a1"),)))
    ledger.add(account("r2", *second, links=(link("e2", "e3"),)))
    with ledger.store.read() as connection:
        steps = chain(connection, ledger.incident_of("r1:e1") or "")
    assert [(step.evidence, step.speaker, step.distance) for step in steps] == [
        ("e1 for e2", "Syrian army", 0),
        ("e2 for e3", None, 1),
    ]
    assert steps[0].to_incident == steps[1].from_incident
    assert steps[1].to_title.endswith("1 May 2016")


def test_a_chain_that_runs_in_a_circle_ends(ledger: Ledger) -> None:
    events = told(), told(id="e2", day="2016-05-10")
    ledger.add(account("r1", *events, links=(link("e1", "e2"), link("e2", "e1", "a5"))))
    with ledger.store.read() as connection:
        steps = chain(connection, ledger.incident_of("r1:e1") or "")
    assert len(steps) == 2
    assert {step.speaker for step in steps} == {None, "a private person"}


def test_an_incident_without_links_has_an_empty_chain(ledger: Ledger) -> None:
    ledger.add(account("r1", told()))
    with ledger.store.read() as connection:
        assert chain(connection, ledger.incident_of("r1:e1") or "") == ()
