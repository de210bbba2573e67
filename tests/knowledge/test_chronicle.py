from __future__ import annotations

import re
from datetime import date

import pytest

from sayso.knowledge.chronicle import acts_named, chronicle, killings_named, spellings
from sayso.vocabulary import load


def test_every_event_has_days_in_order_a_source_and_known_types() -> None:
    types = load("event_types")
    for event in chronicle():
        assert date.fromisoformat(event.start) <= date.fromisoformat(event.end)
        assert event.source
        assert all(event.names)
        assert all(name in types for name in event.types)
        assert bool(event.types) == (event.kind == "act")


def test_no_event_is_listed_twice() -> None:
    names = [event.name for event in chronicle()]
    assert len(names) == len(set(names))


def test_every_spelling_is_one_plain_word() -> None:
    for event in chronicle():
        assert all(re.fullmatch("[a-z0-9]+", word) for group in event.names for word in group), event.name


@pytest.mark.parametrize(
    "victim", ["Qassem Soleimani", "Gen. Suleimani", "Soleimani’s", "the Iranian commander Soleimani"]
)
def test_a_victim_is_found_by_any_spelling(victim: str) -> None:
    (event,) = killings_named(victim)
    assert (event.start, event.end) == ("2020-01-03", "2020-01-03")


@pytest.mark.parametrize("victim", ["", "Hariri", "Saad Hariri", "Mughniyeh", "Baghdadi"])
def test_a_name_that_others_bear_needs_the_rest_of_it(victim: str) -> None:
    assert killings_named(victim) == []


def test_the_word_that_says_who_must_be_the_name() -> None:
    assert killings_named("the sons of Ismail Haniyeh", "sons") == []
    assert [event.start for event in killings_named("Ismail Haniyeh", "Haniyeh")] == ["2024-07-31"]


def test_two_men_of_one_family_are_told_apart() -> None:
    found = [killings_named(f"{first} Mughniyeh")[0].start for first in ("Imad", "Jihad")]
    assert found == ["2008-02-12", "2015-01-18"]


def test_an_act_needs_its_type_and_all_its_names() -> None:
    clause = "the chemical attack on Khan Sheikhoun"
    assert [event.start for event in acts_named("chemical_attack", clause)] == ["2017-04-04"]
    assert acts_named("airstrike", clause) == []
    assert acts_named("chemical_attack", "the chemical attack on Khan Yunis") == []


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2020-01-03", "2020-01-03", True),
        ("2020-01-01", "2020-01-31", True),
        (None, "2020-01-02", False),
        (None, "2020-01-03", True),
        ("2020-01-04", None, False),
        ("2020-01-03T05:30", "2020-01-03T05:30", True),
    ],
)
def test_days_meet_where_one_is_shared(start: str | None, end: str | None, meets: bool) -> None:
    (event,) = killings_named("Soleimani")
    assert event.meets(start, end) is meets


def test_words_lose_their_possessive_and_marks() -> None:
    assert spellings("Ze’evi's; the raiders' U.S. Sana'a") == {"zeevi", "the", "raiders", "us", "sanaa"}
