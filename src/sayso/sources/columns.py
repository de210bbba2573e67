"""Which column or JSON key holds what: a list of usual names, and a mapping by the user that beats it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sayso.errors import SaysoError
from sayso.model import Note, Report
from sayso.sources.report import Known, compose

SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article_content", "article_text", "article", "full_text", "maintext",
             "main_text", "article_body", "story", "notes", "description"),
    "published": ("published", "date", "publication_date", "date_published", "published_at", "publish_date", "pub_date",
                  "pubdate", "published_date", "report_date", "datetime", "timestamp"),
    "title": ("title", "headline", "article_title"),
    "url": ("url", "link", "article_url", "source_url", "canonical_url", "href"),
    "publisher": ("publisher", "source", "outlet", "source_name", "site_name", "sitename", "newspaper", "agency"),
    "language": ("language", "lang"),
}  # fmt: skip
"""For each field the names that are looked for, in this order; case, spaces and hyphens do not matter."""


def check_mapping(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The user's mapping of field to column name. Raises ``SaysoError`` S118 on a field that there is not."""
    mapping = {("published" if field == "date" else field): name for field, name in (columns or {}).items()}
    for field in mapping:
        if field not in SYNONYMS:
            raise SaysoError("S118", name=field, fields=", ".join(SYNONYMS))
    return mapping


def find_columns(names: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The column name for each field that the names hold, the user's mapping first."""
    by_fold = {_fold(name): name for name in reversed(list(names))}
    found = {}
    for field, synonyms in SYNONYMS.items():
        wanted = (mapping[field],) if field in mapping else synonyms
        name = next((by_fold[_fold(want)] for want in wanted if _fold(want) in by_fold), None)
        if name is not None:
            found[field] = name
    return found


def report_from_record(
    record: Mapping[str, Any],
    columns: Mapping[str, str],
    source: str,
    *,
    published: str | None = None,
    bytes_sha256: str | None = None,
    notes: tuple[Note, ...] = (),
    today: date | None = None,
) -> Report:
    """The report in one row or object, ``columns`` being field to column name. Raises ``SaysoError`` S101 to S107."""
    values = {field: _words(record.get(name)) for field, name in columns.items()}
    known = Known(
        source=source,
        given=published,
        date=values.get("published"),
        date_from="column",
        url=values.get("url"),
        publisher=values.get("publisher"),
        title=values.get("title"),
        language=values.get("language"),
        bytes_sha256=bytes_sha256,
        notes=notes,
    )
    return compose(values.get("text") or "", known, today=today)


def _fold(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())


def _words(value: Any) -> str | None:
    """A cell as text: a list is its paragraphs; null where it is empty."""
    if isinstance(value, list):
        value = "\n\n".join(item for item in value if isinstance(item, str))
    if value is None or isinstance(value, bool | dict):
        return None
    return (value if isinstance(value, str) else str(value)) or None
