"""The names of private persons, victims and witnesses, kept out of pages unless the ledger is served with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.engine import Connection

from sayso.exchange.privacy import PRIVATE, Names, private_names
from sayso.web.textmarks import Mark

Row = dict[str, Any]
Hidden = Mapping[str, Names]
"""What is to be withheld, by report; empty where names are shown."""
QUOTED = (
    "evidence",
    "value",
    "speaker",
    "via",
    "words",
    "mention",
    "title",
    "other_title",
    "other_mention",
    "report_title",
)


def hidden_in(connection: Connection, report_ids: Iterable[str], *, include_private: bool) -> Hidden:
    """The private names of these reports."""
    if include_private:
        return {}
    found = {key: private_names(connection, key) for key in dict.fromkeys(report_ids)}
    return {key: names for key, names in found.items() if names.pattern is not None or names.keys}


def withheld(row: Row, hidden: Hidden) -> Row:
    """A row of one report with the names of private persons taken out of its words."""
    names = hidden.get(row["report_id"])
    if names is None:
        return row
    return row | {key: names.out_of(row[key]) for key in QUOTED if row.get(key)}


def titles_withheld(reports: Iterable[Row], hidden: Hidden) -> list[Row]:
    """Rows of reports with the names of private persons taken out of their titles."""
    return [row | {"title": names.out_of(row["title"])} if (names := hidden.get(row["id"])) else row for row in reports]


def marks(text: str, report_id: str, hidden: Hidden) -> list[Mark]:
    """Where the names to withhold stand in a report's text."""
    names = hidden.get(report_id)
    if names is None or names.pattern is None:
        return []
    return [Mark(match.start(), match.end(), "withheld") for match in names.pattern.finditer(text)]


__all__ = ["PRIVATE", "Hidden", "hidden_in", "marks", "titles_withheld", "withheld"]
