"""The reader behind an OpenAI-compatible endpoint: a model quotes, sayso checks each quote and reads what it means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from sayso.errors import SaysoError
from sayso.model import Account, Note, Report, Span
from sayso.readers.answer import AnswerError, Quoted, decode, locate
from sayso.readers.chat import Chat, Endpoint, parse_url
from sayso.readers.prompt import load_prompt, messages
from sayso.readers.quoting import Quotes
from sayso.readers.windows import cut_windows

URL, MODEL, KEY = "SAYSO_ENDPOINT_URL", "SAYSO_ENDPOINT_MODEL", "SAYSO_ENDPOINT_KEY"
TIMEOUT, WINDOW = "SAYSO_ENDPOINT_TIMEOUT", "SAYSO_ENDPOINT_WINDOW"
DEFAULT_TIMEOUT, LONGEST_TIMEOUT = 120.0, 3600.0
"""Seconds for one answer."""
DEFAULT_WINDOW, SMALLEST_WINDOW, LARGEST_WINDOW = 12_000, 500, 200_000
"""Code points of a report that are put to the model at once."""
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
    return EndpointReader(Chat(endpoint), int(window))


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


class EndpointReader:
    """Puts each report to a model and makes an account of what the answer quotes."""

    def __init__(self, chat: Chat, window: int = DEFAULT_WINDOW) -> None:
        """``window`` is how many code points of a report are put to the model at once."""
        self._chat = chat
        self._window = window
        self.name = f"openai:{chat.endpoint.model}"
        self.version = f"quotes-{load_prompt().version}"
        self.sends_to = None if chat.endpoint.is_local else chat.endpoint.where

    def read(self, reports: Iterable[Report]) -> Iterator[Account | SaysoError]:
        """Accounts in the order of the reports; in place of one that cannot be had stands the error.

        Raises ``S301`` alone, which every report would meet.
        """
        for report in reports:
            try:
                yield self._account(report)
            except SaysoError as error:
                if error.code == "S301":
                    raise
                yield error

    def _account(self, report: Report) -> Account:
        from msgspec.structs import replace

        from sayso.readers.composing import compose
        from sayso.reading.language import read_paragraphs, refuse_foreign
        from sayso.reading.syntax import parse

        name = report.title or f"report {report.id}"
        paragraphs = read_paragraphs(report.text, report.body_start, report.title)
        refuse_foreign(paragraphs, name)
        windows = cut_windows(report.text, paragraphs, self._window, CONTEXT)
        quoted = Quoted()
        for window in windows[:MOST_WINDOWS]:
            answer = self._chat.ask(messages(report, window))
            try:
                told = decode(answer)
            except AnswerError as error:
                raise SaysoError("S812", model=self._chat.endpoint.model, why=str(error)) from None
            locate(told, Quotes(report.text, (*window.before, *window.ranges)), window.start, quoted)
        if quoted.items and not quoted.found:
            raise SaysoError("S814", model=self._chat.endpoint.model, name=name)
        syntax = next(parse([(report.text, paragraphs)]))
        account = compose(report, paragraphs, syntax, quoted, f"{self.name} {self.version}")
        notes = [_note("S303", p.reason or "not read", Span(p.start, p.end, report.text[p.start : p.end]))
                 for p in paragraphs if not p.read]  # fmt: skip
        if len(windows) > 1:
            notes.append(_coded("S842", parts=min(len(windows), MOST_WINDOWS)))
        if len(windows) > MOST_WINDOWS:
            end = windows[MOST_WINDOWS - 1].ranges[-1][1]
            notes.append(_coded("S843", end=end, whole=len(report.text)))
        return replace(account, notes=(*notes, *_refusals(quoted)))


def _refusals(quoted: Quoted) -> Iterator[Note]:
    """How much of the answer was refused, then what and why."""
    if quoted.refused:
        yield _coded("S841", refused=len(quoted.refused), items=quoted.items)
    for refusal in quoted.refused[:MOST_NOTES]:
        yield _coded("S840", refusal.span, what=refusal.what, why=refusal.why)


def _coded(code: str, span: Span | None = None, **values: str | int) -> Note:
    return _note(code, str(SaysoError(code, exit_status=2, **values)).removeprefix(f"{code} "), span)


def _note(code: str, text: str, span: Span | None = None) -> Note:
    return Note(code=code, text=text, span=span)


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
