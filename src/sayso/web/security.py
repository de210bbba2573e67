"""What stands around every page: who may ask, how, and what a browser may do with the answer.

Article text is hostile. Templates escape all of it; this policy is the second wall: no inline script or style, no other
host, no frame. The Host header is checked because a page of another site may point a name of its own at 127.0.0.1 (DNS
rebinding).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Litestar
from litestar.types import HTTPScope, Message, Scope, Send

from sayso.errors import SaysoError
from sayso.web import settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the map library's own icons are data: addresses in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
LOCAL_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d{1,5})?")

Refusal = Callable[[Scope, SaysoError, int], tuple[bytes, bytes]]
"""Draws a refusal: its content type and its body."""


class GuardedLitestar(Litestar):
    """A Litestar that refuses foreign hosts and all but GET and HEAD, and sets the headers on every answer."""

    refusal: Refusal
    """Set by ``create_app``."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        guarded = with_headers(send)
        refused = refusal_of(scope)
        if scope["method"] == "HEAD":
            scope, guarded = {**scope, "method": "GET"}, without_body(guarded)
        if refused is None:
            await super().__call__(scope, receive, guarded)
            return
        error, status = refused
        kind, body = self.refusal(scope, error, status)
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        if status == 405:
            headers.append((b"allow", b"GET, HEAD"))
        await guarded({"type": "http.response.start", "status": status, "headers": headers})
        await guarded({"type": "http.response.body", "body": body, "more_body": False})


def refusal_of(scope: HTTPScope) -> tuple[SaysoError, int] | None:
    """Why a request is refused before any page sees it, with the HTTP status; ``None`` where it may pass."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1 or not LOCAL_HOST.fullmatch(hosts[0]):
        return SaysoError("S501", host=", ".join(hosts) or "none"), 400
    if scope["method"] not in ("GET", "HEAD"):
        return SaysoError("S502", method=scope["method"]), 405
    if len(scope["query_string"]) > settings.QUERY_LENGTH:
        return SaysoError("S503", name="the address", limit=settings.QUERY_LENGTH), 400
    return None


def without_body(send: Callable[[Message], Awaitable[None]]) -> Callable[[Message], Awaitable[None]]:
    """``send`` for a HEAD request: the answer of a GET, its body left out."""

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return headed


def with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    """``send`` that adds the headers to the answer; a page cannot weaken them."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {name for name, _ in HEADERS}
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
            message["headers"] = [*kept, *HEADERS]
        await send(message)

    return guarded
