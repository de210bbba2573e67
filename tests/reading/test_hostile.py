"""Hostile and broken texts: read soundly or refused with a code, whatever they hold."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.conftest import PUBLISHED
from tests.reading.test_account import check

from sayso.errors import SaysoError
from sayso.reading.account import read_each, read_report
from sayso.reading.language import read_paragraphs
from sayso.reading.syntax import BATCH, MAX_RUN, MAX_SENTENCE, _batches, _pieces, parse
from sayso.sources import report_from_text

MARKS = [
    "\u200b",
    "\u200f",
    "\u202e",
    "\x00",
    "\ud800",
    "\ufeff",
    "\xad\n",
    "-\n",
    "\f",
    "ﬁ",
    "😀",
    "é",
    "İ",
    "ß",
    "“",
    "((",
]
ODD = st.sampled_from(MARKS)
SOME = "REBELS army attacked HOMS Aleppo killed 12 said THAT denied on Sunday US IS a the ,"
WORDS = st.sampled_from(SOME.split(" "))
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    "text",
    [
        "attack",
        "😀" * 500,
        "1 2 3",
        "http://example.com/a?b=c",
        "\u200f\u200f Rebels attacked Homs \u202e on Sunday.",
        "Rebels\x00 attacked\ud800 Homs.",
        "Rebels Attack Base Near Homs, Killing 12",
        "a" * 5000,
        "The army attacked " + "(" * 300 + "rebels" + ")" * 300,
        '"' * 2000,
        "He said " + '" ' * 600,
        "the army said that the monitor said that " * 100 + "rebels attacked Homs.",
        "The rebels " + "and ".join(["attacked Homs in the north "] * 150),
        "Rebels attacked Homs on Sunday\n" * 120,
        "killed " * 500,
        ". " * 1000,
    ],
)
def test_whatever_a_text_holds_it_is_read_or_refused(text: str) -> None:
    found = next(read_each([report_from_text(text, published=PUBLISHED)]))
    if isinstance(found, SaysoError):
        assert found.code == "S302", found
    else:
        check(found)


@FEW
@given(st.lists(st.one_of(WORDS, ODD, st.text(max_size=6)), max_size=50).map(" ".join))
def test_noise_between_words_breaks_nothing(text: str) -> None:
    with suppress(SaysoError):
        check(read_report(report_from_text("Rebels attacked Homs. " + text, published=PUBLISHED)))


def test_sentences_without_end_are_cut() -> None:
    text = "the rebels attacked the town and " * 200
    (s,) = parse([(text, read_paragraphs(text))])
    assert max(hi - lo for lo, hi in s.sentences) <= MAX_SENTENCE
    assert all(s.sentence_of[h] == s.sentence_of[i] for i, h in enumerate(s.head))
    assert all(lo <= i <= hi for i, (lo, hi) in enumerate(zip(s.left, s.right, strict=True)))
    assert len(s.word) == 200 * 6


def test_runs_without_a_space_are_cut_and_lose_nothing() -> None:
    text = "The army said " + "x" * (3 * MAX_RUN + 7) + " was hit by the rebels."
    (paragraph,) = read_paragraphs(text)
    pieces = list(_pieces(text, paragraph))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert max(b - a for a, b in pieces) <= MAX_RUN + 20


def test_the_parser_holds_a_bounded_batch() -> None:
    pieces = [("", 0, 9_000)] * 20
    batches = list(_batches(pieces))
    assert [p for batch in batches for p in batch] == pieces
    assert max(sum(b - a for _, a, b in batch) for batch in batches) <= BATCH
