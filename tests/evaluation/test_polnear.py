"""The PolNeAR scorer: what counts as the same span, how rows are paired, and bad lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.accounts import Tally
from sayso.evaluation.polnear import Document, Said, Spans, compare, differences, documents, score

TEXT = "“Rockets fell,” the army said. Residents fled."


def spans(*words: str) -> Spans:
    return tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


SAID = Said(source=spans("the army"), cue=spans("said"), content=spans("Rockets fell"))


def tallies(*read: Said) -> dict[str, Tally]:
    return compare(Document("d1", TEXT, (SAID,)), read)


@pytest.mark.parametrize("content", ["Rockets fell", "“Rockets fell,”"])
def test_marks_at_the_ends_of_a_span_do_not_count(content: str) -> None:
    found = tallies(Said(SAID.source, SAID.cue, spans(content)))
    assert found["content.exact"] == found["attribution.exact"] == Tally(1, 1, 1)


def test_a_part_of_the_words_overlaps_and_is_not_exact() -> None:
    found = tallies(Said(spans("army"), SAID.cue, SAID.content))
    assert found["source.exact"] == Tally(0, 1, 1)
    assert found["source.overlap"] == Tally(1, 1, 1)
    assert found["cue.exact"] == Tally(1, 1, 1)
    assert found["attribution.exact"] == Tally(0, 1, 1)
    assert found["attribution.overlap"] == Tally(1, 1, 1)


def test_two_readings_of_one_attribution_agree_once() -> None:
    assert tallies(SAID, SAID)["source.exact"] == Tally(1, 2, 1)


def test_an_attribution_with_another_source_does_not_agree_as_a_whole() -> None:
    assert tallies(Said(spans("Residents"), SAID.cue, SAID.content))["attribution.overlap"] == Tally(0, 1, 1)


def test_an_attribution_without_a_source_is_no_source_to_find() -> None:
    assert tallies(Said((), SAID.cue, SAID.content))["source.exact"] == Tally(0, 0, 1)


def line(content: str = "Rockets fell") -> str:
    row = {"source": spans("the army"), "cue": spans("said"), "content": spans(content)}
    return json.dumps({"id": "d1", "text": TEXT, "attributions": [row]})


def test_a_file_is_read_gzipped_or_not_and_scored(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() + "\n")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line().encode()))
    assert list(documents(tmp_path / "a.jsonl")) == list(documents(tmp_path / "a.jsonl.gz"))
    scores = score(tmp_path / "a.jsonl")
    assert (scores.documents, scores.tallies["attribution.exact"]) == (1, Tally(1, 1, 1))


def test_a_folder_is_its_development_part(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S705"):
        score(tmp_path)
    (tmp_path / "dev.jsonl.gz").write_bytes(gzip.compress(line().encode()))
    assert score(tmp_path).documents == 1


def test_differences_show_both_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("Rockets"))
    assert list(differences(tmp_path / "a.jsonl")) == [
        "d1\n  source   the army\n  cue      said\n  content  annotated: Rockets\n           read:      Rockets fell"
    ]


@pytest.mark.parametrize("bad", ["{", '{"id": "d1"}', "[]"])
def test_a_bad_line_is_named(tmp_path: Path, bad: str) -> None:
    (tmp_path / "a.jsonl").write_text(f"{line()}\n{bad}\n")
    with pytest.raises(SaysoError, match="S720 line 2 of"):
        list(documents(tmp_path / "a.jsonl"))


POLNEAR = Path(__file__).parents[3] / "shared" / "data" / "polnear" / "dev.jsonl.gz"
FLOORS = {"source.exact": 0.78, "cue.exact": 0.72, "content.exact": 0.61, "attribution.overlap": 0.77}
"""F1 on each fourth report below which a change of the reading is a loss."""


@pytest.mark.skipif(not POLNEAR.exists(), reason="needs ../shared/data/polnear")
def test_attributions_are_read_as_well_as_before(tmp_path: Path) -> None:
    with gzip.open(POLNEAR, "rt", encoding="utf-8") as lines:
        (tmp_path / "part.jsonl").write_text("".join(list(lines)[::4]), encoding="utf-8")
    tallies = score(tmp_path / "part.jsonl").tallies
    assert {name: tallies[name].f1 for name, floor in FLOORS.items() if (tallies[name].f1 or 0) < floor} == {}
