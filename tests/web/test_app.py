"""The application as a whole: where it listens, and what it does when it fails."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.errors import SaysoError
from sayso.web import create_app, render, serve
from sayso.web.app import bind


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S206"):
        create_app(str(tmp_path / "none.sqlite"))


def test_only_this_machine_is_bound() -> None:
    with bind(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_said(ledger: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SaysoError, match="S215"):
            serve(ledger, taken.getsockname()[1])


def test_a_fault_of_ours_is_a_coded_page_that_tells_nothing_inside(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the inside")

    app = create_app(str(ledger))
    monkeypatch.setattr("sayso.ledger.queries.list_incidents", fails)
    with TestClient(app, base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as client:
        for path in ("/", "/incidents.json"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "S549" in answer.text
            assert "secret" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_pages_are_compressed_and_files_are_kept(ledger: Path) -> None:
    with TestClient(create_app(str(ledger)), base_url="http://127.0.0.1:8321") as client:
        assert client.get("/", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
        assert client.get(render.asset("css/base.css")).headers["cache-control"] == "max-age=300"
        assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"


def test_every_vendored_font_and_library_comes_with_its_licence() -> None:
    vendor = render.HERE / "static" / "vendor"
    for font in vendor.glob("fonts/*.woff2"):
        family = font.name.split("-wght")[0]
        assert any(
            family.startswith(licence.name.split(".LICENSE")[0]) for licence in vendor.glob("fonts/*.LICENSE.txt")
        )
    assert (vendor / "maplibre" / "LICENSE.txt").exists()
    assert (vendor / "geo" / "world-atlas.LICENSE.txt").exists()


def test_the_first_reader_waits_for_no_counting(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(str(ledger))

    def counted_again(*_: object, **__: object) -> None:
        raise AssertionError("counted at the first request")

    monkeypatch.setattr("sayso.ledger.queries.facets", counted_again)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        assert client.get("/").status_code == 200
