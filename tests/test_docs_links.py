"""Links between the pages of README and docs lead to pages that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_is_in_the_index() -> None:
    listed = {
        (ROOT / "docs" / target).resolve() for target in LINK.findall((ROOT / "docs" / "index.md").read_text("utf-8"))
    }
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "index.md" and page not in listed] == []
