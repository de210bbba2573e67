from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from tests.incidents.conftest import Ledger

from sayso.incidents.independence import independence
from sayso.incidents.statement import Statement, Voice, load_statements
from sayso.incidents.status import occurrence_standing
from sayso.incidents.testimony import events_of
from sayso.ledger import copies, schema
from sayso.ledger.write import put_account
from sayso.model import Account, Claim, Dateline, Event, Interval, Place, Report, Span

OBSERVATORY = Voice(key="SOHR", name="Observatory", kind="monitor")
DIRECTOR = Voice(key="rahman", name="Rami Abdel Rahman", kind="person", affiliation="Observatory")
ARMY = Voice(key="army", name="Syrian army", kind="military", country="SYR")
SANA = Voice(key="actor:sana", name="SANA", kind="media")


def said(voice: Voice | None, report: str, publisher: str | None = None, **facts: Any) -> Statement:
    known: dict[str, Any] = {"copy_root": report, "carrier": publisher, "publisher": publisher} | facts
    return Statement(slot="occurrence", stance=known.pop("stance", "asserts"), voice=voice, report_id=report, **known)


def names(*statements: Statement) -> list[str]:
    groups = independence(statements).groups
    return [group.narrator or " + ".join(voice.name for voice in group.voices) for group in groups]


def test_a_speaker_quoted_by_three_reports_counts_once_and_the_words_say_so() -> None:
    found = independence([*(said(OBSERVATORY, f"r{n}") for n in range(3)), said(ARMY, "r3")])
    assert [group.reports for group in found.groups] == [3, 1]
    assert found.words == "Counted once: the Observatory, quoted by 3 reports."


def test_one_organisation_counts_once_and_both_are_named() -> None:
    found = independence([said(OBSERVATORY, "r1"), said(DIRECTOR, "r2")])
    assert len(found.groups) == 1
    assert found.words == "Counted once: Rami Abdel Rahman and the Observatory, who are one organisation."


def test_narration_of_a_copied_paragraph_is_its_original_s() -> None:
    agency = said(None, "r1", "AFP")
    carrier = said(None, "r2", "AFP", copy_root="r1", carrier="Beta Post", original="AFP")
    found = independence([agency, carrier, said(None, "r3", "Gamma News")])
    assert found.narrators == ["AFP", "Gamma News"]
    assert found.words == "Not counted: Beta Post, which repeats AFP's text."


def test_two_carriers_of_a_text_that_the_ledger_has_not_as_its_own_narration_count_once() -> None:
    carriers = [said(None, f"r{n}", "AFP", copy_root="r0", original="AFP", carrier=f"Outlet {n}") for n in (1, 2)]
    assert names(*carriers) == ["AFP"]
    assert independence(carriers).left_out == ("Outlet 1 and Outlet 2, which repeat AFP's text",)


def test_an_outlet_that_credits_an_agency_is_not_independent_of_it() -> None:
    agency = said(None, "r1", "Agence France-Presse")
    outlet = said(None, "r2", "AFP", carrier="Beta Post", credits="AFP")
    assert names(agency, outlet) == ["Agence France-Presse"]
    assert independence([agency, outlet]).words == "Not counted: Beta Post, which credits AFP."


def test_an_outlet_that_is_quoted_elsewhere_is_one_with_its_own_narration() -> None:
    assert names(said(None, "r1", "Syrian Arab News Agency"), said(SANA, "r2", "Beta Post")) == ["SANA"]


def test_a_report_that_quotes_somebody_passes_on_what_it_was_told() -> None:
    found = independence([said(OBSERVATORY, "r1", "Beta Post"), said(None, "r1", "Beta Post")])
    assert [group.narrator for group in found.groups] == [None]
    assert found.words == "Not counted: the narration of Beta Post, which passes on whom it quotes."


def test_who_denies_or_doubts_is_passed_over() -> None:
    assert names(said(ARMY, "r1", stance="denies"), said(OBSERVATORY, "r2", stance="uncertain")) == []


def test_the_reason_of_corroborated_names_the_independent_and_what_was_not_counted() -> None:
    told = [said(None, "r1", "AFP"), said(None, "r2", "AFP", copy_root="r1", carrier="Beta Post", original="AFP")]
    found = occurrence_standing([*told, said(OBSERVATORY, "r3"), said(OBSERVATORY, "r4")], [])
    assert found.status == "corroborated"
    assert found.whole == (
        "Corroborated: the Observatory and the narration of AFP assert it independently of each other; nobody denies "
        "it. Counted once: the Observatory, quoted by 2 reports. Not counted: Beta Post, which repeats AFP's text."
    )


def test_carriers_alone_corroborate_nothing() -> None:
    told = [said(None, f"r{n}", "AFP", copy_root="r0", original="AFP", carrier=f"Outlet {n}") for n in range(1, 5)]
    found = occurrence_standing(told, [])
    assert found.status == "single_source"
    assert found.whole.endswith("Not counted: Outlet 1, Outlet 2 and 2 others, which repeat AFP's text.")


STRUCK = (
    "Jets struck the market of Alford on Sunday morning while the town was shopping for the holiday and {toll} people "
    "were killed in the blast and in the fire after it."
)
OWN = (
    "Our correspondent walked through the burnt stalls on the square in the evening and counted many craters where "
    "the jets struck the market of Alford before noon."
)
MORE = (
    "The road to the north had been shut since the spring and farmers brought what they grew by night to the few "
    "shops that were still open in the old quarter."
)


