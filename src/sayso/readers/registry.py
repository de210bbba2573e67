"""Readers by name: the built-in one, the one behind an endpoint, and those that other packages bring.

A package brings a reader by an entry point of the group ``sayso.readers``: its name, and a callable that gives the
reader. What stands behind a colon in ``NAME:MODEL`` is given to the callable, which is otherwise called with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points

import msgspec

from sayso.errors import SaysoError
from sayso.model import Account, Report
from sayso.readers.checking import CheckedReader
from sayso.readers.protocol import OWN, Reader

GROUP = "sayso.readers"
ENDPOINT = "openai"
"""The name of the reader behind an OpenAI-compatible endpoint."""


class BuiltIn:
    """sayso's own reading, as a reader. ``min_confidence`` takes the place of the shipped thresholds (0 to 1, S348)."""

    name = OWN

    def __init__(self, min_confidence: float | None = None) -> None:
        from sayso.reading.confidence.judging import Judge

        self._judge = Judge(min_confidence)

    @property
    def version(self) -> str:
        """The version of the reading, with the threshold where it is not as shipped."""
        from sayso.reading.account import READER

        return self._judge.signed(READER)

    def read(self, reports: Iterable[Report]) -> Iterator[Account | SaysoError]:
        """As ``sayso.reading.account.read_each``."""
        from sayso.reading.account import read_each

        return read_each(reports, self._judge)


class Listed(msgspec.Struct, frozen=True):
    """A reader that can be named: where it comes from; ``todo`` says what to do where it cannot be used."""

    name: str
    source: str
    todo: str | None = None


def open_reader(name: str = OWN, *, endpoint: str | None = None, min_confidence: float | None = None) -> Reader:
    """The reader of a name, ``NAME`` or ``NAME:MODEL``. ``endpoint`` is the address for ``openai``.

    ``min_confidence``, from 0 to 1, is the least confidence with which the built-in reader keeps a claim.

    Raises ``S801`` (no such reader), ``S802`` (its package cannot be loaded), ``S817`` (an address, a model or a
    threshold for one that takes none), ``S348`` (a threshold that is none), and for ``openai`` what
    ``endpoint.open_endpoint`` raises.
    """
    base, colon, model = name.partition(":")
    if min_confidence is not None and base != OWN:
        raise SaysoError("S817", name=base, what="least confidence")
    if base == ENDPOINT:
        from sayso.readers.endpoint import open_endpoint

        return CheckedReader(open_endpoint(model, url=endpoint))
    if endpoint is not None:
        raise SaysoError("S817", name=base, what="an endpoint")
    if base == OWN:
        if colon:
            raise SaysoError("S817", name=base, what="a model")
        return BuiltIn(min_confidence)
    found = _brought().get(base)
    if found is None:
        raise SaysoError("S801", name=base, names=", ".join(sorted({OWN, ENDPOINT, *_brought()})))
    return CheckedReader(_load(found, model if colon else None))


def sends_to(reader: Reader) -> str | None:
    """Where a reader sends texts to, away from this machine; null where it keeps them here, as far as it says."""
    found = getattr(reader, "sends_to", None)
    return found if isinstance(found, str) else None


def listing() -> list[Listed]:
    """Every reader that can be named, the built-in one first; those of other packages are loaded to see if they can."""
    from sayso.readers.endpoint import describe

    found = [Listed(OWN, f"{BuiltIn().version}, built in, the default"), Listed(ENDPOINT, describe())]
    for name, entry in sorted(_brought().items()):
        source = _source(entry)
        try:
            entry.load()
        except Exception as error:
            found.append(Listed(name, source, str(_unloadable(entry, error))))
        else:
            found.append(Listed(name, source))
    return found


def _brought() -> dict[str, EntryPoint]:
    """The readers of other packages; none takes a name of sayso's own, and of two with one name the first counts."""
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        if entry.name not in (OWN, ENDPOINT):
            found.setdefault(entry.name, entry)
    return found


def _load(entry: EntryPoint, model: str | None) -> Reader:
    try:
        make = entry.load()
        reader = make() if model is None else make(model)
    except SaysoError:
        raise
    except Exception as error:
        raise _unloadable(entry, error) from error
    if not isinstance(reader, Reader):
        raise SaysoError("S802", name=entry.name, source=_source(entry), why="it has not name, version and read")
    return reader


def _unloadable(entry: EntryPoint, error: Exception) -> SaysoError:
    return SaysoError("S802", name=entry.name, source=_source(entry), why=f"{type(error).__name__}: {error}")


def _source(entry: EntryPoint) -> str:
    return f"package {entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value
