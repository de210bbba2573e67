from __future__ import annotations

import pytest
import sqlalchemy as sa
from tests.incidents.conftest import Ledger, account, span, told
from tests.incidents.made import Made

from sayso.incidents import chains
from sayso.incidents.chains import Chain, chain
from sayso.ledger import schema
from sayso.model import Link


def chain_of(made: Made, incident: str = "A") -> Chain:
    with made.done().read() as connection:
        return chain(connection, incident)


def two(made: Made) -> None:
    made.incident("A", "2016-05-13")
    made.incident("B", "2016-05-10")


def test_the_chain_of_responses_is_walked_across_reports(made: Made) -> None:
    two(made)
    made.incident("C", "2016-05-01")
    made.link("A", "B", speaker="monitor")
    made.link("B", "C")
    found = chain_of(made)
    assert [(edge.to_incident, edge.voices[0].speaker, edge.distance) for edge in found.edges] == [
        ("B", "War Monitor", 0),
        ("C", None, 1),
    ]
    assert found.nodes["C"].title.endswith("2016-05-01")


def test_a_link_told_by_several_reports_is_one_with_all_its_voices(made: Made) -> None:
    two(made)
    for speaker in ("monitor", "blue-spokesman", None):
        made.link("A", "B", speaker=speaker)
    (edge,) = chain_of(made).edges
    assert (edge.tellings, edge.reports, edge.speakers) == (3, 3, 2)
    assert [voice.speaker for voice in edge.voices] == ["War Monitor", "Blue spokesman", None]


def test_a_near_copy_that_tells_a_link_is_no_further_report(made: Made) -> None:
    two(made)
    made.link("A", "B")
    made.link("A", "B", copy_of="link-1")
    (edge,) = chain_of(made).edges
    assert (edge.tellings, edge.reports) == (2, 1)


def test_a_resemblance_told_from_either_end_is_one_link(made: Made) -> None:
    two(made)
    made.link("A", "B", "similar_to")
    made.link("B", "A", "similar_to")
    (edge,) = chain_of(made).edges
    assert (edge.tellings, len(edge.voices)) == (2, 2)


def test_a_motive_that_somebody_denies_makes_the_link_disputed(made: Made) -> None:
    two(made)
    made.link("A", "B", speaker="monitor")
    made.claim("A", "motive", "denies", "blue-spokesman", "it was no retaliation")
    (edge,) = chain_of(made).edges
    assert edge.disputed
    assert [(voice.speaker, voice.evidence) for voice in edge.denied] == [("Blue spokesman", "it was no retaliation")]


def test_a_denied_motive_disputes_no_link_that_claims_no_cause(made: Made) -> None:
    two(made)
    made.link("A", "B", "follows")
    made.claim("A", "motive", "denies", "blue-spokesman", "it was no retaliation")
    assert not chain_of(made).edges[0].disputed


def test_what_is_linked_but_in_no_incident_is_shown_by_its_words(ledger: Ledger) -> None:
    planned = told(id="e2", modality="planned", mention="the offensive")
    link = Link(from_="e1", to="e2", kind="follows", evidence=span("after the offensive"))
    ledger.add(account("r1", told(id="e1"), planned, links=(link,)))
    with ledger.store.read() as connection:
        found = chain(connection, ledger.incident_of("r1:e1") or "")
    assert found.edges == ()
    assert [(one.mention, one.outgoing, one.voice.evidence) for one in found.loose] == [
        ("the offensive", True, "after the offensive")
    ]


def test_a_stub_says_that_it_is_one(made: Made) -> None:
    two(made)
    made.incident("S", None, stub=True)
    made.link("A", "S", "follows")
    assert [node.id for node in chain_of(made).nodes.values() if node.stub] == ["S"]


def test_a_chain_that_runs_in_a_circle_ends(made: Made) -> None:
    two(made)
    made.link("A", "B")
    made.link("B", "A")
    assert len(chain_of(made).edges) == 2


def test_a_private_speaker_of_a_link_has_no_name(made: Made) -> None:
    two(made)
    with made.store.write() as connection:
        connection.execute(sa.update(schema.actors).where(schema.actors.c.id == "monitor").values(private=True))
    made.link("A", "B", speaker="monitor")
    assert chain_of(made).edges[0].voices[0].speaker == "a private person"


def test_a_chain_longer_than_is_shown_says_what_is_left_out(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "MAX_EDGES", 2)
    two(made)
    for number in range(3):
        made.incident(f"C{number}", "2016-05-01")
        made.link("A", f"C{number}", "follows")
    made.link("A", "B")
    found = chain_of(made)
    assert (len(found.edges), found.left_out) == (2, 2)


def test_an_incident_without_links_has_an_empty_chain(made: Made) -> None:
    two(made)
    found = chain_of(made)
    assert (found.edges, found.loose, found.left_out) == ((), (), 0)
