"""The answer of a model to one window: JSON in, what of it stands in the report out, with a reason for all the rest.

Nothing is mended and nothing guessed. An item whose words do not stand in the report, or whose type, slot, stance or
modality is none of the vocabulary, is refused; keys that were not asked for are passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, cast, get_args

import msgspec

from sayso.model import Modality, Slot, Span, Stance
from sayso.readers.quoting import Quotes
from sayso.vocabulary import load

SLOTS: tuple[Slot, ...] = get_args(Slot)
STANCES: tuple[Stance, ...] = get_args(Stance)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
LISTS = ("times", "places", "initiators", "recipients", "weapons", "killed", "injured")
"""Keys of an event that hold quotes, beside its mentions."""
SLOT_OF = {
    "times": "time",
    "places": "place",
    "initiators": "initiator",
    "recipients": "recipient",
    "weapons": "weapon",
    "killed": "killed",
    "injured": "injured",
}
MOST_ITEMS = 4_000
"""Events, attributions, claims and quotes of one answer that are looked at; more are refused together."""
SHOWN = 80
"""Characters of a refused quote that its reason shows."""


@dataclass(slots=True)
class QuotedClaim:
    """A claim in the report's words; ``value`` null where none was given."""

    slot: Slot
    stance: Stance
    evidence: Span
    speaker: Span | None = None
    via: Span | None = None
    value: Span | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A claim that was refused, with what of it stands in the report: nobody else may be taken to say just that."""

    slot: str
    evidence: Span | None = None
    value: Span | None = None


@dataclass(slots=True)
class QuotedEvent:
    """An event in the report's words. ``evidence`` is the clause that tells it, else its first mention."""

    type: str
    modality: Modality
    evidence: Span
    mentions: list[Span]
    words: dict[str, list[Span]] = field(default_factory=dict)
    """The quotes of each slot, by the slot's name."""
    claims: list[QuotedClaim] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    """Claims that were refused."""


