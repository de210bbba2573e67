"""What an incident's claims amount to, for its page: each detail's status and its history, numbers by kind of speaker,
and who has changed their account. No name of a private person stands in it unless names are shown."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup, escape
from sqlalchemy.engine import Connection

from sayso.incidents.amounts import Amounts, Reached, amounts, as_json
from sayso.incidents.history import Change
from sayso.incidents.shifts import Said, Shift
from sayso.incidents.status import Standing
from sayso.incidents.testimony import Testimony, load_testimony
from sayso.incidents.tolls import SLOTS, Figure, Toll
from sayso.web import privacy, words

__all__ = ["as_json", "draw", "load", "masked_shift", "ranges"]

SHIFTS_SHOWN = 30
"""Changes of account that a page shows; the others are counted."""
FIGURES_DRAWN = 40
"""Different numbers of one kind of speakers that are drawn as dots."""
WIDTH, HEIGHT, EDGE = 320, 22, 8


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table of numbers: what is said, in words, and as a drawing."""

    toll: Toll
    said: str
    latest: str
    drawing: Markup


def load(connection: Connection, incident_id: str, hidden: privacy.Hidden) -> Amounts:
    """What the claims of an incident amount to; empty where it has none."""
    told = load_testimony(connection, [incident_id]).get(incident_id, Testimony())
    found = amounts(told)
    if not hidden:
        return found
    return Amounts(
        reached=[_masked_status(one, hidden) for one in found.reached],
        tolls=[_masked_toll(toll, told, hidden) for toll in found.tolls],
        shifts=[masked_shift(shift, hidden) for shift in found.shifts],
    )


def ranges(tolls: Sequence[Toll]) -> list[tuple[str, list[Range], str]]:
    """The rows of the table of numbers by slot, with the end of their common scale."""
    found = []
    for slot in SLOTS:
        rows = [toll for toll in tolls if toll.slot == slot]
        if rows:
            most = max([toll.named or 0 for toll in rows] + [1])
            found.append((slot, [_range(toll, most) for toll in rows], f"{most:,}"))
    return found


def _masked_status(one: Reached, hidden: privacy.Hidden) -> Reached:
    reason, beside = (_anywhere(text, hidden) for text in (one.standing.reason, one.standing.beside))
    masked = Standing(one.standing.status, reason, beside)
    return msgspec.structs.replace(
        one, standing=masked, changes=[_masked_change(change, hidden) for change in one.changes]
    )


def _masked_change(change: Change, hidden: privacy.Hidden) -> Change:
    cause = change.cause
    if cause is not None:
        cause = msgspec.structs.replace(
            cause, words=_out(cause.words, cause.report, hidden), evidence=_out(cause.evidence, cause.report, hidden)
        )
    return msgspec.structs.replace(change, cause=cause, reason=_anywhere(change.reason, hidden))


def _masked_toll(toll: Toll, told: Testimony, hidden: privacy.Hidden) -> Toll:
    report = {s.claim: s.report_id for s in told.statements}

    def masked(figure: Figure) -> Figure:
        return msgspec.structs.replace(figure, words=_out(figure.words, report.get(figure.claim, ""), hidden))

    return msgspec.structs.replace(toll, latest=masked(toll.latest), figures=tuple(map(masked, toll.figures)))


def masked_shift(shift: Shift, hidden: privacy.Hidden) -> Shift:
    """A change of account with the names of private persons taken out of both its words."""

    def masked(said: Said) -> Said:
        words_of, kept = _out(said.words, said.report, hidden), _out(said.said, said.report, hidden)
        return msgspec.structs.replace(said, words=words_of, said=kept)

    return msgspec.structs.replace(shift, earlier=masked(shift.earlier), later=masked(shift.later))


def _out(text: str, report: str, hidden: privacy.Hidden) -> str:
    names = hidden.get(report)
    return (names.out_of(text) or "") if names else text


def _anywhere(text: str, hidden: privacy.Hidden) -> str:
    for names in hidden.values():
        text = names.out_of(text) or ""
    return text


def _range(toll: Toll, most: int) -> Range:
    said = words.toll(toll.low, toll.high) or "not known"
    if toll.high is None and toll.named is not None and toll.named != toll.low:
        said = f"{toll.low:,}–{toll.named:,} or more" if toll.low is not None else f"up to {toll.named:,}, or more"
    latest = words.toll(toll.latest.low, toll.latest.high) or "not known"
    return Range(toll=toll, said=said, latest=latest, drawing=draw(toll, most, said))


def draw(toll: Toll, most: int, said: str) -> Markup:
    """A kind's numbers on a line from 0 to ``most``: a dot each, the latest filled, open above where somebody's are."""

    def x(value: int) -> float:
        return EDGE + value / most * (WIDTH - 3 * EDGE)

    ends = [value for figure in toll.figures for value in (figure.low, figure.high) if value is not None]
    left, right = x(min(ends, default=0)), x(max(ends, default=0))
    middle = HEIGHT / 2
    parts = [f'<line class="axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{middle}" y2="{middle}"/>']
    parts.append(f'<line class="reach" x1="{left:.1f}" x2="{right:.1f}" y1="{middle}" y2="{middle}"/>')
    if toll.high is None:
        arrow = f"M{right:.1f} {middle}h14m-5-4l5 4l-5 4"
        parts.append(f'<path class="open" d="{arrow}"><title>open above: “at least”</title></path>')
    drawn = _dots(toll.figures[-FIGURES_DRAWN:], toll.latest)
    for value, latest in drawn:
        kind = "dot latest" if latest else "dot"
        parts.append(f'<circle class="{kind}" cx="{x(value):.1f}" cy="{middle}" r="4"/>')
    return Markup(
        f'<svg class="dotrange" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
        f' aria-label="{escape(toll.label)}: {escape(said)}">{"".join(parts)}</svg>'
    )


def _dots(figures: Sequence[Figure], latest: Figure) -> list[tuple[int, bool]]:
    """The ends of the numbers, each once; those of the latest last, so that it is drawn on top."""
    ends = {value for figure in figures for value in (figure.low, figure.high) if value is not None}
    last = {value for value in (latest.low, latest.high) if value is not None}
    return [(value, False) for value in sorted(ends - last)] + [(value, True) for value in sorted(last)]
