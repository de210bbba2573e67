"""Coded errors: each is one line, ``S123 what happened. What to do.``, so that a user can quote it and act on it."""

from __future__ import annotations

import string

ERRORS: dict[str, str] = {
    # 1xx: a source that cannot be read
    "S101": "{name} is empty. Give a file that holds a report.",
    "S102": "{name} is not readable as text ({why}). Save it as UTF-8 and try again.",
    "S103": "{name} has no publication date that could be found. Give one with --published YYYY-MM-DD.",
    # 3xx: the reading
    "S301": "the language model {name} is missing. Run 'make setup', or pip install sayso again.",
    # 70x-74x: evaluation and the reading from the command line
    "S701": "{name} is not an annotated account ({why}). Mend it after GUIDE.md beside the gold files, or leave it out.",
}


class SaysoError(Exception):
    """A coded error of one line. ``exit_status`` is 2 for what the user can mend, 1 for what we must mend."""

    def __init__(self, code: str, *, exit_status: int = 2, **values: object) -> None:
        self.code = code
        self.exit_status = exit_status
        template = ERRORS[code]
        # Values come from hostile files: no line break may split the one line.
        clean = {k: " ".join(str(v).split())[:200] for k, v in values.items()}
        super().__init__(f"{code} {string.Formatter().vformat(template, (), clean)}")
