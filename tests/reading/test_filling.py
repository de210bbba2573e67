"""Sides that the rules leave empty, filled with the words that the trained reader marks."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.model import Modality
from sayso.reading.details import DetailReader
from sayso.reading.encoder.entities import Filler
from sayso.reading.events import Draft
from sayso.reading.filling import LEAST, fill_sides
from sayso.reading.mentions import Mention
from sayso.reading.nouns import NounReader
from sayso.reading.roles import Detail
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import find_triggers, find_weapons

TEXT = "In the attack near the village, which gunmen of the militia had planned, two soldiers died."
ACTUAL: Modality = "actual"


def drafts(s: Syntax) -> tuple[list[Draft], NounReader]:
    """Each mention of an event as an event that has nobody on either side."""
    weapons = find_weapons(s)
    triggers = find_triggers(s, weapons)
    found = [Draft([Mention(t, s.sentence_of[t.head], [])], t.type, ACTUAL, number=n) for n, t in enumerate(triggers)]
    return found, DetailReader(s, weapons, triggers, {}, frozenset()).nouns


def filler(text: str, words: str, role: str, share: float = 0.9) -> Filler:
    start = text.index(words)
    return Filler(start, start + len(words), role, share)


def filled(s: Syntax, text: str, *fillers: tuple[str, str, float], given: Detail | None = None) -> list[list[str]]:
    """The sides of each event, as slot and words."""
    found, nouns = drafts(s)
    if given is not None:
        found[0].mentions[0].details.append(given)
    fill_sides(found, [filler(text, *one) for one in fillers], s, nouns)
    return [[f"{x.slot} {' '.join(s.word[x.lo : x.hi])}" for m in draft.mentions for x in m.details] for draft in found]


@pytest.mark.parametrize(
    ("words", "role", "side"),
    [
        ("gunmen of the militia", "perp_ind", "initiator gunmen of the militia"),
        ("the militia", "perp_org", "initiator the militia"),
        ("two soldiers", "victim", "recipient two soldiers"),
        ("two soldiers", "described", "recipient two soldiers"),
    ],
)
def test_an_empty_side_is_filled_with_the_words_of_its_role(parsed: Parse, words: str, role: str, side: str) -> None:
    s = parsed(TEXT)
    (first, *_) = filled(s, TEXT, (words, role, 0.9))
    assert first == [side]


def test_what_the_reader_doubts_fills_nothing(parsed: Parse) -> None:
    assert not any(filled(parsed(TEXT), TEXT, ("two soldiers", "victim", LEAST - 0.01)))


def test_a_role_that_is_no_side_fills_nothing(parsed: Parse) -> None:
    assert not any(filled(parsed(TEXT), TEXT, ("gunmen", "weapon", 0.9)))


def test_a_side_that_the_rules_filled_stays_as_read(parsed: Parse) -> None:
    s = parsed(TEXT)
    village = s.word.index("village")
    given = Detail("recipient", village, village + 1, village, village + 1)
    (first, *_) = filled(s, TEXT, ("two soldiers", "victim", 0.9), given=given)
    assert first == ["recipient village"]


def test_words_that_another_detail_holds_are_not_taken_again(parsed: Parse) -> None:
    s = parsed(TEXT)
    soldiers = s.word.index("soldiers")
    given = Detail("recipient", soldiers, soldiers + 1, soldiers, soldiers + 1)
    assert filled(s, TEXT, ("two soldiers", "perp_ind", 0.9), given=given)[0] == ["recipient soldiers"]


def test_words_of_another_sentence_fill_nothing(parsed: Parse) -> None:
    text = "There was an attack on Sunday. The soldiers went home."
    assert not any(filled(parsed(text), text, ("The soldiers", "victim", 0.9)))


def test_the_nearest_event_of_the_sentence_is_filled(parsed: Parse) -> None:
    text = "A bombing shook the town at dawn, and in the evening there was a kidnapping of two farmers by the road."
    s = parsed(text)
    found, _ = drafts(s)
    assert [d.type for d in found] == ["bombing", "abduction"]
    assert filled(s, text, ("two farmers", "victim", 0.9)) == [[], ["recipient two farmers"]]


def test_who_is_hit_by_nothing_is_no_recipient(parsed: Parse) -> None:
    text = "A ceasefire began on Sunday near two farmers."
    s = parsed(text)
    assert [d.type for d in drafts(s)[0]] == ["ceasefire"]
    assert filled(s, text, ("two farmers", "victim", 0.9)) == [[]]


def test_words_that_name_nobody_who_acts_are_no_initiator(parsed: Parse) -> None:
    assert not any(filled(parsed(TEXT), TEXT, ("the village", "perp_ind", 0.9)))


def test_somebody_who_died_did_not_do_it(parsed: Parse) -> None:
    assert not any(filled(parsed(TEXT), TEXT, ("two soldiers", "perp_ind", 0.9)))
