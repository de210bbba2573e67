"""The reader behind an OpenAI-compatible endpoint: a model quotes, sayso checks each quote and reads what it means."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from msgspec.structs import replace

from sayso.errors import SaysoError
from sayso.model import Account, Note, Paragraph, Report, Span
from sayso.readers.answer import AnswerError, Quoted, decode, locate
from sayso.readers.chat import Chat, Endpoint, parse_url
from sayso.readers.prompt import load_prompt, messages
from sayso.readers.quoting import Quotes
from sayso.readers.windows import Window, cut_windows

URL, MODEL, KEY = "SAYSO_ENDPOINT_URL", "SAYSO_ENDPOINT_MODEL", "SAYSO_ENDPOINT_KEY"
TIMEOUT, WINDOW, PARALLEL = "SAYSO_ENDPOINT_TIMEOUT", "SAYSO_ENDPOINT_WINDOW", "SAYSO_ENDPOINT_PARALLEL"
DEFAULT_TIMEOUT, LONGEST_TIMEOUT = 120.0, 3600.0
"""Seconds for one answer."""
DEFAULT_WINDOW, SMALLEST_WINDOW, LARGEST_WINDOW = 12_000, 500, 200_000
"""Code points of a report that are put to the model at once."""
MOST_PARALLEL = 32
"""Reports that may be asked for at once."""
CONTEXT = 1_500
"""Code points before a window that go with it, for the names in them."""
MOST_WINDOWS = 128
"""Windows of one report that are read; the rest is noted."""
MOST_NOTES = 200
"""Refusals of one account that are kept as notes; all are counted."""


def open_endpoint(
    model: str = "", *, url: str | None = None, environ: Mapping[str, str] | None = None
) -> EndpointReader:
    """The reader for a model behind an address; what is not given is taken from the environment, the key only there.

    Raises ``S803`` (no address), ``S804`` (no model), ``S805`` (no valid address), ``S818`` (a setting that is no
    number in its range), ``S819`` (a key that cannot be one).
    """
    env = os.environ if environ is None else environ
    url = url or env.get(URL)
    if not url:
        raise SaysoError("S803")
    model = model or env.get(MODEL, "")
    if not model.strip():
        raise SaysoError("S804")
    key = env.get(KEY, "").strip()
    if any(not "!" <= letter <= "~" for letter in key):
        raise SaysoError("S819")
    timeout = _number(env, TIMEOUT, DEFAULT_TIMEOUT, 0.001, LONGEST_TIMEOUT)
    window = _number(env, WINDOW, DEFAULT_WINDOW, SMALLEST_WINDOW, LARGEST_WINDOW)
    endpoint = Endpoint(parse_url(url), " ".join(model.split()), key or None, timeout)
    parallel = _number(env, PARALLEL, 1, 1, MOST_PARALLEL)
    return EndpointReader(Chat(endpoint), int(window), int(parallel))


def describe(environ: Mapping[str, str] | None = None) -> str:
    """What is set for this reader, in words for ``sayso doctor``; the key is only told to be there."""
    env = os.environ if environ is None else environ
    url = env.get(URL)
    if not url:
        return f"for a model behind an endpoint; off, no {URL} is set"
    try:
        where = Endpoint(parse_url(url), "").where
    except SaysoError as error:
        return str(error)
    model = env.get(MODEL) or "named with --reader openai:MODEL"
    return f"{where}, model {model}, {'with' if env.get(KEY) else 'without'} a key"


class _Asked(NamedTuple):
    """A report that is asked for, and the answers to its windows, in their order, once they are there."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    windows: list[Window]
    answers: Future[list[str]]


