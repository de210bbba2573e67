from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.reading.nouns import NounReader, kind_of, of_nation
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import find_triggers, find_weapons


def reader(s: Syntax) -> NounReader:
    weapons = find_weapons(s)
    triggers = find_triggers(s, weapons)
    weapon_at = {k: w for w in weapons for k in range(w.lo, w.hi)}
    return NounReader(s, weapon_at, {k: t for t in triggers for k in range(t.lo, t.hi)}, {}, frozenset())


@pytest.mark.parametrize(
    ("text", "head", "acts", "hit"),
    [
        ("The gunmen were there.", "gunmen", True, True),
        ("Dozens of rebels were there.", "Dozens", True, True),
        ("Dozens of shells were there.", "Dozens", False, False),
        ("A warplane was there.", "warplane", True, True),
        ("The hospital was there.", "hospital", False, True),
        ("The damage was great.", "damage", False, False),
        ("The strategy was new.", "strategy", False, False),
        ("The town was far.", "town", False, False),
        ("Residential areas were near.", "areas", False, True),
        ("Some areas were near.", "areas", False, False),
        ("The planners were there.", "planners", True, True),
        ("The numbers were high.", "numbers", False, False),
        ("The neighborhoods of Jalloum were near.", "neighborhoods", False, True),
        ("The Western governments were there.", "governments", True, True),
        ("The Reuters reporter was there.", "reporter", False, False),
    ],
)
def test_who_acts_and_what_is_hit(parsed: Parse, text: str, head: str, acts: bool, hit: bool) -> None:
    s = parsed(text)
    nouns = reader(s)
    h = s.word.index(head)
    assert (nouns.can_act(h), nouns.can_be_hit(h)) == (acts, hit)


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Earlier two children were killed.", "children", "two children"),
        ("Rockets hit a house near Homs with a roar.", "house", "a house near Homs"),
        ("A shell killed a man and his wife.", "man", "a man and his wife"),
        ("Jets hit a depot used by rebels.", "depot", "a depot used by rebels"),
        ("Rockets hit al-Joura and al-Qusour neighborhoods.", "neighborhoods", "al-Joura and al-Qusour neighborhoods"),
    ],
)
def test_the_name_of_a_side_is_what_the_words_call_it(parsed: Parse, text: str, head: str, name: str) -> None:
    s = parsed(text)
    assert s.words(*reader(s).phrase(s.word.index(head))) == name


def test_what_a_word_of_quantity_counts(parsed: Parse) -> None:
    s = parsed("Five of the attackers were captured.")
    assert s.word[reader(s).core(0)] == "attackers"


def test_nations_and_kinds() -> None:
    assert [word for word in ("syrian", "kurds", "regime") if of_nation(word)] == ["syrian", "kurds"]
    assert kind_of("the convoy") == "facility"
    assert kind_of("Another blow") is None
