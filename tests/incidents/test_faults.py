"""Killed while joining, or two writers at once: the ledger is whole, and a rerun gives the same incidents."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.made_up import made_up
from tests.incidents.test_order import held

from sayso.incidents import relink, update
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account

REPORTS = 14

CHILD = """
import os, signal, sys
from importlib import import_module
from tests.incidents.made_up import made_up
from sayso import incidents
from sayso.ledger.store import Store
from sayso.ledger.write import put_account

path, what, module, name, at = sys.argv[1:6]
calls = 0

def dying(found):
    def called(*arguments, **options):
        global calls
        calls += 1
        if calls == int(at):
            os.kill(os.getpid(), signal.SIGKILL)
        return found(*arguments, **options)
    return called

if module:
    owner = import_module(module)
    setattr(owner, name, dying(getattr(owner, name)))

with Store.open(path) as store:
    if what == "relink":
        import_module("sayso.incidents.components").AT_ONCE = 4
        incidents.relink(store, processes=1)
    else:
        accounts = made_up(5, int(sys.argv[6]))
        odd = {"all": (0, 1), "even": (0,), "odd": (1,)}[what]
        for number, one in enumerate(accounts):
            if number % 2 in odd:
                with store.write() as connection:
                    put_account(connection, one, "test")
                    incidents.update(connection, [one.report.id])
"""


def child(path: Path, what: str, *point: object) -> subprocess.Popen[bytes]:
    module, name, at = point or ("", "", 0)
    command = [sys.executable, "-c", CHILD, str(path), what, *map(str, (module, name, at, REPORTS))]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE)


def whole(path: Path) -> dict[str, Any]:
    """What the ledger holds, and that nothing in it hangs in the air."""
    with Store.open(path) as store:
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            e, j, c = schema.events.c, schema.joins.c, schema.claims.c
            for told, event in ((j.incident_id, j.event_id), (c.incident_id, c.event_id)):
                other = sa.select(e.id).join(told.table, event == e.id).where(e.incident_id != told)
                assert connection.execute(other).all() == []
            assert connection.scalar(sa.select(sa.func.count()).select_from(schema.stale_events)) == 0
        return held(store)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("whole") / "ledger.db"
    with Store.open(path) as store, store.write() as connection:
        accounts = made_up(5, REPORTS)
        for one in accounts:
            put_account(connection, one, "test")
        update(connection, [one.report.id for one in accounts])
    return whole(path)


@pytest.mark.parametrize(
    "point",
    [
        ("sayso.incidents.join", "put_keys", 5),
        ("sayso.incidents.edges", "_write", 6),
        ("sayso.incidents.settling", "assign", 7),
        ("sayso.incidents.settling", "redirect", 8),
        ("sayso.incidents.settling", "write_joins", 9),
        ("sayso.incidents.settling", "refresh", 10),
    ],
    ids=lambda point: point[1],
)
def test_killed_as_a_report_is_joined(tmp_path: Path, expected: dict[str, Any], point: tuple[str, str, int]) -> None:
    path = tmp_path / "ledger.db"
    assert child(path, "all", *point).wait() == -9
    before = whole(path)
    assert 0 < sum(map(len, before["incidents"])) < sum(map(len, expected["incidents"]))
    with Store.open(path) as store:
        for one in made_up(5, REPORTS):
            if _has(store, one):
                continue
            with store.write() as connection:
                put_account(connection, one, "test")
                update(connection, [one.report.id])
    assert whole(path) == expected


def _has(store: Store, one: Account) -> bool:
    with store.read() as connection:
        found = sa.select(schema.reports.c.id).where(schema.reports.c.id == one.report.id)
        return connection.scalar(found) is not None


@pytest.mark.parametrize(
    "point",
    [
        ("sayso.incidents.relinking", "write_lists", 1),
        ("sayso.incidents.settling", "redirect", 1),
        ("sayso.incidents.settling", "write_joins", 1),
        ("sayso.incidents.relinking", "carry_over", 1),
        ("sayso.incidents.relinking", "refresh", 1),
        ("sayso.incidents.relinking", "mark_joined", 1),
    ],
    ids=lambda point: point[1],
)
def test_killed_as_all_is_joined_anew(tmp_path: Path, expected: dict[str, Any], point: tuple[str, str, int]) -> None:
    path = tmp_path / "ledger.db"
    with Store.open(path) as store, store.write() as connection:
        for one in made_up(5, REPORTS):
            put_account(connection, one, "test")
    assert child(path, "relink", *point).wait() == -9
    assert whole(path)["incidents"] == {}
    with Store.open(path) as store:
        relink(store, processes=1)
    assert whole(path) == expected


SHARING = """
from sys import argv
from tests.incidents.test_faults import waiting
from sayso.incidents.processes import _shared
if __name__ == "__main__":
    list(_shared(waiting, [argv[1]], 1))
"""


def waiting(path: str) -> None:
    """Write this process's number into a file, then wait for a minute."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def test_processes_that_share_the_work_end_with_the_one_that_asked_for_it(tmp_path: Path) -> None:
    script, told = tmp_path / "sharing.py", tmp_path / "number"
    script.write_text(SHARING, encoding="utf-8")
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, script, told], cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    number = int(_awaited(lambda: told.exists() and told.read_text(encoding="utf-8")))
    parent.kill()
    parent.wait()
    assert _awaited(lambda: not _runs(number))


def _awaited(what: Callable[[], Any]) -> Any:
    for _ in range(300):
        if found := what():
            return found
        time.sleep(0.1)
    return None


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{number}/stat")  # One that ended and was not waited for is still there.
    return not stat.exists() or ") Z " not in stat.read_text(encoding="utf-8")


def test_two_writers_at_once(tmp_path: Path, expected: dict[str, Any]) -> None:
    path = tmp_path / "ledger.db"
    Store.open(path).close()
    writers = [child(path, what) for what in ("even", "odd")]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0), (b"", 0)]
    assert whole(path) == expected
