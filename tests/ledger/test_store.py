"""Opening a ledger, and what can be wrong with it: each a coded line, and nothing already there is lost."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.ledger import migrations, queries
from sayso.ledger.schema import meta, metadata
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account

MakeAccount = Callable[..., Account]


def _count(path: Path) -> int:
    with Store.open(path, create=False) as store, store.read() as connection:
        return queries.counts(connection)["reports"]


@pytest.fixture
def filled(ledger_path: Path, make_account: MakeAccount) -> Path:
    with Store.open(ledger_path) as store, store.write() as connection:
        put_account(connection, make_account(), "one.txt")
    return ledger_path


def test_a_new_ledger_has_the_schema_and_says_when_it_was_made(store: Store) -> None:
    with store.read() as connection:
        assert migrations.revision(connection, "x") == migrations.HEAD
        assert str(connection.scalar(sa.select(meta.c.value).where(meta.c.key == "created"))).startswith("20")


def test_the_file_is_in_wal_mode_with_foreign_keys_on(store: Store) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_migrations_lead_to_the_tables_of_the_schema(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda thing, name, kind, *_: not (kind == "table" and "search_fts" in name)},
        )
        assert compare_metadata(context, metadata) == []


def test_the_newest_version_is_the_one_that_alembic_finds() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head() == migrations.HEAD


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Rockets hit the base. " * 100)
    with pytest.raises(SaysoError, match=r"^S201 .*notes\.txt") as caught:
        Store.open(path)
    assert caught.value.exit_status == 2
    assert path.read_text().startswith("Rockets")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE visits (id)")
    with pytest.raises(SaysoError, match=r"^S201 "):
        Store.open(path)


def test_a_ledger_of_a_newer_version_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SaysoError, match=r"^S203 .*9999"):
        Store.open(filled)
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [migrations.HEAD])
    assert _count(filled) == 1


def test_there_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S206 "):
        Store.open(tmp_path / "none.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S205 .*folder"):
        Store.open(tmp_path / "none" / "ledger.sqlite")


def test_a_damaged_file_is_named_as_such(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[4096:40960] = b"\xff" * (40960 - 4096)
    filled.write_bytes(data)
    with pytest.raises(SaysoError, match=r"^S207 "):
        _count(filled)


def test_a_second_writer_is_told_so_and_readers_go_on(filled: Path, make_account: MakeAccount) -> None:
    with Store.open(filled) as first, Store.open(filled, wait=0.1) as second:
        with first.write() as connection:
            put_account(connection, make_account("Another text about rockets."), "two.txt")
            with pytest.raises(SaysoError, match=r"^S204 "), second.write():
                pass
            with second.read() as reader:
                assert queries.counts(reader)["reports"] == 1
        with second.read() as reader:
            assert queries.counts(reader)["reports"] == 2


def test_a_write_that_fails_leaves_nothing(filled: Path, make_account: MakeAccount) -> None:
    broken = make_account("Another text about rockets.")
    broken = msgspec.structs.replace(broken, claims=(*broken.claims, broken.claims[0]))
    with Store.open(filled) as store, pytest.raises(sa.exc.IntegrityError):
        _put(store, broken)
    assert _count(filled) == 1


def test_a_full_database_is_told_so(filled: Path, make_account: MakeAccount) -> None:
    with Store.open(filled) as store:
        with store.read() as connection:
            pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")  # Holds for the pooled connection.
        with pytest.raises(SaysoError, match=r"^S202 "):
            _put(store, make_account("rockets " * 20_000))
    assert _count(filled) == 1


def _put(store: Store, account: Account) -> None:
    with store.write() as connection:
        put_account(connection, account, "two.txt")


FILL = """
import resource, sys, hashlib
from sayso.errors import SaysoError
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Report
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
with Store.open(sys.argv[1]) as store:
    for number in range(1000):
        text = f"{number} rockets " * 5000
        sha = hashlib.sha256(text.encode()).hexdigest()
        report = Report(id=sha[:16], sha256=sha, text=text, published="2021-07-05")
        try:
            with store.write() as connection:
                put_account(connection, Account(report=report, reader="x"), f"{number}.txt")
        except SaysoError as error:
            print(number, error)
            sys.exit(error.exit_status)
"""


def test_a_full_disk_is_told_so_and_what_was_added_stays(ledger_path: Path) -> None:
    """The operating system refuses to let the file grow, as it does on a full disk."""
    ended = subprocess.run([sys.executable, "-c", FILL, str(ledger_path)], capture_output=True, text=True, check=False)
    number, code, *_ = ended.stdout.split()
    assert (ended.returncode, code) == (2, "S202"), ended.stderr
    assert int(number) > 0
    assert _count(ledger_path) == int(number)


OPEN = """
import os, sys
import sqlalchemy.dialects.sqlite
from sayso.errors import SaysoError
from sayso.ledger import queries
from sayso.ledger.store import Store
os.setuid(65534)
try:
    with Store.open(sys.argv[1]) as store:
        with store.read() as connection:
            print(queries.counts(connection)["reports"])
        with store.write():
            pass
except SaysoError as error:
    print(error)
"""


@pytest.fixture
def seen_by_all() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own temporary folders are closed to others."""
    if os.getuid() != 0:
        pytest.skip("only root can become another user, and for root permissions do not hold")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _open_as_nobody(path: Path) -> list[str]:
    """What opening, reading and writing gives a user who owns nothing."""
    ended = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def test_a_read_only_ledger_can_be_read_and_not_written(filled: Path, seen_by_all: Path) -> None:
    path = seen_by_all / "ledger.sqlite"
    shutil.copyfile(filled, path)
    path.chmod(0o444)
    reports, error = _open_as_nobody(path)
    assert reports == "1"
    assert error.startswith("S205 ")


def test_a_read_only_ledger_shows_what_its_writer_has_just_added(
    filled: Path, seen_by_all: Path, make_account: MakeAccount
) -> None:
    path = seen_by_all / "ledger.sqlite"
    shutil.copyfile(filled, path)
    with Store.open(path) as store:
        _put(store, make_account("Another text about rockets."))
        assert path.with_name("ledger.sqlite-wal").exists()
        assert _open_as_nobody(path)[0] == "2"


def test_a_read_only_folder_is_told_so(seen_by_all: Path) -> None:
    (error,) = _open_as_nobody(seen_by_all / "new.sqlite")
    assert error.startswith("S205 ")


KILLED = """
import os, signal, sys
from sayso.ledger import migrations, search
def die(connection):
    os.kill(os.getpid(), signal.SIGKILL)
search.create_index = die
from sayso.ledger.store import Store
Store.open(sys.argv[1])
"""


def test_an_interrupted_migration_leaves_nothing_half_done(ledger_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(ledger_path)], check=False)
    assert ended.returncode == -9
    with sqlite3.connect(ledger_path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert _count(_opened(ledger_path)) == 0


def _opened(path: Path) -> Path:
    Store.open(path).close()
    return path


def test_a_database_url_without_its_driver_says_what_to_install() -> None:
    if importlib.util.find_spec("psycopg"):
        pytest.skip("the driver is installed")
    with pytest.raises(SaysoError, match=r"^S208 .*pip install psycopg") as caught:
        Store.open("postgresql+psycopg://me:secret@host/base")
    assert "secret" not in str(caught.value)
