"""The files behind paths, directories and globs: sorted, without loops, and nothing passed over in silence."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.errors import SaysoError
from sayso.sources.unread import Unread

ENDINGS = (".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv")
"""What is read from a directory; a file that is named by itself may have any ending."""
LEDGERS = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")
"""Left out of directories: people keep the ledger beside their reports."""


def find_files(paths: Sequence[str]) -> Iterator[str | Unread]:
    """The names of the files behind ``paths``, in the given order; those of a directory (recursive) or glob sorted.

    Hidden files and ledgers are left out of directories. A path that leads nowhere is an ``Unread``: S108 to S110,
    S112, S117.
    """
    for path in paths:
        if os.path.lexists(path):
            yield from _files_at(path)
            continue
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            yield Unread.because(SaysoError("S108", name=path), path)
        for match in matches:
            yield from _files_at(match)


def _files_at(path: str) -> Iterator[str | Unread]:
    if not Path(path).is_dir():
        yield path
        return
    found = False
    for item in _walk(path, set()):
        found = True
        yield item
    if not found:
        yield Unread.because(SaysoError("S110", name=path, endings=" ".join(ENDINGS)), path)


def _walk(directory: str, visited: set[tuple[int, int]]) -> Iterator[str | Unread]:
    try:
        status = Path(directory).stat()
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        yield Unread.because(SaysoError("S109", name=directory, why=error.strerror), directory)
        return
    if (status.st_dev, status.st_ino) in visited:
        yield Unread.because(SaysoError("S117", name=directory), directory)
        return
    visited.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower().endswith(LEDGERS):
            continue
        if Path(entry.path).is_dir():
            yield from _walk(entry.path, visited)
        elif entry.name.lower().endswith(ENDINGS):
            yield entry.path
        else:
            yield Unread.because(SaysoError("S112", name=entry.path, endings=" ".join(ENDINGS)), entry.path)
