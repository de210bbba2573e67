"""The TimeML scorer: spans, values, unreadable files; and the floors of the public sets where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.evaluation.timeml import Score, document, evaluate, score

DATA = Path(__file__).parents[3] / "shared" / "data" / "timeml"
FLOORS = {"TimeBank": (0.885, 0.81), "AQUAINT": (0.83, 0.74), "WikiWars-train": (0.865, 0.815)}
"""Strict span F1 and value F1 below which a change is a loss."""


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
    assert "not read: bad.tml" in evaluate(str(tmp_path))


@pytest.mark.skipif(not DATA.is_dir(), reason="the public TimeML sets are not at hand")
@pytest.mark.parametrize("name", FLOORS)
def test_timeml_floors_hold(name: str) -> None:
    got = score(DATA / name)
    strict, value = FLOORS[name]
    assert got.strict.f1 >= strict
    assert got.value.f1 >= value
