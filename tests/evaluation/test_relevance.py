"""Scoring of the relevance gate: what counts as lost and as spared, which reports are scored, and the figures held."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.evaluation import relevance
from sayso.evaluation.relevance import (
    ALL,
    Scored,
    Scores,
    as_figures,
    as_page,
    as_text,
    chosen,
    count,
    differences,
    judged,
    score_sets,
)
from sayso.evaluation.relevance_sets import Sample, annotated, samples
from sayso.model import Report
from sayso.reading.relevance import Judgement, gate
from sayso.sources import report_from_text

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = Path(__file__).parent / "floors_relevance.json"
BAKERY = "The price of bread and milk went up last year, and buyers asked for smaller cakes and more fruit. " * 5


def scored(*, relevant: bool, told: bool | None = None, found: bool | None = None) -> Scored:
    report = Report(id="r", text="words", published="2021-07-05")
    return Scored(Sample("a set", "r", report, told), Judgement(relevant, 0.1), found)


# Counts ---------------------------------------------------------------------------------------------------------------


def test_reports_are_lost_and_spared() -> None:
    scores = count(
        [
            scored(relevant=True, told=True, found=True),
            scored(relevant=False, told=True),
            scored(relevant=False, found=True),
            scored(relevant=True, found=True),
            scored(relevant=False, found=False),
            scored(relevant=False, found=False, told=True),
            scored(relevant=True, found=False),
            scored(relevant=False),
        ]
    )
    assert (scores.reports, scores.held_back) == (8, 5)
    assert (scores.told, scores.told_lost) == (3, 2)
    assert (scores.read, scores.found, scores.found_lost) == (6, 3, 1)
    assert (scores.others, scores.spared) == (2, 1)


def test_a_report_with_events_by_either_is_lost_where_it_is_held_back() -> None:
    assert scored(relevant=False, told=True, found=False).lost
    assert scored(relevant=False, found=True).lost
    assert not scored(relevant=True, found=True).lost
    assert not scored(relevant=False, found=False).lost


def test_scores_add_up() -> None:
    one = count([scored(relevant=False, told=True)], 0.5, 2.0)
    both = one + one
    assert (both.reports, both.told_lost, both.judging_s, both.reading_s) == (2, 2, 1.0, 4.0)


def test_no_more_reports_are_read_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relevance, "read_each", lambda reports: (SaysoError("S101", name="it") for _ in reports))
    those = [scored(relevant=True).sample] * 3
    assert [one.found for one in judged(those, 2)[0]] == [False, False, None]


# Sets -----------------------------------------------------------------------------------------------------------------


def public(tmp_path: Path, **rows: Any) -> Path:
    (tmp_path / "polnear").mkdir()
    lines = [{"text": f"{BAKERY} {k}", "published": "2016-11-05", "title": f"Bread {k}"} | rows for k in range(40)]
    (tmp_path / "polnear" / "dev.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    return tmp_path


def test_of_public_sets_the_part_is_scored_that_was_not_trained_on(tmp_path: Path) -> None:
    found = chosen(public(tmp_path))["PolNeAR dev"]
    every = list(samples(tmp_path))
    assert len(every) == 40
    assert 0 < len(found) < 20
    assert all(sample.checked for sample in found)
    assert [s.report.sha256 for s in found] == sorted(s.report.sha256 for s in every if s.checked)


def test_what_tells_of_one_thing_stays_on_one_side() -> None:
    report = report_from_text(BAKERY, published="2021-07-05")
    other = report_from_text(f"{BAKERY} Again.", published="2021-07-05")
    assert Sample("s", "s topic 1", report).checked == Sample("s", "s topic 1", other).checked


def test_the_same_text_is_one_report(tmp_path: Path) -> None:
    assert len(list(samples(public(tmp_path, text=BAKERY)))) == 1


def test_annotated_accounts_have_events_where_one_is_actual(tmp_path: Path) -> None:
    (tmp_path / "accounts").mkdir()
    for name, modality in (("one", "actual"), ("two", "planned")):
        event = dict.fromkeys(("time", "place", "weapon", "killed", "injured")) | {
            "id": "e1", "type": "airstrike", "modality": modality, "initiators": [], "recipients": [],
            "mentions": [{"start": 5, "end": 11, "text": "bombed"}],
        }  # fmt: skip
        head = {"id": name, "published": "2020-01-06", "text": "Jets bombed Aleppo."}
        value = {"report": head, "events": [event], "claims": [], "links": []}
        (tmp_path / "accounts" / f"{name}.gold.json").write_text(json.dumps(value))
    assert [sample.told for sample in annotated(tmp_path)] == [True, False]
    assert list(chosen(tmp_path)) == ["accounts, development"]


def test_a_folder_without_reports_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S734"):
        chosen(tmp_path)
    (tmp_path / "polnear").mkdir()
    with pytest.raises(SaysoError, match="S734"):
        chosen(tmp_path)


def test_lost_reports_are_named_with_their_likeliest_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_from_text(BAKERY, published="2021-07-05")
    monkeypatch.setattr(relevance, "chosen", lambda path: {"a set": [Sample("a set", "f", report, True)]})
    monkeypatch.setattr(relevance, "read_each", lambda reports: (SaysoError("S101", name="it") for _ in reports))
    (line,) = differences(Path())
    assert line.startswith(f"a set {report.id} (annotated, 0.0")
    assert "smaller cakes" in line


# How they are shown ---------------------------------------------------------------------------------------------------


def test_figures_table_and_page_tell_the_same() -> None:
    one = Scores(
        reports=10, held_back=3, told=4, told_lost=1, read=6, found=5, found_lost=0, others=2, spared=1,
        judging_s=0.002, reading_s=2.0,
    )  # fmt: skip
    none = count([])
    sets = {"LGL": one, "none": none, ALL: one + none}
    figures = as_figures(sets)
    assert (figures["LGL.told.recall"], figures["LGL.found.recall"], figures["none.told.recall"]) == (0.75, 1.0, None)
    assert "LGL   " in as_text(sets)
    assert "In a second of processor time the gate judges 5,000 reports, the reading 3.0." in as_text(sets)
    assert "| LGL | 10 | 3 | 4 | 1 | 0.750 | 5 | 0 | 1.000 | 2 | 1 (50%) |" in as_page(
        sets, "sayso evaluate relevance X"
    )


# The figures that are held --------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="needs ../shared/data")
def test_the_gate_loses_no_more_annotated_reports_and_spares_no_fewer_than_before() -> None:
    held = json.loads(FLOORS.read_text("utf-8"))
    found = chosen(SHARED / "data")
    found |= chosen(SHARED / "gold") if (SHARED / "gold").exists() else {}
    for name, floor in held.items():
        those = found[name]
        judgements = [gate().judge(sample.report).relevant for sample in those]
        assert len(those) == floor["reports"]
        assert sum(bool(s.told) and not kept for s, kept in zip(those, judgements, strict=True)) <= floor["told_lost"]
        assert judgements.count(False) >= floor["held_back"]


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="needs ../shared/data")
def test_what_is_held_back_has_no_events_by_the_whole_reading() -> None:
    """Of each set the first reports that are held back are read: at most one in a hundred of all judged is a loss."""
    judged_, lost = 0, 0
    for those in chosen(SHARED / "data").values():
        held_back = [s for s in those[:40] if not gate().judge(s.report).relevant]
        judged_ += len(those[:40])
        lost += sum(one.found is True for one in judged(held_back, len(held_back))[0])
    assert lost <= judged_ / 200


def test_scores_of_a_folder_come_set_by_set_and_together(tmp_path: Path) -> None:
    sets = score_sets(public(tmp_path), most=2)
    assert list(sets) == ["PolNeAR dev", ALL]
    assert (sets[ALL].read, sets[ALL].held_back) == (2, sets[ALL].reports)
