"""The console examples of README and docs are run: a block under ``<!-- run -->`` must show what the commands print.

``<!-- run 30 -->`` shows the first 30 lines of each command. Spaces and line ends are not compared, and where the
example has a line ``…`` anything may stand. ``python tests/test_docs_console.py`` renews the examples after a change.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"<!-- run(?: (?P<lines>\d+))? -->\n```console\n(?P<body>.*?)```", re.DOTALL)
PROMPT = "$ "
WIDTH = "100"


class Example(NamedTuple):
    """One command and what the page shows of its output."""

    command: str
    shown: str


def examples(body: str) -> list[Example]:
    """The commands of a block, each with the lines up to the next."""
    parts = re.split(rf"^{re.escape(PROMPT)}(.*)\n", body, flags=re.MULTILINE)
    return [Example(command, shown) for command, shown in zip(parts[1::2], parts[2::2], strict=True)]


def output(command: str, ledger: Path) -> str:
    """What a sayso command prints on standard output, run in the repository's root on a ledger of its own."""
    from sayso.cli import app

    program, *arguments = shlex.split(command)
    assert program == "sayso", f"only sayso is run here, not {program}"
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        result = CliRunner().invoke(
            app, arguments, env={"SAYSO_LEDGER": str(ledger), "COLUMNS": WIDTH, "NO_COLOR": "1"}
        )
    finally:
        os.chdir(before)
    assert result.exit_code == 0, f"{command}: {result.output} {result.exception}"
    return result.stdout


def first_difference(shown: str, printed: str) -> str | None:
    """The first piece of the example that the output does not have at its place; null where all is there."""
    whole = " ".join(printed.split())
    at = 0
    for piece in re.split(r"^\s*…\s*$", shown, flags=re.MULTILINE):
        words = " ".join(piece.split())
        found = whole.find(words, at)
        if found < 0:
            return words
        at = found + len(words)
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_examples_show_what_is_printed(page: Path, tmp_path: Path) -> None:
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        for example in examples(block["body"]):
            printed = output(example.command, tmp_path / "ledger.sqlite")
            missing = first_difference(example.shown, printed)
            assert missing is None, f"{example.command} no longer prints: {missing}"


def test_readme_has_an_example_that_is_run() -> None:
    assert BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        ("one two", True),
        ("one\n…\nfour", True),
        ("one  two\n three", True),
        ("one\nthree", False),
        ("two\n…\none", False),
    ],
)
def test_example_is_compared_by_its_words_in_their_order(shown: str, same: bool) -> None:
    assert (first_difference(shown, "one two\nthree  four\n") is None) is same


def test_block_is_split_at_its_commands() -> None:
    assert examples("$ sayso a\nx\ny\n$ sayso b\n") == [Example("sayso a", "x\ny\n"), Example("sayso b", "")]


def renew(page: Path, ledger: Path) -> None:
    """Write what the commands print now into a page's examples."""

    def renewed(block: re.Match[str]) -> str:
        limit = int(block["lines"] or 0)
        text = ""
        for example in examples(block["body"]):
            lines = output(example.command, ledger).rstrip().splitlines()
            lines = [line.rstrip() for line in lines]
            cut = [*lines[:limit], "…"] if limit and len(lines) > limit else lines
            text += f"{PROMPT}{example.command}\n" + "".join(f"{line}\n" for line in cut)
        return block[0].replace(block["body"], text)

    page.write_text(BLOCK.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for each in PAGES:
            renew(each, Path(folder) / f"{each.stem}.sqlite")
