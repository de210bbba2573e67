"""What lies where: items by the spans they have, so that cost stays linear in a report's length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from sayso.model import Span

T = TypeVar("T")
BLOCK = 1_000
"""Code points of one block; items are looked for only in the blocks that some words touch."""


class Nearby(Generic[T]):
    """Items of a report, to be asked for by words that may overlap them."""

    def __init__(self, items: Iterable[tuple[T, Sequence[Span]]]) -> None:
        self._items: list[T] = []
        self._blocks: dict[int, set[int]] = {}
        for number, (item, spans) in enumerate(items):
            self._items.append(item)
            for span in spans:
                for block in _blocks(span):
                    self._blocks.setdefault(block, set()).add(number)

    def at(self, words: Span) -> list[T]:
        """The items with a span in a block that the words touch, in the order in which they were given."""
        found = {number for block in _blocks(words) for number in self._blocks.get(block, ())}
        return [self._items[number] for number in sorted(found)]


def _blocks(span: Span) -> range:
    return range(span.start // BLOCK, span.end // BLOCK + 1)
