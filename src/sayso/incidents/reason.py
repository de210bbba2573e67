"""One reason for or against a joining, in words."""

from __future__ import annotations

import msgspec


class Reason(msgspec.Struct, frozen=True):
    """What was compared, what it shows, and how much it weighs; a null weight rules the joining out."""

    feature: str
    words: str
    weight: float | None


def points(feature: str, words: str, weight: float) -> Reason:
    """A reason that adds ``weight`` (which may be negative)."""
    return Reason(feature, words, weight)


def refusal(feature: str, words: str) -> Reason:
    """A reason that rules the joining out."""
    return Reason(feature, words, None)
