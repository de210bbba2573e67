from __future__ import annotations

from typing import Any

import pytest

from sayso.cli.serve import HOST, bind
from sayso.errors import SaysoError


def test_only_this_machine_is_bound() -> None:
    with bind(0) as listener:
        assert listener.getsockname()[0] == HOST == "127.0.0.1"


def test_a_port_that_is_taken_is_told_so() -> None:
    with bind(0) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(SaysoError, match=rf"^S215 port {port} ") as caught:
            bind(port)
        assert caught.value.exit_status == 2


def test_there_is_no_ledger_to_serve(sayso: Any) -> None:
    ended = sayso("serve")
    assert (ended.status, ended.err[:5]) == (2, "S206 ")
