"""The page of the actors counts what is in the base."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.knowledge.actor_counts import BEGIN, END, main, table
from sayso.knowledge.actors import ActorBase

PAGE = Path(__file__).parents[2] / "docs" / "actors.md"


def test_the_page_says_what_is_in_the_base() -> None:
    shown = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    assert shown == table(ActorBase.open().records), "run: python -m sayso.knowledge.actor_counts docs/actors.md"


@pytest.mark.parametrize(
    ("label", "least"),
    [
        ("armed groups (rebels, militias, criminal groups)", 1000),
        ("… with a name in Arabic, Cyrillic, Persian or Hebrew letters", 250),
        ("persons", 400),
    ],
)
def test_the_base_is_as_large_as_promised(label: str, least: int) -> None:
    rows = dict(row.strip("| ").split(" | ") for row in table(ActorBase.open().records).splitlines()[2:])
    assert int(rows[label]) >= least


def test_only_what_is_between_the_marks_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Above.\n{BEGIN}\nold\n{END}\nBelow.\n")
    main(page)
    text = page.read_text()
    assert text.startswith(f"Above.\n{BEGIN}\n| what | how many |")
    assert text.endswith(f"{END}\nBelow.\n")
    assert "old" not in text
