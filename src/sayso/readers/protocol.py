"""What a reader is: reports in, an account or the reason why there is none out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from sayso.errors import SaysoError
from sayso.model import Account, Report

OWN = "sayso"
"""The name of the reader that sayso has built in."""


@runtime_checkable
class Reader(Protocol):
    """Reads reports. ``name`` and ``version`` sign its accounts: a change of either has reports read again.

    A reader that sends texts away from this machine says where in ``sends_to: str | None``, which may be left out.
    """

    @property
    def name(self) -> str:
        """What the reader is called; of a model behind an endpoint, the model too."""

    @property
    def version(self) -> str:
        """The version of its rules, weights or prompt."""

    def read(self, reports: Iterable[Report]) -> Iterator[Account | SaysoError]:
        """One item a report, in their order: its account, or why it has none."""


def signature(reader: Reader) -> str:
    """What a reader's accounts are signed with: name and version; of the built-in one, its version alone."""
    return reader.version if reader.name == OWN else f"{reader.name} {reader.version}"
