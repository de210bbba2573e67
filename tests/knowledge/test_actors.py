"""Known actors by name, unnamed ones by description."""

from __future__ import annotations

import pytest

from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import countries
from sayso.vocabulary import load


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.open()


@pytest.mark.parametrize(
    ("name", "identity", "kind", "country"),
    [
        ("the US military", "actor:us-military", "military", "USA"),
        ("Syrian Observatory for Human Rights", "actor:syrian-observatory-for-human-rights", "monitor", "SYR"),
        ("the Observatory", "actor:syrian-observatory-for-human-rights", "monitor", "SYR"),
        ("The Associated Press", "actor:the-associated-press", "media", "USA"),
        ("Jaish al Islam", "actor:jaysh-al-islam", "rebel", "SYR"),
        ("Kurdish Peoples Protection Units (YPG)", "actor:peoples-protection-units", "rebel", "SYR"),
        ("ISIL", "actor:islamic-state", "rebel", None),
        ("داعش", "actor:islamic-state", "rebel", None),
        ("كتائب القسام", "actor:izz-ad-din-al-qassam-brigades", "rebel", "PSE"),
        ("أنصار اللّه", "actor:houthis", "rebel", "YEM"),
        ("ЧВК Вагнер", "actor:wagner-group", "militia", "RUS"),
        ("חמאס", "actor:hamas", "rebel", "PSE"),
        ("سپاہ صحابہ پاکستان", "actor:sipah-e-sahaba-pakistan", "rebel", "PAK"),
        ("Путин", "actor:vladimir-putin", "government", "RUS"),
        ("Communist Party of India (Maoist)", "actor:communist-party-of-india-maoist", "rebel", "IND"),
        ("Government of United States of America", "actor:white-house", "government", "USA"),
        ("the Khartoum government", "state:SDN/government", "government", "SDN"),
        ("Greece", "state:GRC", "state", "GRC"),
        ("Хезболла", "actor:hezbollah", "rebel", "LBN"),
        ("White Helmets", "actor:white-helmets", "ngo", "SYR"),
        ("OPCW", "actor:organisation-for-the-prohibition-of-chemical-weapons", "igo", None),
        ("the Pentagon", "actor:the-pentagon", "government", "USA"),
        ("Rami Abdulrahman", "actor:rami-abdel-rahman", "monitor", "SYR"),
        ("Russian Defense Ministry", "state:RUS/defence-ministry", "government", "RUS"),
        ("Ministry of Defence of Russia", "state:RUS/defence-ministry", "government", "RUS"),
        ("Norway’s army", "state:NOR/army", "military", "NOR"),
        ("Kenyan air force", "state:KEN/air-force", "military", "KEN"),
        ("Norway", "state:NOR", "state", "NOR"),
    ],
)
def test_a_name_finds_its_actor(base: ActorBase, name: str, identity: str, kind: str, country: str | None) -> None:
    record = base.lookup(name)
    assert record is not None
    assert (record.id, record.kind, record.country) == (identity, kind, country)


@pytest.mark.parametrize(
    "name", ["", "John Smith", "the villagers", "…", "Zyxwv Front", "the site", "a map", "SF", "General Smith"]
)
def test_an_unknown_name_finds_nobody(base: ActorBase, name: str) -> None:
    assert base.lookup(name) is None


@pytest.mark.parametrize(
    ("phrase", "kind", "country", "backer", "private"),
    [
        ("Iran-backed militia groups", "militia", None, "Iran", False),
        ("Iran-backed Iraqi armed militia", "militia", "IRQ", "Iran", False),
        ("US-backed fighters", "rebel", None, "US", False),
        ("unidentified gunmen", "unknown", None, None, False),
        ("Iraqi police", "police", "IRQ", None, False),
        ("a local official who asked not to be named", "government", None, None, False),
        ("an opposition war monitor", "monitor", None, None, False),
        ("state media", "media", None, None, False),
        ("Russian warplanes", "military", "RUS", None, False),
        ("A source at Aleppo police command", "police", None, None, False),
        ("a spokesman for US-backed fighters", "spokesperson", None, "US", False),
        ("residents", "civilian", None, None, True),
        ("witnesses", "civilian", None, None, True),
        ("two children", "civilian", None, None, True),
        ("activists", "civilian", None, None, False),
        ("a Syrian air base", "facility", "SYR", None, False),
        ("First Lieutenant Ahmed Qwerty", "military", None, None, False),
        ("IS fighters", "rebel", None, "Islamic State", False),
        ("a suspected Hezbollah member", "rebel", "LBN", "Hezbollah", False),
    ],
)
def test_a_description_tells_kind_and_country(
    base: ActorBase, phrase: str, kind: str, country: str | None, backer: str | None, private: bool
) -> None:
    found = base.describe(phrase)
    assert found is not None
    assert (found.kind, found.country, found.affiliation, found.private) == (kind, country, backer, private)


@pytest.mark.parametrize("phrase", ["", "the border", "a statement", "Kefraya"])
def test_what_is_no_actor_is_not_described(base: ActorBase, phrase: str) -> None:
    assert base.describe(phrase) is None


def test_codes_are_cameo_and_plover(base: ActorBase) -> None:
    record = base.lookup("Syrian army")
    assert record is not None
    assert record.codes == {"cameo": "SYRMIL", "plover": "MIL"}


def test_every_listed_name_finds_its_own_actor_or_one_of_its_country(base: ActorBase) -> None:
    lost = [
        name
        for record in base.records
        for name in (record.name, *record.aliases, *record.local)
        if (found := base.lookup(name, record.country)) is None
        or (found.id != record.id and found.country != record.country)
    ]
    assert lost == []


def test_the_codes_of_the_media_and_of_medical_staff_differ_between_the_schemes(base: ActorBase) -> None:
    reuters, doctors = base.lookup("Reuters"), base.describe("Syrian doctors")
    assert reuters is not None
    assert doctors is not None
    assert reuters.codes == {"cameo": "GBRMED", "plover": "JRN"}
    assert doctors.codes == {"cameo": "SYRHLH", "plover": "MED"}


def test_every_news_organisation_is_marked(base: ActorBase) -> None:
    assert [r.id for r in base.records if r.kind == "media" and not r.terms and not r.marks] == []


def test_every_record_is_of_a_known_kind_and_country(base: ActorBase) -> None:
    kinds = set(load("actor_kinds"))
    assert {r.kind for r in base.records} <= kinds
    assert {r.country for r in base.records if r.country} <= set(countries())
    assert len({r.id for r in base.records}) == len(base.records)


def test_there_are_a_thousand_armed_groups(base: ActorBase) -> None:
    assert sum(r.kind in ("rebel", "militia", "criminal") for r in base.records) >= 1000
