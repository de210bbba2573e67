from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.keys import actor_key, fold, url_key
from sayso.model import Actor, Span

TEXT = "Residents said so. But Hezbollah denied it. The army and a spokesman agreed."


def _actor(name: str, start: int = 0, kb_id: str | None = None) -> Actor:
    return Actor(id="a1", spans=(Span(start, start + len(name), name),), name=name, kb_id=kb_id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Pentagon", "Pentagon"),
        ("Col. Wayne Marotto", "Wayne MAROTTO"),
        ("Lt. Gen. John Smith", "John Smith"),
        ("President Joe Biden", "Joe Biden"),
        ("the U.S. military", "US military"),
        ("Rami Abdurrahmān", "Rami Abdurrahman"),
        ("the Observatory’s", "Observatory"),
    ],
)
def test_names_of_one_actor_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("General Security", "Security"), ("Judge", "Mayor"), ("Gen. Smith", "Gen. Jones")]
)
def test_names_of_two_actors_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_is_settled_after_one_time_for_any_text(name: str) -> None:
    assert fold(fold(name).replace("-", " ")) == fold(name).replace("", "")


def test_the_knowledge_base_id_is_the_key() -> None:
    assert actor_key(_actor("the Pentagon", kb_id="usa-dod"), "r1", TEXT) == "usa-dod"


def test_a_proper_name_is_one_actor_in_every_report() -> None:
    hezbollah = _actor("Hezbollah", TEXT.index("Hezbollah"))
    assert actor_key(hezbollah, "r1", TEXT) == actor_key(hezbollah, "r2", TEXT) == "hezbollah"


@pytest.mark.parametrize("name", ["a spokesman", "the army", "Residents"])
def test_a_description_stays_within_its_report(name: str) -> None:
    actor = _actor(name, max(TEXT.find(name), 0))
    assert actor_key(actor, "r1", TEXT) != actor_key(actor, "r2", TEXT)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/news/1/",
        "http://example.org/news/1#top",
        "https://Example.org/news/1?utm_source=feed&fbclid=3",
    ],
)
def test_addresses_of_one_page_have_one_key(address: str) -> None:
    assert url_key(address) == "https://example.org/news/1"


def test_a_query_that_names_the_page_is_kept() -> None:
    assert url_key("https://example.org/?id=1") != url_key("https://example.org/?id=2")


def test_no_address_has_no_key() -> None:
    assert url_key(None) is None
    assert url_key("") is None
