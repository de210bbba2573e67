"""The days of an event, for tests of dating."""

from __future__ import annotations

from sayso.model import Event


def days(event: Event) -> tuple[str | None, str | None, str] | None:
    return (event.time.start, event.time.end, event.time.precision) if event.time is not None else None
