from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import doctor
from sayso.reading.encoder import weights
from sayso.reading.encoder.weights import VERSION


def test_it_names_what_is_installed(sayso: Any) -> None:
    found = {row["name"]: row for row in json.loads(sayso("doctor", "--json").out)}
    looked_at = {"sayso", "SQLite", "language model", "trained reader", "gazetteer", "ledger"}
    assert set(found) == {*looked_at, "reader sayso", "reader openai"}
    assert "FTS5" in found["SQLite"]["found"]
    assert found["trained reader"] == {"name": "trained reader", "found": VERSION, "todo": None}


def test_no_ledger_yet_is_nothing_to_mend(sayso: Any) -> None:
    assert doctor.check_ledger("none.sqlite").todo is None


def test_a_ledger_is_counted(filled: Path) -> None:
    assert "1 reports, 2 incidents, 5 claims, 0 unread" in doctor.check_ledger(str(filled)).found


def test_a_missing_model_says_what_to_do(sayso: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    ended = sayso("doctor")
    assert ended.status == 1
    assert "missing  language model: not installed" in ended.out
    assert "S301 " in ended.out


@pytest.mark.parametrize("code", ["S321", "S322", "S323"])
def test_a_broken_trained_reader_is_told_in_one_line(
    code: str, sayso: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "reader"
    path.mkdir()
    if code != "S321":
        (path / weights.DESCRIPTION).write_bytes((weights.folder() / weights.DESCRIPTION).read_bytes())
    if code == "S322":
        (path / weights.ENCODER).write_text("another")
    if code == "S323":
        (path / weights.DESCRIPTION).write_text("{}")
    monkeypatch.setattr(weights, "folder", lambda: path)
    weights.load_reader.cache_clear()
    ended = sayso("doctor")
    assert ended.status == 1
    assert "missing  trained reader: cannot be used\n" in ended.out
    (line,) = [line for line in ended.out.splitlines() if line.strip().startswith("S3")]
    assert line.strip().startswith(f"{code} {path}")


def test_a_file_that_is_no_ledger_is_to_be_mended(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("x" * 5000)
    assert str(doctor.check_ledger(str(tmp_path / "x.sqlite")).todo).startswith("S201 ")
