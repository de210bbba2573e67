"""Messages of MUC-4: how files are split and what the dateline tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.muc4.messages import LAST_DAY, as_report, messages, split

TEXT = """LIMA (PERU), 4 FEB 90 (EFE) -- [REPORT] [MARIA ROJAS] [TEXT] GUERRILLAS ATTACKED A BANK IN
HUANCAYO YESTERDAY."""


def test_a_file_is_split_at_the_ids() -> None:
    text = "A remark\nTST1-MUC3-0001\n\n   ONE.\n\n\nTST1-MUC3-0002 (A SITE)\n\n   TWO.\n"
    assert split(text) == [("TST1-MUC3-0001", "ONE."), ("TST1-MUC3-0002", "TWO.")]


def test_the_dateline_gives_place_day_and_agency_and_is_no_prose() -> None:
    report, dated = as_report(TEXT)
    assert dated
    assert (report.published, report.published_from) == ("1990-02-04", "dateline")
    assert report.dateline is not None
    assert (report.dateline.place, report.dateline.agencies) == ("Lima (Peru)", ("EFE",))
    assert report.text[report.body_start :].startswith("GUERRILLAS ATTACKED A BANK IN\nHUANCAYO")


def test_offsets_are_those_of_the_message() -> None:
    report, _ = as_report(TEXT)
    assert report.text == TEXT
    assert report.dateline is not None
    span = report.dateline.span
    assert span is not None
    assert report.text[span.start : span.end] == span.text == "LIMA (PERU), 4 FEB 90 (EFE) --"


@pytest.mark.parametrize("dateline", ["CLANDESTINE, NO DATE (RADIO X) -- ", "LIMA, 4 FEB (EFE) -- ", ""])
def test_a_report_without_a_whole_date_is_not_dated(dateline: str) -> None:
    report, dated = as_report(f"{dateline}[TEXT] NOBODY WAS HURT.")
    assert not dated
    assert report.published == LAST_DAY
    assert report.text[report.body_start :] == "NOBODY WAS HURT."


def test_clandestine_is_no_place() -> None:
    report, _ = as_report("CLANDESTINE, 4 FEB 90 (RADIO X) -- [TEXT] NOBODY WAS HURT.")
    assert report.dateline is not None
    assert report.dateline.place is None


def test_a_folder_without_messages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("nothing")
    with pytest.raises(SaysoError, match="S740"):
        list(messages([tmp_path]))
