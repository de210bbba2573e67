"""The scorer of factuality: its table and its figures by hand, and predicates as the trained reader takes them."""

from __future__ import annotations

import gzip
import json
import re
from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import yaml

from sayso.errors import SaysoError
from sayso.evaluation import factuality
from sayso.evaluation.factuality import (
    CERTAIN,
    NOT,
    UNCERTAIN,
    Judged,
    Sentence,
    Target,
    as_figures,
    as_page,
    as_text,
    class_of,
    judge,
    measure,
    parts,
    pearson,
    score_sets,
    value_at,
    values,
)
from sayso.evaluation.timeml import Score
from sayso.model import Modality, Stance
from sayso.reading.encoder.inference import Encoded
from sayso.reading.encoder.windows import Pieces

DATA = Path(__file__).parents[3] / "shared" / "data" / "factuality"
TABLE = Path(factuality.__file__).with_suffix(".yaml")


def sentence(words: str, *predicates: str, label: float = 3.0) -> Sentence:
    tokens = words.split(" ")
    spans = [(tokens.index(word), tokens.index(word) + 1) for word in predicates]
    return Sentence(words, tuple(Target(span, label) for span in spans))


def judged(annotated: float, read: float, *, ruled: float = 3.0, seen: bool = True) -> Judged:
    return Judged(annotated, read, ruled, "actual", "asserts", seen, "")


def encoded(text: str, *marked: tuple[str, float]) -> Encoded:
    """A text of which each word has a value."""
    bounds, at = [], 0
    for word, _ in marked:
        at = text.index(word, at)
        bounds.append((at, at + len(word)))
        at += len(word)
    starts, ends = np.array(bounds, dtype=np.int64).T
    pieces = Pieces(np.arange(len(bounds)), starts, ends, np.arange(len(bounds)))
    scores = np.array([[value] for _, value in marked], dtype=np.float32)
    return Encoded(pieces, {"factuality": scores}, np.zeros(0, dtype=np.float32), ())


