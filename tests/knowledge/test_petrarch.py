"""The table of armed groups, from PETRARCH's format."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.knowledge.data import load_csv
from sayso.knowledge.petrarch import COLUMNS, groups

DICTIONARY = Path(__file__).parents[3] / "shared" / "data" / "petrarch2" / "Phoenix.MilNonState.actors.txt"


def test_groups_are_read_with_country_and_aliases(tmp_path: Path) -> None:
    file = tmp_path / "actors.txt"
    file.write_text("# a comment\nARMY_OF_THE_NORTH_(AON)_ [YEMREB] # xy\n+NORTHERN_ARMY_\n\nWIDE_FRONT_ [INTREB]\n")
    assert groups(file) == [("Army of the North", "YEM", "AON|Northern Army"), ("Wide Front", "", "")]


def test_what_names_no_group_is_no_alias(tmp_path: Path) -> None:
    file = tmp_path / "actors.txt"
    file.write_text("DIRECT_ACTION_(GREECE)_ [GRCREB]\n+313_\n+YOUTH_\n+GREEK_\n+PEOPLE'S_ACTION_(PAG)_\n")
    assert groups(file) == [("Direct Action", "GRC", "People's Action|PAG")]


@pytest.mark.skipif(not DICTIONARY.exists(), reason="needs ../shared/data")
def test_the_shipped_table_is_what_the_dictionary_gives() -> None:
    shipped = [tuple(row[column] for column in COLUMNS) for row in load_csv("armed_groups.csv")]
    assert shipped == groups(DICTIONARY)
