"""Who held what when, what belonged to what when, and whom a title means on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.actor_records import Tie, bounds, holds, span
from sayso.knowledge.actors import ActorBase


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.open()


@pytest.mark.parametrize(
    ("office", "country", "on", "name"),
    [
        ("president", "SYR", date(1995, 6, 1), "Hafez al-Assad"),
        ("president", "SYR", date(2015, 6, 1), "Bashar al-Assad"),
        ("defence minister", "SYR", date(2016, 1, 1), "Fahd Jassem al-Freij"),
        ("secretary of defense", "USA", date(2016, 1, 1), "Ash Carter"),
        ("foreign minister", "RUS", date(2016, 1, 1), "Sergei Lavrov"),
        ("prime minister", "GBR", date(2016, 7, 13), "Theresa May"),
        ("prime minister", "ISR", date(2021, 9, 1), "Naftali Bennett"),
        ("army chief", "TUR", date(2017, 1, 1), "Hulusi Akar"),
        ("president", "USA", date(1990, 1, 1), "George H. W. Bush"),
        ("prime minister", "IRQ", date(1995, 1, 1), None),
        ("president", "NRU", date(2016, 1, 1), None),
    ],
)
def test_the_holder_of_an_office_on_a_day(
    base: ActorBase, office: str, country: str, on: date, name: str | None
) -> None:
    holder = base.holder(office, country, on)
    assert (holder.name if holder else None) == name


@pytest.mark.parametrize(
    ("phrase", "on", "country", "name"),
    [
        ("the defence minister", date(2015, 6, 1), "SYR", "Fahd Jassem al-Freij"),
        ("the defence minister", date(2015, 6, 1), None, None),
        ("President Assad", date(2013, 1, 1), None, "Bashar al-Assad"),
        ("President Assad", date(1995, 1, 1), None, "Hafez al-Assad"),
        ("President Bush", date(1990, 1, 1), None, "George H. W. Bush"),
        ("President Bush", date(2003, 1, 1), None, "George W. Bush"),
        ("the president of Iraq", date(2016, 1, 1), None, "Fuad Masum"),
        ("Syria's foreign minister Walid al-Moallem", date(2016, 1, 1), None, "Walid al-Moallem"),
        ("former Iraqi prime minister Nouri al-Maliki", date(2016, 1, 1), None, "Nouri al-Maliki"),
        ("Mr Assad", date(2015, 1, 1), None, "Bashar al-Assad"),
        ("the former president", date(2015, 1, 1), "SYR", None),
        ("President Qwerty", date(2015, 1, 1), None, None),
    ],
)
def test_whom_a_title_means(base: ActorBase, phrase: str, on: date, country: str | None, name: str | None) -> None:
    person = base.who(phrase, on, country)
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("phrase", "identity", "kind"),
    [
        ("Syrian President Bashar al-Assad", "actor:bashar-al-assad", "government"),
        ("Army General Joseph Votel", "actor:joseph-votel", "military"),
        ("UN envoy Staffan de Mistura", "actor:staffan-de-mistura", "igo"),
        ("Palestinian Prime Minister Ismail Haniyeh", "actor:ismail-haniyeh", "rebel"),
        ("Israeli Prime Minister Ehud Barak", "actor:ehud-barak", "government"),
    ],
)
def test_a_name_with_its_title_is_found(base: ActorBase, phrase: str, identity: str, kind: str) -> None:
    record = base.lookup(phrase)
    assert record is not None
    assert (record.id, record.kind) == (identity, kind)


def test_a_title_that_fits_two_persons_finds_nobody(base: ActorBase) -> None:
    assert base.lookup("President Bush") is None


@pytest.mark.parametrize(
    ("name", "on", "body"),
    [
        ("al-Nusra Front", date(2014, 1, 1), "al-Qaida"),
        ("al-Nusra Front", date(2017, 1, 1), None),
        ("YPG", date(2016, 1, 1), "Syrian Democratic Forces"),
        ("YPG", date(2014, 1, 1), None),
        ("Kataib Hezbollah", date(2016, 1, 1), "Popular Mobilization Forces"),
        ("Boko Haram", date(2015, 6, 1), "Islamic State"),
        ("Sergei Shoigu", date(2016, 1, 1), "Russian defence ministry"),
        ("John Kirby", date(2016, 1, 1), "US State Department"),
        ("John Kirby", date(2021, 6, 1), "the Pentagon"),
    ],
)
def test_what_an_actor_belonged_to_on_a_day(base: ActorBase, name: str, on: date, body: str | None) -> None:
    record = base.lookup(name)
    assert record is not None
    found = base.affiliation(record, on)
    assert (found.name if found else None) == body


def test_a_person_is_of_the_kind_of_the_office_then_held(base: ActorBase) -> None:
    sharaa = base.lookup("Ahmed al-Sharaa")
    assert sharaa is not None
    then, now = base.as_of(sharaa, date(2015, 1, 1)), base.as_of(sharaa, date(2025, 3, 1))
    assert (then.kind, then.affiliation) == ("rebel", "Jabhat al-Nusra")
    assert (now.kind, now.affiliation, now.codes["cameo"]) == ("government", "Syrian government", "SYRGOV")


@pytest.mark.parametrize(
    ("name", "relation", "other"),
    [
        ("the Pentagon", "related", "US-led coalition"),
        ("US-led coalition", "related", "US military"),
        ("US Central Command", "part_of", "the Pentagon"),
        ("Syrian air force", "part_of", "Syrian government"),
        ("Kenyan police", "part_of", "Kenya"),
        ("al-Nusra Front", "renamed", "Jabhat Fateh al-Sham"),
        ("Jabhat Fateh al-Sham", "formerly", "Jabhat al-Nusra"),
        ("Hezbollah", "backed_by", "Iran"),
        ("Walid al-Moallem", "part_of", "Syrian foreign ministry"),
    ],
)
def test_what_belongs_with_an_actor(base: ActorBase, name: str, relation: str, other: str) -> None:
    record = base.lookup(name)
    assert record is not None
    assert (relation, other) in [(how, found.name) for how, found in base.related(record)]


def test_two_that_belong_together_are_two(base: ActorBase) -> None:
    pentagon, forces, coalition = map(base.lookup, ("Pentagon", "US military", "US-led coalition"))
    assert base.lookup("US Department of Defense") is pentagon
    assert len({r.id for r in (pentagon, forces, coalition) if r is not None}) == 3


def test_a_shared_name_is_that_of_the_country_in_play(base: ActorBase) -> None:
    def named(name: str, country: str | None) -> str | None:
        found = base.lookup(name, country)
        return found.id if found else None

    assert named("NSA", None) == "actor:national-security-agency"
    assert named("NSA", "SYR") == "actor:new-syrian-army"
    assert named("JEM", "SDN") == "actor:justice-and-equality-movement"


def test_a_list_of_names_is_all_of_its_parties_or_none(base: ActorBase) -> None:
    assert [r.id for r in base.parties("HTS, Southern Front")] == [
        "actor:hayat-tahrir-al-sham",
        "actor:southern-front",
    ]
    assert base.parties("HTS, Zyxwv Front") == ()


@pytest.mark.parametrize("text", ["2015", "2015-13/2016", "/2015-02-30", "2016/2015", "soon/later", "2015/..x"])
def test_bad_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        span(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(4, 10).filter(lambda n: n in (4, 7, 10)))
def test_a_date_lies_within_its_year_month_and_day(day: date, size: int) -> None:
    first, last = bounds(day.isoformat()[:size])
    assert first <= day <= last


@pytest.mark.parametrize(
    ("since", "until", "on", "expected"),
    [
        ("2015", "2016", date(2015, 6, 1), None),
        ("2014", "2016", date(2015, 6, 1), True),
        ("2014", "2016", date(2016, 6, 1), None),
        ("2014", "2016", date(2017, 1, 1), False),
        ("2014", None, date(2017, 1, 1), None),
        ("2014", "..", date(2017, 1, 1), True),
        (None, "2016", date(2015, 1, 1), None),
    ],
)
def test_a_tie_holds_surely_perhaps_or_not(
    since: str | None, until: str | None, on: date, expected: bool | None
) -> None:
    assert holds(Tie("part_of", "actor:x", "X", since, until), on) is expected
