"""The scorer of event and place: rows, spans, counts; and the floors of the labelled set where it is at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.event_location import HELD_OUT, Row, agreement, count, labelled, score, tenth
from sayso.evaluation.floors import TOLERANCE
from sayso.evaluation.timeml import Score

DATA = Path(__file__).parents[3] / "shared" / "data" / "event_location"
FLOORS = json.loads((Path(__file__).parent / "floors_event_location.json").read_text("utf-8"))
TEXT = "Men were killed in Homs and Hama, police in London said."


def span(words: str, label: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "label": label, **more}


def write(folder: Path, *rows: Any) -> Path:
    file = folder / "labelled.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    return file


def row(*spans: dict[str, Any], answer: str | None = "accept") -> dict[str, Any]:
    return {"text": TEXT, "spans": list(spans), "meta": None, "answer": answer}


def test_rows_have_verb_and_places(tmp_path: Path) -> None:
    write(tmp_path, row(span("killed", "VERB"), span("Homs", "LOCATION"), span("Hama,", "LOCATION")))
    found = list(labelled(tmp_path))
    assert [[TEXT[a:b] for a, b in (r.verb, *r.places)] for r in found] == [["killed", "Homs", "Hama"]]


def test_rejected_rows_and_rows_without_a_verb_are_left_out(tmp_path: Path) -> None:
    file = write(tmp_path, row(span("killed", "VERB"), answer="reject"), row(span("Homs", "LOCATION")), row())
    assert list(labelled(file)) == []


def test_offsets_in_tokens_are_mended_by_the_words(tmp_path: Path) -> None:
    place = {"start": 4, "end": 4, "token_start": 4, "token_end": 4, "label": "LOCATION", "text": "Homs"}
    write(tmp_path, row(span("killed", "VERB"), place))
    assert [TEXT[a:b] for r in labelled(tmp_path) for a, b in r.places] == ["Homs"]


@pytest.mark.parametrize("line", ["{", '{"text": "A"}', '{"text": "A", "spans": [{"label": "VERB"}]}', "[]"])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    file = write(tmp_path, row(span("killed", "VERB")), line)
    with pytest.raises(SaysoError, match="S728 line 2"):
        list(labelled(file))


def test_spans_count_as_same_overlapping_and_by_token() -> None:
    rows = [Row("In Deir ez-Zor", (0, 2), ((3, 14),)), Row("In Homs", (0, 2), ())]
    scores = count(rows, [[(3, 7)], [(3, 7)]])
    assert scores.exact == Score(0, 2, 1)
    assert scores.overlapping == Score(1, 2, 1)
    assert scores.tokens == Score(1, 2, 3)
    assert scores.overlapping_located == Score(1, 1, 1)
    assert (scores.rows, scores.located, scores.right_rows) == (2, 1, 1)


def test_one_span_that_was_read_counts_for_one_place_only() -> None:
    scores = count([Row("Homs and Hama", (0, 1), ((0, 4), (9, 13)))], [[(0, 13)]])
    assert scores.overlapping == Score(1, 1, 2)


def test_the_tenth_of_a_sentence_hangs_on_its_words_alone() -> None:
    assert tenth("  Homs fell.\n") == tenth("Homs fell.")
    assert {tenth(f"Homs fell {n} times.") for n in range(200)} == set(range(10))


def test_people_agree_as_far_as_two_of_them_give_the_same_spans(tmp_path: Path) -> None:
    verb = span("killed", "VERB")
    write(tmp_path, row(verb, span("Homs", "LOCATION")), row(verb, span("Homs", "LOCATION"), span("Hama", "LOCATION")))
    assert agreement(tmp_path) == Score(1, 2, 1)


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/event_location")
def test_held_out_tenth_is_placed_as_well_as_before() -> None:
    scores = score(DATA)
    assert scores.rows == FLOORS["rows"]
    for name, floor in FLOORS["f1"].items():
        assert getattr(scores, name).f1 >= floor - TOLERANCE, name
    assert FLOORS["tenth"] == HELD_OUT
