"""Which event of a sentence gets which place, and which place nobody gets."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read

from sayso.model import Account


def placed(account: Account) -> list[tuple[str, str | None]]:
    names = {p.id: p.name for p in account.places}
    return [(e.mentions[0].text, names.get(e.place or "")) for e in account.events]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("An official in Damascus said rockets hit a base in Homs.", ["Homs"]),
        ("Gunmen killed five people in Homs, and the attackers fled to Lebanon.", ["Homs"]),
        ("Rockets were fired from Homs.", [None]),
        ("Rebels positioned in Idlib fired rockets at Aleppo.", ["Aleppo"]),
        ("Shells hit a school in Homs after jets bombed Aleppo.", ["Homs", "Aleppo"]),
        ("The attack on Homs followed air strikes in Aleppo.", ["Homs", "Aleppo"]),
        ("He spoke of the invasion of Iraq.", ["Iraq"]),
    ],
)
def test_a_place_goes_to_the_event_that_happened_there(read: Read, text: str, places: list[str | None]) -> None:
    assert [place for _, place in placed(read(text))] == places


def test_several_places_of_one_event_stand_in_one_claim(read: Read) -> None:
    account = read("Jets bombed the al-Shaar and al-Sukkari neighborhoods in Aleppo on Sunday.")
    assert len(account.events) == 1
    assert [c.value for c in account.claims if c.slot == "place"] == ["al-Shaar and al-Sukkari neighborhoods"]


def test_the_town_takes_up_the_town_named_before(read: Read) -> None:
    account = read(
        "Many people live in the town of Saraqib in Syria. Six people were killed in air strikes on the town on Sunday."
    )
    assert placed(account)[-1][1] == "Saraqib"


def test_the_province_does_not_take_up_a_town(read: Read) -> None:
    account = read("They live in the town of Saraqib. Jets bombed the province on Sunday.")
    assert placed(account)[-1][1] is None


def test_an_event_without_a_place_has_that_of_all_others(read: Read) -> None:
    account = read("Gunmen attacked a church in Mosul on Friday. On Sunday a bomb exploded near a bus.")
    assert [place for _, place in placed(account)] == ["Mosul", "Mosul"]


def test_an_event_without_a_place_has_none_where_others_have_two(read: Read) -> None:
    account = read("Gunmen attacked a church in Mosul. Jets bombed Raqqa. On Sunday a bomb exploded near a bus.")
    assert placed(account)[-1][1] is None


def test_a_planned_event_gets_no_place_from_others(read: Read) -> None:
    account = read("Gunmen attacked a church in Mosul. The group plans to attack other churches.")
    assert [place for _, place in placed(account)][1:] in ([], [None])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Gunmen attacked a church in Mosul.", None),
        ("They live in the town of Saraqib in Syria. Jets bombed the town on Sunday.", "“the town” takes up"),
        ("Gunmen attacked a church in Mosul on Friday. On Sunday a bomb exploded near a bus.", "no place is named"),
    ],
)
def test_a_place_without_words_of_the_events_own_has_a_reason(read: Read, text: str, reason: str | None) -> None:
    event = read(text).events[-1]
    assert event.place is not None
    assert (event.place_reason or "").startswith(reason or "")
    assert (event.place_reason is None) == (reason is None)


@pytest.mark.parametrize(
    "text",
    [
        "Troops clashed with the Islamic State (banned in Russia) on Sunday.",
        "Jets attacked positions of the Islamic State in Iraq and the Levant.",
        "Jets bombed tents of families who had escaped from Raqqa.",
    ],
)
def test_no_attack_is_where_a_group_is_banned_named_after_or_people_fled_from(read: Read, text: str) -> None:
    assert {place for _, place in placed(read(text))} == {None}


def test_the_country_is_that_of_the_places_told_of(read: Read) -> None:
    account = read(
        "Gunmen attacked a church in Aleppo, Syria. Jets bombed Raqqa, Russia said. Fighting raged in the country."
    )
    assert placed(account)[-1][1] == "Syria"


def test_a_truce_is_not_where_its_breach_was(read: Read) -> None:
    account = read("Two died in shelling in Aleppo in a new breach of the truce on Sunday.")
    assert ("truce", "Aleppo") not in placed(account)
