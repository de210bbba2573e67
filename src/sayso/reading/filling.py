"""Sides of events that the rules left empty, filled with what the trained reader marks in the same sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.model import Slot
from sayso.reading.content import Range
from sayso.reading.details import NOBODY_HIT
from sayso.reading.encoder.entities import Filler
from sayso.reading.events import Draft
from sayso.reading.hearing import source_heads, tokens
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.nouns import NounReader
from sayso.reading.roles import Detail
from sayso.reading.saying import Reading
from sayso.reading.syntax import Syntax

SLOTS: dict[str, Slot] = {
    "perp_ind": "initiator",
    "perp_org": "initiator",
    "target": "recipient",
    "victim": "recipient",
    "described": "recipient",
}
"""The side that each role of the reader's heads fills."""
LEAST = 0.5
"""The share that words must have of their role."""


def fill_sides(
    drafts: Sequence[Draft], fillers: Iterable[Filler], s: Syntax, nouns: NounReader, readings: Sequence[Reading] = ()
) -> None:
    """Give each event that has nobody on a side the nearest words for it in its sentences; the others stay as read.

    Whoever speaks in one of ``readings`` did nothing by that: "the group claimed responsibility" is a claim of its own.
    """
    mentions: dict[int, list[tuple[Mention, Draft]]] = {}
    for draft in drafts:
        for mention in draft.mentions:
            mentions.setdefault(mention.sentence, []).append((mention, draft))
    taken = {k for d in drafts for m in d.mentions for x in m.details for k in range(x.value_lo, x.value_hi)}
    taken |= {k for r in readings if r.source is not None for k in range(*r.source)}
    empty = {(d.number, slot) for d in drafts for slot in ("initiator", "recipient") if not _has(d, slot)}
    for filler in sorted(fillers, key=lambda f: (-f.share, f.start)):
        where = tokens(s, (filler.start, filler.end))
        if filler.role not in SLOTS or filler.share < LEAST or where is None or taken & set(range(*where)):
            continue
        here = mentions.get(s.sentence_of[where[0]], ())
        nearest = min(here, key=lambda row: (abs(row[0].trigger.head - where[0]), row[1].number), default=None)
        if nearest is None:
            continue
        mention, draft = nearest
        slot = SLOTS[filler.role]
        detail = _detail(slot, where, mention, s, nouns)
        if detail is not None and (draft.number, slot) in empty and _may(slot, draft):
            mention.details.append(detail)
            mention.details.sort(key=lambda d: (d.lo, d.hi, d.slot))
            taken.update(range(*where))


def _has(draft: Draft, slot: Slot) -> bool:
    return any(detail.slot == slot for mention in draft.mentions for detail in mention.details)


def _may(slot: Slot, draft: Draft) -> bool:
    return slot == "initiator" or draft.type not in NOBODY_HIT


def _detail(slot: Slot, where: Range, mention: Mention, s: Syntax, nouns: NounReader) -> Detail | None:
    """The words as a side; none where their head names nobody who acts, or nothing that is hit."""
    lo, hi = where
    heads = source_heads(s, where)
    if not heads or (mention.trigger.lo < hi and lo < mention.trigger.hi):
        return None
    if slot == "initiator" and words("stands", "authorship") & set(s.low[slice(*s.bounds(heads[0]))]):
        return None  # "claimed responsibility", "blamed for": whose word that is, is read by the rules
    fits = _acts(heads[0], s, nouns) if slot == "initiator" else nouns.can_be_hit(heads[0])
    return Detail(slot, lo, hi, lo, hi, head=heads[0], phrase=True) if fits else None


def _acts(head: int, s: Syntax, nouns: NounReader) -> bool:
    """Whether a noun names somebody who acts and not somebody who died."""
    return nouns.can_act(head) and s.low[s.head[head]] not in words("casualties", "die")
