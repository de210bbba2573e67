"""Every limit of the sources in one place, with its reason."""

from __future__ import annotations

MAX_BYTES = 5_000_000
"""Largest text or HTML file and line of JSONL: a long news page is a tenth of it; no more is ever in memory."""

MAX_CHARS = 2_000_000
"""Longest text of one report: about 330,000 words, a book; time and memory grow in proportion."""

MAX_FIELD_CHARS = 1_000_000
"""Longest CSV field: an unclosed quote would otherwise swallow the rest of the file."""

MAX_TAGS = 50_000
"""Most ``<`` of an HTML page: extraction slows more than in proportion to them, so that five megabytes of empty
paragraphs would hold up a batch for many minutes; a large news page has a fifth of it."""

MIN_ARTICLE_CHARS = 60
"""Shortest text taken for a page's article: a log-in form or an error page yields less than the shortest news flash."""

MAX_CONTROL_SHARE = 0.02
"""Share of control characters above which decoded bytes are taken for binary data, not for text."""

SNIFF_BYTES = 64_000
"""How much of a file is looked at to tell its format, its delimiter and, where it is not UTF-8, its charset."""

MAX_CHAOS = 0.02
"""charset-normalizer's mess ratio above which a guess of the charset is not trusted."""

FIRST_YEAR = 1800
LAST_YEAR = 2200
"""Publication dates outside these years are typing errors, not dates of news reports."""

FUTURE_DAYS = 1
"""How far ahead of today a publication date may lie: newsrooms east of the reader are already in tomorrow."""

DATELINE_WINDOW = 400
"""How far into a text a dateline is looked for: it stands at the beginning or right behind a title."""

FRONT_MATTER_LINES = 40
"""Most lines of ``Key: value`` front matter."""
