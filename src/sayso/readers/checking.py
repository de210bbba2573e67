"""What any reader must keep: every span verbatim in the report, every id known, every value of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from sayso.errors import SaysoError
from sayso.model import Account, Report, Span
from sayso.readers.protocol import Reader, signature
from sayso.vocabulary import load

BATCH = 16
"""How many reports a reader is given at once."""
FATAL = frozenset({"S301"})
"""Errors that every report would meet."""


class CheckedReader:
    """A reader whose accounts are checked against the report, and whose faults cost one report, not the others."""

    def __init__(self, inner: Reader) -> None:
        self._inner = inner
        self.name = inner.name
        self.version = inner.version
        self.sends_to: str | None = getattr(inner, "sends_to", None)

    def read(self, reports: Iterable[Report]) -> Iterator[Account | SaysoError]:
        """An account a report, in order, signed with the reader's name and version; in place of one, why there is none.

        Raises ``S301`` alone, which every report would meet.
        """
        stream = iter(reports)
        while batch := list(islice(stream, BATCH)):
            yield from self._batch(batch)

    def _batch(self, batch: list[Report]) -> Iterator[Account | SaysoError]:
        done = 0
        try:
            for found in islice(self._inner.read(batch), len(batch)):
                done += 1
                yield self._checked(batch[done - 1], found)
        except Exception as error:  # A fault in one report must not cost the user the others.
            if done < len(batch):
                done += 1
                yield self._fault(batch[done - 1], error)
        for report in batch[done:]:
            yield self._one(report)

    def _one(self, report: Report) -> Account | SaysoError:
        try:
            return self._checked(report, next(iter(self._inner.read([report])), None))
        except Exception as error:
            return self._fault(report, error)

    def _fault(self, report: Report, error: Exception) -> SaysoError:
        if isinstance(error, SaysoError):
            if error.code in FATAL:
                raise error
            return error
        fault = SaysoError("S816", reader=self.name, name=_name(report), why=f"{type(error).__name__}: {error}")
        fault.__cause__ = error
        return fault

    def _checked(self, report: Report, found: object) -> Account | SaysoError:
        if isinstance(found, SaysoError):
            return found
        wrong = fault_of(found, report)
        if wrong is not None or not isinstance(found, Account):
            return SaysoError("S815", reader=self.name, name=_name(report), why=wrong)
        return msgspec.structs.replace(found, report=report, reader=signature(self))


def fault_of(account: object, report: Report) -> str | None:
    """What is wrong with an account of a report, in words; null where every rule is kept."""
    if not isinstance(account, Account):
        return f"it is {type(account).__name__}, no account"
    if account.report.text != report.text or account.report.id != report.id:
        return "it is of another report"
    try:
        Account.from_json(account.to_json())
    except (msgspec.ValidationError, msgspec.EncodeError, TypeError, ValueError) as error:
        return str(error)
    return _wrong_span(account, report.text) or _wrong_value(account) or _wrong_id(account)


def _wrong_span(account: Account, text: str) -> str | None:
    for span in spans_of(account):
        if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text:
            return f"“{span.text[:60]}” does not stand at {span.start}"
    return None


def spans_of(account: Account) -> Iterator[Span]:
    """Every span of an account; the report's own are not among them."""
    for name in account.__struct_fields__:
        if name != "report":
            yield from _spans(getattr(account, name))


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _spans(item)


def _wrong_value(account: Account) -> str | None:
    types = load("event_types")
    for event in account.events:
        if event.type not in types:
            return f"“{event.type[:60]}” is no event type"
        if not event.mentions:
            return f"event {event.id[:60]} has no mention"
    for p in account.paragraphs:
        if not 0 <= p.start <= p.end <= len(account.report.text):
            return f"no paragraph stands at {p.start}"
    return None


def _wrong_id(account: Account) -> str | None:
    """The first id that is given twice, or meant and not given."""
    groups = ("times", "places", "actors", "attributions", "events", "claims")
    lists = {name: [item.id for item in getattr(account, name)] for name in groups}
    known = {name: set(ids) for name, ids in lists.items()}
    for name in groups:
        if len(known[name]) < len(lists[name]):
            return f"two {name} have one id"
    for name, id_ in _meant(account):
        if id_ is not None and id_ not in known[name]:
            return f"“{id_[:60]}” is none of the {name}"
    return None


def _meant(account: Account) -> Iterator[tuple[str, str | None]]:
    """Every id that an account means, with the list that must hold it."""
    for a in account.attributions:
        yield from (("actors", a.speaker), ("actors", a.via), ("attributions", a.within))
    for e in account.events:
        yield from (("places", e.place), ("times", e.time.time if e.time is not None else None))
        yield from (("actors", side) for side in (*e.initiators, *e.recipients) if isinstance(side, str))
    for c in (*account.claims, *(refused.claim for refused in account.refused)):
        yield from (("events", c.event), ("actors", c.speaker), ("actors", c.via), ("attributions", c.attribution))
    for link in account.links:
        yield from (("events", link.from_), ("events", link.to), ("actors", link.speaker), ("actors", link.via))


def _name(report: Report) -> str:
    return report.title or f"report {report.id}"
