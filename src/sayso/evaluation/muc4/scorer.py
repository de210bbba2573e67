"""Reads the messages of MUC-4 and scores the templates of their accounts against the keys, set by set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.muc4 import scores
from sayso.evaluation.muc4.mapping import Cast, templates
from sayso.evaluation.muc4.messages import Message, messages
from sayso.evaluation.muc4.scores import Hit, Hits
from sayso.evaluation.muc4.template import ANYONE, ROLES, Entity, Role, Template
from sayso.model import Account, Report
from sayso.reading.account import read_each
from sayso.reading.language import read_paragraphs
from sayso.reading.recase import as_read, in_words_of

ALL = "all roles"
BATCH = 16
SETS = {"TST1 and TST2": (("tst1", "tst2"), 1), "dev, each 13th report": (("dev",), 13)}
"""Sets of the whole collection: their folders, and of how many reports one is read; papers tune on the first."""


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over many reports by figure; ``ALL`` is the micro average. ``unread`` are reports that gave an error."""

    reports: int
    relevant: int
    """Reports whose key has a template."""
    unread: int
    ceaf_ree: Hits
    anyone: Hit
    """CEAF-REE of human targets, named or described."""
    templates: Hits
    slots: Hits


class Difference(msgspec.Struct, frozen=True):
    """What CEAF-REE counts as missed and as spurious in one report: role, then the words of each."""

    id: str
    roles: tuple[tuple[Role, tuple[str, ...], tuple[str, ...]], ...]


def score_sets(path: Path) -> dict[str, Scores]:
    """Scores of the whole collection's sets (``SETS``), or of one folder of it. Raises what ``messages`` raises."""
    return {name: compare(chosen, read_each(m.report for m in chosen)) for name, chosen in message_sets(path).items()}


def message_sets(path: Path) -> dict[str, list[Message]]:
    """The messages by set: those of ``SETS`` whose folders are there, or all of the folder under its own name."""
    there = {
        name: (folders, every)
        for name, (parts, every) in SETS.items()
        if (folders := [path / part for part in parts if (path / part).is_dir()])
    }
    if not there:
        return {path.resolve().name: list(messages([path]))}
    return {name: list(messages(folders, every)) for name, (folders, every) in there.items()}


def compare(chosen: Sequence[Message], accounts: Iterable[Account | SaysoError]) -> Scores:
    """Scores of accounts against the keys of their messages, in the same order; an error counts as no templates."""
    unread = 0
    ree, filled, slots = [], [], []
    anyone = Hit()
    for message, account, cast in zip(chosen, accounts, casts(chosen), strict=True):
        made: tuple[Template, ...] = ()
        if isinstance(account, SaysoError):
            unread += 1
        else:
            made = templates(_as_read(account), cast, dated=message.dated)
        ree.append(scores.ceaf_ree(made, message.key))
        anyone += scores.ceaf_ree(made, message.key, (ANYONE,))[ANYONE]
        filled.append(scores.template_scores(made, message.key))
        slots.append(scores.slot_scores(made, message.key, scores.align(made, message.key)))
    return Scores(
        reports=len(chosen),
        relevant=sum(bool(m.key) for m in chosen),
        unread=unread,
        ceaf_ree=_summed(ree, (*ROLES,), whole=True),
        anyone=anyone,
        templates=_summed(filled, (scores.INCIDENT, *ROLES), whole=True),
        slots=_summed(slots, scores.SLOTS, whole=False),
    )


def casts(chosen: Sequence[Message]) -> Iterator[Cast]:
    """What the trained reader says of each message, in batches. Raises what ``load_reader`` raises."""
    from sayso.reading.encoder.entities import certainty, named
    from sayso.reading.encoder.inference import encode
    from sayso.reading.encoder.weights import load_reader

    reader = load_reader()
    about = reader.description
    stream = iter(chosen)
    while some := list(islice(stream, BATCH)):
        texts = [_text_read(m.report) for m in some]
        for text, one in zip(texts, encode(texts, reader), strict=True):
            names = tuple(named(text, one, about))
            sure = {n.words: certainty(n, one, about) for n in names if n.role == "perp_org"}
            yield Cast(names, sure, dict(zip(about.types, map(float, one.types), strict=True)))


def _as_read(account: Account) -> Account:
    """The account with its words as they were read: what is a name shows in mixed case alone."""
    return in_words_of(account, msgspec.structs.replace(account.report, text=_text_read(account.report)))


def _text_read(report: Report) -> str:
    return as_read(report.text, read_paragraphs(report.text, report.body_start, report.title))


def _summed(rows: Sequence[Hits], names: Sequence[str], *, whole: bool) -> Hits:
    found = {name: scores.total(row[name] for row in rows) for name in names}
    return found | ({ALL: scores.total(found.values())} if whole else {})


def differences(path: Path) -> Iterator[Difference]:
    """The reports of which some role was not read as the key has it. Raises what ``messages`` raises."""
    chosen = [message for messages_of_set in message_sets(path).values() for message in messages_of_set]
    for message, account, cast in zip(chosen, read_each(m.report for m in chosen), casts(chosen), strict=True):
        made = () if isinstance(account, SaysoError) else templates(_as_read(account), cast, dated=message.dated)
        rows = [(role, *scores.unmatched(made, message.key, role)) for role in ROLES]
        found = tuple((role, _words(missed), _words(spurious)) for role, missed, spurious in rows if missed or spurious)
        if found:
            yield Difference(message.id, found)


def _words(entities: Sequence[Entity]) -> tuple[str, ...]:
    return tuple(" / ".join(entity.mentions) for entity in entities)