def folder(path: Path, *rows: Any, name: str = "UW.dev.jsonl.gz") -> Path:
    with gzip.open(path / name, "wt", encoding="utf-8") as lines:
        lines.writelines((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    return path


ROW = {"text": "No rockets hit Homs .", "targets": [{"span1": [2, 3], "label": -3.0, "span_text": "hit"}], "idx": 0}


# The table --------------------------------------------------------------------------------------------------------


def test_every_modality_and_stance_has_a_value_on_the_scale() -> None:
    table = values()
    assert set(table) == set(product(get_args(Modality), get_args(Stance)))
    assert all(-3 <= value <= 3 for value in table.values())
    assert (table["actual", "asserts"], table["actual", "uncertain"], table["actual", "denies"]) == (3, 0, -3)


def test_every_entry_of_the_table_says_what_it_means() -> None:
    entries = [entry for row in yaml.safe_load(TABLE.read_text("utf-8")).values() for entry in row.values()]
    assert all(entry["label"] and entry["help"] for entry in entries)


# Figures by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name"),
    [(3, CERTAIN), (1.6, CERTAIN), (1.5, UNCERTAIN), (0, UNCERTAIN), (-1.5, UNCERTAIN), (-1.6, NOT), (-3, NOT)],
)
def test_a_value_belongs_to_the_nearest_of_three(value: float, name: str) -> None:
    assert class_of(value) == name


def test_error_correlation_and_classes_by_hand() -> None:
    scores = measure([(3, 3), (2, 3), (0, 3), (-3, -3), (1, 0)])
    assert scores.predicates == 5
    assert scores.mae == pytest.approx((0 + 1 + 3 + 0 + 1) / 5)
    assert scores.constant == pytest.approx((0 + 1 + 3 + 6 + 2) / 5)
    # Means 0.6 and 1.2; the sums of products 23.4 - and of squares 21.2 and 28.8.
    products = 2.4 * 1.8 + 1.4 * 1.8 - 0.6 * 1.8 + 3.6 * 4.2 - 0.4 * 1.2
    assert scores.r == pytest.approx(products / sqrt(21.2 * 28.8))
    assert scores.of(CERTAIN) == Score(2, 3, 2)
    assert scores.of(UNCERTAIN) == Score(1, 1, 2)
    assert scores.of(NOT) == Score(1, 1, 1)
    assert scores.macro_f1 == pytest.approx((4 / 5 + 2 / 3 + 1) / 3)
    assert scores.confusion[UNCERTAIN, CERTAIN] == 1


def test_nothing_to_tell_a_figure_by_leaves_it_out() -> None:
    assert pearson([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) == pytest.approx(1.0)
    assert pearson([1.0, 2.0], [3.0, 3.0]) is None
    nothing = measure([])
    assert (nothing.mae, nothing.r, nothing.constant, nothing.macro_f1) == (None, None, None, 0.0)


# What the reading makes of predicates -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "predicate", "how"),
    [
        ("Rockets hit the base on Sunday .", "hit", ("actual", "asserts")),
        ("Rockets did not hit the base on Sunday .", "hit", ("actual", "denies")),
        ("The army denied that rockets hit the base .", "hit", ("actual", "denies")),
        ("Rockets reportedly hit the base on Sunday .", "hit", ("actual", "uncertain")),
        ("They vowed to attack the base .", "attack", ("planned", "asserts")),
        ("They will not attack the base .", "attack", ("planned", "denies")),
        ("They might attack the base .", "attack", ("hypothetical", "asserts")),
        ("They regularly attack the base .", "attack", ("generic", "asserts")),
        ("It is not clear whether rockets hit the base .", "hit", ("hypothetical", "uncertain")),
        ("He did not cook dinner .", "cook", ("actual", "denies")),
    ],
)
def test_a_predicate_is_told_as_a_mention_would_be(words: str, predicate: str, how: tuple[str, str]) -> None:
    (one,) = judge([sentence(words, predicate)])
    assert (one.modality, one.stance) == how
    assert one.ruled == values()[one.modality, one.stance]
    assert -3 <= one.read <= 3
    assert f"[{predicate}]" in one.words


@pytest.mark.parametrize(
    ("predicate", "value"),
    [("Rockets", 0.5), ("hit", 2.0), ("base", 3.0), ("Homs", -3.0), ("ckets", 0.5), (" hit", 2.0), (".", -3.0)],
)
def test_the_value_is_that_of_the_first_word_and_stays_on_the_scale(predicate: str, value: float) -> None:
    text = "Rockets hit a base at Homs."
    words = encoded(text, ("Rockets", 0.5), ("hit", 2.0), ("base", 3.7), ("Homs", -9.0))
    assert value_at(words, text.index(predicate)) == value


def test_the_trained_reader_tells_what_happened_from_what_did_not() -> None:
    (one,) = judge([sentence("Rockets hit the base and killed two soldiers on Sunday .", "hit")])
    (other,) = judge([sentence("If it rained tomorrow , he might perhaps go to the park .", "go")])
    assert one.read > other.read


def test_sentences_are_read_alike_alone_and_together() -> None:
    some = [sentence("Rockets hit the base .", "hit"), sentence("He did not cook dinner .", "cook")]
    assert judge(some) == [found for one in some for found in judge([one])]


def test_predicates_are_parted_by_whether_the_reading_sees_an_event() -> None:
    found = judge([sentence("The minister was worried after rockets hit the base .", "worried", "hit")])
    assert [one.seen for one in found] == [False, True]


# Sets and how they are shown ------------------------------------------------------------------------------------------


def test_the_development_part_of_each_set_is_scored(tmp_path: Path) -> None:
    folder(tmp_path, ROW)
    folder(tmp_path, ROW, ROW, name="UDS_IH2.dev.jsonl.gz")
    folder(tmp_path, "no row", name="UW.train.jsonl.gz")
    sets = score_sets(tmp_path)
    assert {name: found.every.predicates for name, found in sets.items()} == {"UDS_IH2": 2, "UW": 1}
    assert list(score_sets(tmp_path / "UDS_IH2.dev.jsonl.gz")) == ["UDS_IH2"]


def test_figures_table_and_page_tell_the_same(tmp_path: Path) -> None:
    sets = {"UW": parts([judged(3, 3, seen=False), judged(-3, 3, ruled=-3.0, seen=False)])}
    figures = as_figures(sets)
    assert (figures["UW.mae"], figures["UW.r"], figures["UW.seen.predicates"]) == (3.0, None, 0)
    assert figures["UW.ruled.mae"] == 0.0
    assert figures["UW.ruled.r"] == pytest.approx(1.0)
    assert figures["UW.certainly_not.recall"] == 0.0
    rows = [line.split() for line in as_text(sets).splitlines()]
    assert ["UW", "2", "3.000", "–"] in [row[:4] for row in rows]
    assert ["UW,", "by", "modality", "and", "stance", "2", "0.000", "1.000"] in [row[:8] for row in rows]
    page = as_page(sets, "sayso evaluate factuality X")
    assert "| UW, all predicates | 2 | 3.000 | – | 3.000 | 0.667 | 0.000 | 0.000 | 0.222 |" in page
    assert "| UW, all by modality and stance | 2 | 0.000 | 1.000 | 3.000 | 1.000 | 0.000 | 1.000 | 0.667 |" in page
    assert "| UW test, Lee et al. (2015) | | 0.511 | 0.708 |" in page
    assert "| certainly not | 1 | 0 | 0 |" in page


def test_differences_show_the_predicate_in_its_sentence(tmp_path: Path) -> None:
    far, near = ({"span1": [1, 2], "label": label} for label in (-3, 0))
    folder(tmp_path, *(ROW | {"text": "Mortars hit Homs on Sunday .", "targets": [one]} for one in (near, far)))
    first, second = factuality.differences(tmp_path)
    assert re.fullmatch(r"UW -3\.0, read \+\d\.\d \(actual, asserts\): Mortars \[hit\] Homs on Sunday\.", first)
    assert second.startswith("UW +0.0, ")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": "A"}',
        *(json.dumps(ROW | {"targets": [{"span1": s, "label": 0}]}) for s in ([5, 6], [2, 2])),
        *(json.dumps({"text": f"No {s} Homs", "targets": [{"span1": [1, 2], "label": 0}]}) for s in ("", "\u200b")),
    ],
)
def test_a_line_that_is_no_sentence_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(SaysoError, match="S730 line 2"):
        score_sets(folder(tmp_path, ROW, line))


def test_a_folder_without_a_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S731"):
        score_sets(tmp_path)


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/factuality")
def test_factuality_is_read_as_well_as_before() -> None:
    figures = as_figures(score_sets(DATA))
    for name, floor in json.loads((Path(__file__).parent / "floors_factuality.json").read_text("utf-8")).items():
        value = figures[name]
        assert value is not None, name
        if name.endswith(".predicates"):
            assert value == floor, name
        elif name.endswith(".mae"):
            assert value <= floor, name
        else:
            assert value >= floor, name
