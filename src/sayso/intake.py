"""From sources to incidents: every report read, written and joined, one transaction a report.

A kill at any moment leaves the ledger as it was after the last whole report; the same call goes on from there, since
what the ledger has of the same reader is not read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

import msgspec
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.ledger import copies
from sayso.ledger.store import Store
from sayso.ledger.unread import clear_unread, find_unread, put_unread
from sayso.ledger.write import KnownReport, find_report, put_account, read_account
from sayso.model import Account, Report
from sayso.readers.protocol import Reader, signature
from sayso.reading.relevance import GATE, gated, is_gate, is_skipped

BATCH = 16
"""How many reports go through the language model at once; each is still committed on its own."""
FATAL = frozenset({"S301"})
"""Reading errors that every report would meet: the call ends instead of listing each report as unread."""

ALREADY = "already in the ledger"
"""What is said of a report that is there just so; where its date or text differs, more is said."""

log = logging.getLogger("sayso")

Read = Callable[[Iterable[Report]], Iterator[Account | SaysoError]]
Update = Callable[[Connection, Sequence[str]], object]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report. ``message`` says it in words; ``code`` is the error's where it was not read."""

    kind: Literal["added", "reread", "already", "copy", "skipped", "unread"]
    source: str
    message: str
    report_id: str | None = None
    copy_of: str | None = None
    code: str | None = None


def add(
    store: Store,
    paths: Sequence[str],
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    read: Read | None = None,
    reader: str | None = None,
    update: Update | None = None,
    read_all: bool = False,
) -> Iterator[Outcome]:
    """Read files, folders and patterns into the ledger; yields one outcome a report as soon as it is committed.

    ``published`` (ISO 8601) is for sources without a date of their own, ``columns`` names the columns of CSV and JSONL.
    ``read`` and ``update`` take the place of the reading and of the joining; ``reader`` is the version that ``read``
    signs its accounts with. Reports on other matters are kept without being read (``sayso.reading.relevance``), unless
    ``read_all``, which reads those that were kept so before too. Raises what ``Store.write`` raises (S202 full, S204
    busy, S205 read-only) and S301: what was yielded before stays.
    """
    if read is None:
        from sayso.reading.account import READER, read_reports

        read, reader = read_reports, reader or READER
    from sayso import incidents

    intake = _Intake(store, read, reader, update or incidents.update, read_all=read_all)
    items = _items(paths, published, columns)
    while batch := list(islice(items, BATCH)):
        yield from intake.take(batch)
    if update is None or update is incidents.update:
        _settle_stale(store)


def _settle_stale(store: Store) -> None:
    """Have the large incidents computed that were put off while reports came."""
    from sayso import incidents

    with store.read() as connection:
        waiting = incidents.any_stale(connection)
    if waiting:
        with store.write() as connection:
            incidents.settle_stale(connection)


def add_with(
    store: Store,
    paths: Sequence[str],
    reader: Reader | None,
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    read_all: bool = False,
) -> Iterator[Outcome]:
    """``add`` with a reader of ``sayso.readers``; null is the built-in one."""
    read, signed = (None, None) if reader is None else (reader.read, signature(reader))
    return add(store, paths, published=published, columns=columns, read=read, reader=signed, read_all=read_all)


_Item = tuple[str, Report | Outcome | None]
"""What a source gave: a report, why it could not be read, or its end (null)."""


def _items(paths: Sequence[str], published: str | None, columns: Mapping[str, str] | None) -> Iterator[_Item]:
    from sayso.sources import Unread, read_sources
    from sayso.sources.paths import find_files

    for path in paths:
        # File by file, so that each report is kept with the name of its own.
        for file in ("-",) if path == "-" else find_files([path]):
            name = file.source if isinstance(file, Unread) else file
            unread = [file] if isinstance(file, Unread) else None
            for found in unread or read_sources([name], published=published, columns=columns):
                if isinstance(found, Unread):
                    yield name, Outcome(kind="unread", source=found.source, code=found.code, message=found.message)
                else:
                    yield name, found
            yield name, None


def keep(store: Store, source: str, account: Account, update: Update) -> Outcome:
    """Write one report's rows and the incidents that it changes, in one transaction. Raises as ``Store.write`` does."""
    report = account.report
    signature = copies.sign(report)
    with store.write() as connection:
        # Asked again, now that nobody else writes: the batch, or another process, may have brought it meanwhile.
        known = find_report(connection, report)
        if known is not None and known.reader == account.reader and not _redated(known, report):
            return _already(source, known, report)
        put_account(connection, account, source)
        original = None
        if known is None:
            original = copies.place(connection, report, signature)
        elif _redated(known, report):
            copies.move(connection, report, signature)
        update(connection, [report.id])
    if is_skipped(account):
        message = account.notes[0].text
        return Outcome(kind="skipped", source=source, report_id=report.id, copy_of=original, message=message)
    if known is not None and is_gate(known.reader):
        message = f"read with {account.reader}; it was kept as a report on other matters"
        return Outcome(kind="reread", source=source, report_id=report.id, message=message)
    if known is not None:
        message = f"read again with {account.reader}, as of {report.published}; "
        message += f"it was read with {known.reader}, as of {known.published}"
        return Outcome(kind="reread", source=source, report_id=report.id, message=message)
    if original is not None:
        message = f"a near-copy of {original}: kept as a copy, not counted as a source of its own"
        return Outcome(kind="copy", source=source, report_id=report.id, copy_of=original, message=message)
    message = f"{len(account.events)} events, {len(account.claims)} claims"
    return Outcome(kind="added", source=source, report_id=report.id, message=message)


