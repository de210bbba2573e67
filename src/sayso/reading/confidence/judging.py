"""Which claims are kept and which refused, each with how likely it is that an annotator would make it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sayso.errors import SaysoError
from sayso.model import Stance
from sayso.reading.confidence.features import FeatureReader, Features
from sayso.reading.confidence.model import DIGITS, Likelihood, Weights, shipped
from sayso.reading.syntax import Syntax

if TYPE_CHECKING:
    from sayso.reading.claims import Made
    from sayso.reading.events import Draft


class Signals(Protocol):
    """What else a reader knows of events and claims: features of its own, by names that no other has."""

    def event(self, d: Draft) -> Features:
        """Of an event."""

    def claim(self, c: Made) -> Features:
        """Of a claim."""


class Known(NamedTuple):
    """The features of a claim and of its event."""

    event: Features
    claim: Features


class Judged(NamedTuple):
    """How likely a claim is, from 0 to 1, and why it is refused; null where it is kept."""

    confidence: float
    refused: str | None = None


class Judge:
    """Judges the claims of a report, and refuses those that are less likely than a threshold."""

    def __init__(self, min_confidence: float | None = None, weights: Weights | None = None) -> None:
        """``min_confidence``, from 0 (refuse nothing) to 1, takes the place of the shipped thresholds. Raises S348."""
        if min_confidence is not None and not 0.0 <= min_confidence <= 1.0:
            raise SaysoError("S348", value=min_confidence)
        self.min_confidence = min_confidence
        self.weights = weights or shipped()
        self._event = Likelihood(self.weights.event)
        self._claim = Likelihood(self.weights.claim)

    def signed(self, reader: str) -> str:
        """The name of a reader that refuses by this judge: another threshold makes another account."""
        return reader if self.min_confidence is None else f"{reader}, from {self.min_confidence:.{DIGITS}f}"

    def threshold(self, stance: Stance) -> float:
        """The least confidence with which a claim of this stance is kept."""
        return self.weights.thresholds[stance] if self.min_confidence is None else self.min_confidence

    def judge(
        self, s: Syntax, drafts: Sequence[Draft], made: Sequence[Made], signals: Signals | None = None
    ) -> list[Judged]:
        """One judgement a claim, in the order of ``made``.

        An event keeps the likeliest of its claims that it happened, however unlikely: without one it would stand on
        nobody's word.
        """
        likely = [self.confidence(known) for known in known_of(s, drafts, made, signals)]
        ground = _ground(made, likely)
        return [
            Judged(p, None if n in ground else self._why(c, p))
            for n, (c, p) in enumerate(zip(made, likely, strict=True))
        ]

    def confidence(self, known: Known) -> float:
        """How likely it is that the event is one, and that the claim on it is right."""
        return round(self._event.of(known.event) * self._claim.of(known.claim), DIGITS)

    def _why(self, c: Made, confidence: float) -> str | None:
        """Why a claim is refused; null where it is kept."""
        least = self.threshold(c.stance)
        if confidence >= least:
            return None
        return f"confidence {confidence:.{DIGITS}f} is below {least:.{DIGITS}f}"


def known_of(
    s: Syntax, drafts: Sequence[Draft], made: Sequence[Made], signals: Signals | None = None
) -> Iterator[Known]:
    """What is known of each claim, in the order of ``made``; ``signals`` add what a reader of their own knows."""
    reader = FeatureReader(s, drafts, made)
    events = {d.number: reader.event(d) | (signals.event(d) if signals is not None else {}) for d in drafts}
    for c in made:
        yield Known(events[c.event.number], reader.claim(c) | (signals.claim(c) if signals is not None else {}))


def _ground(made: Sequence[Made], likely: Sequence[float]) -> set[int]:
    """For each event the number of the likeliest claim that it happened, the first of those that are alike."""
    best: dict[int, int] = {}
    for n, c in enumerate(made):
        if c.slot == "occurrence" and (c.event.number not in best or likely[n] > likely[best[c.event.number]]):
            best[c.event.number] = n
    return set(best.values())
