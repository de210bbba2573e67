"""Text in capitals is read as if it were normally written, and the account keeps the report's own words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.conftest import PUBLISHED, Read, name
from tests.reading.test_account import check

from sayso.model import Report, Span
from sayso.reading.account import read_report
from sayso.reading.language import read_paragraphs
from sayso.reading.lexicon import load_lexicon, words
from sayso.reading.recase import Lent, as_read, in_words_of, is_capitals, recase
from sayso.sources import report_from_text

REPORT = (
    "Rebels shelled an army base near Aleppo on Monday, killing four soldiers, the Syrian Observatory for Human Rights "
    "said.\n\nThe US military denied it had struck the town. President Bashar al-Assad called the reports baseless."
)


@pytest.mark.parametrize(
    "written",
    [
        "The guerrillas attacked a bank in Bogota.",
        "President Cristiani said that the president of the bank was safe.",
        "Col. Luis Isaacs spoke. Isaacs denied it.",
        "The Farabundo Marti National Liberation Front [FMLN] claimed it.",
        "The National Relief Bureau (NRB) of the Salvadoran army.",
        "On 3 May they may march; on 5 March they left. On Sunday the U.S. embassy was hit.",
        "They burned a farm near San Luis de la Reina, in the El Peten department.",
        'He said: "We did it." Nobody believed him.',
        "Virgilio A. Barcos joined the M-19 in Guatemala City.",
        "Some explosions were heard.\n\n   Peasants fled.",
        "They told us that US forces and the US jets had left Homs city.",
        "It is said that IS fighters took an IS-held town; the war against IS is over.",
        "The Kurds and the Taliban met in Saudi Arabia.",
        "Shells hit al-Waer, SANA said.",
        "He himself saw servicemen and spokesmen.",
    ],
)
def test_capitals_become_mixed_case(written: str) -> None:
    assert recase(written.upper()) == written


@given(st.text(max_size=80))
def test_recasing_moves_no_letter(text: str) -> None:
    cased = recase(text)
    assert len(cased) == len(text)
    assert all(a == b or a.lower() == b.lower() or a.upper() == b.upper() for a, b in zip(cased, text, strict=True))


def test_the_rest_of_the_report_tells_how_a_word_is_written() -> None:
    lent = Lent(names=frozenset({"summit", "zap"}), acronyms=frozenset({"zap"}), small=frozenset({"qux"}))
    assert recase("THE SUMMIT MET ZAP AND QUX.", lent) == "The Summit met ZAP and qux."
    text = "ZORK HITS THE FOO\n\nThey saw a zork near a Foo, and the Foo left."
    assert as_read(text, read_paragraphs(text)).startswith("Zork hits the Foo\n\n")


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("REBELS SHELLED THE BASE.", True),
        ("REBELS SHELLED THE BASE, 5 km OFF.", True),
        ("Rebels shelled the base.", False),
        ("NATO, UN", False),
        ("1234 5678 !!!", False),
        ("", False),
    ],
)
def test_capitals_are_told_by_the_letters(text: str, capitals: bool) -> None:
    assert is_capitals(text) is capitals


def test_only_paragraphs_in_capitals_are_changed() -> None:
    text = "REBELS SHELL AN ARMY BASE\n\nThe NATO base was shelled on Monday, an official said."
    assert as_read(text, read_paragraphs(text)) == text.replace(
        "REBELS SHELL AN ARMY BASE", "Rebels shell an army base"
    )
    plain = text.partition("\n\n")[2]
    assert as_read(plain, read_paragraphs(plain)) is plain


def test_a_text_in_capitals_tells_what_it_tells_in_mixed_case(read: Read) -> None:
    small, large = read(REPORT), read(REPORT.upper())
    check(large)
    assert large.report.text == REPORT.upper()
    assert [(e.type, e.mentions[0].start, e.killed) for e in large.events] == [
        (e.type, e.mentions[0].start, e.killed) for e in small.events
    ]
    told = [[(c.slot, c.stance, name(a, c.speaker), c.evidence.start) for c in a.claims] for a in (small, large)]
    assert told[0] == told[1]
    assert all(s.text == s.text.upper() for a in large.actors for s in a.spans)


def test_spans_take_the_words_of_the_report() -> None:
    report = report_from_text("REBELS LEFT HOMS.", published=PUBLISHED)
    value = (Span(0, 6, "Rebels"), msgspec.structs.replace(report, text="x"))
    assert in_words_of(value, report) == (Span(0, 6, "REBELS"), report)


def test_a_report_in_mixed_case_is_not_touched() -> None:
    report: Report = report_from_text(REPORT, published=PUBLISHED)
    assert read_report(report).report is report


def test_every_list_of_words_is_in_small_letters() -> None:
    lists = [key for key, row in load_lexicon("recase").items() if "words" in row]
    assert {w for key in lists for w in words("recase", key) if w != w.lower()} == set()
