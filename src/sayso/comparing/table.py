"""A downloaded table, row by row: plain, gzipped or zipped; comma, semicolon or tab; with or without a header."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import SaysoError
from sayso.sources import settings
from sayso.sources.csv import charset_of_all, delimiter, numbered
from sayso.sources.decode import refuse_binary

Row = dict[str, str]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The table's bytes, unpacked and seekable. Raises S108, S109 (cannot be read) and S833 (no table of text)."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0)
            if head.startswith(b"\x1f\x8b"):
                with gzip.open(file) as unpacked:
                    yield cast(BinaryIO, unpacked)
            elif zipfile.is_zipfile(file):
                with _only_table(file, path) as member:
                    yield member
            else:
                _refuse(head, path)
                file.seek(0)
                yield file
    except FileNotFoundError:
        raise SaysoError("S108", name=path) from None
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise SaysoError("S109", name=path, why=getattr(error, "strerror", None) or error) from error


def _refuse(head: bytes, path: Path) -> None:
    try:
        refuse_binary(head, str(path))
    except SaysoError as error:
        raise SaysoError("S833", name=path, what=str(error).split(" is ", 1)[1].split(",")[0]) from None


@contextmanager
def _only_table(file: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith((".csv", ".tsv", ".txt"))]
        if any(name.startswith("xl/") for name in archive.namelist()):
            raise SaysoError("S833", name=path, what="an Excel workbook")
        tables = [name for name in names if name.lower().endswith(".csv")] or names
        if len(tables) != 1:
            raise SaysoError("S833", name=path, what=f"an archive of {len(tables)} tables")
        with archive.open(tables[0]) as member:
            yield cast(BinaryIO, member)


def cells(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The rows with their numbers, the first being 1; an error in the place of one that cannot be read.

    Raises S102 where the charset is not known or does not hold.
    """
    csv.field_size_limit(settings.MAX_FIELD_CHARS)
    charset, _ = charset_of_all(stream, name)
    text = io.TextIOWrapper(stream, encoding=charset, newline="")
    try:
        mark = delimiter(text.readline(settings.SNIFF_BYTES))
        text.seek(0)
        for number, row in numbered(csv.reader(text, delimiter=mark, strict=True)):
            yield number - 1, row
    except UnicodeDecodeError:
        raise SaysoError("S102", name=name, why=f"it is not {charset} throughout") from None


def fold(name: str) -> str:
    """A column's name without case, blanks and hyphens: "Event Date" is ``event_date``."""
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def count(row: Mapping[str, str], column: str) -> int | None:
    """A whole number of a cell ("3", "3.0"), null where it is empty. Raises ``ValueError`` with the column's name."""
    number = _number(row, column)
    if number is None:
        return None
    if number != int(number) or number < 0:
        raise ValueError(column)
    return int(number)


def degrees(row: Mapping[str, str], column: str, most: float) -> float | None:
    """Degrees of a cell, between -``most`` and ``most``, null where it is empty. Raises ``ValueError`` likewise."""
    number = _number(row, column)
    if number is not None and abs(number) > most:
        raise ValueError(column)
    return number


def _number(row: Mapping[str, str], column: str) -> float | None:
    text = row.get(column, "").strip()
    if text.lower() in ("", "na", "nan", "null", "none"):
        return None
    try:
        # Where columns are separated by semicolons, decimals often have a comma.
        found = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise ValueError(column) from None
    if not -1e12 < found < 1e12:
        raise ValueError(column)
    return found


def words(row: Mapping[str, str], column: str) -> str | None:
    """The words of a cell on one line; null where it is empty."""
    return " ".join(row.get(column, "").split()) or None
