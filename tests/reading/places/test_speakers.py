"""Capitals and countries that speak, decide or are dealt with are no places; where something happens, they are."""

from __future__ import annotations

import pytest

from sayso.reading.places import read_places

METONYMS = [
    "Moscow says it was not involved.",
    "Damascus has denied the attack.",
    "Washington accused Tehran of lying.",
    "Washington and Tehran agreed to talk.",
    "Talks between Ankara and Moscow broke down.",
    "A deal with Baghdad was reached.",
    "The White House said nothing.",
    "The Kremlin rejected the report.",
    "Relations between Riyadh and Tehran worsened.",
    "Israel and Hamas agreed to a truce.",
    "Russia, Turkey and Iran brokered the deal.",
    "The United States said it would respond.",
    "Turkey warned Syria against shelling.",
    "Iran vowed revenge.",
    "Tehran's nuclear programme is growing.",
    "Kyiv blamed Moscow for the strike.",
    "Beijing urged restraint.",
    "Pyongyang fired a missile.",
    "Seoul's defence ministry said it was watching.",
    "He accused Damascus of using chlorine.",
    "The rebels are backed by Moscow.",
    "Ankara considers the YPG terrorists.",
    "London and Paris condemned the strike.",
    "Islamabad and New Delhi traded accusations.",
    "Sanctions against Moscow were extended.",
    "An ally of Tehran said so.",
    "Moscow-backed forces advanced.",
    "The Damascus government denied it.",
    "Doha mediated between the two sides.",
    "Cairo is trying to broker a truce.",
    "Moscow, which backs Assad, vetoed the resolution.",
    "“We will respond,” Tehran said.",
    "Brussels is considering sanctions.",
    "Baghdad's decision angered Washington.",
    "Tel Aviv has not commented.",
    "The Pentagon denied the claim.",
    "Downing Street declined to comment.",
    "Pressure on Damascus is growing.",
    "Syria denied the accusation.",
    "Washington's allies disagreed.",
    "Separatist leaders appealed to Moscow to consider it.",
    "According to Damascus, nobody was hurt.",
    "Moscow was accused of lying.",
    "Ankara is ready to talk.",
    "Israel struck first.",
]

PLACES = [
    ("A bomb exploded in Moscow on Monday.", ["Moscow"]),
    ("Rockets fell on Damascus overnight.", ["Damascus"]),
    ("Protesters marched through Tehran.", ["Tehran"]),
    ("He flew to Washington for talks.", ["Washington"]),
    ("Talks in Geneva broke down.", ["Geneva"]),
    ("Troops entered Baghdad from the west.", ["Baghdad"]),
    ("The attack took place in Russia.", ["Russia"]),
    ("Shelling of Damascus killed three.", ["Damascus"]),
    ("Strikes on Iran continued.", ["Iran"]),
    ("He was born in Ankara.", ["Ankara"]),
    ("Explosions were heard across Kyiv.", ["Kyiv"]),
    ("The embassy in Tehran was closed.", ["Tehran"]),
    ("Gunmen attacked Paris in 2015.", ["Paris"]),
    ("Russian forces withdrew from Kyiv.", ["Kyiv"]),
    ("A plane crashed near Moscow.", ["Moscow"]),
    ("The road between Damascus and Aleppo was cut.", ["Damascus", "Aleppo"]),
    ("Refugees fled Syria for Turkey.", ["Syria", "Turkey"]),
    ("They travelled from Beirut to Damascus.", ["Beirut", "Damascus"]),
    ("Damascus was hit by rockets.", ["Damascus"]),
    ("Protests erupted in Cairo and Alexandria.", ["Cairo", "Alexandria"]),
    ("Iran's capital, Tehran, was quiet.", ["Iran", "Tehran"]),
    ("The Syrian capital, Damascus, was shelled.", ["Damascus"]),
    ("Clashes broke out in Ankara between police and protesters.", ["Ankara"]),
    ("A roadside bomb in Baghdad killed four.", ["Baghdad"]),
    ("Two people died in Islamabad.", ["Islamabad"]),
    ("Damascus was attacked at dawn.", ["Damascus"]),
    ("The people of Damascus said that they were afraid.", ["Damascus"]),
    ("Damascus's eastern suburbs were bombed.", ["Damascus"]),
]


@pytest.mark.parametrize("text", METONYMS)
def test_who_speaks_or_is_dealt_with_is_no_place(text: str) -> None:
    assert [p.name for p in read_places(text)] == []


@pytest.mark.parametrize(("text", "names"), PLACES)
def test_where_something_happens_is_a_place(text: str, names: list[str]) -> None:
    assert [p.name for p in read_places(text)] == names


def test_one_name_may_speak_and_be_a_place_in_one_report() -> None:
    places = read_places("Damascus denied the attack. Rockets fell on Damascus.")
    assert [p.span.start for p in places] == [44]