FURTHER = (
    "Nobody in the quarter had heard sirens and the only clinic had sent its last nurse away in June, said the owner "
    "of a bakery whose oven had been lit again the day before."
)


def told(*paragraphs: str, day: str, publisher: str, agency: str | None = None, toll: str | None = None) -> Account:
    """A report whose narration says that jets struck the market, in the first paragraph that does, with its toll."""
    text = "\n\n".join(paragraphs)
    start = text.index("ets struck the market") - 1
    hit = Span(start, start + 23, text[start : start + 23])
    report = Report(
        id=f"{publisher}-{day}", sha256=f"{publisher}-{day}", text=text, published=day, publisher=publisher,
        dateline=Dateline(agencies=(agency,)) if agency else None,
    )  # fmt: skip
    place = Place(id="p1", span=hit, name="Alford", gazetteer_id="g:alford", kind="town", lat=35.0, lon=39.0,
                  country="SYR", precision=1)  # fmt: skip
    time = Interval(start="2021-07-04", end="2021-07-04", precision="day")
    event = Event(id="e1", type="airstrike", mentions=(hit,), time=time, place="p1")
    claims = [Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts", evidence=hit)]
    if toll:
        at = text.index(toll)
        number = Span(at, at + len(toll), toll)
        claims.append(
            Claim(id="c2", event="e1", slot="killed", value=toll, stance="asserts", evidence=number,
                  normalised=[int(toll), int(toll)])
        )  # fmt: skip
    return Account(report=report, reader="hand", places=(place,), events=(event,), claims=tuple(claims))


@pytest.fixture
def tell(ledger: Ledger) -> Callable[..., list[Statement]]:
    """Put reports into a ledger, as the intake does; returns the statements on all, as if of one incident."""

    def put(*accounts: Account) -> list[Statement]:
        with ledger.store.write() as connection:
            for one in accounts:
                put_account(connection, one, "test")
                copies.place(connection, one.report, copies.sign(one.report))
            for table in (schema.events, schema.claims):
                connection.execute(sa.update(table).values(incident_id="SY-1"))
            return load_statements(connection, events_of(connection, ["SY-1"]))["SY-1"]

    return put


def test_an_outlet_s_own_paragraph_beside_an_agency_s_is_its_own_word(tell: Callable[..., list[Statement]]) -> None:
    agency = told(STRUCK.format(toll=12), day="2021-07-05", publisher="AFP")
    carrier = told(STRUCK.format(toll=12), MORE, day="2021-07-06", publisher="Beta")
    own = told(OWN, FURTHER, STRUCK.format(toll=12), day="2021-07-06", publisher="Gamma")
    found = tell(agency, carrier, own)
    assert names(*found) == ["AFP", "Gamma"]
    assert independence(found).words == "Not counted: Beta, which repeats AFP's text."


def test_a_report_that_is_a_copy_for_the_most_part_is_no_second_witness_in_a_line_of_its_own(
    tell: Callable[..., list[Statement]],
) -> None:
    agency = told(STRUCK.format(toll=12), MORE, FURTHER, day="2021-07-05", publisher="AFP")
    carrier = told(OWN, STRUCK.format(toll=12), MORE, FURTHER, day="2021-07-06", publisher="Beta")
    found = tell(agency, carrier)
    assert [s.publisher for s in found] == ["AFP", "Beta"]
    assert names(*found) == ["AFP"]


def test_a_toll_brought_up_to_date_in_a_copied_paragraph_is_a_claim_of_the_carrier(
    tell: Callable[..., list[Statement]],
) -> None:
    agency = told(STRUCK.format(toll=12), day="2021-07-05", publisher="AFP", toll="12")
    same = told(STRUCK.format(toll=12), "The end.", day="2021-07-06", publisher="Beta", toll="12")
    newer = told(STRUCK.format(toll=14), day="2021-07-07", publisher="Gamma", toll="14")
    found = [s for s in tell(agency, same, newer) if s.slot == "killed"]
    assert [(s.publisher, s.normalised) for s in found] == [("AFP", [12, 12]), ("AFP", [12, 12]), ("Gamma", [14, 14])]
    # One text all the same: who changes a figure in it is no second witness.
    assert names(*found) == ["AFP"]


def test_the_agency_of_a_dateline_is_whose_word_it_is(tell: Callable[..., list[Statement]]) -> None:
    (one,) = tell(told(OWN, day="2021-07-05", publisher="Beta Post", agency="AFP"))
    assert (one.publisher, one.credits, one.carrier) == ("AFP", "AFP", "Beta Post")


def test_a_report_without_a_publisher_is_not_named_by_its_title() -> None:
    copied = said(None, "r2", "AFP", copy_root="r1", outlet="Hassan Darwish flees", carrier=None, original="AFP")
    assert independence([said(None, "r1", "AFP"), copied]).left_out == ("another report, which repeats AFP's text",)


def test_private_speakers_are_not_named_in_what_was_counted() -> None:
    hidden = msgspec.structs.replace(DIRECTOR, private=True, affiliation=None)
    assert "Rahman" not in independence([said(hidden, "r1"), said(hidden, "r2")]).words