@dataclass(slots=True)
class QuotedAttribution:
    """Who says what, in the report's words."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    stance: Stance
    via: Span | None = None


@dataclass(slots=True)
class Refusal:
    """What was refused, in words, and why; ``span`` where words of the report are concerned."""

    what: str
    why: str
    span: Span | None = None


@dataclass(slots=True)
class Quoted:
    """All that of some answers stands in the report, what was refused, and how many items there were."""

    events: list[QuotedEvent] = field(default_factory=list)
    attributions: list[QuotedAttribution] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    items: int = 0
    found: int = 0
    """Quotes that stand in the report."""


class AnswerError(ValueError):
    """The answer is not the JSON object that was asked for; the message says what is wrong."""


def decode(content: str) -> dict[str, Any]:
    """The object in an answer, whatever a model writes around it (a fence, its thoughts). Raises ``AnswerError``."""
    body = content.rpartition("</think>")[2]
    body = body[max(body.find("{"), 0) : body.rfind("}") + 1]
    try:
        found = msgspec.json.decode(body.encode())
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise AnswerError(str(error)) from None
    except RecursionError:
        raise AnswerError("nested too deeply") from None
    if not isinstance(found, dict):
        raise AnswerError("it is no object")
    if not isinstance(found.get("events"), list):
        raise AnswerError("it has no list of events")
    return found


def locate(answer: dict[str, Any], quotes: Quotes, start: int, into: Quoted) -> None:
    """Add to ``into`` all items of an answer whose words stand in the report.

    ``start`` is where the window begins: an event or attribution told before it belongs to an earlier window.
    """
    _Locator(quotes, start, into).read(answer)


class _Locator:
    """Looks up the quotes of one answer."""

    def __init__(self, quotes: Quotes, start: int, into: Quoted) -> None:
        self._quotes = quotes
        self._start = start
        self._into = into
        self._left = MOST_ITEMS
        self._types = load("event_types")
        self._mentions = {span for event in into.events for span in event.mentions}
        self._evidence = {event.evidence for event in into.events}

    def read(self, answer: dict[str, Any]) -> None:
        for item in self._items(answer.get("events"), "event"):
            event = self._event(item)
            if event is not None:
                self._into.events.append(event)
                self._evidence.add(event.evidence)
        for item in self._items(answer.get("attributions"), "attribution"):
            attribution = self._attribution(item)
            if attribution is not None:
                self._into.attributions.append(attribution)
        if self._left < 0:
            self._refuse("the rest of the answer", f"it holds more than {MOST_ITEMS} items")

    # Items ----------------------------------------------------------------------------------------------------------

    def _event(self, item: dict[str, Any]) -> QuotedEvent | None:
        told = self._one(item, "evidence", "event", taken=self._evidence)
        label = f"event {_shown(item.get('evidence'))}"
        if not self._allowed(item, "type", self._types, label) or not self._allowed(
            item, "modality", MODALITIES, label
        ):
            return None
        if told is not None and self._earlier(told, label):
            return None
        mentions: list[Span] = []
        for quote in self._strings(item, "mentions", label):
            span = self._find(quote, f"mention of {label}", told or (mentions[0] if mentions else None), self._mentions)
            if span is not None:
                mentions.append(span)
                self._mentions.add(span)
        if not mentions:
            self._refuse(label, "no mention of it stands in the report, or each is another event's", told)
            return None
        evidence = told or mentions[0]
        if self._earlier(evidence, label):
            self._mentions.difference_update(mentions)
            return None
        event = QuotedEvent(item["type"], item["modality"], evidence, sorted(mentions))
        for key in LISTS:
            quotes = self._strings(item, key, label)
            spans = [self._find(quote, f"{key} of {label}", evidence) for quote in quotes]
            event.words[SLOT_OF[key]] = list(dict.fromkeys(span for span in spans if span is not None))
        for claim in self._items(item.get("claims"), f"claim on {label}"):
            made = self._claim(claim, event, label)
            if made is not None:
                event.claims.append(made)
            elif isinstance(claim.get("slot"), str):
                event.lost.append(self._lost(claim, event))
        return event

    def _claim(self, item: dict[str, Any], event: QuotedEvent, label: str) -> QuotedClaim | None:
        label = f"claim on {label}"
        if not self._allowed(item, "slot", SLOTS, label) or not self._allowed(item, "stance", STANCES, label):
            return None
        evidence = self._one(item, "evidence", label, event.evidence)
        if evidence is None:
            return None
        claim = QuotedClaim(cast(Slot, item["slot"]), cast(Stance, item["stance"]), evidence)
        for key in ("speaker", "via", "value"):
            if item.get(key) is None:
                continue
            span = self._one(item, key, label, evidence)
            if span is None:
                return None  # Without its speaker a claim would be another's; without its value, none.
            setattr(claim, key, span)
        return claim

    def _lost(self, item: dict[str, Any], event: QuotedEvent) -> Lost:
        """What of a refused claim stands in the report."""
        quotes = [item[key] if isinstance(item.get(key), str) else "" for key in ("evidence", "value")]
        evidence = self._quotes.nearest(quotes[0], event.evidence)
        return Lost(item["slot"], evidence, self._quotes.nearest(quotes[1], evidence or event.evidence))

    def _attribution(self, item: dict[str, Any]) -> QuotedAttribution | None:
        label = "attribution"
        stance = item.get("stance", "asserts")
        if stance not in STANCES:
            self._refuse(label, f"{_shown(stance)} is no stance")
            return None
        content: list[Span] = []
        for quote in self._strings(item, "content", label):
            span = self._find(quote, f"content of {label}", content[0] if content else None)
            if span is not None:
                content.append(span)
        if not content:
            self._refuse(label, "no content of it stands in the report")
            return None
        if self._earlier(max(content), label):
            return None
        parts: dict[str, list[Span]] = {}
        for key in ("cue", "source"):
            wanted = self._strings(item, key, label)
            anchor = (parts.get("cue") or content)[0]
            spans = [self._find(quote, f"{key} of {label}", anchor) for quote in wanted]
            parts[key] = sorted({span for span in spans if span is not None})
            if len(parts[key]) < len(set(wanted)):
                return None
        if not parts["cue"] and not parts["source"]:
            self._refuse(label, "it has neither source nor cue", content[0])
            return None
        via = None
        if item.get("via") is not None:
            via = self._one(item, "via", label, content[0])
            if via is None:
                return None
        return QuotedAttribution(parts["source"], parts["cue"], sorted(set(content)), stance, via)

    # Parts of items -------------------------------------------------------------------------------------------------

    def _items(self, found: Any, label: str) -> Iterator[dict[str, Any]]:
        """The objects of a list; what is no object is refused."""
        if found is None:
            return
        for item in found if isinstance(found, list) else [found]:
            if not self._count():
                return
            if isinstance(item, dict):
                yield item
            else:
                self._refuse(label, f"it is {_kind(item)}, no object")

    def _strings(self, item: dict[str, Any], key: str, label: str) -> list[str]:
        """The strings under a key, a single one too; what is none is refused."""
        found = item.get(key)
        kept = []
        for value in found if isinstance(found, list) else [] if found is None else [found]:
            if not self._count():
                break
            if isinstance(value, str):
                kept.append(value)
            else:
                self._refuse(f"{key} of {label}", f"it is {_kind(value)}, no quote")
        return kept

    def _one(
        self, item: dict[str, Any], key: str, label: str, anchor: Span | None = None, taken: Collection[Span] = ()
    ) -> Span | None:
        """The place of the quote under a key; the first where all places are taken."""
        value = item.get(key)
        if not isinstance(value, str):
            self._refuse(f"{key} of {label}", f"it is {_kind(value)}, no quote")
            return None
        if not self._count():
            return None
        free = self._quotes.nearest(value, anchor, taken) if taken else None
        if free is not None:
            self._into.found += 1
            return free
        return self._find(value, f"{key} of {label}", anchor)

    def _find(self, quote: str, label: str, anchor: Span | None, taken: Collection[Span] = ()) -> Span | None:
        span = self._quotes.nearest(quote, anchor, taken)
        if span is None:
            here = taken and self._quotes.nearest(quote, anchor)
            why = "these words are another event's already" if here else "these words do not stand in the report"
            self._refuse(f"{label}: {_shown(quote)}", why, here or None)
            return None
        self._into.found += 1
        return span

    def _earlier(self, span: Span, label: str) -> bool:
        """Whether an item stands before the window, where it was read already; then it is refused."""
        if span.start < self._start:
            self._refuse(label, "it is told in an earlier part of the report", span)
        return span.start < self._start

    def _allowed(self, item: dict[str, Any], key: str, values: Collection[str], label: str) -> bool:
        value = item.get(key)
        if isinstance(value, str) and value in values:
            return True
        self._refuse(label, f"{_shown(value)} is no {key}")
        return False

    def _count(self) -> bool:
        self._left -= 1
        self._into.items += self._left >= 0
        return self._left >= 0

    def _refuse(self, what: str, why: str, span: Span | None = None) -> None:
        self._into.refused.append(Refusal(what, why, span))


def _shown(value: object) -> str:
    """A value as a reason shows it: a string on one line, shortened; of another kind its name."""
    if not isinstance(value, str):
        return _kind(value)
    line = " ".join(value.split())
    return f"“{line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}”"


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number", str: "words"}
    return "missing" if value is None else kinds.get(type(value), "something else")
