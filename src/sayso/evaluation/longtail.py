"""Dated local news of gun violence with the incident that each report is on (SemEval-2018 task 5): rows and a ledger.

A row is a report with ``incident``, the occurrence it is mainly on, and ``truth``, what is known of that occurrence.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.ledger import copies, schema
from sayso.ledger.principal import principal
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Report

FILES = ("train.jsonl.gz", "test.jsonl.gz", "dev.jsonl.gz", "train.jsonl", "test.jsonl", "dev.jsonl")
LONGEST = 30_000
"""How much of a text is read, in characters: behind it stand comments and other pages."""
DEVELOPMENT = ("2016-01", "2016-07")
"""The months of incidents, the first and the one after the last, that are scored where a file has earlier ones too."""
BATCH = 16

Read = Callable[[Iterable[Report]], Iterator[Account | SaysoError]]


class Row(msgspec.Struct, frozen=True):
    """One report of the set. ``number`` is its line in the file, from 0."""

    number: int
    incident: str
    title: str
    published: str
    url: str
    text: str
    happened: str
    """The true date of the incident, ISO 8601."""

    @property
    def written(self) -> str:
        """The text as it is read: the title, an empty line, the body."""
        return f"{self.title}\n\n{self.text[:LONGEST]}"


def rows(path: Path) -> list[Row]:
    """All reports of a file, or of the file that a folder has. Raises S765 where there is none, S766 for a bad line."""
    file = path if path.is_file() else next((path / name for name in FILES if (path / name).is_file()), None)
    if file is None:
        raise SaysoError("S765", path=path)
    found = []
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            try:
                found.append(_row(number, json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as cause:
                why = f"{type(cause).__name__}: {cause}"
                raise SaysoError("S766", path=file, line=number + 1, why=why) from cause
    if not found:
        raise SaysoError("S765", path=path)
    return found


def _row(number: int, raw: dict[str, Any]) -> Row:
    return Row(
        number=number,
        incident=str(raw["incident"]),
        title=raw.get("title") or "",
        published=raw["published"],
        url=raw.get("url") or "",
        text=raw["text"],
        happened=raw["truth"]["date"],
    )


def scored(found: Sequence[Row]) -> tuple[str, list[Row]]:
    """What part of a file is scored, in words, and its rows: development alone where there are earlier incidents."""
    first, after = DEVELOPMENT
    if all(row.happened >= first for row in found):
        return "all incidents", list(found)
    return "development incidents, January to June 2016", [row for row in found if first <= row.happened < after]


def read(found: Sequence[Row], reading: Read | None = None) -> dict[int, Account]:
    """The account of each row that can be read, by the row's number; rows of one text have one account.

    Rows without an account are reports that the reading refuses (no English, no text).
    """
    from sayso.reading.account import read_reports
    from sayso.sources import report_from_text

    reports: dict[int, Report] = {}
    for row in found:
        try:
            reports[row.number] = report_from_text(row.written, published=row.published, url=row.url or None)
        except SaysoError:
            continue
    numbers = list(reports)
    accounts: dict[int, Account] = {}
    for at in range(0, len(numbers), BATCH):
        part = numbers[at : at + BATCH]
        for number, account in zip(part, _read(reading or read_reports, [reports[n] for n in part]), strict=True):
            if account is not None:
                accounts[number] = account
    return accounts


def _read(reading: Read, reports: Sequence[Report]) -> list[Account | None]:
    """Accounts in the order of the reports; where one breaks the batch, each is read by itself."""
    try:
        return [found if isinstance(found, Account) else None for found in reading(reports)]
    except SaysoError:
        each: list[Account | None] = []
        for report in reports:
            try:
                each += [found if isinstance(found, Account) else None for found in reading([report])]
            except SaysoError:
                each.append(None)
        return each


def fill(store: Store, accounts: Iterable[Account], update: Callable[[Any, Sequence[str]], object] | None) -> None:
    """Write accounts into a ledger and join them, a report a transaction as in ``sayso add``; null joins nothing.

    A text that comes twice is one report; where an address comes again with another text, the report is kept without.
    """
    for account in accounts:
        report = account.report
        with store.write() as connection:
            r = schema.reports.c
            if connection.scalar(sa.select(r.id).where(r.id == report.id)) is not None:
                continue
            known = find_address(account, connection)
            put_account(connection, known, "longtail")
            copies.place(connection, report, copies.sign(report))
            if update is not None:
                update(connection, [report.id])


def find_address(account: Account, connection: sa.Connection) -> Account:
    """The account, without its report's address where another report of the ledger has it."""
    from sayso.ledger.keys import url_key

    address = url_key(account.report.url)
    taken = sa.select(schema.reports.c.id).where(schema.reports.c.url_key == address)
    if address is None or connection.scalar(taken) is None:
        return account
    return msgspec.structs.replace(account, report=msgspec.structs.replace(account.report, url=None))


def incidents(store: Store, accounts: dict[int, Account]) -> dict[int, str]:
    """The incident of each account's principal event, by the row's number; none where it is in no incident."""
    e = schema.events.c
    wanted = {number: f"{a.report.id}:{first}" for number, a in accounts.items() if (first := principal(a)) is not None}
    with store.read() as connection:
        joined = {row.id: row.incident_id for row in connection.execute(sa.select(e.id, e.incident_id))}
    return {number: joined[event] for number, event in wanted.items() if joined.get(event)}
