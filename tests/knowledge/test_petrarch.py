"""The table of armed groups, from PETRARCH's format."""

from __future__ import annotations

from pathlib import Path

from sayso.knowledge.petrarch import groups


def test_groups_are_read_with_country_and_aliases(tmp_path: Path) -> None:
    file = tmp_path / "actors.txt"
    file.write_text("# a comment\nARMY_OF_THE_NORTH_(AON)_ [YEMREB] # xy\n+NORTHERN_ARMY_\n\nWIDE_FRONT_ [INTREB]\n")
    assert groups(file) == [("Army of the North", "YEM", "AON|Northern Army"), ("Wide Front", "", "")]


def test_what_names_no_group_is_no_alias(tmp_path: Path) -> None:
    file = tmp_path / "actors.txt"
    file.write_text("DIRECT_ACTION_(GREECE)_ [GRCREB]\n+313_\n+YOUTH_\n+GREEK_\n+PEOPLE'S_ACTION_(PAG)_\n")
    assert groups(file) == [("Direct Action", "GRC", "People's Action|PAG")]
