from __future__ import annotations

from pathlib import Path

from sayso.sources import Unread
from sayso.sources.paths import find_files


def outcomes(*paths: Path | str) -> list[str | tuple[str, str]]:
    found = find_files([str(path) for path in paths])
    return [(Path(item.source).name, item.code) if isinstance(item, Unread) else Path(item).name for item in found]


def test_a_directory_is_read_through_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/c.jsonl", "a.txt", "d.CSV", ".hidden.txt", "l.sqlite", "l.sqlite-wal", "e.docx"):
        (tmp_path / name).touch()
    assert outcomes(tmp_path) == ["a.txt", "c.jsonl", "d.CSV", ("e.docx", "S112")]


def test_globs_are_sorted_and_named_files_may_have_any_ending(tmp_path: Path) -> None:
    for name in ("b.log", "a.log"):
        (tmp_path / name).touch()
    assert outcomes(tmp_path / "*.log") == ["a.log", "b.log"]
    assert outcomes(tmp_path / "b.log") == ["b.log"]


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").touch()
    assert outcomes(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_what_leads_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = outcomes(tmp_path / "gone.txt", tmp_path / "*.txt", tmp_path / "empty")
    assert found == [("gone.txt", "S108"), ("*.txt", "S108"), ("empty", "S110")]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").touch()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert outcomes(tmp_path) == ["a.txt", ("loop", "S117")]
