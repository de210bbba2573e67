"""Templates into answers: HTML, or the same data as JSON where that is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from sayso.vocabulary import load
from sayso.web import outlines, words

HERE = Path(__file__).parent
Asked = Request[Any, Any, State]


@cache
def environment() -> Environment:
    """The templates; everything put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": words.day,
        "when": words.when,
        "segment": lambda text: quote(str(text), safe=""),
        "where": lambda row: words.where(row, outlines.names()),
        "at": lambda row: words.at(row, outlines.names()),
        "noun": words.noun,
        "opening": words.opening,
        "within": words.within,
        "casualties": words.casualties,
        "tally": words.tally,
        "country": lambda code: outlines.names().get(code, code),
    }
    made.globals |= {
        "asset": asset,
        "count": words.count,
        "vocabulary": load,
        "label": words.label,
        "toll": words.toll,
        "about_km": words.about_km,
    }
    return made


def warm() -> None:
    """Read templates and base map now, so that the first reader does not wait for them."""
    for name in environment().list_templates():
        environment().get_template(name)
    for scale in ("110m", "50m"):
        outlines.countries(scale)
    outlines.towns()


@cache
def asset(path: str) -> str:
    """The address of a file under static/, with a mark that changes when the file does."""
    digest = hashlib.sha256((HERE / "static" / path).read_bytes()).hexdigest()[:10]
    return f"/static/{path}?v={digest}"


def at(*paths: str) -> Callable[[Callable[[Asked], Response[Any]]], tuple[HTTPRouteHandler, ...]]:
    """Puts one page at several addresses: a handler for each, because Litestar wraps a handler anew for every path."""

    def handlers(page: Callable[[Asked], Response[Any]]) -> tuple[HTTPRouteHandler, ...]:
        return tuple(get(path, sync_to_thread=True)(page) for path in paths)

    return handlers


def html(template: str, /, http_status: int = 200, **context: Any) -> Response[str]:
    """A page, or a part of one."""
    text = environment().get_template(template).render(**context)
    return Response(text, status_code=http_status, media_type="text/html", headers={"vary": "accept"})


def as_json(value: Any, status: int = 200, kind: str = "application/json") -> Response[bytes]:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), status_code=status, media_type=kind, headers={"vary": "accept"})


def wants_json(request: Asked) -> bool:
    """Whether JSON is asked for: by the address (``.json``) or by an Accept header that prefers it to a page."""
    if request.url.path.endswith(".json"):
        return True
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept", "").split(",")]
    return "application/json" in accepted and "text/html" not in accepted


def suffix(name: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    """A name in an address without its format, and the format: "SY-7K3QD.csv" is ("SY-7K3QD", "csv"); "" is a page."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and ending in allowed else (name, "")
