"""The claim matrix: what is said once, what is contested, what differs."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.web import matrix

REPORT = {"id": "r", "published": "2021-07-05", "publisher": "P", "title": None, "copy_of": None}


def claim(
    number: int, speaker: str | None, stance: str = "asserts", slot: str = "occurrence", **more: Any
) -> dict[str, Any]:
    row = {
        "id": f"r:c{number}", "report_id": "r", "slot": slot, "value": None, "normalised": "true", "stance": stance,
        "speaker_id": speaker, "speaker": speaker, "via": None, "evidence": "it fell", "evidence_start": 0,
    }  # fmt: skip
    return row | more


def test_neighbours_who_say_the_same_share_a_cell() -> None:
    table = matrix.build([claim(1, "A"), claim(2, "B"), claim(3, "C", "denies", evidence="no")], [REPORT], 9)
    assert [(cell.columns, cell.speakers) for cell in table.lines[0].cells] == [(2, ("A", "B")), (1, ("C",))]
    assert table.lines[0].contested


def test_the_same_in_other_words_keeps_its_cell_but_is_quiet() -> None:
    table = matrix.build([claim(1, "A"), claim(2, "B", evidence="it came down", evidence_start=20)], [REPORT], 9)
    assert [cell.sayings[0].again for cell in table.lines[0].cells] == [False, True]
    assert table.lines[0].said_by == 2


def test_narration_comes_first_and_denies_nobody() -> None:
    table = matrix.build([claim(1, "A"), claim(2, None, "denies", evidence_start=50)], [REPORT], 9)
    assert [column.name for column in table.columns] == [matrix.NARRATION, "A"]
    assert not table.lines[0].contested


def test_a_cell_without_claims_is_not_stated() -> None:
    table = matrix.build([claim(1, "A"), claim(2, "B", slot="killed", normalised="[3,3]")], [REPORT], 9)
    killed = table.lines[1]
    assert killed.cells[0].sayings == ()
    assert killed.cells[1].sayings[0].words == "3"


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [("[3,3]", "[5,5]", True), ("[3,null]", "[5,5]", False), ("[3,5]", "[5,9]", False), ("[null,2]", "[4,null]", True)],
)
def test_figures_differ_only_where_they_exclude_each_other(one: str, other: str, differ: bool) -> None:
    rows = [claim(1, "A", slot="killed", normalised=one), claim(2, "B", slot="killed", normalised=other)]
    assert matrix.build(rows, [REPORT], 9).lines[0].differ is differ


def test_speakers_beyond_the_limit_are_counted() -> None:
    table = matrix.build([claim(n, f"S{n}", evidence_start=n) for n in range(7)], [REPORT], 5)
    assert (len(table.columns), table.left_out) == (5, 2)


@pytest.mark.parametrize(
    ("normalised", "expected"),
    [
        ('"2021-07-04"', "4 Jul 2021"),
        ('"2021-06-28/2021-07-04"', "28 Jun – 4 Jul 2021"),
        ('"../2021-02-28"', "by 28 Feb 2021"),
        ("null", None),
        ("no json", None),
    ],
)
def test_a_time_shows_what_it_comes_to(normalised: str, expected: str | None) -> None:
    assert matrix.exact("time", claim(1, "A", slot="time", normalised=normalised)) == expected
