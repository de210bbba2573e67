from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.incidents.conftest import Ledger

from sayso.evaluation.gold import load_gold
from sayso.incidents.statement import Statement, Voice, organisations
from sayso.incidents.status import occurrence_counts, occurrence_standing, standings

SEED = Path(__file__).parents[3] / "shared" / "gold" / "seed.json"

MILITARY = Voice(key="USAMIL", name="US military", kind="military", country="USA")
COLONEL = Voice(key="marotto", name="Col. Wayne Marotto", kind="spokesperson", affiliation="Coalition")
MONITOR = Voice(key="SOHR", name="Syrian Observatory for Human Rights", kind="monitor", country="GBR")
DIRECTOR = Voice(
    key="rahman", name="Rami Abdel Rahman", kind="person", affiliation="Syrian Observatory for Human Rights"
)
STATE_MEDIA = Voice(key="r1-state-media", name="state media", kind="media")
REBELS = Voice(key="FSA", name="Free Syrian Army", kind="rebel", country="SYR")
RESIDENT = Voice(key="r1-x", name="Samira Haddad", kind="civilian", private=True)


def said(voice: Voice | None, stance: str = "asserts", slot: str = "occurrence", **facts: Any) -> Statement:
    known: dict[str, Any] = {"report_id": "r1"} | facts
    known.setdefault("copy_root", known["report_id"])
    return Statement(slot=slot, stance=stance, voice=voice, **known)


def status(statements: Sequence[Statement], initiators: Sequence[Voice] = ()) -> str:
    return occurrence_standing(statements, initiators).status


def reason(statements: Sequence[Statement], initiators: Sequence[Voice] = ()) -> str:
    return occurrence_standing(statements, initiators).reason


def test_denied_when_a_party_denies_and_only_narration_asserts() -> None:
    found = [said(MILITARY, "denies"), said(None)]
    assert status(found) == "denied"
    assert reason(found) == "Denied: the US military denies it, and nobody but the narration of reports asserts it."
    assert reason(found[:1]) == "Denied: the US military denies it, and nobody asserts it."


def test_contested_names_who_denies_and_who_asserts() -> None:
    fighters = Voice(key="r1-s", name="a spokesman for US-backed fighters")
    monitor = Voice(key="r1-m", name="an opposition war monitor")
    ali = Voice(key="ali", name="Siyamend Ali", kind="spokesperson", affiliation="Syrian Democratic Forces")
    asserting = [said(voice) for voice in (monitor, STATE_MEDIA, fighters, ali)]
    denying = [said(voice, "denies") for voice in (MILITARY, COLONEL)]
    assert status([*asserting, *denying]) == "contested"
    assert reason([*asserting, *denying]) == (
        "Contested: Col. Wayne Marotto and the US military deny it; Siyamend Ali, state media and 2 others assert it."
    )


def test_contested_comes_before_acknowledged() -> None:
    assert status([said(REBELS), said(MILITARY, "denies")], [REBELS]) == "contested"


def test_acknowledged_when_the_initiator_says_so() -> None:
    found = [said(REBELS), said(MONITOR)]
    assert status(found, [REBELS]) == "acknowledged"
    assert "Free Syrian Army" in reason(found, [REBELS])
    assert status([said(MONITOR), said(REBELS, slot="initiator", normalised="FSA")], [REBELS]) == "acknowledged"


def test_a_ministry_acknowledges_for_the_forces_of_its_state_but_not_for_another_s() -> None:
    pentagon = Voice(key="pentagon", name="Pentagon", kind="government", country="USA")
    assert status([said(pentagon)], [MILITARY]) == "acknowledged"
    assert status([said(pentagon)], [REBELS]) == "single_source"


def test_an_initiator_that_blames_another_or_denies_authorship_acknowledges_nothing() -> None:
    blames = [said(REBELS), said(REBELS, slot="initiator", normalised="USAMIL")]
    assert status(blames, [REBELS, MILITARY]) == "single_source"
    assert status([said(REBELS), said(REBELS, "denies", "initiator", normalised="FSA")], [REBELS]) == "single_source"


def test_corroborated_by_two_independent_speakers() -> None:
    found = [said(MONITOR), said(REBELS)]
    assert status(found) == "corroborated"
    assert "Syrian Observatory for Human Rights and Free Syrian Army assert it independently" in reason(found)


def test_one_organisation_is_one_source() -> None:
    found = [said(MONITOR), said(DIRECTOR)]
    assert status(found) == "single_source"
    assert "one organisation" in reason(found)


def test_the_organs_of_one_state_are_one_source() -> None:
    pentagon = Voice(key="pentagon", name="Pentagon", kind="government", country="USA")
    assert len(organisations([MILITARY, pentagon])) == 1
    assert status([said(MILITARY), said(pentagon)]) == "single_source"


def test_narration_of_two_publishers_corroborates_and_of_a_copy_does_not() -> None:
    own = said(None, publisher="Alpha Times")
    assert status([own]) == "single_source"
    assert status([own, said(None, report_id="r2", publisher="Beta Post")]) == "corroborated"
    assert status([own, said(None, report_id="r2", publisher="Alpha Times")]) == "single_source"
    assert status([own, said(None, report_id="r2", copy_root="r1", publisher="Alpha Times")]) == "single_source"


