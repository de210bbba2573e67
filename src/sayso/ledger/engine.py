"""A database engine for a ledger's path or URL, and the coded error for what can go wrong with it.

What is SQLite's own lives here (pragmas, transactions, result codes), in ``search.py`` (FTS5) and in ``bulk.py``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

from sayso.errors import SaysoError

BUSY_SECONDS = 15.0
"""How long a writer waits for another one before it gives up with S204."""

CACHE = 32_000
"""How much of an SQLite file a connection keeps in memory, in kB."""
ROOMY = 400_000
"""The same for a transaction that writes most of the ledger."""

_ALLOWED_SQLITE = "sqlite:///"
_WRITERS = 0x5A750
"""The number of the lock that one writer at a time holds on PostgreSQL."""


def is_url(path_or_url: str) -> bool:
    """Whether this names a database by URL (``postgresql+psycopg://…``), not a file."""
    return "://" in path_or_url and not path_or_url.startswith(_ALLOWED_SQLITE)


def file_path(path_or_url: str) -> Path:
    """The file of an SQLite ledger, given as a path or as ``sqlite:///path``."""
    return Path(path_or_url.removeprefix(_ALLOWED_SQLITE)).expanduser()


def file_engine(path: Path, *, wait: float = BUSY_SECONDS, read_only: bool = False) -> Engine:
    """An engine over an SQLite file: WAL, foreign keys on, transactions begun by us. ``wait`` in seconds."""
    uri = path.resolve().as_uri()
    if read_only:
        # An immutable file needs no -wal and -shm beside it, which a read-only folder would refuse. Where there is one,
        # somebody writes, and what is in it counts.
        uri += "?mode=ro" if path.with_name(path.name + "-wal").exists() else "?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=wait, check_same_thread=False, isolation_level=None)
        try:
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8)

    # Python's sqlite3 begins transactions late and never before DDL; begun by us, a migration is one transaction too.
    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("sayso_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def roomy(connection: sa.Connection) -> Iterator[None]:
    """Keep more of an SQLite file in memory meanwhile, and let a second processor sort."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOMY}")
    connection.exec_driver_sql("PRAGMA threads = 2")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE}")
        connection.exec_driver_sql("PRAGMA threads = 0")


def url_engine(url: str) -> Engine:
    """An engine for a database URL. Raises S208 where its driver is not installed, S209 where the URL is not one."""
    try:
        engine = sa.create_engine(url)
    except ModuleNotFoundError as error:
        raise SaysoError("S208", path=without_password(url), package=error.name or "psycopg") from error
    except sa.exc.ArgumentError as error:
        raise SaysoError("S209", path=without_password(url), why=error) from error
    if engine.dialect.name == "postgresql":
        sa.event.listen(engine, "begin", _begin_on_postgresql)
    return engine


def _begin_on_postgresql(connection: sa.Connection) -> None:
    """A reader sees one state of the ledger; writers go one after the other, as they do on SQLite."""
    if not connection.get_execution_options().get("sayso_write", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    # Two reports that tell of one incident must not both begin it.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS:.0f}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def without_password(path_or_url: str) -> str:
    """A path or URL that may be printed."""
    if not is_url(path_or_url):
        return path_or_url
    try:
        return sa.make_url(path_or_url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return path_or_url.split("://")[0] + "://…"


def cannot_write(path: Path) -> str | None:
    """Why this file cannot be written, in words; ``None`` where it can."""
    if path.is_dir():
        return "it is a folder"
    if path.exists() and not os.access(path, os.W_OK):
        return "the file is read-only"
    if not path.parent.is_dir():
        return "its folder does not exist"
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    return None


_POSTGRESQL_BUSY = {"55P03", "40P01"}
"""The lock was not given in time; a deadlock."""
_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_WRITE_FAILED = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE}


def coded(error: BaseException, path: str) -> SaysoError:
    """The coded error that tells what this database error means for the ledger at ``path``."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    why = str(original)
    if getattr(original, "sqlstate", None) in _POSTGRESQL_BUSY:
        return SaysoError("S204", path=path)
    if code is None:
        return SaysoError("S209", path=path, why=why)
    if code & 0xFF in _FULL or code in _WRITE_FAILED:
        return SaysoError("S202", path=path, why=why)
    if code & 0xFF in _BUSY:
        return SaysoError("S204", path=path)
    if code & 0xFF in _READ_ONLY:
        return SaysoError("S205", path=path, why=why)
    if code & 0xFF == sqlite3.SQLITE_NOTADB:
        return SaysoError("S201", path=path, why=why)
    if code & 0xFF == sqlite3.SQLITE_CORRUPT:
        return SaysoError("S207", path=path, why=why)
    return SaysoError("S209", path=path, why=why, exit_status=1)
