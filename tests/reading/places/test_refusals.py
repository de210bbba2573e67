"""What is no place, or none that can be told: persons, bodies, adjectives, sound-alikes abroad."""

from __future__ import annotations

import pytest

from sayso.reading.places import read_places


@pytest.mark.parametrize(
    "text",
    [
        "Authorities said that Mrs. Parsons was asleep.",
        "“I do not know,” Huff said. Huff left in May.",
        "Charles H. Wilson won the vote, and Wilson was glad.",
        "The artist Maxwell sang.",
        "UNICEF director Anthony Lake was shocked.",
        "Four men from the Berri clan were held.",
        "He landed in an Apache helicopter.",
        "She works for the Voice of America.",
        "The Bank of America closed the account.",
        "Rep. Torrey Westrom, R-Elbow Lake, voted.",
        "Islamic State-held areas were bombed.",
        "The Saudis and the Iranians spoke.",
        "George said it was late.",
    ],
)
def test_persons_bodies_and_adjectives_are_no_places(text: str) -> None:
    assert read_places(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells crossed the LoC in Kashmir, said India.", "LoC"),
        ("They spoke for hours on the Hill in the United States.", "Hill"),
        ("Wednesday's vote in the Duma angered Russian activists.", "Duma"),
    ],
)
def test_a_word_that_only_sounds_like_a_place_is_none(text: str, name: str) -> None:
    assert name not in {p.name for p in read_places(text)}


def test_a_sound_alike_abroad_is_refused_with_a_reason() -> None:
    text = "Airstrikes hit a market in the town of al-Quria in Syria's Deir Ezzor province."
    place = read_places(text)[0]
    assert (place.name, place.country, place.lat) == ("al-Quria", "SYR", None)
    assert place.reason


def test_a_school_that_nothing_places_has_no_country() -> None:
    place = read_places("He teaches at George Washington University and wrote on Iraq, Iraqi clerics and Baghdad.")[0]
    assert (place.country, place.precision) == (None, None)
    assert place.reason


@pytest.mark.parametrize(
    ("text", "name", "identity"),
    [
        ("Visits by Russian ships to Suva are likely, a New Zealand analyst said.", "Suva", "geonames:2198148"),
        ("A court in Athens will decide on the Turkish officers.", "Athens", "geonames:264371"),
        ("The union must support Athens, Greek banks said.", "Athens", "geonames:264371"),
        ("In New York and Minnesota people marched; others gathered in Boston.", "Boston", "geonames:4930956"),
        ("Americans marched from New York to Chicago, and past the consulate in Sydney.", "Sydney", "geonames:2147714"),
        ("He spoke in the Ukrainian city of Luhansk May 12, 2014.", "Luhansk", "geonames:702658"),
        ("Officials told reporters in Geneva.", "Geneva", "geonames:2660646"),
        ("The ship docked in Misrata in Libya.", "Misrata", "geonames:2214846"),
        ("A man from Paris, Ontario, was held in London, Ontario.", "Paris", "geonames:6942553"),
        ("Fighters crossed from Gaza.", "Gaza", "region:gaza-strip"),
        ("Marches were held in Washington, D.C., and in Washington state.", "Washington", "geonames:4140963"),
        ("Gunmen opened fire in Kano State.", "Kano State", "geonames:2335196"),
        ("A rally in Gainesville, Georgia, ended.", "Gainesville", "geonames:4196586"),
    ],
)
def test_the_likeliest_of_many_is_taken(text: str, name: str, identity: str) -> None:
    assert {p.name: p.gazetteer_id for p in read_places(text)}[name] == identity


def test_the_other_places_of_a_report_decide_between_namesakes() -> None:
    georgia = read_places("A man from Columbus was jailed in Muscogee County, Harris County and Lumpkin.")
    assert {p.admin1 for p in georgia} == {"Georgia"}
    ohio = read_places("A man from Columbus was jailed in Franklin County and Licking County.")
    assert {p.admin1 for p in ohio} == {"Ohio"}


def test_counties_of_one_list_are_counties() -> None:
    places = read_places("Officials in Minnesota warned Becker, Clay, Douglas and Otter Tail counties.")
    assert [p.kind for p in places] == ["admin1", "admin2", "admin2", "admin2", "admin2"]
    assert {p.admin1 for p in places} == {"Minnesota"}
