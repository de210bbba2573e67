"""Made-up rows of ACLED and UCDP GED, and files of them."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.comparing import acled, ucdp
from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.ours import Ours

ACLED: dict[str, str] = {
    "event_id_cnty": "SYR1",
    "event_date": "2016-05-13",
    "year": "2016",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Syria (2000-2024)",
    "inter1": "State forces",
    "actor2": "Civilians (Syria)",
    "inter2": "Civilians",
    "iso": "760",
    "country": "Syria",
    "admin1": "Ar Raqqa",
    "location": "Raqqa",
    "latitude": "35.95",
    "longitude": "39.01",
    "geo_precision": "1",
    "source": "SOHR",
    "notes": "words that belong to ACLED",
    "fatalities": "4",
}
UCDP: dict[str, str] = {
    "id": "101",
    "year": "2016",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "source_headline": "a headline that belongs to somebody",
    "source_original": "SOHR",
    "where_prec": "1",
    "where_coordinates": "Raqqa town",
    "adm_1": "Ar Raqqah Governorate",
    "latitude": "35.95",
    "longitude": "39.01",
    "country": "Syria",
    "date_prec": "1",
    "date_start": "2016-05-13",
    "date_end": "2016-05-13",
    "best": "4",
    "high": "6",
    "low": "3",
}
WriteTable = Callable[..., Path]


def table(rows: Sequence[Mapping[str, str]], columns: Sequence[str], *, header: bool = True, mark: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    if header:
        writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> WriteTable:
    """A file of rows, each the usual one with changes; gzipped where its name says so."""

    def make(
        dataset: str = "ucdp", *changes: Mapping[str, str], name: str = "file.csv", drop: Sequence[str] = (), **how: Any
    ) -> Path:
        usual, form = (ACLED, acled) if dataset == "acled" else (UCDP, ucdp)
        columns = [column for column in how.pop("columns", form.COLUMNS) if column not in drop]
        encoding = how.pop("encoding", "utf-8")
        data = table([usual | dict(change) for change in changes or ({},)], columns, **how).encode(encoding)
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return make


def ours(**facts: Any) -> Ours:
    """An air strike on Raqqa; ``day`` is both its first and last."""
    when = facts.pop("day", date(2016, 5, 13))
    usual: dict[str, Any] = {
        "id": "SY-AAAAA", "title": "Air strike reported in Raqqa", "type": "airstrike", "first": when, "last": when,
        "time_precision": "day", "place": "Raqqa", "admin1": "Raqqa", "country": "SYR", "lat": 35.95, "lon": 39.01,
        "precision": 1, "killed_low": 4, "killed_high": 4,
    }  # fmt: skip
    return Ours(**usual | facts)


def theirs(**facts: Any) -> ForeignEvent:
    """UCDP's event at Raqqa on that day; ``day`` is both its first and last."""
    when = facts.pop("day", date(2016, 5, 13))
    usual: dict[str, Any] = {
        "id": "101", "dataset": "ucdp", "row": 2, "first": when, "last": when, "time_precision": "day",
        "place": "Raqqa town", "admin1": "Ar Raqqah Governorate", "country": "SYR", "lat": 35.95, "lon": 39.01,
        "precision": 1, "kind": "state-based", "types": ("airstrike", "armed_clash"),
        "sides": ("Government of Syria", "IS"), "killed_low": 3, "killed_best": 4, "killed_high": 6,
    }  # fmt: skip
    return ForeignEvent(**usual | facts)
