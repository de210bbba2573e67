"""Why two are one occurrence, or not: what was weighed, what decides, and which words say so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from tests.incidents.conftest import NEIGHBOUR, Ledger, account, told

from sayso.errors import SaysoError
from sayso.incidents.deciding import say_apart, say_same
from sayso.incidents.grounds import COMPARED, Grounds, best_words, grounds, kept_apart
from sayso.incidents.verdict import percent, verdict
from sayso.ledger import schema
from sayso.ledger.write import put_account


def why(ledger: Ledger, first: str | None, second: str | None) -> Grounds:
    with ledger.store.read() as connection:
        return grounds(connection, first or "", second or "")


@pytest.fixture
def two(ledger: Ledger) -> Ledger:
    """Two reports of one strike, and a third of another town's month."""
    for number in (1, 2):
        ledger.add(account(f"r{number}", told(killed=(12, 12), initiators=("a1",)), publisher=f"Outlet {number}"))
    ledger.add(account("r3", told(day="2016-06-20"), published="2016-06-21"))
    assert ledger.together("r1:e1", "r2:e1")
    return ledger


def test_two_tellings_of_one_incident_are_explained_by_what_was_found(two: Ledger) -> None:
    found = why(two, "r1:e1", "r2:e1")
    assert found.together == (two.incident_of("r1:e1"),)
    assert found.best is not None
    assert {"time", "place", "killed"} <= {reason.feature for reason in found.best.comparison.reasons}
    assert verdict(found).startswith("They are one incident: two of their tellings are alike (")
    total = found.best.start + sum(reason.weight or 0 for reason in found.best.comparison.reasons)
    assert total == pytest.approx(found.best.comparison.score)


def test_two_incidents_are_explained_by_what_rules_them_out(two: Ledger) -> None:
    found = why(two, two.incident_of("r1:e1"), two.incident_of("r3:e1"))
    assert (found.together, found.steps) == ((), ())
    assert verdict(found).startswith("They are two incidents: ")
    assert [count for _, count in found.against] == [1]


def test_order_does_not_change_what_is_found(two: Ledger) -> None:
    one, other = why(two, "r1", "r3"), why(two, "r3", "r1")
    assert [pair.comparison for pair in one.pairs] == [pair.comparison for pair in other.pairs]
    assert verdict(one) == verdict(other)


@pytest.mark.parametrize(("pair", "words"), [(("r1", "r2"), "They share an incident"), (("r1", "r3"), "no incident")])
def test_reports_share_incidents_or_do_not(two: Ledger, pair: tuple[str, str], words: str) -> None:
    assert words in verdict(why(two, *pair))


def test_an_incident_beside_itself_is_explained_by_its_own_tellings(two: Ledger) -> None:
    incident = two.incident_of("r1:e1")
    found = why(two, incident, (incident or "").lower())
    assert len(found.pairs) == 1
    assert found.best is not None
    assert {found.best.one.report, found.best.two.report} == {"r1", "r2"}


def test_a_merged_id_stands_for_what_it_is_part_of_now(two: Ledger) -> None:
    ids = {two.incident_of("r1:e1"), two.incident_of("r3:e1")}
    with two.store.write() as connection:
        say_same(connection, "Rana", sorted(one or "" for one in ids))
    (gone,) = ids - {two.incident_of("r1:e1")}
    found = why(two, gone, "r1:e1")
    assert (found.first.asked, found.first.id) == (gone, two.incident_of("r1:e1"))


def test_what_a_person_said_is_the_reason(two: Ledger) -> None:
    with two.store.write() as connection:
        say_same(connection, "Rana", ["r1:e1", "r3:e1"])
    found = why(two, "r1:e1", "r3:e1")
    assert verdict(found).startswith("They are one incident: Rana said so on ")
    assert [ruling.kind for ruling in found.rulings] == ["same"]
    with two.store.write() as connection:
        say_apart(connection, "Omar", ["r1:e1"], ["r3:e1"])
    assert verdict(why(two, "r1:e1", "r3:e1")).startswith("They are two incidents: Omar said so on ")


