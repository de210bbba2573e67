"""One gazetteer for all tests of this folder: the user's, built on first use."""

from __future__ import annotations

import pytest

from sayso.knowledge.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()
