from __future__ import annotations

import pytest

from sayso.readers.figures import FigureReader
from sayso.reading.language import read_paragraphs
from sayso.reading.syntax import parse
from sayso.reading.times import read_times

TEXT = (
    "At least 18 soldiers and a cook were killed in 2014 in Homs. The strike wounded 30 people. "
    "Dozens died on Monday. No civilians were hurt. Jets hit a base with four rockets. "
    "Between 40 and 50 fighters were killed."
)


@pytest.fixture(scope="module")
def figures() -> FigureReader:
    syntax = next(parse([(TEXT, read_paragraphs(TEXT))]))
    return FigureReader(syntax, read_times(TEXT, "2021-07-05", 0, None))


def _read(figures: FigureReader, slot: str, words: str) -> object:
    start = TEXT.index(words)
    lo, last = figures._s.token_at(start), figures._s.token_at(start + len(words) - 1)
    assert lo is not None
    assert last is not None
    return figures.read(slot, lo, last + 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slot", "words", "count"),
    [
        ("killed", "At least 18 soldiers", (18, None)),
        ("killed", "18 soldiers", (18, None)),
        ("killed", "a cook", (1, 1)),
        ("killed", "Dozens died", (24, None)),
        ("killed", "Dozens", (24, None)),
        ("injured", "wounded 30 people", (30, 30)),
        ("injured", "30", (30, 30)),
        ("injured", "No civilians were hurt", (0, 0)),
        ("killed", "Between 40 and 50 fighters", (40, 50)),
    ],
)
def test_a_figure_is_never_narrower_than_the_words_around_it(
    figures: FigureReader, slot: str, words: str, count: tuple[int | None, int | None]
) -> None:
    assert _read(figures, slot, words) == count


@pytest.mark.parametrize(
    ("slot", "words", "reason"),
    [
        ("injured", "At least 18 soldiers", "not of those injured"),
        ("killed", "30 people", "not of those killed"),
        ("killed", "in 2014", "no figure"),
        ("killed", "a base", "no figure"),
        ("killed", "hit", "no figure"),
        ("killed", TEXT[: TEXT.index(" on Monday")], "more than one figure"),
    ],
)
def test_words_without_one_figure_of_their_slot_give_a_reason(
    figures: FigureReader, slot: str, words: str, reason: str
) -> None:
    assert reason in str(_read(figures, slot, words))
