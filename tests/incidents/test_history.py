from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any

import pytest

from sayso.incidents.history import MOST_STEPS, SlotHistory, history, in_words, instant, since
from sayso.incidents.statement import Statement, Voice
from sayso.incidents.status import occurrence_standing, standings
from sayso.incidents.testimony import Named, Testimony

MILITARY = Voice(key="USAMIL", name="US military", kind="military", country="USA")
MONITOR = Voice(key="SOHR", name="Syrian Observatory for Human Rights", kind="monitor", country="GBR")
REBELS = Voice(key="FSA", name="Free Syrian Army", kind="rebel", country="SYR")
RESIDENT = Voice(key="r1-x", name="Samira Haddad", kind="civilian", private=True)


def said(
    voice: Voice | None, published: str, stance: str = "asserts", slot: str = "occurrence", **facts: Any
) -> Statement:
    report = facts.pop("report", f"r-{published}-{voice.key if voice else facts.get('publisher', '')}")
    known: dict[str, Any] = {"report_id": report, "copy_root": report, "outlet": facts.get("publisher")} | facts
    return Statement(slot=slot, stance=stance, voice=voice, published=published, **known)


def told(*statements: Statement, named: Sequence[Named] = ()) -> list[SlotHistory]:
    ordered = sorted(statements, key=lambda s: (s.published, s.report_id))
    return history(Testimony(statements=ordered, named=named))


def sentences(*statements: Statement, slot: str = "occurrence", named: Sequence[Named] = ()) -> list[str]:
    found = next(one for one in told(*statements, named=named) if one.slot == slot)
    return [change.sentence for change in found.changes]


def test_each_change_has_its_date_the_report_and_what_was_said() -> None:
    found = sentences(
        said(MONITOR, "2021-07-04T20:15Z", publisher="AFP"),
        said(MILITARY, "2021-07-05T14:00Z", "denies", publisher="Reuters"),
        said(REBELS, "2021-07-06T08:00Z", publisher="AFP"),
    )
    assert found == [
        "Single source since 4 July 2021, 20:15 UTC, when the Syrian Observatory for Human Rights said so (AFP)",
        "Contested since 5 July 2021, 14:00 UTC, when the US military denied it (Reuters)",
    ]


def test_a_date_without_a_clock_gets_none() -> None:
    found = sentences(said(MONITOR, "2021-07-04"), said(MILITARY, "2021-07-05T00:00Z", "denies"))
    assert found[-1] == "Contested since 5 July 2021, when the US military denied it"


def test_on_a_day_with_a_report_of_unknown_hour_no_change_is_dated_by_the_hour() -> None:
    found = sentences(said(MONITOR, "2021-07-05"), said(MILITARY, "2021-07-05T14:00Z", "denies"))
    assert found == ["Contested since 5 July 2021, when the US military denied it"]


def test_a_denial_that_comes_first_is_a_denial_until_somebody_asserts_it() -> None:
    found = sentences(said(MILITARY, "2021-07-04", "denies"), said(MONITOR, "2021-07-06"))
    assert [sentence.split(" since ")[0] for sentence in found] == ["Denied", "Contested"]
    assert found[-1].endswith("when the Syrian Observatory for Human Rights said so")


def test_the_side_s_own_word_acknowledges_from_when_it_is_named() -> None:
    blamed = Named(REBELS, "r2", "2021-07-06")
    found = sentences(said(REBELS, "2021-07-04"), said(MONITOR, "2021-07-06"), named=[blamed])
    assert [sentence.split(" since ")[0] for sentence in found] == ["Single source", "Acknowledged"]


def test_narration_is_named_by_its_outlet() -> None:
    found = sentences(said(None, "2021-07-04", publisher="Alpha"), said(None, "2021-07-05", publisher="Beta"))
    assert found == [
        "Single source since 4 July 2021, when a report told of it (Alpha)",
        "Corroborated since 5 July 2021, when a report told of it (Beta)",
    ]


def test_a_number_that_cannot_be_reconciled_contests_the_toll_from_its_day() -> None:
    found = sentences(
        said(MONITOR, "2021-07-04", slot="killed", value="twelve", normalised=[12, 12]),
        said(MILITARY, "2021-07-05", slot="killed", value="none", normalised=[0, 0], publisher="VOA"),
        slot="killed",
    )
    assert found[-1] == "Contested since 5 July 2021, when the US military said none killed (VOA)"


