"""CSV after RFC 4180, safe to open in a spreadsheet (OWASP ASVS 5.0, 1.2.10).

A spreadsheet runs a cell that begins with a formula's sign. Such text gets a single quote before it; numbers never do,
so that -3.5 stays a number. To undo it, take one quote away from a text that begins with quotes and then such a sign.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import SaysoError
from sayso.exchange.columns import Column
from sayso.exchange.rows import Row

SEPARATOR = "; "
"""Between the items of a list in one cell."""
# Some programs skip blank and invisible characters before the sign, and some take fullwidth signs for signs.
_FORMULA = re.compile(r"'*[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n\0＝＋－＠]")


def lines(rows: Iterator[Row], columns: tuple[Column, ...]) -> Iterator[bytes]:
    """A header line and the rows, UTF-8, lines ended by CR LF. Raises S604 where a number is not finite."""
    yield _line([column.name for column in columns])
    for row in rows:
        yield _line([_cell(row[column.name], column, row["id"]) for column in columns])


def safe(text: str) -> str:
    """The text, with a single quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What ``safe`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _cell(value: Any, column: Column, where: str) -> str:
    if value is None:
        return ""
    if column.kind in ("integer", "number"):
        return _number(value, where)
    if column.kind == "flag":
        return "true" if value else "false"
    if column.kind == "json":
        return safe(json.dumps(value, ensure_ascii=False))
    if column.kind == "list":
        return safe(SEPARATOR.join(value))
    return safe(str(value))


def _number(value: float, where: str) -> str:
    if not math.isfinite(value):
        raise SaysoError("S604", where=where, exit_status=1)
    return repr(value)


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "backslashreplace")
