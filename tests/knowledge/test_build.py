"""The build of the gazetteer: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.knowledge.build import build
from sayso.knowledge.bundled import Bundled


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Bundled, "areas", fail)
    monkeypatch.setattr(Bundled, "settlements", lambda self, without=(): None)
    with pytest.raises(SaysoError, match=r"^S352 .*No space left"):
        build(tmp_path / "g.sqlite")
    assert [p.name for p in tmp_path.iterdir()] == ["g.lock"]


def test_if_missing_leaves_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite"
    path.write_bytes(b"mine")
    assert build(path, if_missing=True).path == path
    assert path.read_bytes() == b"mine"


def test_a_folder_that_cannot_be_made_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SaysoError, match=r"^S352 "):
        build(tmp_path / "file" / "g.sqlite")
