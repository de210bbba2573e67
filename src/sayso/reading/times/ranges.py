"""Relations of an expression to what stands before it ("since", "until"), and ranges of two expressions."""

from __future__ import annotations

from sayso.model import TimePrecision
from sayso.reading.times.context import Context
from sayso.reading.times.timex import Relation, Timex
from sayso.reading.times.values import add_days

Entry = tuple[int, int, Timex]
_RELATIONS: dict[str, Relation] = {"since": "since", "until": "until"}
_OPENERS = {"from": ("to", "until", "dash", "hyphen"), "between": ("and",)}


def with_relations(context: Context, found: list[Entry]) -> list[Entry]:
    """The expressions with "since" (open to publication) and "until" (open before) put on their extents."""
    return [(first, last, _related(context, first, timex)) for first, last, timex in found]


def _related(context: Context, first: int, timex: Timex) -> Timex:
    relation = _RELATIONS.get(_before(context, first))
    if relation is None or timex.kind in ("DURATION", "SET") or timex.start is None:
        return timex
    if relation == "since":
        end = context.published if timex.start <= context.published else timex.end
        return timex._replace(end=end, relation="since", precision=_at_least_day(timex))
    return timex._replace(start=None, relation="until", precision=_at_least_day(timex))


def _at_least_day(timex: Timex) -> TimePrecision:
    """What is open on one side is no more exact than a day."""
    return "day" if timex.precision in ("minute", "hour", "part_of_day") else timex.precision


def _before(context: Context, first: int) -> str:
    """The class of the word before an expression, past "at least", "about" and the like."""
    at = first - 1
    while at >= 0 and context.tokens[at].name in ("at", "at_least", "approx"):
        at -= 1
    return context.tokens[at].name if at >= 0 else ""


def join_ranges(context: Context, found: list[Entry]) -> list[Entry]:
    """The expressions, each "between X and Y" and "from X to Y" made one that runs from the first day to the last."""
    joined: list[Entry] = []
    for entry in found:
        whole = _range(context, joined[-1], entry) if joined else None
        if whole is None:
            joined.append(entry)
        else:
            joined[-1] = whole
    return joined


def _neighbours(left: Timex, right: Timex) -> bool:
    """Whether one period follows straight on the other: "last November and December", "Monday and Tuesday"."""
    if left.end is None or right.start is None or left.relation or left.precision != right.precision:
        return False
    return right.start == add_days(left.end, 1)


def _alike(left: Timex, right: Timex) -> bool:
    """Whether two expressions are as exact as each other, so that "to" alone joins them: "April to June"."""
    return left.kind == right.kind and left.precision == right.precision


def _is_open(timex: Timex) -> bool:
    """Whether an expression is itself open or vague, so that a hyphen behind it is no range."""
    return timex.kind not in ("DATE", "TIME") or timex.start is None or timex.relation is not None


def _range(context: Context, left: Entry, right: Entry) -> Entry | None:
    closers = _OPENERS.get(_before(context, left[0]))
    between = context.tokens[left[1] : right[0]]
    if [token.name for token in between] == ["and"] and _neighbours(left[2], right[2]):
        closers = ("and",)
    if [token.name for token in between] in (["hyphen"], ["dash"]) and not _is_open(left[2]):
        closers = ("hyphen", "dash")
    if [token.name for token in between] == ["to"] and not _is_open(left[2]) and _alike(left[2], right[2]):
        closers = ("to",)
    if closers is None or len(between) not in (1, 2) or between[0].name not in closers:
        return None
    first, last = left[2], right[2]
    if len(between) == 2 and between[1].name != "the":
        return None
    if first.kind == "SET" or last.kind == "SET" or first.start is None or last.end is None or first.start > last.end:
        return None
    precision = last.precision if last.precision == first.precision != "day" else "days"
    value = f"{first.value}/{last.value}"
    reason = first.reason or last.reason
    timex = Timex(
        "TIME" if precision == "minute" else "DATE",
        value,
        None,
        first.start,
        last.end,
        precision,
        reason,
        future=first.future or last.future,
    )
    return left[0], right[1], timex
