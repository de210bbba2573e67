"""Windows: the parts in which a long report is put to a model, each of whole paragraphs, with the words before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sayso.model import Paragraph

Range = tuple[int, int]


class Window(msgspec.Struct, frozen=True):
    """Paragraphs to be read, and those before them, which only tell who and where; offsets ``[start, end)``."""

    ranges: tuple[Range, ...]
    before: tuple[Range, ...] = ()

    @property
    def start(self) -> int:
        """Where what is to be read begins."""
        return self.ranges[0][0]


def cut_windows(text: str, paragraphs: Sequence[Paragraph], size: int, context: int) -> list[Window]:
    """Windows of at most ``size`` code points over the paragraphs that are read, in order.

    A paragraph that is longer is cut behind a sentence, else at a space. Each window but the first has up to
    ``context`` code points of whole paragraphs before it.
    """
    windows: list[Window] = []
    held: list[Range] = []
    pieces = [piece for p in paragraphs if p.read for piece in _pieces(text, p, size)]
    for number, piece in enumerate(pieces):
        if held and _length(held) + piece[1] - piece[0] > size:
            windows.append(_window(held, pieces[: number - len(held)], context))
            held = []
        held.append(piece)
    if held:
        windows.append(_window(held, pieces[: len(pieces) - len(held)], context))
    return windows


def _window(held: list[Range], earlier: list[Range], context: int) -> Window:
    before: list[Range] = []
    for piece in reversed(earlier):
        if _length(before) + piece[1] - piece[0] > context:
            break
        before.insert(0, piece)
    return Window(tuple(held), tuple(before))


def _length(ranges: list[Range]) -> int:
    return sum(end - start for start, end in ranges)


def _pieces(text: str, paragraph: Paragraph, size: int) -> Iterator[Range]:
    start = paragraph.start
    while start < paragraph.end:
        end = paragraph.end
        if end - start > size:
            stop = max(text.rfind(mark, start + 1, start + size - 1) for mark in (". ", ".\n"))
            space = text.rfind(" ", start + 1, start + size - 1)
            end = (stop if stop > start + size // 2 else max(space, stop)) + 1 or start + size
        yield start, end
        start = end
