"""One attribution while it is read, which attribution's content holds a word, and attributions as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import Attribution, Span, Stance
from sayso.reading.boundaries import joined, unmarked, unquoted, whole_content, whole_cue
from sayso.reading.content import Range
from sayso.reading.hearing import Heard
from sayso.reading.syntax import Syntax

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


def attribution_values(readings: list[Reading], s: Syntax) -> tuple[Attribution, ...]:
    """The readings as values in spans of the text, cut as PolNeAR cuts: cues whole, content with its "that"."""
    together: dict[int, int] = {}
    for reading in readings:
        together[id(reading.heard)] = together.get(id(reading.heard), 0) + 1
    return tuple(_value(r, s, alone=together[id(r.heard)] == 1) for r in readings)


def _value(r: Reading, s: Syntax, *, alone: bool) -> Attribution:
    """One attribution; of several speakers of one cue each has their own words as source."""

    def spans(ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(s.span(lo, hi) for lo, hi in ranges)

    def cut(where: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end, s.text[start:end]) for start, end in (unmarked(s.text, *span) for span in where))

    source = spans([r.source] if r.source else [])
    if r.heard is None:
        cue = spans([whole_cue(r.cue, s)])
        content = spans(unquoted(c, s) for c in joined([whole_content(c, s) for c in r.content], s))
    else:
        cue, content = cut([r.heard.said.cue]), cut(r.heard.said.content)
        source = cut(r.heard.said.source) if alone and r.heard.said.source else source
    return Attribution(
        id=f"t{r.number + 1}",
        source=source,
        cue=cue,
        content=content,
        speaker=r.speaker,
        via=r.via,
        within=None if r.within is None else f"t{r.within + 1}",
        stance=r.stance,
    )