class _Here(Executor):
    """Asks at once and in this thread, so that Ctrl+C ends it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class EndpointReader:
    """Puts each report to a model and makes an account of what the answer quotes."""

    def __init__(self, chat: Chat, window: int = DEFAULT_WINDOW, parallel: int = 1) -> None:
        """``window``: code points of a report that are put to the model at once; ``parallel``: reports at once."""
        self._chat = chat
        self._window = window
        self._parallel = parallel
        self.name = f"openai:{chat.endpoint.model}"
        self.version = f"quotes-{load_prompt().version}"
        self.sends_to = None if chat.endpoint.is_local else chat.endpoint.where
        if self.sends_to is not None and chat.endpoint.url.scheme == "http":
            self.sends_to += " (unencrypted)"

    def read(self, reports: Iterable[Report]) -> Iterator[Account | SaysoError]:
        """Accounts in the order of the reports; in place of one that cannot be had stands the error.

        Raises ``S301`` alone, which every report would meet.
        """
        asked: deque[_Asked | SaysoError] = deque()
        with ThreadPoolExecutor(self._parallel) if self._parallel > 1 else _Here() as pool:
            try:
                for report in reports:
                    asked.append(self._ask(report, pool))
                    if len(asked) >= self._parallel:
                        yield self._account(asked.popleft())
                while asked:
                    yield self._account(asked.popleft())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, report: Report, pool: Executor) -> _Asked | SaysoError:
        """Begin to ask for a report, or tell why it is not asked for."""
        from sayso.reading.language import read_paragraphs, refuse_foreign

        paragraphs = read_paragraphs(report.text, report.body_start, report.title)
        try:
            refuse_foreign(paragraphs, _name(report))
        except SaysoError as error:
            return error
        windows = cut_windows(report.text, paragraphs, self._window, CONTEXT)
        wanted = [messages(report, window) for window in windows[:MOST_WINDOWS]]
        return _Asked(report, paragraphs, windows, pool.submit(lambda: [self._chat.ask(each) for each in wanted]))

    def _account(self, asked: _Asked | SaysoError) -> Account | SaysoError:
        if isinstance(asked, SaysoError):
            return asked
        try:
            return self._composed(asked, self._quoted(asked))
        except SaysoError as error:
            if error.code == "S301":
                raise
            return error

    def _quoted(self, asked: _Asked) -> Quoted:
        """What of the answers stands in the report. Raises what the asking raised, S812 and S814."""
        quoted, model, text = Quoted(), self._chat.endpoint.model, asked.report.text
        for window, answer in zip(asked.windows, asked.answers.result(), strict=False):
            try:
                told = decode(answer)
            except AnswerError as error:
                raise SaysoError("S812", model=model, why=str(error)) from None
            locate(told, Quotes(text, (*window.before, *window.ranges)), window.start, quoted)
        if quoted.items and not quoted.found:
            raise SaysoError("S814", model=model, name=_name(asked.report))
        return quoted

    def _composed(self, asked: _Asked, quoted: Quoted) -> Account:
        from sayso.readers.composing import compose
        from sayso.reading.syntax import parse

        report, paragraphs = asked.report, asked.paragraphs
        syntax = next(parse([(report.text, paragraphs)]))
        account = compose(report, paragraphs, syntax, quoted, f"{self.name} {self.version}")
        return replace(account, notes=(*_reading_notes(asked), *_refusals(quoted)))


def _name(report: Report) -> str:
    return report.title or f"report {report.id}"


def _reading_notes(asked: _Asked) -> Iterator[Note]:
    """What of the report was not read, and that it was read in parts."""
    text, windows = asked.report.text, asked.windows
    for p in asked.paragraphs:
        if not p.read:
            yield Note(code="S303", text=p.reason or "not read", span=Span(p.start, p.end, text[p.start : p.end]))
    if len(windows) > 1:
        yield _coded("S842", parts=min(len(windows), MOST_WINDOWS))
    if len(windows) > MOST_WINDOWS:
        yield _coded("S843", end=windows[MOST_WINDOWS - 1].ranges[-1][1], whole=len(text))


def _refusals(quoted: Quoted) -> Iterator[Note]:
    """How much of the answer was refused, then what and why."""
    if quoted.refused:
        yield _coded("S841", refused=len(quoted.refused), items=quoted.items)
    for refusal in quoted.refused[:MOST_NOTES]:
        yield _coded("S840", refusal.span, what=refusal.what, why=refusal.why)


def _coded(code: str, span: Span | None = None, **values: str | int) -> Note:
    return Note(code=code, text=str(SaysoError(code, exit_status=2, **values)).removeprefix(f"{code} "), span=span)


def _number(env: Mapping[str, str], name: str, default: float, low: float, high: float) -> float:
    value = env.get(name)
    if value is None or not value.strip():
        return default
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise SaysoError("S818", name=name, value=value, low=f"{low:g}", high=f"{high:g}")
    return number
