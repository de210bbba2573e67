"""The mentions of ECB+ as the model of coreference takes them, and the events that it joins them to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.coreference.model import Model
from sayso.reading.coreference.told import Eyes, Sentence, Told, Words, told
from sayso.reading.coreference.words import Rarity

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Given(NamedTuple):
    """A report with its mentions: the report as words, and its parsed sentences that have any."""

    words: Words
    sentences: Sequence[tuple[int, Doc, Mapping[Hashable, Sequence[int]]]]


def mentions_told(reports: Sequence[Given], rarity: Rarity) -> Iterator[Told]:
    """All mentions with what they are compared by, report by report."""
    from sayso.reading.encoder.weights import load_reader

    eyes = Eyes(load_reader())
    for report in reports:
        yield from told(report.words, [Sentence(*sentence) for sentence in report.sentences], rarity, eyes)


def joined_events(
    mentions: Sequence[Told], group_of: Mapping[str, Hashable], model: Model
) -> dict[Hashable, tuple[Hashable, int]]:
    """The event of each mention, by its key: ``group_of`` tells the group of its report, and an event is in one."""
    groups: dict[Hashable, list[Told]] = {}
    for mention in mentions:
        groups.setdefault(group_of[mention.report], []).append(mention)
    return {key: (name, event) for name, group in groups.items() for key, event in model.events(group).items()}


def matters(reports: Sequence[Given], model: Model) -> dict[str, int]:
    """Which reports are on one matter, told by their words alone."""
    numbers = model.matters([report.words.words for report in reports])
    return {report.words.report: number for report, number in zip(reports, numbers, strict=True)}
