from __future__ import annotations

import pytest

from sayso.errors import SaysoError
from sayso.sources.columns import check_mapping, find_columns


def test_usual_names_in_any_writing() -> None:
    found = find_columns(["ID", "Article Content", "DATE", "Head-Line", "Source_URL"], {})
    assert found == {"text": "Article Content", "published": "DATE", "url": "Source_URL"}


def test_the_first_usual_name_wins() -> None:
    assert find_columns(["body", "text"], {})["text"] == "text"


def test_a_mapping_takes_date_for_published() -> None:
    assert check_mapping({"date": "when"}) == {"published": "when"}
    assert check_mapping(None) == {}


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(SaysoError, match=r"S118 author .*text, published"):
        check_mapping({"author": "by"})
