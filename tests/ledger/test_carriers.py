from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from tests.ledger.test_copies import AGENCY, OWN, prose, text

from sayso.ledger import copies
from sayso.ledger.carriers import carriers_of, originals_of, texts_of
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Claim, Dateline, Event, Report, Span


@pytest.fixture
def reports(store: Store, make_report: Callable[..., Report]) -> list[str]:
    """An agency's text, two outlets that carry it, one of them in part and through another agency, and one apart."""
    made = [
        make_report(text(*AGENCY), published="2021-07-05", publisher="AFP"),
        make_report(text(*AGENCY, "The end."), published="2021-07-06", publisher="Beta"),
        make_report(text(OWN[0], AGENCY[2], OWN[1]), published="2021-07-06", publisher="Gamma",
                    dateline=Dateline(agencies=("AFP",))),
        make_report(text(prose("apart")), published="2021-07-06", publisher="Delta"),
    ]  # fmt: skip
    span = Span(0, 6, made[2].text[:6])
    agency = Actor(id="a1", spans=(span,), name="SANA", kb_id="actor:sana")
    ministry = Actor(id="a2", spans=(span,), name="the ministry", kb_id="ministry")
    event = Event(id="e1", type="shelling", mentions=(span,))
    claim = Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts", evidence=span, speaker="a2",
                  via="a1")  # fmt: skip
    with store.write() as connection:
        for report in made:
            account = Account(report=report, reader="test")
            if report is made[2]:
                told = {"actors": (agency, ministry), "events": (event,), "claims": (claim,)}
                account = msgspec.structs.replace(account, **told)
            put_account(connection, account, "x.txt")
            copies.place(connection, report, copies.sign(report))
    return [report.id for report in made]


def test_an_original_lists_its_carriers_with_how_much_of_them_it_is(store: Store, reports: list[str]) -> None:
    with store.read() as connection:
        found = carriers_of(connection, reports[0])
    assert found is not None
    carriers = {carrier.report.publisher: carrier for carrier in found.carriers}
    assert carriers["Beta"].paragraphs == (1, 2, 3)
    assert (carriers["Beta"].share, carriers["Beta"].near_copy) == (1.0, True)
    assert carriers["Gamma"].paragraphs == (2,)
    assert carriers["Gamma"].share == pytest.approx(1 / 3)
    assert (carriers["Gamma"].report.agencies, carriers["Gamma"].report.via) == (("AFP",), ("SANA",))
    assert not carriers["Gamma"].near_copy


def test_what_is_left_out_is_counted(store: Store, reports: list[str]) -> None:
    with store.read() as connection:
        found = carriers_of(connection, reports[0], most=1)
    assert found is not None
    assert (len(found.carriers), found.more, found.number) == (1, 1, 2)


def test_a_carrier_names_whose_paragraphs_it_repeats(store: Store, reports: list[str]) -> None:
    with store.read() as connection:
        assert [one.original.publisher for one in originals_of(connection, reports[2])] == ["AFP"]
        assert originals_of(connection, reports[0]) == []
        assert carriers_of(connection, reports[3]) is None


def test_the_texts_of_some_reports_are_those_that_they_carry(store: Store, reports: list[str]) -> None:
    with store.read() as connection:
        assert [text.number for text in texts_of(connection, reports)] == [2]
        assert [text.number for text in texts_of(connection, [reports[1], reports[3]])] == [1]
