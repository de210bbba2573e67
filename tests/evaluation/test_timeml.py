"""The TimeML scorer: spans, values, unreadable files; and the floors of the public sets where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.evaluation.floors import digest, load
from sayso.evaluation.timeml import Score, as_figures, as_page, as_text, document, score, score_sets, together

DATA = Path(__file__).parents[3] / "shared" / "data" / "timeml"
FLOORS = load(Path(__file__).parent / "floors_times.json")
TOLERANCE = 0.001
"""How far a figure may lie below its floor: less than a handful of expressions."""


def tml(body: str, created: str = "2021-07-05") -> str:
    dct = f'<DCT><TIMEX3 tid="t0" type="DATE" value="{created}">{created}</TIMEX3></DCT>'
    return f"<TimeML>{dct}<TEXT>{body}</TEXT></TimeML>"


def timex(words: str, value: str, kind: str = "DATE") -> str:
    return f'<TIMEX3 tid="t1" type="{kind}" value="{value}">{words}</TIMEX3>'


def test_timeml_document_gives_text_and_offsets(tmp_path: Path) -> None:
    file = tmp_path / "a.tml"
    file.write_text(tml(f"It <EVENT>fell</EVENT> on {timex('Sunday', '2021-07-04')} &amp; held."))
    read = document(file)
    assert read.text == "It fell on Sunday & held."
    assert read.published == "2021-07-05"
    assert [(e.start, e.end, e.value) for e in read.expressions] == [(11, 17, "2021-07-04")]


def test_timeml_score_counts_strict_relaxed_and_value(tmp_path: Path) -> None:
    right = timex("Sunday", "2021-07-04")
    wider = timex("on Friday", "2021-07-02")
    missed = timex("the era", "PXY")
    wrong = timex("Thursday", "2021-07-08")
    (tmp_path / "a.tml").write_text(tml(f"It fell {right}, {wider}, in {missed} and {wrong}; and in 2015."))
    got = score(tmp_path)
    assert got.strict == Score(2, 4, 4)
    assert got.relaxed == Score(3, 4, 4)
    assert got.value == Score(2, 4, 4)
    assert got.documents == 1


def test_timeml_score_of_nothing_is_zero() -> None:
    empty = Score(0, 0, 0)
    assert (empty.precision, empty.recall, empty.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("content", ["<TimeML>", "<TimeML><TEXT>no date</TEXT></TimeML>", "\x00"])
def test_timeml_unreadable_file_is_named_and_not_counted(tmp_path: Path, content: str) -> None:
    (tmp_path / "good.tml").write_text(tml(f"It fell on {timex('Sunday', '2021-07-04')}."))
    (tmp_path / "bad.tml").write_text(content)
    got = score(tmp_path)
    assert got.unreadable == ("bad.tml",)
    assert got.documents == 1
    assert "not read: bad.tml" in as_text(score_sets(tmp_path))
    assert "Not read: bad.tml." in as_page(score_sets(tmp_path), "command")


def test_timeml_sets_are_scored_folder_by_folder_and_news_together(tmp_path: Path) -> None:
    right, wrong = timex("Sunday", "2021-07-04"), timex("Sunday", "2021-07-11")
    for name, body in (("TimeBank", right), ("AQUAINT", wrong), ("Wars", right)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.tml").write_text(tml(f"It fell {body}."))
    sets = score_sets(tmp_path)
    assert {name: scores.value.f1 for name, scores in sets.items()} == {
        "AQUAINT": 0.0,
        "TimeBank": 1.0,
        "Wars": 1.0,
        "TimeBank + AQUAINT": 0.5,
    }
    assert as_figures(sets)["TimeBank + AQUAINT.value.f1"] == 0.5
    assert "| TimeBank + AQUAINT | 2 | 2 | 100.0 | 100.0 | 50.0 |" in as_page(sets, "sayso evaluate timeml data")


def test_timeml_figures_of_one_set_have_no_name(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(tml(f"It fell {timex('Sunday', '2021-07-04')}."))
    assert as_figures(score_sets(tmp_path))["strict.f1"] == 1.0


def test_timeml_scores_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(tml(f"It fell {timex('Sunday', '2021-07-04')} and in 2015."))
    once = score(tmp_path)
    assert together([once, once]).strict == Score(2, 4, 2)


@pytest.mark.skipif(not DATA.is_dir(), reason="the public TimeML sets are not at hand")
@pytest.mark.parametrize("name", FLOORS)
def test_timeml_floors_hold(name: str) -> None:
    held = FLOORS[name]
    assert digest((DATA / name).glob("*.tml")) == held["digest"], "the files changed: look at the figures anew"
    figures = as_figures({"": score(DATA / name)})
    fallen = {
        figure: figures[figure] for figure, floor in held["floors"].items() if figures[figure] < floor - TOLERANCE
    }
    assert fallen == {}


def test_timeml_floors_of_each_set_are_kept() -> None:
    assert sorted(FLOORS) == ["AQUAINT", "TimeBank", "WikiWars-train"]
    assert all(set(held["floors"]) == {"strict.f1", "relaxed.f1", "value.f1"} for held in FLOORS.values())
