from __future__ import annotations

from itertools import pairwise

from tests.reading.conftest import Parse

from sayso.model import Paragraph
from sayso.reading.syntax import MAX_PARAGRAPH, parse


def test_offsets_are_code_points_of_the_report(parsed: Parse) -> None:
    text = "Ünïcode “quotes”.\n\n  The army said so."
    s = parsed(text)
    assert [text[a:b] for a, b in zip(s.start, s.end, strict=True)] == s.word


def test_paragraphs_are_never_one_sentence(parsed: Parse) -> None:
    s = parsed("The army said\n\nrebels attacked the base")
    assert [s.words(lo, hi) for lo, hi in s.sentences] == ["The army said", "rebels attacked the base"]


def test_unread_paragraphs_are_not_parsed() -> None:
    text = "The army said so. Nobody else."
    (s,) = parse(
        [(text, (Paragraph(start=0, end=17, language="en"), Paragraph(start=18, end=30, language="fr", read=False)))]
    )
    assert s.words(0, len(s.word)) == "The army said so."


def test_long_paragraphs_are_parsed_in_bounded_pieces() -> None:
    text = "The army said rebels attacked the base. " * 1200
    (s,) = parse([(text, (Paragraph(start=0, end=len(text), language="en"),))])
    pieces = {p: (s.start[i], i) for i, p in reversed(list(enumerate(s.paragraph_of)))}
    starts = sorted(start for start, _ in pieces.values())
    assert len(starts) > 2
    assert all(b - a <= MAX_PARAGRAPH for a, b in pairwise(starts))
    assert len(s.word) == 1200 * 8


def test_noun_phrases_name_one_thing(parsed: Parse) -> None:
    s = parsed("The spokesman for the ministry, who was in Homs, and a soldier left.")
    assert s.words(*s.noun_phrase(1)) == "The spokesman for the ministry"
    assert [s.word[i] for i in s.conjuncts(1)] == ["spokesman", "soldier"]


def test_distance_is_counted_in_the_tree(parsed: Parse) -> None:
    s = parsed("Rebels attacked the base. The army fled.")
    assert (s.distance(0, 1), s.distance(0, 3), s.distance(0, 6)) == (1, 2, None)


def test_quoted_tokens(parsed: Parse) -> None:
    s = parsed("“We left,” he said.")
    assert [s.word[i] for i, quoted in enumerate(s.quoted) if quoted] == ["We", "left", ","]


def test_the_acronym_of_the_islamic_state_is_a_name_and_keeps_its_words_and_offsets(parsed: Parse) -> None:
    s = parsed("One officer reported IS fighters had targeted the airport which IS has besieged.")
    named = [i for i, word in enumerate(s.word) if word == "IS"]
    assert [s.tag[i] for i in named] == ["NNP", "NNP"]
    assert [s.text[s.start[i] : s.end[i]] for i in named] == ["IS", "IS"]
    assert s.text[s.start[-1] : s.end[-1]] == "."
    assert s.head[named[0]] == named[0] + 1


def test_a_headline_in_capitals_keeps_its_verb(parsed: Parse) -> None:
    s = parsed("TRUCE IS OVER")
    assert s.tag[1] != "NNP"


def test_tokens_far_apart_in_the_tree_have_no_distance(parsed: Parse) -> None:
    s = parsed("Gunmen killed a man who had seen a woman who had met a guard.")
    first, last = s.low.index("gunmen"), s.low.index("guard")
    steps = s.distance(first, last)
    assert steps is not None
    assert s.distance(first, last, most=steps) == steps
    assert s.distance(first, last, most=2) is None
