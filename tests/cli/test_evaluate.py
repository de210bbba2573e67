import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import SaysoError
from sayso.evaluation.gold import load_gold
from sayso.model import Account, Report

RUN = CliRunner()
TEXT = "Jets bombed Aleppo. The army denied it."


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold file of one event and its denial, and a reader that misses the denial."""

    def claim(words: str, stance: str, speaker: str | None) -> dict[str, Any]:
        start = TEXT.index(words)
        place = {"start": start, "end": start + len(words), "text": words}
        return {
            "event": "e1",
            "slot": "occurrence",
            "value": True,
            "stance": stance,
            "speaker": speaker,
            "via": None,
            **place,
        }

    event = dict.fromkeys(("time", "place", "weapon", "killed", "injured")) | {
        "id": "e1", "type": "airstrike", "modality": "actual", "initiators": [], "recipients": [],
        "mentions": [{"start": 5, "end": 11, "text": "bombed"}],
    }  # fmt: skip
    value = {
        "report": {"id": "r1", "published": "2020-01-06", "publisher": None, "title": None, "text": TEXT},
        "events": [event],
        "claims": [claim("Jets bombed Aleppo", "asserts", None), claim("it", "denies", "The army")],
        "links": [],
    }
    path = tmp_path / "one.gold.json"
    path.write_text(json.dumps(value), encoding="utf-8")

    def read(_: Report) -> Account:
        account = load_gold(path)
        return msgspec.structs.replace(account, claims=account.claims[:1])

    monkeypatch.setattr("sayso.reading.account.read_report", read)
    return path


def test_table_and_errors_are_printed(gold: Path) -> None:
    result = RUN.invoke(app, ["evaluate", "accounts", str(gold), "--errors"])
    assert result.exit_code == 0
    assert "Development accounts (1 report)" in result.stdout
    assert "e1 The army denies occurrence" in result.stdout


def test_json_holds_the_figures(gold: Path) -> None:
    figures = json.loads(RUN.invoke(app, ["evaluate", "accounts", str(gold), "--json"]).stdout)
    assert figures["development"]["all"]["claims"]["recall"] == 0.5
    assert figures["development"]["all"]["denials"]["recall"] == 0.0


def test_page_is_written_twice_alike_and_its_other_sections_stay(gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# Accuracy\n\nWords of our own.\n", encoding="utf-8")
    call = ["evaluate", "accounts", str(gold), "--write", str(page)]
    RUN.invoke(app, call)
    once = page.read_text(encoding="utf-8")
    RUN.invoke(app, call)
    assert page.read_text(encoding="utf-8") == once
    assert once.startswith("# Accuracy\n\nWords of our own.\n")
    assert "| claims | 1 | 2 | 100.0 | 50.0 | 66.7 |" in once


def test_floors_are_raised_and_not_lowered(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    call = ["evaluate", "accounts", str(gold), "--floors", str(floors), "--update-floors"]
    assert RUN.invoke(app, call).exit_code == 0
    held = json.loads(floors.read_text(encoding="utf-8"))
    assert held["development"]["floors"]["claims"]["f1"] == 0.6667
    held["development"]["floors"]["claims"]["f1"] = 0.9
    floors.write_text(json.dumps(held), encoding="utf-8")
    refused = RUN.invoke(app, call)
    assert isinstance(refused.exception, SaysoError)
    assert refused.exception.code == "S704"
    assert RUN.invoke(app, [*call, "--allow-regression"]).exit_code == 0


@pytest.mark.parametrize("task", ["timeml", "places", "polnear", "factuality", "ecbplus"])
def test_missing_test_set_is_said_in_one_line(task: str, tmp_path: Path) -> None:
    result = RUN.invoke(app, ["evaluate", task, str(tmp_path / "none")])
    assert isinstance(result.exception, SaysoError)
    assert result.exception.code == "S705"


TIMEML = """<?xml version="1.0"?><TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2020-01-06" functionInDocument="CREATION_TIME">2020-01-06</TIMEX3></DCT>
<TEXT>Jets bombed Aleppo on <TIMEX3 tid="t1" type="DATE" value="2020-01-05">January 5, 2020</TIMEX3>.</TEXT>
</TimeML>"""


def test_times_are_scored_and_written_beside_the_other_sections(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TIMEML, encoding="utf-8")
    page = tmp_path / "accuracy.md"
    page.write_text("# Accuracy\n\n<!-- accounts -->\nkept\n<!-- /accounts -->\n", encoding="utf-8")
    result = RUN.invoke(app, ["evaluate", "timeml", str(tmp_path), "--write", str(page)])
    assert "strict 1.000 1.000 1.000" in " ".join(result.stdout.split())
    assert "kept\n<!-- /accounts -->\n\n<!-- timeml -->\n## Times (TimeML)" in page.read_text(encoding="utf-8")


def test_places_of_annotated_accounts_are_scored(gold: Path) -> None:
    result = RUN.invoke(app, ["evaluate", "places", str(gold), "--json"])
    assert json.loads(result.stdout) == {"names": 0, "found": 0, "right_country": 0}


def test_attributions_are_scored_with_their_differences(tmp_path: Path) -> None:
    row = {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 25]]}
    report = {"id": "d1", "text": "The army said rockets hit Homs.", "attributions": [row]}
    (tmp_path / "one.jsonl").write_text(json.dumps(report), encoding="utf-8")
    result = RUN.invoke(app, ["evaluate", "polnear", str(tmp_path / "one.jsonl"), "--errors"])
    assert "source.exact 100.0 100.0 100.0" in " ".join(result.stdout.split())
    assert "content  annotated: rockets hit\n           read:      rockets hit Homs" in result.stdout


def test_factuality_is_scored_with_its_differences_and_written(tmp_path: Path) -> None:
    row = {"text": "Mortars hit Homs on Sunday .", "targets": [{"span1": [1, 2], "label": -3.0}]}
    (tmp_path / "UW.dev.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    page = tmp_path / "accuracy.md"
    result = RUN.invoke(app, ["evaluate", "factuality", str(tmp_path), "--errors", "--write", str(page)])
    assert " (actual, asserts): Mortars [hit] Homs on Sunday." in result.stdout
    assert "<!-- factuality -->\n## Factuality\n" in page.read_text(encoding="utf-8")
    figures = json.loads(RUN.invoke(app, ["evaluate", "factuality", str(tmp_path), "--json"]).stdout)
    assert (figures["UW.ruled.mae"], figures["UW.ruled.r"]) == (6.0, None)


def test_a_folder_without_topics_is_said_in_one_line(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["evaluate", "ecbplus", str(tmp_path)])
    assert isinstance(result.exception, SaysoError)
    assert result.exception.code == "S732"
