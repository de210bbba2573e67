"""Every query of every page goes by an index, so that a page takes no longer where the ledger is large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from litestar.testing import TestClient
from tests.incidents.made import Made

from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.web.app import create_app

SMALL = {"meta", "unread", "comparison_sets", "estimates", "decisions"}
"""Tables that stay small, whatever the number of reports."""
LARGE = set(schema.metadata.tables) - SMALL
HOST = "http://127.0.0.1:8321"


def test_no_page_walks_a_large_table_without_an_index(ledger: Path, pages: list[str]) -> None:
    assert _asked(ledger, pages) > 20


def test_nor_do_the_pages_of_sides_and_series(tmp_path: Path) -> None:
    with Store.open(tmp_path / "war.db") as store:
        made = Made(store)
        for day in range(1, 4):
            made.incident(f"A{day}", f"2020-01-0{day}", ["blue-front"], ["red-guard"], said_by=("monitor",))
        made.incident("B", "2020-01-04", ["red-guard"], ["blue-front"])
        made.link("B", "A3", speaker="monitor")
        made.done()
    analysis = [f"/analysis?by={by}" for by in ("week", "month&and=target", "side&and=target", "admin1")]
    narrowed = ["target=unknown", "attacker=unknown&dated=vague", "province=SYR/Raqqa", "province=unknown"]
    pages = ["/dyads", "/dyads?sort=links", "/dyads?side=blue-front", "/dyads/blue-front/red-guard?fit=1"]
    pages += ["/campaigns", "/campaigns?to=2020-01-31", "/campaigns/A1", "/incidents/B", *analysis]
    pages += [f"/?mentions=without&{query}" for query in narrowed]
    _asked(tmp_path / "war.db", pages)


def _asked(ledger: Path, pages: list[str]) -> int:
    """How many queries the pages ask; none of them walks a large table."""
    asked: dict[str, Any] = {}
    app = create_app(str(ledger))
    engine = app.state.site.store.engine

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked[statement] = parameters

    with TestClient(app, base_url=HOST) as client:
        for page in pages:
            assert client.get(page).status_code == 200, page
        walked = {}
        with engine.connect() as connection:
            for statement, parameters in list(asked.items()):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                found = [row[-1] for row in plan if _walks(row[-1])]
                if found:
                    walked[statement] = found
    assert not walked, "\n\n".join(f"{steps}\n{query}" for query, steps in walked.items())
    return len(asked)


def _walks(step: str) -> bool:
    """Whether a step of a plan reads a whole table row by row ("SCAN events"), not by an index or a search table."""
    words = step.split()
    return words[0] == "SCAN" and "INDEX" not in words and words[1] in LARGE
