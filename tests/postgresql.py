"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, on a local socket and no port."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ACCOUNT = "postgres"
"""Whose processes these are where the tests run as root, as which PostgreSQL refuses to run."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; ``None`` where it is not installed."""
    found = shutil.which("initdb")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else versions[-1].parent if versions else None


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of an empty database in a new cluster, which is stopped and removed at the end."""
    folder = programs()
    assert folder is not None
    with TemporaryDirectory(prefix="pg") as name:
        # Its path holds a socket, whose name may have no more than 107 bytes.
        home, data = Path(name), Path(name) / "data"
        user = ACCOUNT if os.geteuid() == 0 else getpass.getuser()
        if os.geteuid() == 0:
            shutil.chown(home, ACCOUNT)
        _run(folder / "initdb", "-D", data, "-U", user, "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        _run(folder / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start")
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={home}"
        finally:
            _run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", ACCOUNT, "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")
