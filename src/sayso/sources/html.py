"""HTML pages: the article text alone (trafilatura), its date from the page's markup (htmldate). No markup survives."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import settings
from sayso.sources.decode import decode
from sayso.sources.normalise import normalise, sha256
from sayso.sources.report import Known, compose

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_IS_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!--.{0,500}?-->\s{0,200})?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def looks_like_html(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an HTML page."""
    return bool(_IS_HTML.match(head))


def read_html(
    data: bytes, source: str, *, published: str | None = None, url: str | None = None, today: date | None = None
) -> Report:
    """The report in a page's bytes. Raises ``SaysoError`` S102 to S107, and S113 where the page holds no article."""
    declared = _CHARSET.search(data[:2048])
    page, notes = decode(data, source, declared[1].decode("ascii") if declared else None)
    if not page.strip():
        raise SaysoError("S101", name=source)
    if page.count("<") > settings.MAX_TAGS:
        raise SaysoError("S107", name=source, limit=f"{settings.MAX_TAGS:,} tags")
    article = _extract(page, url)
    text = normalise(article.text or "") if article else ""
    if len(text) < settings.MIN_ARTICLE_CHARS:
        raise SaysoError("S113", name=source)
    title = normalise(article.title) if article.title else None
    known = Known(
        source=source,
        given=published,
        date=article.date,
        date_from="html",
        url=url or article.url,
        publisher=article.sitename or article.hostname,
        title=title,
        language=article.language,
        bytes_sha256=sha256(data),
        notes=notes,
    )
    return compose(_paragraphs(text, title), known, today=today)


def _extract(page: str, url: str | None) -> Any:
    """Trafilatura's document, or null where it finds none or fails on a hostile page."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    dates = {
        "original_date": True,
        "extensive_search": False,  # a wide search takes any number in the text for a date
        "min_date": f"{settings.FIRST_YEAR}-01-01",
        "max_date": f"{settings.LAST_YEAR}-12-31",
    }
    try:
        return trafilatura.bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except Exception:  # a hostile page may break the parser in any way; it must not end the batch
        return None


def _paragraphs(text: str, title: str | None) -> str:
    """One paragraph a line to blank lines between; a first line that repeats the title goes, for the title is kept."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if title and lines and lines[0].casefold() == title.casefold():
        lines = lines[1:]
    return "\n\n".join(lines)
