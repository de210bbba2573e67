from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims, name

from sayso.model import Account


def initiators(account: Account) -> list[str | None]:
    return [name(account, i) for e in account.events for i in e.initiators]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Regime barrel bomb attacks killed five people in Aleppo.", ["Regime"]),
        ("US air strikes hit a base near Homs.", ["US"]),
        ("An Islamic State attack killed five people in Homs.", ["Islamic State"]),
        ("A Taliban ambush killed five soldiers near Kunduz.", ["Taliban"]),
        ("US-led coalition air strikes killed five people near Raqqa.", ["US-led coalition"]),
        ("Five people died in Syrian government shelling near Homs.", ["Syrian government"]),
        ("Five people died in Russian and Syrian air strikes near Homs.", ["Syrian", "Russian"]),
        ("The French military operation in Mali began on Sunday.", ["French military"]),
        ("Five people were killed by US missiles near Homs.", ["US"]),
    ],
)
def test_the_words_before_an_attack_tell_who_did_it(read: Read, text: str, by: list[str]) -> None:
    assert sorted(map(str, initiators(read(text)))) == sorted(by)


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Muslim attacks rose in Europe on Sunday.",
        "A deadly attack hit the base on Sunday.",
        "Other attacks hit the base on Sunday.",
        "Sunday's attack hit the base.",
        "The Eid truce held on Sunday.",
        "The Syrian ceasefire held on Sunday.",
        "A car bomb attack hit the base.",
        "The Baghdad attack killed five people.",
    ],
)
def test_words_before_an_attack_that_name_no_side(read: Read, text: str) -> None:
    assert initiators(read(text)) == []


def test_terrorist_attacks_are_those_of_the_terrorists_whom_the_report_names(read: Read) -> None:
    named = read("Terrorist attacks hit the market in Homs on Sunday. The terrorists fled, the army said.")
    assert initiators(named) == ["The terrorists"]
    assert initiators(read("Terrorist attacks hit the market in Homs on Sunday.")) == []


def test_a_suspected_side_is_uncertain(read: Read) -> None:
    account = read("A suspected Islamic State attack killed five people in Homs.")
    assert [row[1] for row in claims(account, "initiator")] == ["uncertain"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Iraqi forces seized an IS weapons warehouse on Sunday. Islamic State fled.", "Islamic State"),
        ("The army captured a rebel-held base on Sunday.", "rebel"),
        ("The army retook the base from Islamic State on Sunday.", "Islamic State"),
        ("The army retook the base, which had been held by rebels, on Sunday.", "rebels"),
    ],
)
def test_who_held_what_was_taken_is_hit(read: Read, text: str, lost: str) -> None:
    account = read(text)
    assert [name(account, r) if isinstance(r, str) else r.text for e in account.events for r in e.recipients] == [lost]
