"""One attribution while it is read, and which attribution's content holds a word."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Stance
from sayso.reading.content import Range
from sayso.reading.hearing import Heard

ATTITUDE = "attitude"
"""The kind of an attribution that tells of no event: somebody hopes, wants or promises."""


@dataclass(slots=True)
class Reading:
    """One attribution while it is read, in token ranges; ``kind`` is the lexicon entry of its cue."""

    cue: Range
    source: Range | None
    content: list[Range]
    kind: str
    stance: Stance
    speaker: str | None = None
    via: str | None = None
    within: int | None = None
    number: int = 0
    object: int | None = None
    """The object of the cue: what is denied, who is accused."""
    head: int | None = None
    """The head of the source."""
    heard: Heard | None = None
    """The same attribution as the trained reader found it."""

    def covers(self, i: int) -> bool:
        """Whether token ``i`` lies in the content."""
        return any(lo <= i < hi for lo, hi in self.content)


class Coverage:
    """Which attribution's content holds a token: the innermost, looked up in constant time."""

    def __init__(self, readings: list[Reading]) -> None:
        self._at: dict[int, Reading] = {}
        readings = [r for r in readings if r.kind != ATTITUDE]
        for reading in sorted(readings, key=lambda r: -sum(hi - lo for lo, hi in r.content)):
            for lo, hi in reading.content:
                for i in range(lo, hi):
                    self._at[i] = reading
        self._together: dict[Range, list[Reading]] = {}
        for reading in readings:
            self._together.setdefault(reading.cue, []).append(reading)

    def at(self, i: int) -> Reading | None:
        """The innermost attribution whose content holds token ``i``; none in the report's own narration."""
        return self._at.get(i)

    def speakers(self, reading: Reading) -> list[Reading]:
        """The attributions of one cue with one content: "a monitor, state media and a spokesman said"."""
        if reading.source is None:
            return [reading]
        rows = self._together.get(reading.cue, [])
        return [r for r in rows if r.content == reading.content and r.source is not None] or [reading]
