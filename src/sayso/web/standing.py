"""What an incident's claims amount to, for its page: each detail's status and its history, numbers by kind of speaker,
and who has changed their account. No name of a private person stands in it unless names are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup, escape
from sqlalchemy.engine import Connection

from sayso.incidents.history import Change, SlotHistory, history
from sayso.incidents.shifts import Said, Shift, shifts
from sayso.incidents.status import Standing, standings
from sayso.incidents.testimony import Testimony, load_testimony
from sayso.incidents.tolls import SLOTS, Figure, Toll, tolls
from sayso.web import privacy, words

Row = dict[str, Any]
SHIFTS_SHOWN = 30
"""Changes of account that a page shows; the others are counted."""
CHANGES_SHOWN = 12
"""Changes of one detail's status that a page shows, the latest; the others are counted."""
FIGURES_DRAWN = 40
"""Different numbers of one kind of speakers that are drawn as dots."""
WIDTH, HEIGHT, EDGE = 320, 22, 8


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """A detail's status as it stands, with its reason, and how it came to be so: the latest change first."""

    slot: str
    standing: Standing
    changes: list[Change]
    left_out: int = 0


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table of numbers: what is said, in words, and as a drawing."""

    toll: Toll
    said: str
    latest: str
    drawing: Markup


class Amounts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the claims of an incident amount to."""

    reached: list[Reached]
    tolls: list[Toll]
    shifts: list[Shift]

    @property
    def by_slot(self) -> dict[str, Standing]:
        """The status of each detail."""
        return {one.slot: one.standing for one in self.reached}

    @property
    def since(self) -> Change | None:
        """Since when the occurrence has its status."""
        return self.reached[0].changes[0] if self.reached and self.reached[0].changes else None

    @property
    def ranges(self) -> list[tuple[str, list[Range], str]]:
        """The rows of the table of numbers by slot, with the end of their common scale."""
        found = []
        for slot in SLOTS:
            rows = [toll for toll in self.tolls if toll.slot == slot]
            if rows:
                most = max([toll.named or 0 for toll in rows] + [1])
                found.append((slot, [_range(toll, most) for toll in rows], f"{most:,}"))
        return found

    @property
    def news(self) -> list[Shift]:
        """The changes of account that a page shows."""
        return self.shifts[:SHIFTS_SHOWN]


def load(connection: Connection, incident_id: str, hidden: privacy.Hidden) -> Amounts:
    """What the claims of an incident amount to; empty where it has none."""
    told = load_testimony(connection, [incident_id]).get(incident_id, Testimony())
    now = standings(told.statements, told.initiators, told.places) if told.statements else {}
    past = {one.slot: one for one in history(told)}
    return Amounts(
        reached=[_reached(slot, standing, past.get(slot), hidden) for slot, standing in now.items()],
        tolls=[_masked_toll(toll, told, hidden) for toll in tolls(told.statements)],
        shifts=[masked_shift(shift, hidden) for shift in shifts(told)],
    )


def as_json(found: Amounts) -> Row:
    """The same for programs."""
    return {
        "standings": [
            {
                "slot": one.slot,
                "status": one.standing.status,
                "reason": one.standing.reason,
                "history": [msgspec.to_builtins(change) | {"sentence": change.sentence} for change in one.changes],
                "changes_left_out": one.left_out,
            }
            for one in found.reached
        ],
        "tolls": msgspec.to_builtins(found.tolls),
        "shifts": [msgspec.to_builtins(shift) | {"sentence": shift.sentence} for shift in found.shifts],
    }


def _reached(slot: str, standing: Standing, past: SlotHistory | None, hidden: privacy.Hidden) -> Reached:
    changes = past.changes[::-1] if past else []
    shown = [_masked_change(change, hidden) for change in changes[:CHANGES_SHOWN]]
    masked = Standing(standing.status, _anywhere(standing.reason, hidden))
    return Reached(slot=slot, standing=masked, changes=shown, left_out=len(changes) - len(shown))


def _masked_change(change: Change, hidden: privacy.Hidden) -> Change:
    cause = change.cause
    if cause is not None:
        cause = msgspec.structs.replace(
            cause, words=_out(cause.words, cause.report, hidden), evidence=_out(cause.evidence, cause.report, hidden)
        )
    return msgspec.structs.replace(change, cause=cause, reason=_anywhere(change.reason, hidden))


def _masked_toll(toll: Toll, told: Testimony, hidden: privacy.Hidden) -> Toll:
    if not hidden:
        return toll
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
