"""The compiled actor base is what the reviewable files say."""

from __future__ import annotations

from importlib.resources import files

import pytest

from sayso.errors import SaysoError
from sayso.knowledge.compile import _record, compiled


def test_the_compiled_file_is_current() -> None:
    shipped = files("sayso.knowledge.data").joinpath("actors.json").read_bytes()
    assert shipped == compiled(), "run: python -m sayso.knowledge.compile"


def test_a_bad_entry_is_named() -> None:
    with pytest.raises(SaysoError, match=r"^S354 .*groups\.yaml.*broken"):
        _record("actors/groups.yaml", "broken", {"name": "No kind"})
