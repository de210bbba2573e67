"""Every limit of the pages, by name."""

from __future__ import annotations

PAGE_SIZE = 50
"""Rows a list page shows."""
PAGE_LAST = 2_000
"""The last page that can be asked for; narrow the filter to see further."""
QUERY_LENGTH = 2_000
"""Longest query string, in characters; a longer one is refused (S503)."""
FIELD_LENGTH = 200
"""Longest value of one filter, in characters (S503)."""
PLACES_ON_MAP = 1_500
"""Places that one map shows; the table of places says when there are more."""
PLACES_LISTED = 300
"""Places that their table lists, those of most incidents."""
MARKS_DRAWN = 250
"""Marks of a map drawn on the server, those of most incidents; the live map has all."""
SPEAKERS_SUGGESTED = 60
"""Names offered beside the speaker and side filters."""
FACETS_CACHED = 256
"""Answers kept of the counts behind the filters; they are dropped when the ledger changes."""
COLUMNS_IN_MATRIX = 40
"""Speakers that the claim matrix shows; the others follow as a list, none is lost."""
EVIDENCE_CONTEXT = 6_000
"""Characters of a report shown around the words of a claim, on each side."""
REPORT_LENGTH = 400_000
"""Characters of a report's text that its page shows."""
CLAIMS_OF_SPEAKER = 50
"""Claims a page of a speaker shows."""
SEALS_CHECKED = 5_000
"""Decisions whose seals the page of decisions checks; with more, the command line does."""
INCIDENTS_OF_SPEAKER = 20
"""Incidents whose claims a page of a speaker of very many claims shows."""
ASSETS_KEPT = 300
"""Seconds for which a browser keeps scripts, fonts and outlines, which name each other without versions."""
COMPRESS_FROM = 1_024
"""Answers of fewer bytes are sent as they are."""
PORT = 8321
"""Where the pages are served unless told otherwise."""
