from __future__ import annotations

import json
from typing import Any

from sayso.ledger.principal import principal
from sayso.ledger.rare_names import rare_names, tellers
from sayso.ledger.terms import event_terms
from sayso.ledger.words import folded, rarity
from sayso.model import Account, Event, Report, Span

TEXT = (
    "Three shot near Quillfeather Road\n\n"
    "Zebulon Hartwicke, 19, was shot at 9:15 p.m. on the 4500 block of Quillfeather Rd. "
    "Police made an arrest on Sunday. "
    "Sgt. Brannigan Tolliver said the shooting is under investigation."
)


def at(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


def told(key: str, kind: str, *mentions: Span, **facts: Any) -> Event:
    return Event(id=key, type=kind, mentions=mentions, **facts)


def account(*events: Event) -> Account:
    return Account(report=Report(id="r1", text=TEXT, published="2016-02-01"), events=events)


SHOOTING = told("e2", "armed_attack", at("shot"), at("shooting"))
ARREST = told("e1", "arrest", at("arrest"))


def test_a_report_is_about_what_its_title_says_and_not_about_the_answer_to_it() -> None:
    assert principal(account(ARREST, SHOOTING)) == "e2"
    assert principal(account(ARREST)) == "e1"
    assert principal(account()) is None
    assert principal(account(told("e3", "armed_attack", at("shot"), modality="planned"))) is None


def test_names_ages_and_clock_times_are_those_of_the_event() -> None:
    terms = json.loads(event_terms(account(ARREST, SHOOTING))["e2"])
    assert "zebulon hartwicke" in terms["names"]
    assert "quillfeather road" in terms["names"]
    assert terms["ages"] == [19]
    assert terms["clocks"] == [21 * 60 + 15]
    assert terms["main"]
    arrest = json.loads(event_terms(account(ARREST, SHOOTING))["e1"])
    assert arrest["ages"] == []
    assert arrest["report"] == {}
    assert not arrest["main"]


def test_officials_and_the_report_s_makers_are_no_names_of_what_it_tells() -> None:
    assert {"brannigan", "tolliver"} <= tellers(TEXT)
    assert "makepeace" in tellers("A scene. (Photo: Orla Makepeace)")
    terms = json.loads(event_terms(account(SHOOTING))["e2"])
    assert not any("tolliver" in name for name in terms["names"])
    assert "tolliver" not in terms["report"]


def test_as_if_in_passing_nothing_is_taken_from_the_rest_of_the_report() -> None:
    terms = json.loads(event_terms(account(ARREST), passing=True)["e1"])
    assert terms["names"] == []
    assert terms["report"] == {}


def test_the_same_account_gives_the_same_bytes_within_bounds() -> None:
    one, two = event_terms(account(SHOOTING)), event_terms(account(SHOOTING))
    assert one == two
    terms = json.loads(one["e2"])
    assert len(terms["names"]) <= 12
    assert len(terms["event"]) <= 24
    assert len(terms["report"]) <= 24


def test_a_street_is_one_name_however_it_is_abbreviated() -> None:
    long, short = rare_names(["on Quillfeather Road"], frozenset()), rare_names(["on Quillfeather Rd"], frozenset())
    assert long == short


def test_words_are_folded_and_unknown_ones_are_rarest() -> None:
    assert folded("Hasakah’s") == "hasakah"
    assert folded("rockets") == "rocket"
    assert rarity("zebulonia") > rarity("shooting") > rarity("the") >= 0.0
