"""A threshold that the user sets: what is refused is shown, and another threshold has reports read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sayso as package
from sayso.errors import SaysoError
from sayso.reading.account import READER

TEXT = "Rockets hit a base near Homs on Sunday, killing three soldiers, a monitor said. The army denied it."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(TEXT)
    return path


def read(sayso: Any, report: Path, *options: str) -> dict[str, Any]:
    ended = sayso("read", report, "--published", "2021-07-05", "--format", "jsonl", *options)
    assert ended.status == 0
    return dict(json.loads(ended.out))


def test_every_claim_is_kept_at_0_and_the_ground_alone_at_1(sayso: Any, report: Path) -> None:
    everything, ground = (read(sayso, report, "--min-confidence", least) for least in ("0", "1"))
    assert everything["refused"] == []
    assert [claim["slot"] for claim in ground["claims"]] == ["occurrence"] * len(ground["events"])
    assert len(ground["refused"]) + len(ground["claims"]) == len(everything["claims"])


def test_the_text_shows_what_was_refused_and_why(sayso: Any, report: Path) -> None:
    ended = sayso("read", report, "--published", "2021-07-05", "--min-confidence", "1")
    assert "Refused: read, but too unlikely" in ended.out
    assert "is below 1.00" in ended.out


def test_another_threshold_has_the_report_read_again(sayso: Any, report: Path) -> None:
    first = sayso("add", report, "--published", "2021-07-05", "--min-confidence", "1")
    same = sayso("add", report, "--published", "2021-07-05", "--min-confidence", "1")
    other = sayso("add", report, "--published", "2021-07-05")
    assert ("1  added" in first.out, "1  already" in same.out, "1  read again" in other.out) == (True, True, True)


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--min-confidence", "7"), "S348"), (("--min-confidence", "0.4", "--reader", "nobody"), "S817")],
)
def test_a_threshold_that_cannot_be_used_is_refused(sayso: Any, report: Path, options: list[str], code: str) -> None:
    ended = sayso("read", report, *options)
    assert ended.status == 2
    assert code in ended.err


def test_python_takes_a_threshold_too(tmp_path: Path, report: Path) -> None:
    account = package.read(TEXT, published="2021-07-05", min_confidence=1.0)
    assert account.reader == f"{READER}, from 1.00"
    assert account.refused
    with package.Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.add(report, published="2021-07-05", min_confidence=1.0)
        assert ledger.refused()["reason"].str.contains("is below 1.00").all()


def test_a_threshold_is_for_the_built_in_reader() -> None:
    class Other:
        name, version = "other", "1"

        def read(self, reports: Any) -> Any:
            raise NotImplementedError

    with pytest.raises(SaysoError, match=r"^S817 .*other takes no least confidence"):
        package.read(TEXT, published="2021-07-05", reader=Other(), min_confidence=0.4)
