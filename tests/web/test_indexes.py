"""Every query of every page goes by an index, so that a page takes no longer where the ledger is large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from litestar.testing import TestClient

from sayso.ledger import schema
from sayso.web.app import create_app

SMALL = {"meta", "unread", "comparison_sets", "estimates", "decisions"}
"""Tables that stay small, whatever the number of reports."""
LARGE = set(schema.metadata.tables) - SMALL
HOST = "http://127.0.0.1:8321"


def test_no_page_walks_a_large_table_without_an_index(ledger: Path, pages: list[str]) -> None:
    asked: dict[str, Any] = {}
    app = create_app(str(ledger))
    engine = app.state.site.store.engine

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked[statement] = parameters

    with TestClient(app, base_url=HOST) as client:
        for page in pages:
            assert client.get(page).status_code == 200
        walked = {}
        with engine.connect() as connection:
            for statement, parameters in list(asked.items()):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                found = [row[-1] for row in plan if _walks(row[-1])]
                if found:
                    walked[statement] = found
    assert len(asked) > 20
    assert not walked, "\n\n".join(f"{steps}\n{query}" for query, steps in walked.items())


def _walks(step: str) -> bool:
    """Whether a step of a plan reads a whole table row by row ("SCAN events"), not by an index or a search table."""
    words = step.split()
    return words[0] == "SCAN" and "INDEX" not in words and words[1] in LARGE
