"""JSON Lines: one JSON object a line, keys in the order of the columns, nothing changed for anybody's spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sayso.errors import SaysoError
from sayso.exchange.columns import Column
from sayso.exchange.rows import Row


def lines(rows: Iterator[Row], columns: tuple[Column, ...]) -> Iterator[bytes]:
    """The rows as UTF-8 lines. Raises S604 where a number is not finite: JSON has no such number."""
    for row in rows:
        yield encoded({column.name: row[column.name] for column in columns}, row["id"]) + b"\n"


def encoded(value: object, where: str) -> bytes:
    """A value as compact JSON in UTF-8. Raises S604, naming ``where``."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise SaysoError("S604", where=where, exit_status=1) from error
    # A lone surrogate, as a broken page may hold, has no UTF-8: it goes as JSON's own escape.
    return text.encode("utf-8", "backslashreplace")
