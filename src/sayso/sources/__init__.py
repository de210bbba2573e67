"""Bytes to reports: plain text, HTML, JSONL and CSV; one file a format."""

from sayso.sources.read import read_sources
from sayso.sources.report import report_from_text
from sayso.sources.unread import Unread

__all__ = ["Unread", "read_sources", "report_from_text"]