def test_a_report_s_narration_is_no_second_source_beside_the_speaker_it_quotes() -> None:
    assert status([said(None), said(MONITOR)]) == "single_source"
    assert status([said(None, report_id="r2", publisher="Beta"), said(MONITOR)]) == "corroborated"


def test_who_asserts_a_detail_asserts_the_occurrence() -> None:
    assert status([said(MONITOR, slot="killed", normalised=[3, 3])]) == "single_source"
    assert status([said(MONITOR, "denies"), said(MONITOR, slot="place")]) == "denied"


def test_uncertain_when_nobody_asserts_it_firmly() -> None:
    assert status([said(MONITOR, "uncertain")]) == "uncertain"
    assert "says that it is not clear" in reason([said(MONITOR, "uncertain")])
    assert status([]) == "uncertain"
    both = [said(MONITOR), said(MONITOR, "denies", report_id="r2")]
    assert status(both) == "uncertain"
    assert "also denies it" in reason(both)


def test_counts_are_of_speakers_and_leave_narration_out() -> None:
    found = [said(MONITOR), said(MONITOR, report_id="r2"), said(None), said(MILITARY, "denies")]
    assert occurrence_counts(found) == {"asserts": 1, "denies": 1, "uncertain": 0}


def test_no_private_person_s_name_is_in_a_reason() -> None:
    assert reason([said(RESIDENT)]) == "Single source: nobody but a private person asserts it."


def test_a_slot_is_contested_by_a_denial_of_its_own() -> None:
    found = standings([said(MONITOR), said(REBELS, "denies", "initiator", normalised="FSA")], [REBELS])
    assert found["occurrence"].status == "single_source"
    assert found["initiator"].status == "denied"


def test_two_speakers_numbers_that_cannot_both_be_so_are_contested() -> None:
    def toll(low: int, high: int | None) -> Statement:
        voice = MONITOR if low < 10 else REBELS
        return said(voice, slot="killed", value=str(low), normalised=[low, high])

    assert standings([toll(5, 5), toll(20, 20)], [])["killed"].status == "contested"
    assert standings([toll(5, None), toll(20, 20)], [])["killed"].status == "corroborated"


def test_a_doubt_beside_a_rival_claim_leaves_the_slot_single_source() -> None:
    found = standings([said(COLONEL, "uncertain", "origin"), said(MONITOR, slot="origin", value="Mayadeen")], [])
    assert found["origin"].status == "single_source"
    assert found["origin"].reason == ("Single source: nobody but the Syrian Observatory for Human Rights asserts it.")


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared")
def test_the_founding_report_s_first_event_is_contested(ledger: Ledger) -> None:
    ledger.add(load_gold(SEED))
    row = ledger.incident("seed:e1")
    assert row["status"] == "contested"
    assert row["reason"].startswith("Contested: the US military and Col. Wayne Marotto deny it; ")
    assert (row["asserts"], row["denies"]) == (5, 2)
    assert (row["killed_low"], row["killed_high"]) == (0, 0)
    assert row["title"] == "Rocket or artillery attack reported and disputed at Al-Omar field, Syria, 4 July 2021"


def test_an_initiator_s_word_on_a_detail_acknowledges_too() -> None:
    pentagon = Voice(key="pentagon", name="Pentagon", kind="government", country="USA")
    found = occurrence_standing([said(pentagon, slot="recipient", value="facilities")], [MILITARY])
    assert found.reason == "Acknowledged: the side that is said to have done it says so (the Pentagon)."


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Syrian army", "military", "the Syrian army"),
        ("state media", "media", "state media"),
        ("A military source", None, "a military source"),
        ("Algeria's military", "military", "Algeria's military"),
        ("Donald Trump", "person", "Donald Trump"),
        ("US", "state", "the US"),
        ("Ministry of Defence", "government", "the Ministry of Defence"),
    ],
)
def test_a_name_is_shown_as_a_sentence_gives_it(name: str, kind: str | None, shown: str) -> None:
    assert Voice(key="x", name=name, kind=kind).shown == shown


def test_a_plural_name_takes_a_plural_verb() -> None:
    officials = Voice(key="x", name="officials")
    assert reason([said(officials, "denies")]) == "Denied: officials deny it, and nobody asserts it."


def test_a_speaker_who_does_both_is_named_among_those_who_deny() -> None:
    found = [said(MONITOR), said(MONITOR, "denies", report_id="r2"), said(STATE_MEDIA)]
    assert reason(found) == ("Contested: the Syrian Observatory for Human Rights denies it; state media asserts it.")


def test_only_who_says_the_same_corroborates_a_detail() -> None:
    def from_where(voice: Voice, value: str) -> Statement:
        return said(voice, slot="origin", value=value)

    apart = standings([from_where(MONITOR, "nearby areas"), from_where(REBELS, "Mayadeen")], [])["origin"]
    assert apart.status == "single_source"
    assert apart.reason == (
        "Single source: each says something else; the Syrian Observatory for Human Rights says nearby areas; "
        "Free Syrian Army says Mayadeen."
    )
    third = [
        from_where(MONITOR, "nearby areas"),
        from_where(REBELS, "Mayadeen"),
        from_where(STATE_MEDIA, "near Mayadeen"),
    ]
    agreed = standings(third, [])["origin"]
    assert agreed.status == "corroborated"
    assert "Observatory" not in agreed.reason
