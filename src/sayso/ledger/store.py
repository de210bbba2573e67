"""The store: one ledger, opened, brought to the newest schema, read by many and written by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from sayso.errors import SaysoError
from sayso.ledger import engine as engines
from sayso.ledger import migrations
from sayso.ledger.schema import meta


def now() -> str:
    """The time of a change to the ledger, ISO 8601 in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """One open ledger. Use it as a context manager, or ``close`` it."""

    def __init__(self, engine: Engine, name: str, *, read_only: str | None = None) -> None:
        self.engine = engine
        self.name = name
        self._read_only = read_only

    @classmethod
    def open(cls, path_or_url: str | Path, *, create: bool = True, wait: float = engines.BUSY_SECONDS) -> Store:
        """Open a ledger and bring it to the newest schema; make it where there is none, unless ``create`` is false.

        A file that cannot be written is opened for reading. Raises S201 (not a ledger), S203 (from a newer sayso),
        S204 (another writer for longer than ``wait`` seconds), S205 (cannot be written), S206 (there is none), S207.
        """
        text = str(path_or_url)
        if engines.is_url(text):
            store = cls(engines.url_engine(text), engines.without_password(text))
        else:
            store = cls._open_file(engines.file_path(text), create=create, wait=wait)
        try:
            store._upgrade()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def _open_file(cls, path: Path, *, create: bool, wait: float) -> Store:
        if not path.exists() and not create:
            raise SaysoError("S206", path=path)
        why = engines.cannot_write(path)
        if why is not None and not path.is_file():
            raise SaysoError("S205", path=path, why=why)
        engine = engines.file_engine(path, wait=wait, read_only=why is not None)
        return cls(engine, str(path), read_only=why)

    def _upgrade(self) -> None:
        with self._coded(), self.engine.connect() as connection:
            if migrations.revision(connection, self.name) == migrations.HEAD:
                return
        # Decided again inside the write transaction: two processes may open a new ledger at once.
        with self.write() as connection:
            found = migrations.revision(connection, self.name)
            if found != migrations.HEAD:
                migrations.upgrade(connection, found, self.name)
            if found is None:
                connection.execute(sa.insert(meta), [{"key": "created", "value": now()}])

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger, whoever writes meanwhile."""
        with self._coded(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection with one write transaction: committed at the end, nothing kept where an error leaves it."""
        if self._read_only is not None:
            raise SaysoError("S205", path=self.name, why=self._read_only)
        with self._coded(), self.engine.connect() as connection:
            writer = connection.execution_options(sayso_write=True)
            with writer.begin():
                yield writer

    @contextmanager
    def _coded(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
                raise  # A fault of ours, not the disk's: it must be seen as it is.
            raise engines.coded(error, self.name) from error

    def close(self) -> None:
        """Let go of the file. The store must not be used after it."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