class _Intake:
    """One call of ``add``: what it writes to and reads with, and which sources it could not read."""

    def __init__(self, store: Store, read: Read, reader: str | None, update: Update, *, read_all: bool) -> None:
        self._store = store
        self._read = read
        self._reader = reader
        self._update = update
        self._read_all = read_all
        self._unread: set[str] = set()
        self._read_before: set[str] = set()
        """Ids of reports with an account of what they tell, which the gate must not take from them."""

    def take(self, items: Sequence[_Item]) -> Iterator[Outcome]:
        """Read the reports among these items together, then settle each item in its order."""
        plan = [(source, self._plan(source, found) if isinstance(found, Report) else found) for source, found in items]
        accounts = self._accounts([found for _, found in plan if isinstance(found, Report)])
        for source, found in plan:
            if found is None:
                self._forget_unread(source)
                continue
            outcome = self._settle(source, next(accounts)) if isinstance(found, Report) else found
            if outcome.kind == "unread":
                self._keep_unread(outcome)
            yield outcome

    def _plan(self, source: str, report: Report) -> Report | Outcome:
        """The text to be read: of a report that the ledger has, the ledger's own; or that nothing is to be done."""
        with self._store.read() as connection:
            known = find_report(connection, report)
            if known is None:
                return report
            if not is_gate(known.reader):
                self._read_before.add(known.id)
            if _redated(known, report):
                return report
            if self._is_settled(known):
                return _already(source, known, report)
            stored = read_account(connection, known.id)
        return report if stored is None else stored.report

    def _is_settled(self, known: KnownReport) -> bool:
        """Whether the account that the ledger has is as new as one that this call would make."""
        if is_gate(known.reader):
            return known.reader == GATE and not self._read_all
        return self._reader is None or known.reader == self._reader

    def _reading(self, reports: Sequence[Report]) -> Iterator[Account | SaysoError]:
        return self._read(reports) if self._read_all else gated(reports, self._read, always=self._read_before)

    def _accounts(self, reports: Sequence[Report]) -> Iterator[Account | SaysoError]:
        """An account a report, in order; for one that cannot be read, why."""
        done = 0
        if len(reports) > 1:
            try:
                for account in self._reading(reports):
                    done += 1
                    yield account
            except Exception as error:  # Any report may break the batch: the rest are read one by one, to know which.
                log.debug("a batch of %d reports failed: %s", len(reports), error)
        for report in reports[done:]:
            yield self._account(report)

    def _account(self, report: Report) -> Account | SaysoError:
        try:
            return next(iter(self._reading([report])))
        except SaysoError as error:
            if error.code in FATAL:
                raise
            return error
        except Exception as error:
            return _fault(report, error)

    def _settle(self, source: str, account: Account | SaysoError) -> Outcome:
        if isinstance(account, SaysoError):
            return Outcome(kind="unread", source=source, code=account.code, message=str(account))
        try:
            return keep(self._store, source, account, self._update)
        except SaysoError:
            raise
        except Exception as error:
            fault = _fault(account.report, error)
            return Outcome(kind="unread", source=source, code=fault.code, message=str(fault))

    def _keep_unread(self, outcome: Outcome) -> None:
        self._unread.add(outcome.source)
        with self._store.write() as connection:
            put_unread(connection, outcome.source, outcome.code or "S214", outcome.message)

    def _forget_unread(self, source: str) -> None:
        with self._store.read() as connection:
            found = find_unread(connection, source, still=self._unread)
        if found:
            with self._store.write() as connection:
                clear_unread(connection, source, still=self._unread)


def _redated(known: KnownReport, report: Report) -> bool:
    """Whether the user corrects the date of a text that the ledger has."""
    same_text = known.sha256 == report.sha256
    return same_text and report.published_from == "given" and known.published != report.published


def _already(source: str, known: KnownReport, report: Report) -> Outcome:
    message = ALREADY
    if known.sha256 != report.sha256:
        message += " under this address, with another text; the first one is kept"
    elif known.published != report.published:
        message += f", dated {known.published}; --published {report.published} would correct it"
    return Outcome(kind="already", source=source, report_id=known.id, message=message)


def _fault(report: Report, error: Exception) -> SaysoError:
    log.debug("report %s", report.id, exc_info=error)
    return SaysoError("S214", exit_status=1, name=report.title or report.id, why=f"{type(error).__name__}: {error}")
