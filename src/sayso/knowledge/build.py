"""Builds the gazetteer file from what the installed packages and the bundled tables hold; needs no network."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import SaysoError
from sayso.knowledge import bundled
from sayso.knowledge.gazetteer import default_path
from sayso.knowledge.placefile import PlaceFile

LOCK_SECONDS = 300.0


def build(target: Path | None = None, *, if_missing: bool = False) -> Path:
    """Builds the gazetteer at ``target`` (default: the user's cache) in one atomic step, and returns its path.

    A second process waits for the first. Raises ``SaysoError`` S352 where the file cannot be written.
    """
    path = target or default_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if not (if_missing and path.exists()):
                _write(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise SaysoError("S352", path=path, why=error) from error
    return path


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    import fcntl

    with path.with_suffix(".lock").open("w") as lock:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield


def _write(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        file = PlaceFile(part)
        bundled.write(file)
        file.finish()
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
