"""Scoring of the joining on FA-KES: which pairs count, what is right, and what is said of an error."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.evaluation import fakes_linking
from sayso.evaluation.fakes_groups import Article, Group, Pair, Told
from sayso.evaluation.fakes_linking import as_figures, as_page, as_text, count, in_words, incidents_of, judge, sets_of

DAY = datetime.date(2021, 7, 5)


def told(text: str, news: str, background: str = "") -> Told:
    return Told(unit=text, text=text, outlet="an outlet", dated=DAY, told=tuple(news), background=tuple(background))


GROUP = Group(
    group=1,
    date=DAY,
    governorate="idlib",
    incidents={"a": "air strike on a market, 5 July", "b": "shelling of a village, 5 July", "c": "raid, 1 May"},
    reports=(told("one", "a", "c"), told("two", "ab"), told("three", "b", "c"), told("four", "")),
    pairs=(
        Pair(reports=(1, 2), judged="same", copy=True),
        Pair(reports=(1, 3), judged="background"),
        Pair(reports=(1, 4), judged="apart"),
        Pair(reports=(2, 3), judged="same"),
        Pair(reports=(2, 4), judged="apart", doubtful="it may be the village"),
        Pair(reports=(3, 4), judged="apart"),
    ),
)
FOUND = {
    "one": {"SY-1": "Air strike reported", "SY-3": "Raid reported"},
    "two": {"SY-1": "Air strike reported", "SY-2": "Shelling reported"},
    "three": {"SY-3": "Raid reported"},
    "four": {"SY-2": "Shelling reported"},
}


def test_pairs_are_joined_where_they_share_an_incident_and_background_is_left_out() -> None:
    found = {judgement.pair.reports: judgement.common for judgement in judge(FOUND, [GROUP])}
    assert found == {
        (1, 2): ("Air strike reported",),
        (1, 4): (),
        (2, 3): (),
        (2, 4): ("Shelling reported",),
        (3, 4): (),
    }


def test_scores_count_what_is_joined_and_what_is_right() -> None:
    scores = count(judge(FOUND, [GROUP]))
    assert (scores.pairs, scores.same, scores.joined, scores.right) == (5, 2, 2, 1)
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)


def test_nothing_joined_has_no_precision() -> None:
    scores = count(judge({}, [GROUP]))
    assert (scores.precision, scores.recall, scores.f1) == (None, 0.0, 0.0)


def test_copies_and_doubtful_pairs_are_scored_apart() -> None:
    sets = sets_of(judge(FOUND, [GROUP]))
    assert (sets["of two texts"].pairs, sets["of two texts"].right) == (4, 0)
    assert (sets["not doubtful"].pairs, sets["not doubtful"].precision) == (4, 1.0)


def test_errors_are_told_in_words() -> None:
    lines = "\n".join(in_words(judge(FOUND, [GROUP])))
    assert "missed · 1" in lines
    assert "two and an outlet three: they share shelling of a village, 5 July" in lines
    assert "wrong · 1" in lines
    assert "they share nothing (doubtful: it may be the village) | joined in Shelling reported" in lines


def test_figures_table_and_page_hold_the_scores() -> None:
    sets = sets_of(judge(FOUND, [GROUP]))
    assert as_figures(sets)["all pairs.precision"] == 0.5
    assert as_text(sets).splitlines()[1].split() == ["all", "pairs", "5", "2", "2", "1", "0.500", "0.500", "0.500"]
    assert "| all pairs | 5 | 2 | 2 | 1 | 0.500 | 0.500 | 0.500 |" in as_page(sets, "sayso evaluate linking data")


def article(outlet: str, words: str) -> Article:
    return Article(
        unit_id=outlet, article_title="", article_content=words, source=outlet, date="7/6/16", location="hasakeh"
    )


TEXTS = [
    article("one", "July 5 2016 An air strike killed 12 people in the market of Hasakeh on Tuesday, a monitor said."),
    article("two", "Published 5 July 2016 An air strike on Hasakeh killed 12 people on Tuesday, state TV said."),
    article("three", "A car bomb killed four soldiers in Homs on Tuesday, state media said."),
]


def test_reports_are_read_and_joined_in_a_ledger_of_their_own() -> None:
    found = incidents_of(TEXTS)
    one, two, three = (set(found[text.digest]) for text in TEXTS)
    assert one & two
    assert three
    assert not three & one


def test_a_report_is_dated_by_its_own_words_before_the_data() -> None:
    assert [fakes_linking._row(text, {})["published"] for text in TEXTS] == ["2016-07-05", "2016-07-05", "2016-07-06"]
    assert fakes_linking._row(TEXTS[0], {TEXTS[0].digest: "2016-07-07"})["published"] == "2016-07-07"


@pytest.fixture
def small_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a set of three reports, of which two are judged to be of one occurrence."""
    rows = [{name: getattr(text, name) for name in text.__struct_fields__} for text in TEXTS]
    (tmp_path / "dev.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    reports = tuple(told(text.digest, "a") for text in TEXTS[:2])
    pairs = (Pair(reports=(1, 2), judged="same"),)
    group = Group(group=1, date=DAY, governorate="hasakeh", incidents={"a": "air strike"}, reports=reports, pairs=pairs)
    monkeypatch.setattr(fakes_linking, "groups", lambda: (group,))
    return tmp_path


def test_a_whole_set_is_scored_from_the_command_line(small_set: Path) -> None:
    printed = CliRunner().invoke(app, ["evaluate", "linking", str(small_set), "--errors"]).stdout
    assert printed.splitlines()[1].split() == ["all", "pairs", "1", "1", "1", "1", "1.000", "1.000", "1.000"]
    assert "right · 1" in printed
    assert "they share air strike | joined in Air strike" in printed


def test_the_figures_go_into_a_section_of_their_own(small_set: Path, tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    CliRunner().invoke(app, ["evaluate", "linking", str(small_set), "--write", str(page)])
    assert "| all pairs | 1 | 1 | 1 | 1 | 1.000 | 1.000 | 1.000 |" in page.read_text(encoding="utf-8")
    assert "fakes_linking" in page.read_text(encoding="utf-8")
