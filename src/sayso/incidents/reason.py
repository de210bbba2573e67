"""One reason for or against a joining, in words."""

from __future__ import annotations

import msgspec

from sayso.incidents.weights import weight, weight_passing


class Reason(msgspec.Struct, frozen=True):
    """What was compared, what it shows, and how much it weighs in log-odds; a null weight rules the joining out.

    ``finding`` names the entry of matching.yaml that the weight is from.
    """

    feature: str
    words: str
    weight: float | None
    finding: str = ""


def found(finding: str, words: str) -> Reason:
    """A reason with the weight that matching.yaml gives its finding ("time.same_day")."""
    return Reason(finding.partition(".")[0], words, weight(finding), finding)


def refusal(finding: str, words: str) -> Reason:
    """A reason that rules the joining out."""
    return Reason(finding.partition(".")[0], words, None, finding)


def in_passing(reason: Reason) -> Reason:
    """The reason with the weight that it has where an event is told in passing."""
    if reason.weight is None:
        return reason
    return Reason(reason.feature, reason.words, weight_passing(reason.finding), reason.finding)
