from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.reading.language import read_paragraphs, refuse_foreign, report_language, split_paragraphs

ENGLISH = "Two rockets were fired at a base in the east of the country on Sunday, the army said in a statement."
FRENCH = (
    "Au moins dix personnes ont été tuées samedi dans une attaque menée par des hommes armés contre un village, "
    "ont indiqué des sources locales."
)
SAMPLES = {
    "fr": FRENCH,
    "es": "Al menos diez personas murieron el sábado en un ataque de hombres armados contra una aldea, dicen testigos.",
    "de": "Mindestens zehn Menschen sind am Samstag bei einem Angriff bewaffneter Männer auf ein Dorf getötet worden.",
    "tr": "Cumartesi günü silahlı kişilerin bir köye düzenlediği saldırıda en az on kişi hayatını kaybetti.",
    "ar": "قتل عشرة أشخاص على الأقل في هجوم شنه مسلحون على قرية وسط مالي يوم السبت بحسب مصادر محلية",
    "fa": "دست‌کم ده نفر در حمله افراد مسلح به روستایی در مرکز مالی کشته شدند، منابع محلی گفتند",
    "ru": "По меньшей мере десять человек погибли в субботу в результате нападения вооруженных людей на деревню",
    "uk": "Щонайменше десять людей загинули в суботу внаслідок нападу озброєних людей на село, повідомили джерела",
    "he": "לפחות עשרה בני אדם נהרגו בשבת בהתקפה של חמושים על כפר",
    "zh": "当地消息人士称，周六武装人员袭击马里中部一个村庄，造成至少十人死亡。",
    "ja": "現地の情報筋によると、土曜日に武装した男たちが村を襲撃し、少なくとも10人が死亡した。",
}


@pytest.mark.parametrize(("code", "words"), SAMPLES.items())
def test_other_languages_are_named_and_not_read(code: str, words: str) -> None:
    (paragraph,) = read_paragraphs(words)
    assert (paragraph.language, paragraph.read) == (code, False)
    assert paragraph.reason is not None
    assert "sayso reads English so far" in paragraph.reason


@pytest.mark.parametrize(
    "words",
    [
        ENGLISH,
        "Jaysh al-Islam, Ahrar al-Sham, Nour al-Din al-Zenki and Liwa Suqour al-Jabal took Tell Rifaat on Monday.",
        "57 Civilians killed 150 Injured in Continued Terrorist Attacks on Aleppo al-Hamadaniyeh al-Midan Salah al-Din",
        "“Allahu akbar,” he shouted, “la ilaha illa Allah,” before the explosives went off near Bab al-Hawa, he said.",
        "Air raids on Aleppos Marjeh district killed 10 people including seven children on Friday SOHR said",
        "The word رافضة was sprayed on the walls of the shrine, and the word شهيد beside it, residents said.",
        "Tags Syria Homs Waer napalm incendiary weapons war crimes Syrian conflict civilians barrel bombs",
    ],
)
def test_english_full_of_foreign_names_is_english(words: str) -> None:
    (paragraph,) = read_paragraphs(words)
    assert (paragraph.language, paragraph.read, paragraph.reason) == ("en", True, None)


def test_each_paragraph_is_judged_for_itself() -> None:
    text = f"{ENGLISH}\n\n{FRENCH}\n\n{SAMPLES['ar']}\n\n{ENGLISH}"
    paragraphs = read_paragraphs(text)
    assert [paragraph.language for paragraph in paragraphs] == ["en", "fr", "ar", "en"]
    assert [text[paragraph.start : paragraph.end] for paragraph in paragraphs] == [
        ENGLISH,
        FRENCH,
        SAMPLES["ar"],
        ENGLISH,
    ]
    assert report_language(paragraphs) == "en"
    refuse_foreign(paragraphs, "a.txt")


def test_short_paragraphs_take_the_language_of_the_one_before_or_else_after() -> None:
    paragraphs = read_paragraphs(f"Mali\n\n{FRENCH}\n\nFin.\n\n{ENGLISH}\n\nEnd.")
    assert [paragraph.language for paragraph in paragraphs] == ["fr", "fr", "fr", "en", "en"]


def test_short_lines_are_judged_together() -> None:
    text = "Dix personnes ont été tuées.\n\nLes auteurs sont inconnus.\n\nLe village est détruit, selon la police."
    assert {paragraph.language for paragraph in read_paragraphs(text)} == {"fr"}
    assert read_paragraphs("Two died.")[0].language == "en"


def test_a_report_in_another_language_is_refused_by_name() -> None:
    with pytest.raises(SaysoError, match=r"S302 a\.txt is in Arabic\. sayso reads English so far"):
        refuse_foreign(read_paragraphs(SAMPLES["ar"]), "a.txt")


def test_no_paragraph_is_no_language_but_english() -> None:
    assert read_paragraphs(" \n ") == ()
    assert report_language(()) == "en"
    refuse_foreign((), "a.txt")


def test_reading_starts_where_the_prose_does() -> None:
    text = f" date 2021-07-05 {ENGLISH}"
    (paragraph,) = read_paragraphs(text, 17)
    assert (paragraph.start, paragraph.end) == (17, len(text))


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.\n \n Three. ", ["One.", "Two.", "Three."]),
        ("One died.\nTwo died.", ["One died.", "Two died."]),
        ("Two rockets were fired at a base\nin the east, the army said.", None),
        (f"{ENGLISH}\nNear the end of\nthe day", [ENGLISH, "Near the end of", "the day"]),
    ],
)
def test_line_ends_within_a_sentence_are_wraps(text: str, paragraphs: list[str] | None) -> None:
    assert [text[block.start : block.end] for block in split_paragraphs(text)] == (paragraphs or [text])


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\n .")), st.integers(0, 9))
def test_paragraphs_cover_all_that_is_not_white_space(text: str, start: int) -> None:
    blocks = split_paragraphs(text, start)
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text[start:].split())
    assert all(block.start < block.end for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
