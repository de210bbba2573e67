"""Attributions of the trained reader brought to the tokens of the parse."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.model import Paragraph
from sayso.reading.encoder.inference import Spoken
from sayso.reading.hearing import heard, source_heads, tokens, trimmed
from sayso.reading.syntax import Syntax, parse

TEXT = "The army denied that it had shelled the village."
GERMAN = "Die Armee hat das Dorf beschossen, sagte die Polizei."


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def said(s: Syntax, where: tuple[int, int] | None) -> list[str] | None:
    return None if where is None else list(s.word[where[0] : where[1]])


@pytest.mark.parametrize(
    ("words", "touched"),
    [
        ("The army", ["The", "army"]),
        ("rmy den", ["army", "denied"]),
        (" denied ", ["denied"]),
        ("village.", ["village", "."]),
        (TEXT, [*TEXT[:-1].split(" "), "."]),
    ],
)
def test_a_span_is_all_tokens_that_it_touches(parsed: Parse, words: str, touched: list[str]) -> None:
    s = parsed(TEXT)
    assert said(s, tokens(s, span(TEXT, words))) == touched


def test_a_span_between_tokens_touches_none(parsed: Parse) -> None:
    s = parsed(TEXT)
    at = TEXT.index(" army")
    assert tokens(s, (at, at + 1)) is None


def half_parsed(*paragraphs: str) -> Syntax:
    """A text of paragraphs of which only the English is parsed."""
    text, found = "\n\n".join(paragraphs), []
    for words in paragraphs:
        start, end = span(text, words)
        found.append(Paragraph(start, end, "en" if words is TEXT else "de", read=words is TEXT))
    return next(parse([(text, found)]))


@pytest.mark.parametrize("paragraphs", [(TEXT, GERMAN), (GERMAN, TEXT)])
def test_a_span_in_a_paragraph_that_was_not_parsed_touches_none(paragraphs: tuple[str, str]) -> None:
    s = half_parsed(*paragraphs)
    text = s.text
    assert said(s, tokens(s, span(text, "The army"))) == ["The", "army"]
    assert tokens(s, span(text, "sagte die Polizei")) is None


@pytest.mark.parametrize(
    ("text", "source", "heads"),
    [
        ("The US military denied it.", "The US military", ["military"]),
        ("The army and the police denied it.", "The army and the police", ["army", "police"]),
        ("The army and the police denied it.", "The army", ["army"]),
        ("A spokesman for the ministry denied it.", "A spokesman for the ministry", ["spokesman"]),
        ("He denied it.", "He", ["He"]),
        ("The soldiers, who denied it, left.", "who", ["who"]),
        ("The army quickly denied it.", "quickly", []),
    ],
)
def test_the_heads_of_a_source_are_its_nouns(parsed: Parse, text: str, source: str, heads: list[str]) -> None:
    s = parsed(text)
    where = tokens(s, span(text, source))
    assert where is not None
    assert [s.word[k] for k in source_heads(s, where)] == heads


@pytest.mark.parametrize(
    ("words", "left"),
    [(', "he said."', "he said"), ("he said", "he said"), ('"', '"'), ("- that it", "that it")],
)
def test_marks_at_the_edges_of_a_range_are_left_out_but_never_all(parsed: Parse, words: str, left: str) -> None:
    text = f"It was so {words} then"
    s = parsed(text)
    where = tokens(s, span(text, words))
    assert where is not None
    lo, hi = trimmed(s, where)
    assert text[s.start[lo] : s.end[hi - 1]] == left


def spoken(text: str, cue: str, source: tuple[str, ...], content: tuple[str, ...]) -> Spoken:
    sides = [tuple(span(text, words) for words in some) for some in (source, content)]
    return Spoken(span(text, cue), sides[0], sides[1], 0.9)


def test_attributions_come_in_the_order_of_their_cues(parsed: Parse) -> None:
    text = "The army denied that. A monitor said two men died."
    some = [spoken(text, "said", ("A monitor",), ("two men died",)), spoken(text, "denied", ("The army",), ("that",))]
    s = parsed(text)
    first, second = heard(some, s)
    assert (said(s, first.cue), said(s, first.source)) == (["denied"], ["The", "army"])
    assert [said(s, where) for where in second.content] == [["two", "men", "died"]]
    assert [s.word[k] for k in second.heads] == ["monitor"]


def test_of_two_sources_the_nearer_to_the_cue_counts(parsed: Parse) -> None:
    text = "The army spoke at length and the police denied it."
    (one,) = heard([spoken(text, "denied", ("The army", "the police"), ("it",))], parsed(text))
    assert one.source == (6, 8)


def test_where_nobody_is_named_there_is_no_source(parsed: Parse) -> None:
    (one,) = heard([spoken(TEXT, "denied", (), ("that it had shelled",))], parsed(TEXT))
    assert (one.source, one.heads) == (None, ())


def test_what_lies_in_no_parsed_paragraph_is_left_out() -> None:
    s = half_parsed(GERMAN, TEXT)
    text = s.text
    some = [
        spoken(text, "sagte", ("die Polizei",), ("Die Armee",)),
        spoken(text, "denied", ("The army",), ("beschossen",)),
        spoken(text, "denied", ("The army",), ("beschossen", "it had shelled")),
    ]
    (one,) = heard(some, s)
    assert [said(s, where) for where in one.content] == [["it", "had", "shelled"]]
