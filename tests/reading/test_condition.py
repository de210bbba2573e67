"""Where a text is in a state that costs the reading, a coded note says so; a text in good state has none."""

from __future__ import annotations

import pytest
from tests.reading.conftest import PUBLISHED, Read

from sayso.errors import ERRORS
from sayso.reading.account import read_report
from sayso.sources import report_from_text

PLAIN = (
    "Rebels shelled an army base near Aleppo on Monday, killing four soldiers, a monitor said. The army, in a "
    "statement, denied that its base was hit. "
)
ARABIC = "وقال المرصد إن الطائرات قصفت المدينة يوم الاثنين وقتل أربعة أشخاص على الأقل."
FRENCH = "Au moins dix personnes ont été tuées samedi dans une attaque menée par des hommes armés contre un village."


def codes(text: str) -> list[str]:
    account = read_report(report_from_text(text, published=PUBLISHED))
    return [n.code for n in account.notes if n.code.startswith("S31")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PLAIN.upper() * 2, "S310"),
        (PLAIN.replace(",", "") * 8, "S311"),
        ("Four s0ldiers were ki11ed by rebe1s in the v1llage, a m0nitor said on Monday.", "S312"),
        ("Homs, two dead; Idlib, three dead; Hama, none. " * 5, "S314"),
        ("😀 😀 😀", "S315"),
        ("12 34 56 / 78", "S315"),
        (f"{PLAIN}{ARABIC} {PLAIN}", "S316"),
        (f"{PLAIN}{FRENCH} {PLAIN}", "S316"),
    ],
)
def test_a_degraded_text_is_noted(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", [PLAIN, PLAIN * 8, "REBELS HIT BASE NEAR HOMS\n\n" + PLAIN * 4, "A T-72 was hit."])
def test_a_text_in_good_state_has_no_note(text: str) -> None:
    assert codes(text) == []


def test_a_very_long_text_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.reading.condition.LONG", 40)
    assert codes(PLAIN * 3) == ["S313"]


def test_paragraphs_in_other_languages_are_passed_over_and_english_is_read(read: Read) -> None:
    account = read(f"{FRENCH}\n\n{PLAIN}\n\n{ARABIC * 2}")
    assert [n.code for n in account.notes] == ["S303", "S303"]
    assert {e.type for e in account.events} >= {"shelling"}


def test_every_note_is_one_line_that_the_errors_hold() -> None:
    assert {f"S31{n}" for n in range(7)} <= ERRORS.keys()
