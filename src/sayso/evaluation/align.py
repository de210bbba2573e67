"""One-to-one alignment of what was read with what was annotated."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Event, Span

INFINITY = float("inf")


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs ``(row, column)`` of greatest total weight, each row and column at most once, in row order.

    Weights are not negative; a pair of weight 0 is no pair. Exact (Hungarian method, cubic in the longer side); where
    several assignments weigh the same, the one returned depends on the order of rows and columns alone.
    """
    rows = len(weights)
    columns = len(weights[0]) if rows else 0
    size = max(rows, columns)
    cost = [[0.0] * (size + 1) for _ in range(size + 1)]
    for row in range(rows):
        for column in range(columns):
            cost[row + 1][column + 1] = -weights[row][column]
    owner = _cheapest(cost, size)
    pairs = ((owner[column] - 1, column - 1) for column in range(1, size + 1))
    return sorted((r, c) for r, c in pairs if r < rows and c < columns and weights[r][c] > 0)


def _cheapest(cost: list[list[float]], size: int) -> list[int]:
    """For each column from 1 the row that the cheapest full assignment of a square matrix gives it."""
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    owner, came_from = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        least, visited = [INFINITY] * (size + 1), [False] * (size + 1)
        column = 0
        while True:
            visited[column] = True
            current, delta, following = owner[column], INFINITY, 0
            for candidate in range(1, size + 1):
                if visited[candidate]:
                    continue
                reduced = cost[current][candidate] - row_price[current] - column_price[candidate]
                if reduced < least[candidate]:
                    least[candidate], came_from[candidate] = reduced, column
                if least[candidate] < delta:
                    delta, following = least[candidate], candidate
            for candidate in range(size + 1):
                if visited[candidate]:
                    row_price[owner[candidate]] += delta
                    column_price[candidate] -= delta
                else:
                    least[candidate] -= delta
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return owner


def shared_characters(left: Sequence[Span], right: Sequence[Span]) -> int:
    """How many characters of the text lie both in a span of ``left`` and in a span of ``right``."""
    return len(_characters(left) & _characters(right))


def _characters(spans: Sequence[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


def overlap(left: Span, right: Span) -> float:
    """The share of the longer span that both cover, 0 to 1."""
    common = min(left.end, right.end) - max(left.start, right.start)
    longer = max(left.end - left.start, right.end - right.start)
    return max(common, 0) / longer if longer else 0.0


def align_events(read: Sequence[Event], annotated: Sequence[Event]) -> list[tuple[Event, Event]]:
    """Pairs ``(read, annotated)`` that share the most characters of their mentions in total, one to one."""
    weights = [[float(shared_characters(r.mentions, a.mentions)) for a in annotated] for r in read]
    return [(read[row], annotated[column]) for row, column in assign(weights)]
