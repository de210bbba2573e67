"""Every limit is a named setting, and every setting and filter is documented."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from sayso.web import filters, settings

PAGE = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_value() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d,]+) \|", PAGE, flags=re.M))
    known = {name: f"{value:,}" for name, value in vars(settings).items() if name.isupper()}
    assert listed == known


def test_every_filter_is_documented() -> None:
    for field in msgspec.structs.fields(filters.Filter):
        assert f"`{field.encode_name}`" in PAGE
    for value in (*filters.SORTS, *filters.VIEWS):
        assert f"`{value}`" in PAGE
