"""CSV and TSV tables: one report a row, under a header row that names the columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from sayso.errors import SaysoError
from sayso.model import Note, Report
from sayso.sources import settings
from sayso.sources.columns import find_columns, report_from_record
from sayso.sources.decode import charset_of
from sayso.sources.unread import Unread


def read_csv(
    stream: BinaryIO, name: str, mapping: Mapping[str, str], *, published: str | None = None, today: date | None = None
) -> Iterator[Report | Unread]:
    """The reports of a seekable stream of CSV; rows are numbered as a spreadsheet shows them, the header being row 1.

    A bad row is an ``Unread`` with its number, and the others go on. Raises ``SaysoError`` S102 (charset), S115 and
    S119 (columns), S101 (no row).
    """
    csv.field_size_limit(settings.MAX_FIELD_CHARS)
    charset, notes = charset_of_all(stream, name)
    text = io.TextIOWrapper(stream, encoding=charset, newline="")
    try:
        first_line = text.readline(settings.SNIFF_BYTES)
        text.seek(0)
        # Strict: an unclosed quote is an error, not a field that holds the rest of the file.
        rows = csv.reader(text, delimiter=delimiter(first_line), strict=True)
        header, columns = _header(rows, name, mapping)
        for number, row in numbered(rows):
            source = f"{name}:{number}"
            try:
                record = _record(row, header, source)
                yield report_from_record(record, columns, source, published=published, notes=notes, today=today)
            except SaysoError as error:
                yield Unread.because(error, source)
    except UnicodeDecodeError:
        raise SaysoError("S102", name=name, why=f"it is not {charset} throughout") from None


def _record(row: list[str] | csv.Error, header: list[str], source: str) -> dict[str, str]:
    if isinstance(row, csv.Error):
        raise SaysoError("S116", name=source, why=str(row))
    if len(row) > len(header):
        raise SaysoError("S116", name=source, why=f"it has {len(row)} fields, the header {len(header)}")
    return dict(zip(header, row, strict=False))


def _header(rows: Iterator[list[str]], name: str, mapping: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    try:
        header = [cell.strip() for cell in next(rows, [])]
    except csv.Error as error:
        raise SaysoError("S116", name=f"{name}:1", why=str(error)) from None
    if not any(header):
        raise SaysoError("S101", name=name)
    columns = find_columns(header, mapping)
    found = ", ".join(header)
    for field, column in mapping.items():
        if field not in columns:
            raise SaysoError("S119", name=name, column=column, field=field, found=found)
    if "text" not in columns:
        raise SaysoError("S115", name=name, found=found)
    return header, columns


def numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Rows with their spreadsheet numbers, empty ones left out; an error in place of a row that cannot be read."""
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, error
            continue
        if any(row):
            yield number, row


def charset_of_all(stream: BinaryIO, name: str) -> tuple[str, tuple[Note, ...]]:
    """UTF-8 if the whole stream is, read in pieces; else what its first bad piece shows. Leaves it at its beginning."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    charset = "utf-8-sig"
    notes: tuple[Note, ...] = ()
    while piece := stream.read(settings.SNIFF_BYTES):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            charset, notes = charset_of(piece, name)
            break
    stream.seek(0)
    return charset, notes


def delimiter(line: str) -> str:
    """The one of ``, ; tab |`` that the header row holds most often outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(",;\t|", key=outside.count)
