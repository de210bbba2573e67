"""A real HTTP server on loopback that answers as it is told to, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sayso.model import Report
from sayso.readers.chat import Chat, Endpoint, parse_url
from sayso.readers.endpoint import EndpointReader
from sayso.sources import report_from_text

TEXT = """Two rockets hit a base near Homs on Sunday, killing at least 18 soldiers, the “Northern Observatory” said.

The army denied there was any attack. It was not clear who fired the rockets, the Observatory’s director told Reuters.
"""


@dataclass
class Reply:
    """One answer of the server: its status, body and headers; ``pause`` seconds before it and between its pieces."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    pieces: int = 1
    length: int | None = None
    """The length that the header declares, where it is not the body's."""


def chat(content: object, finish: str = "stop") -> Reply:
    """The answer of a chat endpoint with some content: a string as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Reply(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())


class Server:
    """Gives its replies in turn, the last one over and over, and keeps what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.most_at_once = 0
        self._here = 0
        self._count = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                server.asked.append(json.loads(self.rfile.read(length)))
                server.headers.append(dict(self.headers))
                server.paths.append(self.path)
                server.answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing on standard error."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._count:
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            self._here += 1
            self.most_at_once = max(self.most_at_once, self._here)
        time.sleep(reply.pause)
        with self._count:
            self._here -= 1
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            handler.end_headers()
            size = max(len(reply.body) // reply.pieces, 1)
            for at in range(0, len(reply.body), size):
                handler.wfile.write(reply.body[at : at + size])
                handler.wfile.flush()
                time.sleep(reply.pause if reply.pieces > 1 else 0)
            handler.close_connection = True
        except OSError:
            pass  # The client has hung up, as it should where the answer is too slow or too large.

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


Make = Callable[..., EndpointReader]


@pytest.fixture
def waits() -> list[float]:
    """How long the reader waited between attempts; it does not really wait."""
    return []


@pytest.fixture
def make_reader(server: Server, waits: list[float]) -> Make:
    """A reader that asks the server, for given replies."""

    def make(
        *replies: Reply, key: str | None = None, timeout: float = 20.0, window: int = 12_000, parallel: int = 1
    ) -> EndpointReader:
        server.replies = list(replies)
        endpoint = Endpoint(parse_url(server.url), "test-model", key, timeout)
        return EndpointReader(Chat(endpoint, sleep=waits.append), window, parallel)

    return make


@pytest.fixture
def report() -> Report:
    return report_from_text(TEXT, published="2021-07-05")


def an_event(**changes: Any) -> dict[str, Any]:
    """An event of ``TEXT``, as a model that does what it is asked would give it."""
    return {
        "type": "shelling",
        "evidence": "Two rockets hit a base near Homs on Sunday",
        "mentions": ["rockets hit", "attack"],
        "modality": "actual",
        "times": ["on Sunday"],
        "places": ["Homs"],
        "initiators": [],
        "recipients": ["a base", "at least 18 soldiers"],
        "weapons": ["Two rockets"],
        "killed": ["killing at least 18 soldiers"],
        "injured": [],
        "claims": [
            {
                "slot": "occurrence",
                "stance": "asserts",
                "speaker": 'the "Northern Observatory"',
                "via": None,
                "value": None,
                "evidence": "Two rockets hit a base near Homs",
            },
            {"slot": "occurrence", "stance": "denies", "speaker": "The army", "evidence": "there was any attack"},
            {
                "slot": "initiator",
                "stance": "uncertain",
                "speaker": "the Observatory's director",
                "via": "Reuters",
                "value": None,
                "evidence": "It was not clear who fired the rockets",
            },
        ],
    } | changes


def an_answer(*events: dict[str, Any], **others: Any) -> dict[str, Any]:
    """The whole answer on ``TEXT``."""
    said = "Two rockets hit a base near Homs on Sunday, killing at least 18 soldiers"
    attribution = {"source": ['the "Northern Observatory"'], "cue": ["said"], "content": [said], "stance": "asserts"}
    return {"events": list(events) or [an_event()], "attributions": [attribution]} | others
