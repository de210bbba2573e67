from __future__ import annotations

import doctest
import re
from pathlib import Path

from sayso.errors import ERRORS
from sayso.sources import settings
from sayso.sources.columns import SYNONYMS

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_pages_examples_give_what_it_shows() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 10
    assert result.failed == 0


def test_every_code_is_on_the_page() -> None:
    codes = {code for code in ERRORS if "S101" <= code <= "S149"}
    assert codes == set(re.findall(r"^\| (S\d{3}) \|", TEXT, re.MULTILINE))


def test_every_limit_is_on_the_page_with_its_value() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d,.]+) \|", TEXT, re.MULTILINE))
    rows |= {"FIRST_YEAR": "1800", "LAST_YEAR": "2200"} if "`FIRST_YEAR`, `LAST_YEAR` | 1800, 2200" in TEXT else {}
    values = {name: value for name, value in vars(settings).items() if name.isupper()}
    assert {name: float(value.replace(",", "")) for name, value in rows.items()} == values


def test_every_column_name_is_on_the_page() -> None:
    rows = dict(re.findall(r"^\| `([a-z]+)` \| ([a-z_, ]+) \|", TEXT, re.MULTILINE))
    assert {field: tuple(names.split(", ")) for field, names in rows.items()} == SYNONYMS