def test_two_that_are_one_through_others_show_the_steps(two: Ledger) -> None:
    e, pair = schema.events, ("r2:e1", "r3:e1")
    with two.store.write() as connection:
        connection.execute(sa.update(e).where(e.c.id == "r3:e1").values(incident_id=two.incident_of("r1:e1")))
        rows = [{"event_id": one, "other_id": other, "score": 1.0} for one, other in (pair, pair[::-1])]
        connection.execute(sa.insert(schema.edges), rows)
    found = why(two, "r1:e1", "r3:e1")
    assert [(step.one.event, step.two.event) for step in found.steps] == [("r1:e1", "r2:e1"), pair]
    assert "through others: these two are not alike enough, but 2 steps lead" in verdict(found)


def test_an_event_of_no_incident_is_told_so(two: Ledger) -> None:
    two.add(account("r4", told(modality="planned")))
    assert verdict(why(two, "r4:e1", "r1:e1")).startswith("r4:e1 is no part of any incident: it is not told as having")


def test_an_unknown_id_is_refused(two: Ledger) -> None:
    with pytest.raises(SaysoError, match="S460 there is no incident, event or report SY-NONE0"):
        why(two, "r1", "SY-NONE0")


def test_no_more_tellings_than_a_page_needs_are_compared(ledger: Ledger) -> None:
    for number in range(COMPARED + 2):
        ledger.add(account(f"r{number:02}", told(killed=(12, 12), initiators=("a1",)), publisher=f"Outlet {number}"))
    ledger.add(account("x", told(day="2016-06-20"), published="2016-06-21"))
    found = why(ledger, ledger.incident_of("r00:e1"), "x")
    assert found.left_out == found.first.events - COMPARED > 0


def test_a_private_persons_name_is_in_no_reason(ledger: Ledger) -> None:
    for number in (1, 2):
        ledger.add(account(f"r{number}", told(recipients=("a5",)), publisher=f"Outlet {number}"))
    found = why(ledger, "r1", "r2")
    assert NEIGHBOUR.name not in " ".join(r.words for pair in found.pairs for r in pair.comparison.reasons)


def test_close_incidents_that_are_kept_apart_are_listed(two: Ledger) -> None:
    with two.store.write() as connection:
        say_apart(connection, "Omar", ["r1:e1"], ["r2:e1"])
    with two.store.read() as connection:
        (near,) = kept_apart(connection, two.incident_of("r1:e1") or "")
    assert near.incident == two.incident_of("r2:e1")
    assert near.score > 0


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0 %"), (0.004, "less than 1 %"), (0.5, "50 %"), (0.97, "97 %"), (0.999, "more than 99 %")],
)
def test_likelihoods_are_never_certain(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("passages", "words"),
    [
        ((), None),
        (("strike",), "strike"),
        (("strike", "an air strike"), "an air strike"),
        (
            ("strike", "an air strike that hit the market of a town", "x" * 60),
            "an air strike that hit the market of a town",
        ),
        (("x" * 300,), None),
    ],
)
def test_an_event_is_shown_by_the_first_clause_that_tells_of_it(passages: tuple[str, ...], words: str | None) -> None:
    assert best_words(passages) == words


def test_alike_tellings_of_two_incidents_show_what_keeps_these_two(ledger: Ledger) -> None:
    ledger.add(account("r1", told(killed=(12, 12), initiators=("a1",)), publisher="Outlet 1"))
    ledger.add(account("r2", told(killed=(12, 12), initiators=("a1",)), publisher="Outlet 2"))
    e = schema.events
    with ledger.store.write() as connection:
        connection.execute(sa.update(e).where(e.c.id == "r2:e1").values(incident_id="SY-OTHER"))
        away = account("r3", told(day="2016-06-20"), published="2016-06-21", publisher="Outlet 3")
        put_account(connection, away, "test")
        connection.execute(sa.update(e).where(e.c.id == "r3:e1").values(incident_id="SY-OTHER"))
    found = why(ledger, "r1:e1", "r2:e1")
    assert found.barrier is not None
    assert {found.barrier.one.event, found.barrier.two.event} == {"r1:e1", "r3:e1"}
    assert "though two of their tellings are alike" in verdict(found)
