"""The event that a report is mostly about: its title's, its opening's, the one it comes back to."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sayso.model import Account, Event
from sayso.vocabulary import load

TITLE, OPENING, LATER = 3.0, 1.5, 0.5
"""What the title, the opening and each further mention or claim speak for an event."""
OPENING_CHARACTERS = 600
"""How much of the text after the title is its opening."""
MOST_LATER = 8
"""So many further mentions and claims count at most: a long report may come back to its background more often."""
RESPONSES = frozenset({"detention", "truce", "movement", "seizure", "unrest", "control"})
"""Families of acts that mostly answer others: a report of an arrest for a shooting is a report of the shooting."""
RESPONSE = -6.0
DATED, PLACED, STALE = 1.0, 0.5, -4.0
"""A date near the publication, a place, and a date long before it."""
STALE_DAYS = 366


def principal(account: Account) -> str | None:
    """The id of the event that a report is mostly about; null where it tells of none that happened.

    The one with the most of: a mention in the title, mentions in the opening, further mentions and claims, a date near
    the publication, a place. Acts that answer others, such as arrests, come after what they answer; of equals the first
    told.
    """
    claims = Counter(claim.event for claim in account.claims)
    told = [event for event in account.events if event.modality == "actual" and event.mentions]
    ranked = sorted(told, key=lambda event: (-_weight(account, event, claims[event.id]), _first(event), event.id))
    return ranked[0].id if ranked else None


def _first(event: Event) -> int:
    return min(mention.start for mention in event.mentions)


def _weight(account: Account, event: Event, claims: int) -> float:
    head, body = opening(account)
    starts = [mention.start for mention in event.mentions]
    titled = any(start < head for start in starts)
    opened = sum(head <= start < body for start in starts)
    weight = TITLE * titled + OPENING * min(opened, 2) + LATER * min(len(starts) + claims, MOST_LATER)
    entry = load("event_types").get(event.type)
    if entry is not None and entry.family in RESPONSES:
        weight += RESPONSE
    if event.place is not None:
        weight += PLACED
    return weight + _nearness(account.report.published, event)


def _nearness(published: str, event: Event) -> float:
    """A date near the publication speaks for an event, one long past against it; an unknown one does neither."""
    if event.time is None or event.time.start is None:
        return 0.0
    try:
        days = (date.fromisoformat(published[:10]) - date.fromisoformat((event.time.end or event.time.start)[:10])).days
    except ValueError:
        return 0.0
    return STALE if days > STALE_DAYS else DATED if days < STALE_DAYS // 12 else 0.0


def opening(account: Account) -> tuple[int, int]:
    """Where a report's title ends, and where its opening; a short first line that stands alone is the title."""
    start, text = account.report.body_start, account.report.text
    head = text.find("\n", start, start + 250)
    head = start if head < 0 else head
    return head, min(head + OPENING_CHARACTERS, len(text))