def test_a_doubt_alone_is_uncertain() -> None:
    assert sentences(said(MONITOR, "2021-07-04", "uncertain")) == [
        "Uncertain since 4 July 2021, when the Syrian Observatory for Human Rights called it not clear"
    ]


def test_no_private_person_s_name_is_in_a_history() -> None:
    found = told(said(RESIDENT, "2021-07-04"), said(MILITARY, "2021-07-05", "denies"))
    assert "Haddad" not in str(found)


def test_offsets_are_compared_as_instants_and_shown_as_published() -> None:
    found = sentences(
        said(MONITOR, "2021-07-05T16:30+03:00"),
        said(MILITARY, "2021-07-05T14:00+00:00", "denies"),
    )
    assert found[0].startswith("Single source since 5 July 2021, 16:30 (UTC+03:00)")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2021-07-05", "5 July 2021"),
        ("2021-07-05T14:00", "5 July 2021, 14:00"),
        ("2021-07-05T14:00:30Z", "5 July 2021, 14:00 UTC"),
        ("2021-07-05T00:00Z", "5 July 2021"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(published: str, words: str) -> None:
    assert in_words(published) == words


def test_a_date_that_is_none_comes_first_and_breaks_nothing() -> None:
    assert instant("undated")[1] is False
    assert sentences(said(MONITOR, "undated"))[0].startswith("Single source since undated")


def test_who_speaks_of_details_alone_is_the_occurrence_s_history_too() -> None:
    found = told(said(MONITOR, "2021-07-04", slot="place", value="Raqqa"))
    assert {one.slot: one.changes[-1].status for one in found} == {
        "occurrence": "single_source",
        "place": "single_source",
    }


VOICES = (MILITARY, MONITOR, REBELS, None)


def crowd(size: int, seed: int) -> list[Statement]:
    chance = random.Random(seed)
    found = []
    for number in range(size):
        slot = chance.choice(["occurrence", "occurrence", "killed", "initiator"])
        found.append(
            said(
                chance.choice(VOICES),
                f"2021-07-{chance.randint(1, 28):02d}",
                chance.choice(["asserts", "asserts", "denies", "uncertain"]),
                slot,
                report=f"r{chance.randint(1, size):05d}",
                publisher=f"outlet {chance.randint(1, 9)}",
                value="x",
                normalised=[number % 5, number % 5] if slot == "killed" else None,
            )
        )
    dates = {s.report_id: s.published for s in found}
    import msgspec

    return sorted(
        (msgspec.structs.replace(s, published=dates[s.report_id]) for s in found),
        key=lambda s: (s.published, s.report_id),
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_history_ends_with_what_stands(seed: int) -> None:
    statements = crowd(30, seed)
    found = {one.slot: one.changes[-1] for one in told(*statements)}
    rules = standings(statements, [])
    assert {slot: change.status for slot, change in found.items()} == {k: v.status for k, v in rules.items()}
    assert since(told(*statements)) == found["occurrence"]


@pytest.mark.parametrize("seed", range(12))
def test_each_change_is_what_the_rules_give_for_the_reports_until_then(seed: int) -> None:
    statements = crowd(30, seed)
    occurrence = told(*statements)[0]
    for change in occurrence.changes:
        until = [s for s in statements if s.published <= change.published]
        assert occurrence_standing(until, []).status == change.status


def test_thousands_of_reports_are_replayed_in_bounded_steps() -> None:
    statements = []
    for number in range(5000):
        published = f"2021-{1 + number // 420:02d}-{1 + number // 15 % 28:02d}T{1 + number % 23:02d}:{number % 60:02d}Z"
        voice = Voice(key=f"v{number}", name=f"Speaker {number}")
        statements.append(said(voice, published, "denies" if number % 7 == 0 else "asserts"))
        statements.append(said(voice, published, slot="killed", value="x", normalised=[number, number]))
    begun = time.perf_counter()
    found = told(*statements)
    assert time.perf_counter() - begun < 5
    assert all(len(one.changes) <= MOST_STEPS for one in found)
    assert found[0].changes[-1].status == "contested"
