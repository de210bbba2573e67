"""Tables and queries keep to SQL that PostgreSQL takes too; what is SQLite's own stays in its three modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from sayso import ledger
from sayso.ledger import schema
from sayso.ledger.filters import Filters, conditions_on

PORTABLE = sorted(
    path for path in Path(ledger.__file__).parent.glob("*.py") if path.name not in ("bulk.py", "engine.py", "search.py")
)


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_on_postgresql(table: sa.Table) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
    for index in table.indexes:
        assert "CREATE" in str(CreateIndex(index).compile(dialect=dialect))


def test_every_filter_can_be_asked_of_postgresql() -> None:
    filters = Filters(
        types=("airstrike",),
        since="2021",
        until="2022",
        speakers=("a",),
        sides=("b",),
        stance="denies",
        report="r",
        text='war "two words"',
        box=(1.0, 2.0, 3.0, 4.0),
        provinces=("SYR/Aleppo", "unknown"),
        attackers=("state:SYR", "unknown"),
        attacked=("unknown",),
        dated="close",
    )
    query = sa.select(schema.incidents).where(*conditions_on(filters, "postgresql"))
    compiled = str(query.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "ILIKE" in compiled
    assert "search_fts" not in compiled
    assert "julianday" not in compiled


@pytest.mark.parametrize("path", PORTABLE, ids=lambda path: path.name)
def test_no_other_module_writes_sqlite_by_hand(path: Path) -> None:
    code = re.sub(r'""".*?"""|#[^\n]*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"PRAGMA|fts5|MATCH|exec_driver_sql|INSERT OR|json_each|sqlite3\.", code)
