"""Small reports for tests of the reading: parsed, or read to an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import Account, Claim, Event
from sayso.reading.account import read_report
from sayso.reading.language import read_paragraphs
from sayso.reading.syntax import Syntax, parse
from sayso.sources import report_from_text

PUBLISHED = "2021-07-05"
"""A Monday: "on Sunday" is 4 July 2021."""

Parse = Callable[[str], Syntax]
Read = Callable[..., Account]


@pytest.fixture(scope="session")
def parsed() -> Parse:
    """A text to its tokens and tree."""
    return lambda text: next(parse([(text, read_paragraphs(text))]))


@pytest.fixture(scope="session")
def read() -> Read:
    """A text to its account; ``published`` is ISO 8601."""

    def account(text: str, published: str = PUBLISHED) -> Account:
        return read_report(report_from_text(text, published=published))

    return account


def name(account: Account, actor: str | None) -> str | None:
    """The name of an actor; null for narration."""
    return next((a.name for a in account.actors if a.id == actor), None)


def claims(account: Account, slot: str) -> list[tuple[str | None, str, str]]:
    """Speaker, stance and evidence of every claim on a slot."""
    return [(name(account, c.speaker), c.stance, c.evidence.text) for c in account.claims if c.slot == slot]


def one(account: Account, slot: str) -> Claim:
    """The only claim on a slot."""
    (claim,) = [c for c in account.claims if c.slot == slot]
    return claim


def only(account: Account) -> Event:
    """The only event."""
    (event,) = account.events
    return event
