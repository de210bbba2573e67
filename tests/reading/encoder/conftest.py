"""The trained reader as it is installed."""

from __future__ import annotations

import pytest

from sayso.reading.encoder.weights import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that ``sayso`` reads with."""
    return load_reader()
