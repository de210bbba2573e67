from __future__ import annotations

from typing import Any


def test_there_is_no_ledger_to_serve(sayso: Any) -> None:
    ended = sayso("serve")
    assert (ended.status, ended.err[:5]) == (2, "S206 ")
