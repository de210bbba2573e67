"""What could not be read, and why: a value beside the reports, so that a batch goes on and nothing is lost."""

from __future__ import annotations

import msgspec

from sayso.errors import SaysoError


class Unread(msgspec.Struct, frozen=True):
    """One source (a file, ``file:row`` or ``file:line``) that gave no report; ``message`` begins with its ``code``."""

    source: str
    code: str
    message: str

    @staticmethod
    def because(error: SaysoError, source: str) -> Unread:
        """The value for an error about ``source``."""
        # A file name may hold bytes that are no text; they are shown escaped, for the value is printed and stored.
        name, message = (text.encode(errors="backslashreplace").decode() for text in (source, str(error)))
        return Unread(name, error.code, message)
