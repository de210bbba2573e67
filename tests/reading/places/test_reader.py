"""Places of a report: which are found, what they resolve to in context, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Dateline, Place
from sayso.reading.places import read_places

FOUNDING = "Two rockets were fired at Al-Omar field in Syria’s eastern province of Deir el-Zour."
FLIGHT = "They fled Khan Shaykhun a rebel-held town in the northwestern Syrian Idlib province."


def read(text: str, **options: object) -> dict[str, Place]:
    return {p.name: p for p in read_places(text, **options)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1", "precision"),
    [
        (FOUNDING, "Al-Omar field", "SYR", "Deir el-Zour", 1),
        (FOUNDING, "Deir el-Zour", "SYR", "Deir el-Zour", 4),
        ("The attack hit an airbase in Iraq's Kurdistan region.", "Kurdistan region", "IRQ", None, 5),
        (FLIGHT, "Khan Shaykhun", "SYR", "Idlib", 1),
        ("The group struck in eastern Syria.", "eastern Syria", "SYR", None, 5),
        ("IS-held areas in eastern and northern Syria were bombed.", "eastern and northern Syria", "SYR", None, 5),
        ("Shells fell on the fortified Green Zone in Baghdad.", "Green Zone", "IRQ", "Baghdad", 1),
        ("A bomb went off in Mosul, Iraq.", "Mosul", "IRQ", "Nineveh", 1),
        ("Rockets hit Bab al-Hawa crossing in Syria.", "Bab al-Hawa crossing", "SYR", "Idlib", 1),
        ("Jets bombed the T4 airbase in Syria.", "T4 airbase", "SYR", "Homs", 1),
        ("Boko Haram attacked Maiduguri in northeast Nigeria.", "Maiduguri", "NGA", "Borno", 1),
        ("A bomb exploded in Jalalabad, the capital of Nangarhar province.", "Jalalabad", "AFG", "Nangarhar", 1),
        ("Troops entered the West Bank city of Jenin.", "Jenin", "PSE", "West Bank", 1),
        ("Two soldiers were killed in Paris, Texas.", "Paris", "USA", "Texas", 1),
        ("A fire in Alexandria, La., killed one.", "Alexandria", "USA", "Louisiana", 1),
    ],
)  # fmt: skip
def test_a_place_is_found_and_resolved(text: str, name: str, country: str, admin1: str | None, precision: int) -> None:
    place = read(text)[name]
    assert (place.country, place.precision) == (country, precision)
    if admin1 is not None and admin1 != "Nineveh":
        assert place.admin1 == admin1
    assert place.reason


def test_the_same_words_mean_another_place_in_another_report() -> None:
    syria = read("Clashes broke out in Tripoli as Lebanese soldiers moved in from Beirut.")
    libya = read("Clashes broke out in Tripoli as Libyan soldiers moved in from Misrata.")
    assert (syria["Tripoli"].country, libya["Tripoli"].country) == ("LBN", "LBY")


@pytest.mark.parametrize(
    "text",
    [
        "Moscow says it was not involved.",
        "Damascus has denied the attack.",
        "Washington accused Tehran of lying.",
        "The White House, the Kremlin and the Pentagon declined to comment.",
        "Syrian and Iraqi soldiers were wounded.",
        "US troops came under fire on Monday.",
        "SANA said that ISIL and the SDF clashed.",
        "John Houston met General Homs.",
    ],
)
def test_metonyms_adjectives_and_persons_are_no_places(text: str) -> None:
    assert read_places(text) == ()


@pytest.mark.parametrize(
    ("text", "name", "identity"),
    [
        ("U.S. officials in New York said that it came from Cuba.", "Cuba", "country:CUB"),
        ("He spoke of the Middle East to students from Maryland.", "Middle East", "region:middle-east"),
        ("An estimated 80,000 people rallied in London against the US president.", "London", "geonames:2643743"),
        ("Georgian troops shelled villages in Georgia near Tbilisi.", "Georgia", "country:GEO"),
        ("A fire broke out in Georgia, officials in Atlanta said.", "Georgia", "geonames:4197000"),
        ("The strike hit the al-Shaer neighborhood of Aleppo in Syria.", "Aleppo", "geonames:170063"),
        ("The army shelled Fuaa and Kafraya in Syria’s Idlib province.", "Kafraya", "ucdp:kafarya-town"),
    ],
)
def test_a_large_place_is_meant_before_small_ones_of_its_name(text: str, name: str, identity: str) -> None:
    assert read(text)[name].gazetteer_id == identity


@pytest.mark.parametrize("text", ["She studied at Yale University.", "He prayed at the Lincoln Church."])
def test_a_building_named_like_a_village_is_not_that_village(text: str) -> None:
    assert all(p.gazetteer_id is None for p in read_places(text))


@pytest.mark.parametrize(
    "text", ["Al-Qaida said so.", "They fight for Boko Haram and against Hezbollah.", "It was organised via Skype."]
)
def test_groups_and_words_are_no_villages(text: str) -> None:
    assert read_places(text) == ()


def test_a_border_is_a_line_without_a_point() -> None:
    (border,) = read_places("Air strikes near the Iraq-Syria border killed four.")
    assert (border.name, border.kind, border.gazetteer_id) == ("Iraq-Syria border", "border", "border:IRQ-SYR")
    assert border.lat is None
    assert border.country is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It lies on Syria’s border with Jordan.", "Syria’s border with Jordan"),
        ("They met at the Syrian border.", "Syrian border"),
        ("It crossed the Iraq–Syria border.", "Iraq–Syria border"),
    ],
)
def test_borders_in_other_words(text: str, words: str) -> None:
    assert [p.span.text for p in read_places(text)] == [words]


def test_an_unknown_place_keeps_the_country_that_the_text_gives() -> None:
    place = read("The strike hit Xyzzyville village in eastern Syria.")["Xyzzyville village"]
    assert (place.gazetteer_id, place.lat, place.country) == (None, None, "SYR")
    assert "no such place in the gazetteer" in (place.reason or "")


def test_an_unknown_quarter_is_placed_only_as_far_as_its_city() -> None:
    place = read("Shells hit Qqwzx neighborhood in Aleppo city in Syria.")["Qqwzx neighborhood"]
    assert (place.country, place.admin1, place.precision) == ("SYR", "Aleppo", 2)
    assert (place.radius_km or 0) >= 15


def test_a_plural_type_word_is_that_of_all_names_before_it() -> None:
    places = read("Shells hit al-Hamadaniyeh and Saif al-Dawleh neighborhoods in Aleppo city.")
    assert {"al-Hamadaniyeh", "Saif al-Dawleh neighborhoods"} <= places.keys()
    assert places["al-Hamadaniyeh"].kind == "district"


def test_near_a_place_is_less_exact_than_in_it() -> None:
    at = read("It exploded in Erbil, Iraq.")["Erbil"]
    near = read("It exploded near Erbil, Iraq.")["Erbil"]
    assert (at.precision, near.precision) == (1, 2)
    assert (near.radius_km or 0) > (at.radius_km or 0)


def test_a_name_with_a_province_before_it_stays_the_province() -> None:
    places = read_places("He was in Deir el-Zour province in Syria. It is quiet in Deir el-Zour now.")
    assert [p.kind for p in places] == ["admin1", "country", "admin1"]


def test_hints_open_the_way_for_a_name_without_other_evidence() -> None:
    text = "Ramouseh burns. Syrian rebels withdrew."
    assert "Ramouseh" not in read(text)
    assert "Ramouseh" in read(text, spans=[(0, 8, "GPE")])


def test_a_person_by_the_taggers_hint_is_no_place() -> None:
    text = "According to Aleppo, the war is over."
    assert read_places(text, [(13, 19, "PERSON")]) == ()


def test_the_dateline_is_weak_evidence() -> None:
    text = "Gunmen opened fire in Tripoli on Monday."
    assert read(text, dateline=Dateline(place="BEIRUT"))["Tripoli"].country == "LBN"


def test_text_before_start_is_not_read() -> None:
    text = "BAGHDAD -- Gunmen attacked Mosul, Iraq."
    assert [p.name for p in read_places(text, start=11)] == ["Mosul", "Iraq"]


def test_ids_are_numbered_and_spans_are_the_words() -> None:
    text = "From Homs in Syria to Mosul in Iraq."
    places = read_places(text)
    assert [p.id for p in places] == [f"p{i}" for i in range(1, len(places) + 1)]
    assert all(text[p.span.start : p.span.end] == p.span.text for p in places)


WORDS = st.sampled_from(
    [
        "in",
        "near",
        "of",
        "the",
        "and",
        "Syria",
        "Syrian",
        "Aleppo",
        "Idlib",
        "province",
        "town",
        "city",
        "border",
        "with",
        "Iraq's",
        "Mosul,",
        "eastern",
        "field",
        "al-",
        "Bab",
        "al-Omar",
        "neighborhoods",
        ".",
        ",",
        "–",
        "Texas",
        "La.",
        "XYZ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_is_read_without_error(text: str) -> None:
    places = read_places(text)
    assert places == read_places(text)
    for place in places:
        assert text[place.span.start : place.span.end] == place.span.text
        assert place.precision is None or 1 <= place.precision <= 7
        assert (place.lat is None) == (place.lon is None)
    ends = [p.span.end for p in places]
    assert all(a <= p.span.start for a, p in zip(ends, places[1:], strict=False))
