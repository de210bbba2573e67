"""A chat-completions endpoint (as OpenAI's, and as Ollama, llama.cpp, vLLM and others speak it), over HTTP.

The standard library does it: one request at a time, no redirect followed, no proxy taken from the environment, so that
a report's text goes to the address given and nowhere else. The key stands in one header and in nothing that is printed.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import msgspec

from sayso.errors import SaysoError

PATH = "/chat/completions"
LARGEST = 4 << 20
"""Bytes of the largest answer that is read."""
ATTEMPTS = 4
"""How often a request is made while the endpoint is busy, failing or out of reach."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before the second attempt, doubled before each further one; and the longest that an endpoint may ask for."""
BUSY = frozenset({408, 429, 500, 502, 503, 504, 529})
PIECE = 1 << 16
PLAIN = frozenset({400, 422})
"""Statuses of an endpoint that does not know an option of the request."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: the address in parts, the model's name, the key, and seconds for one answer."""

    url: SplitResult
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0

    @property
    def where(self) -> str:
        """The address as it is shown: without its query, which may hold a secret."""
        return f"{self.url.scheme}://{self.url.netloc}{self.url.path}"

    @property
    def is_local(self) -> bool:
        """Whether the address is this machine's own."""
        return is_loopback(self.url.hostname or "")


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _RetryError(Exception):
    """An attempt that may go better later; ``wait`` is what the endpoint asks for, in seconds."""

    def __init__(self, error: SaysoError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def parse_url(url: str) -> SplitResult:
    """The address of an endpoint, ending in ``/chat/completions``. Raises ``S805``."""
    try:
        found = urlsplit(url.strip())
        port = found.port
    except ValueError as error:
        raise SaysoError("S805", why=str(error)) from None
    if found.scheme not in ("http", "https"):
        raise SaysoError("S805", why="it does not begin with http:// or https://")
    if not found.hostname or port == 0:
        raise SaysoError("S805", why="it names no host")
    if found.username is not None or found.password is not None:
        raise SaysoError("S805", why="it holds a name or password; a key belongs into SAYSO_ENDPOINT_KEY")
    if any(not "!" <= letter <= "~" for letter in found.geturl()):
        raise SaysoError("S805", why="it holds spaces or letters that no address has")
    path = found.path.rstrip("/")
    return found._replace(path=path if path.endswith(PATH) else path + PATH, fragment="")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name or address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


class Chat:
    """Asks one endpoint. While it is out of reach, each further request is made once, without waiting."""

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], object] = time.sleep) -> None:
        self.endpoint = endpoint
        self._sleep = sleep
        self._options: dict[str, Any] = {"temperature": 0, "response_format": {"type": "json_object"}}
        self._lost = False

    def ask(self, messages: list[dict[str, str]]) -> str:
        """The text of the model's answer.

        Raises ``S806`` (out of reach), ``S807`` (key refused), ``S808`` (too slow), ``S809`` (refused), ``S810`` (busy
        to the end), ``S811`` (too large), ``S812`` (not the JSON of a chat endpoint), ``S813`` (cut off).
        """
        attempt = 1
        while True:
            try:
                data = self._attempt(messages)
                self._lost = False
                return self._content(data)
            except _RetryError as again:
                wait = FIRST_WAIT * 2 ** (attempt - 1) if again.wait is None else again.wait
                gone = again.error.code == "S806"
                if attempt == ATTEMPTS or wait > LONGEST_WAIT or (gone and self._lost):
                    self._lost = gone
                    raise again.error from None
                self._sleep(wait)
                attempt += 1

    def _attempt(self, messages: list[dict[str, str]]) -> bytes:
        status, data, headers = self._post(messages)
        if status in PLAIN and self._options:
            self._options = {}  # Some endpoints refuse a temperature, or know no response format.
            status, data, headers = self._post(messages)
        if status == 200:
            return data
        where = self.endpoint.where
        if status in (401, 403):
            raise SaysoError("S807", where=where, status=status)
        if status in BUSY:
            error = SaysoError("S810", where=where, status=status)
            raise _RetryError(error, _retry_after(headers.get("retry-after")))
        why = "it points elsewhere, and no redirect is followed" if 300 <= status < 400 else self._reason(data)
        raise SaysoError("S809", where=where, status=status, why=why)

    def _post(self, messages: list[dict[str, str]]) -> tuple[int, bytes, Mapping[str, str]]:
        endpoint, body = self.endpoint, {"model": self.endpoint.model, "messages": messages} | self._options
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "sayso"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        path = endpoint.url.path + (f"?{endpoint.url.query}" if endpoint.url.query else "")
        deadline = time.monotonic() + endpoint.timeout
        connection = self._connection()
        try:
            connection.connect()
            sock = connection.sock  # Kept, since the connection forgets it where the endpoint will close.
            connection.request("POST", path, json.dumps(body).encode(), headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return response.status, self._read(response, sock, deadline), found
        except TimeoutError:
            raise SaysoError("S808", where=endpoint.where, seconds=f"{endpoint.timeout:g}") from None
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise _RetryError(SaysoError("S806", where=endpoint.where, why=why)) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        url, timeout = self.endpoint.url, self.endpoint.timeout
        if url.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(url.hostname or "", url.port, timeout=timeout, context=context)
        return http.client.HTTPConnection(url.hostname or "", url.port, timeout=timeout)

    def _read(self, response: http.client.HTTPResponse, sock: socket.socket, deadline: float) -> bytes:
        """The body, piece by piece, so that neither its size nor a slow sender has no bound."""
        data = bytearray()
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)
            piece = response.read1(PIECE)
            if not piece:
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
                return bytes(data)
            data += piece
            if len(data) > LARGEST:
                raise SaysoError("S811", where=self.endpoint.where, limit=f"{LARGEST >> 20} MB")

    def _content(self, data: bytes) -> str:
        model = self.endpoint.model
        try:
            found = msgspec.json.decode(data, type=_Completion)
        except (msgspec.DecodeError, RecursionError) as error:
            raise SaysoError("S812", model=model, why=str(error)) from None
        if not found.choices:
            raise SaysoError("S812", model=model, why="it holds no choice")
        choice = found.choices[0]
        if choice.finish_reason == "length":
            raise SaysoError("S813", model=model)
        if not choice.message.content:
            raise SaysoError("S812", model=model, why=f"it is empty, {choice.finish_reason or 'without a reason'}")
        return choice.message.content

    def _reason(self, data: bytes) -> str:
        """What an endpoint says of its refusal, on one line, without the key."""
        text = " ".join(data[:2000].decode("utf-8", "replace").split())
        try:
            found = json.loads(data)
            text = str(found["error"]["message"])
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        if self.endpoint.key:
            text = text.replace(self.endpoint.key, "…")
        return text[:120] or "without a reason"


def _retry_after(value: str | None) -> float | None:
    """Seconds that an endpoint asks to be left alone for: a number, or a date."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    zone = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max((zone - datetime.now(UTC)).total_seconds(), 0.0)
