"""The bundled reports, read once and added in other orders: the same incidents, near-copies and all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.incidents.test_order import held

from sayso import incidents
from sayso.examples import report_paths
from sayso.intake import keep
from sayso.ledger.store import Store
from sayso.model import Account, Report
from sayso.reading.account import read_reports
from sayso.sources import read_sources

FEW = 14


@pytest.fixture(scope="module")
def accounts() -> list[Account]:
    paths = sorted(map(str, report_paths()))
    found = [one for one in read_sources(paths[:: max(1, len(paths) // FEW)]) if isinstance(one, Report)]
    return [one for one in read_reports(found) if isinstance(one, Account)]


def added(path: Path, accounts: Sequence[Account]) -> dict[str, Any]:
    with Store.open(path) as store:
        for one in accounts:
            keep(store, one.report.id, one, incidents.update)
        return held(store)


def test_the_bundled_reports_give_the_same_incidents_in_any_order(tmp_path: Path, accounts: list[Account]) -> None:
    whole = added(tmp_path / "whole.db", accounts)
    assert len(whole["incidents"]) > FEW
    for seed in range(2):
        shuffled = random.Random(seed).sample(accounts, len(accounts))
        assert added(tmp_path / f"{seed}.db", shuffled) == whole
