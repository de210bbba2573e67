from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import doctor


def test_it_names_what_is_installed(sayso: Any) -> None:
    found = {row["name"]: row for row in json.loads(sayso("doctor", "--json").out)}
    assert set(found) == {"sayso", "SQLite", "language model", "gazetteer", "reader sayso", "reader openai", "ledger"}
    assert "FTS5" in found["SQLite"]["found"]


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


def test_a_file_that_is_no_ledger_is_to_be_mended(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("x" * 5000)
    assert str(doctor.check_ledger(str(tmp_path / "x.sqlite")).todo).startswith("S201 ")
