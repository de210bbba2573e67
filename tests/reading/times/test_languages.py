"""Another language is data alone: two small lexicons over the shared forms."""

from __future__ import annotations

import pytest
import yaml

from sayso.reading.times import Lexicon, compile_lexicon, read_times
from sayso.reading.times.forms import BUILDERS

MONDAY = "2021-07-05"
GERMAN = """
classes:
  weekday: {words: {montag: 1, dienstag: 2, mittwoch: 3, donnerstag: 4, freitag: 5, samstag: 6, sonntag: 7}}
  month: {words: {mai: 5, juni: 6, juli: 7}}
  day_word: {words: {heute: 0, gestern: -1, morgen: 1}}
  part: {words: {abend: EV, nacht: NI}}
  last: {words: {vergangenen: -1, letzten: -1}}
  number_word: {words: {zwei: 2, drei: 3}}
  units: {words: {tagen: D, wochen: W}}
  ago: {words: {vor: -1}}
  since: {words: {seit: since}}
rules:
  - {name: calendar, pattern: "(?P<date>(n12|n24|n31) dot month) (?P<year>year4)?", build: calendar}
  - {name: part_of_day, pattern: "(?P<day>weekday|day_word) (?P<part>part)", build: part_of_day}
  - {name: weekday, pattern: "(?P<rel>last)? (?P<weekday>weekday)", build: weekday}
  - {name: day_word, pattern: "(?P<day>day_word)", build: day_word}
  - {name: ago, pattern: "(?P<ago>ago) (?P<count>number_word) (?P<unit>units)", build: ago}
cues:
  future: {words: [wird, werden, soll, sollen]}
  past: {words: [wurde, wurden, war, kam, sagte]}
  past_endings: {words: [te, ten]}
"""
SPANISH = """
classes:
  weekday: {words: {lunes: 1, martes: 2, jueves: 4, viernes: 5, domingo: 7}}
  month: {words: {mayo: 5, junio: 6, julio: 7}}
  day_word: {words: {hoy: 0, ayer: -1}}
  of: {words: {de: of, del: of}}
rules:
  - {name: calendar, pattern: "(?P<date>(n12|n24|n31) of month) (?:of (?P<year>year4))?", build: calendar}
  - {name: weekday, pattern: "(?P<weekday>weekday)", build: weekday}
  - {name: day_word, pattern: "(?P<day>day_word)", build: day_word}
cues:
  future: {words: [será, habrá, comenzará]}
"""


@pytest.fixture(scope="module")
def german() -> Lexicon:
    return compile_lexicon(yaml.safe_load(GERMAN))


@pytest.mark.parametrize(
    ("text", "words", "value", "start", "end", "precision"),
    [
        ("Der Angriff kam am Sonntag.", "Sonntag", "2021-07-04", "2021-07-04", "2021-07-04", "day"),
        ("Die Gespräche werden am Sonntag beginnen.", "Sonntag", "2021-07-11", "2021-07-11", "2021-07-11", "day"),
        ("Sie kam am vergangenen Montag.", "vergangenen Montag", "2021-06-28", "2021-06-28", "2021-06-28", "day"),
        ("Es geschah am 28. Juni.", "28. Juni", "2021-06-28", "2021-06-28", "2021-06-28", "day"),
        ("Es geschah am 3. Mai 2019.", "3. Mai 2019", "2019-05-03", "2019-05-03", "2019-05-03", "day"),
        ("Es geschah Freitag Nacht.", "Freitag Nacht", "2021-07-02TNI", "2021-07-02", "2021-07-03", "part_of_day"),
        ("Es geschah vor drei Tagen.", "vor drei Tagen", "2021-07-02", "2021-07-02", "2021-07-02", "day"),
        ("Es gilt seit Freitag.", "Freitag", "2021-07-02", "2021-07-02", "2021-07-05", "day"),
    ],
)
def test_times_of_a_german_report(
    german: Lexicon, text: str, words: str, value: str, start: str, end: str, precision: str
) -> None:
    (time,) = read_times(text, MONDAY, words=german)
    assert (time.span.text, time.value, time.start, time.end, time.precision) == (words, value, start, end, precision)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("El ataque ocurrió el domingo.", "2021-07-04"),
        ("La reunión será el jueves.", "2021-07-08"),
        ("Ocurrió el 28 de junio de 2020.", "2020-06-28"),
        ("Ocurrió ayer.", "2021-07-04"),
    ],
)
def test_times_of_a_spanish_report(text: str, value: str) -> None:
    spanish = compile_lexicon(yaml.safe_load(SPANISH))
    assert [time.value for time in read_times(text, MONDAY, words=spanish)] == [value]


def test_times_of_one_language_are_not_read_in_another(german: Lexicon) -> None:
    assert read_times("The attack came on Sunday.", MONDAY, words=german) == ()


def test_times_rules_of_any_language_name_shared_forms() -> None:
    rules = [*yaml.safe_load(GERMAN)["rules"], *yaml.safe_load(SPANISH)["rules"]]
    assert {rule["build"] for rule in rules} <= set(BUILDERS)
