from __future__ import annotations

import pytest
from tests.reading.conftest import Read, claims, name, only

from sayso.model import Account, Event, Span


def initiators(account: Account) -> list[str | None]:
    return [name(account, i) for e in account.events for i in e.initiators]


def recipients(account: Account) -> list[str | None]:
    return [r.text if isinstance(r, Span) else name(account, r) for e in account.events for r in e.recipients]


@pytest.mark.parametrize(
    ("text", "by", "against"),
    [
        ("Gunmen attacked US troops in Homs.", ["Gunmen"], ["US troops"]),
        ("US troops were attacked by gunmen in Homs.", ["gunmen"], ["US troops"]),
        ("An attack on US troops by gunmen failed.", ["gunmen"], ["US troops"]),
        ("Israel's attack on the convoy failed.", ["Israel"], ["the convoy"]),
        ("Regime raids on the convoy failed.", ["Regime"], ["the convoy"]),
        ("Fighters launched an attack on the airport.", ["Fighters"], ["the airport"]),
        ("An attack was carried out by gunmen on Sunday.", ["gunmen"], []),
        ("The base came under attack on Sunday.", [], ["The base"]),
        ("US troops suffered an attack on Sunday.", [], ["US troops"]),
        ("Clashes between the army and rebels broke out in Homs.", ["the army"], ["rebels"]),
        ("The opposition accused the army of shelling a school.", ["the army"], ["a school"]),
        ("The attack on Sunday killed two soldiers.", [], ["two soldiers"]),
        ("An attack targeting a convoy failed.", [], ["a convoy"]),
        ("The base came under attack from militiamen.", ["militiamen"], ["The base"]),
        ("The army registered 604 breaches by rebels.", ["rebels"], []),
        ("The army announced its offensive against rebels.", ["The army"], ["rebels"]),
        ("A truce between the army and rebels held.", ["the army", "rebels"], []),
        ("A truce brokered by Kofi Annan held.", [], []),
        ("Gunmen killed five soldiers in an attack on a market.", ["Gunmen"], ["five soldiers", "a market"]),
        ("Aides urged the government to cease bombing the base.", ["the government"], ["the base"]),
        ("Militants fired several rockets on the base.", ["Militants"], ["the base"]),
        ("Clashes between rebel and regime fighters broke out in Homs.", ["rebel"], ["regime fighters"]),
        ("Russia halted air strikes on Sunday.", ["Russia"], []),
        ("The army launched an offensive against Islamic State east of Palmyra.", ["The army"], ["Islamic State"]),
        ("Police arrested ten would-be suicide bombers in Morocco.", ["Police"], ["ten would-be suicide bombers"]),
        ("A soldier, who was shot by gunmen, died.", ["gunmen"], ["A soldier"]),
        ("Material damage hit the base.", [], ["the base"]),
        ("The government praised the army. Its troops attacked the base.", ["the army"], ["the base"]),
        ("The coalition backs an assault by Iraqi forces.", ["Iraqi forces"], []),
        ("Rockets fired by militants on the base injured two soldiers.", ["militants"], ["the base", "two soldiers"]),
        ("The minister appealed to all sides to stop the shelling.", [], []),
    ],
)
def test_who_did_it_and_to_whom(read: Read, text: str, by: list[str], against: list[str]) -> None:
    account = read(text)
    assert (initiators(account), recipients(account)) == (by, against)


def test_a_town_is_a_place_and_no_recipient(read: Read) -> None:
    account = read("Rebels shelled Idlib on Sunday.")
    assert recipients(account) == []
    assert only(account).place is not None


def test_the_users_of_what_was_hit_are_recipients_too(read: Read) -> None:
    account = read("On Sunday, jets bombed a depot used by rebels.")
    assert recipients(account) == ["a depot used by rebels", "rebels"]


def test_users_named_by_somebody_are_his_claim(read: Read) -> None:
    account = read("On Sunday, jets bombed a depot which the army said was used by rebels.")
    assert ("the army", "asserts", "was used by rebels") in claims(account, "recipient")


def test_suspects_are_uncertain_and_the_attack_is_not(read: Read) -> None:
    account = read("Suspected militants attacked a village near Maiduguri on Sunday.")
    assert [row[1] for row in claims(account, "initiator")] == ["uncertain"]
    assert [row[1] for row in claims(account, "occurrence")] == ["asserts"]


def test_where_it_was_fired_from_is_the_origin_and_no_place(read: Read) -> None:
    account = read("Rockets were fired at the base from areas held by rebels near Homs.")
    (origin,) = [c for c in account.claims if c.slot == "origin"]
    assert origin.evidence.text.startswith("from areas held by rebels")
    assert origin.value is not None
    assert origin.value.startswith("areas held by rebels")
    assert claims(account, "place") == []


def weapon(event: Event) -> str | None:
    return event.weapon.text if event.weapon is not None else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rockets hit the base.", "Rockets"),
        ("Three rockets were fired at the base.", "Three rockets"),
        ("Air strikes hit a hospital in Idlib.", "Air strikes"),
        ("The base was attacked with mortars.", "mortars"),
        ("Gunmen attacked the base.", None),
    ],
)
def test_weapons_in_their_own_words(read: Read, text: str, words: str | None) -> None:
    assert weapon(only(read(text))) == words


def test_a_suspected_means_is_uncertain(read: Read) -> None:
    account = read("A suspected chemical attack killed ten people in Idlib.")
    assert [row[1] for row in claims(account, "weapon")] == ["uncertain"]
    assert [row[1] for row in claims(account, "occurrence")] == ["asserts"]


def test_a_similar_attack_is_by_those_behind_the_one_told_before(read: Read) -> None:
    account = read("Rebels attacked a base in Homs on Saturday. A similar attack hit a base in Aleppo on Sunday.")
    assert initiators(account) == ["Rebels", "Rebels"]
    assert [text for _, _, text in claims(account, "initiator")] == ["Rebels", "A similar attack"]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The army said it had carried out air strikes against Raqqa on Sunday.", ["The army"]),
        ("The Syrian air force has stepped up attacks on rebel positions.", ["The Syrian air force"]),
        ("A suicide bomber killed 30 people on Monday in an attack in Hasakeh.", ["A suicide bomber"]),
        ("Six citizens killed, 22 injured in shelling in Damascus on Sunday.", []),
        ("Dozens were injured in shelling from army posts in the area.", ["army posts"]),
        ("The militia is involved in an offensive against the jihadists.", ["The militia"]),
        ("The attack of terrorists was repelled on Sunday.", ["terrorists"]),
        ("Forces loyal to President Assad attacked a school on Sunday.", ["Forces loyal to President Assad"]),
        ("Militants died in a Syrian gas field battle on Sunday.", []),
        ("US-led air strikes killed ten civilians on Sunday.", ["US-led"]),
        ("The army alongside a volunteer militia attacked the base.", ["The army", "a volunteer militia"]),
        (
            "The strikes were carried out by a coalition led by the United States.",
            ["a coalition led by the United States"],
        ),
        ("Five men died when their helicopter crashed near Homs.", []),
    ],
)
def test_who_acts_where_it_is_told_in_passing(read: Read, text: str, by: list[str]) -> None:
    assert initiators(read(text)) == by


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        (
            "The rebels targeted a medical center a school and a checkpoint.",
            {"a medical center", "a school", "a checkpoint"},
        ),
        ("Russian Strikes Hit Syrian Town", set()),
        ("Regime bombs killed dozens.", set()),
    ],
)
def test_what_is_hit_where_commas_and_articles_are_lost(read: Read, text: str, hit: set[str]) -> None:
    assert set(recipients(read(text))) == hit
