"""The documentation is true: its Python runs, and a session's answers are those that are printed."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso import incidents
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
NOT_RUN = "<!-- not run -->"
BLOCK = re.compile(r"^(?P<mark><!-- not run -->\s*\n)?```python\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)


def _blocks(page: Path) -> list[tuple[int, str]]:
    """The Python of a page that is to be run, each block with the line that it begins on."""
    text = page.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, found.start("code")), found["code"]) for found in BLOCK.finditer(text) if not found["mark"]
    ]


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [page for page in PAGES if _blocks(page)], ids=_name)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_account: Callable[..., Account]
) -> None:
    """The blocks of one page share their names, in a folder that holds a small ledger, ``sayso.sqlite``."""
    monkeypatch.chdir(tmp_path)
    account = make_account()
    with Store.open("sayso.sqlite") as store, store.write() as connection:
        put_account(connection, account, "one.txt")
        incidents.update(connection, [account.report.id])
    names: dict[str, object] = {"__name__": "__docs__"}
    for line, code in _blocks(page):
        if code.startswith(">>>"):
            _run_session(page, line, code, names)
        else:
            exec(compile("\n" * line + code, str(page), "exec"), names)


def _run_session(page: Path, line: int, code: str, names: dict[str, object]) -> None:
    """A block of prompts and answers: each answer must be the one printed."""
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), line)
    test.globs = names
    printed: list[str] = []
    failed = doctest.DocTestRunner(verbose=False).run(test, out=printed.append, clear_globs=False).failed
    assert failed == 0, "".join(printed)


def test_a_block_that_is_marked_is_not_run(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```python\na = 1\n```\n\n{NOT_RUN}\n```python\nraise SystemExit\n```\n")
    assert _blocks(page) == [(1, "a = 1\n")]


def test_a_wrong_answer_in_a_session_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Expected"):
        _run_session(tmp_path, 1, ">>> 1 + 1\n3\n", {})


def test_the_page_on_python_has_examples() -> None:
    assert len(_blocks(ROOT / "docs" / "python.md")) >= 7
