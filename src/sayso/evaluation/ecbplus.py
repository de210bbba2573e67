"""Scores coreference of events, within reports and across them, on ECB+ (Cybulska and Vossen 2014), mentions given.

The corpus has a folder a topic; the reports of a topic tell of one event (``ecb``) and of another of its kind
(``ecbplus``). Who is given the annotated mentions has only to say which are one event: anything that gives each mention
a label can be scored (``compare``). Scored here are the common baseline, one event for each lemma; the reading, which
joins the mentions that lie in mentions of one of its events; and the model of coreference.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation import coreference
from sayso.evaluation.coreference import Scores
from sayso.evaluation.ecbplus_joining import Given, joined_events, matters, mentions_told
from sayso.evaluation.tokens import written
from sayso.model import Report
from sayso.reading.coreference.model import model
from sayso.reading.coreference.told import Words, head_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from spacy.language import Language
    from spacy.tokens import Doc

DEVELOPMENT = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
"""The topics that published work develops on; it trains on the others up to 35."""
LEARNT = "train"
"""The model of coreference learnt from these topics, so that it is not scored on them."""
MODEL = "model, reports grouped by words"
"""The row of the model of coreference that uses nothing of the corpus but the mentions."""
SENTENCES = "ECBplus_coreference_sentences.csv"
"""The corpus's own list of the sentences whose coreference was checked. Used where the folder has it."""
ACTION = "ACTION"
DATED = "2010-01-01"
"""The reports come without dates, and coreference compares dates only with those of the same report: any does."""
ENDS = (".", "!", "?", '"', "”", ")")
"""A sentence ends with these; a title, a date or an address stands on a line of its own."""
METRICS = ("muc", "b_cubed", "ceaf_e", "pairs")

Label = Callable[["Mention"], Hashable]


class Mention(NamedTuple):
    """An annotated mention of an event: its tokens by number within the report, and the chain that it belongs to."""

    report: str
    id: str
    sentence: int
    tokens: tuple[int, ...]
    chain: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.report, self.id

    @property
    def topic(self) -> str:
        """The topic's number, which begins the report's name ("12" of "12_4ecbplus")."""
        return self.report.partition("_")[0]

    @property
    def subtopic(self) -> str:
        """Which of the topic's two events its report is on ("12ecbplus")."""
        return self.topic + ("ecbplus" if self.report.endswith("ecbplus") else "ecb")


class Document(msgspec.Struct, frozen=True):
    """One report of the corpus: its tokens sentence by sentence, and the mentions that are scored."""

    name: str
    sentences: tuple[tuple[str, ...], ...]
    mentions: tuple[Mention, ...]


class Row(NamedTuple):
    """The scores of one way to join mentions, over so many mentions."""

    part: str
    level: str
    name: str
    mentions: int
    scores: Scores


# The corpus -------------------------------------------------------------------------------------------------------


def documents(path: Path) -> list[Document]:
    """The reports of all topics in a folder, or of the one topic that the folder is, in order of topic and name.

    Mentions are those of checked sentences: the corpus's list of them where the folder has it, else every sentence with
    a mention that is in a chain; there a mention in no chain is an event by itself. Raises ``S732`` where the folder
    has no report, ``S733`` for a file that is none.
    """
    files = sorted(path.glob("*_*ecb*.xml")) or sorted(path.glob("*/*_*ecb*.xml"))
    if not files:
        raise SaysoError("S732", path=path)
    checked = _checked(path / SENTENCES)
    found = (_document(file, checked) for file in files)
    return sorted(found, key=lambda document: (int(document.name.partition("_")[0]), document.name))


def _checked(file: Path) -> dict[str, set[int]] | None:
    if not file.exists():
        return None
    checked: dict[str, set[int]] = {}
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            for topic, name, sentence, *_ in list(csv.reader(lines))[1:]:
                checked.setdefault(f"{topic}_{name}", set()).add(int(sentence))
    except ValueError as cause:
        raise SaysoError("S733", name=file, why=cause) from cause
    return checked


def _document(file: Path, checked: Mapping[str, set[int]] | None) -> Document:
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(file.read_bytes())
        int(file.stem.partition("_")[0])
        sentences, number = _sentences(root)
        mentions = list(_mentions(root, file.stem, number))
    except (ElementTree.ParseError, KeyError, ValueError) as cause:
        raise SaysoError("S733", name=file, why=cause) from cause
    chained = {mention.sentence for mention in mentions if mention.chain}
    scored = chained if checked is None else checked.get(file.stem, set())
    kept = (m if m.chain else m._replace(chain=f"{m.report}:{m.id}") for m in mentions if m.sentence in scored)
    return Document(file.stem, sentences, tuple(kept))


def _sentences(root: Element) -> tuple[tuple[tuple[str, ...], ...], dict[str, tuple[int, int]]]:
    """The tokens by sentence, and for each token's id its sentence and its number within the report."""
    sentences: dict[int, list[str]] = {}
    number: dict[str, tuple[int, int]] = {}
    for count, token in enumerate(root.iter("token")):
        sentence = int(token.attrib["sentence"])
        sentences.setdefault(sentence, []).append(token.text or "")
        number[token.attrib["t_id"]] = sentence, count
    if list(sentences) != sorted(sentences):
        raise ValueError("its sentences are not in order")
    return tuple(map(tuple, sentences.values())), number


def _mentions(root: Element, name: str, number: Mapping[str, tuple[int, int]]) -> Iterator[Mention]:
    """The mentions of events that have words; the chain is empty where a mention is in none."""
    chains: dict[str, str] = {}
    for relation in root.iterfind("Relations/*"):
        chain = relation.get("note") or f"{name}:{relation.attrib['r_id']}"
        chains |= {source.attrib["m_id"]: chain for source in relation.iterfind("source")}
    for markable in root.iterfind("Markables/*"):
        anchors = [number[anchor.attrib["t_id"]] for anchor in markable.iterfind("token_anchor")]
        if anchors and ACTION in markable.tag:
            tokens = tuple(sorted(token for _, token in anchors))
            m_id = markable.attrib["m_id"]
            yield Mention(name, m_id, anchors[0][0], tokens, chains.get(m_id, ""))


# Ways to join mentions --------------------------------------------------------------------------------------------


def compare(mentions: Sequence[Mention], response: Label, *, within: bool) -> Scores:
    """The scores of a response over some mentions: those with the same label are one event.

    ``within``: chains and labels are those of each report by itself, else of the whole corpus.
    """

    def grouped(label: Label) -> Iterable[list[Hashable]]:
        groups: dict[Hashable, list[Hashable]] = {}
        for mention in mentions:
            unit = mention.report if within else None
            groups.setdefault((unit, label(mention)), []).append(mention.key)
        return groups.values()

    return coreference.score(grouped(lambda mention: mention.chain), grouped(response))


def lemmas(found: Iterable[Document]) -> dict[tuple[str, str], str]:
    """The lemma of each mention's head word, in small letters, by the mention's key."""
    language = _lemmatizer()
    sentences = [sentence for document in found for sentence in _telling(document)]
    parsed = language.pipe(_doc(language, words) for words, _, _ in sentences)
    return {
        mention.key: _head_lemma(doc, [token - first for token in mention.tokens])
        for (_, first, mentions), doc in zip(sentences, parsed, strict=True)
        for mention in mentions
    }


def given(found: Iterable[Document]) -> Iterator[Given]:
    """The reports as the model of coreference takes them."""
    language = _lemmatizer()
    for document in found:
        rows = list(_telling(document))
        parsed = language.pipe(_doc(language, words) for words, _, _ in rows)
        text, spans = _text(document)
        words = [word for sentence in document.sentences for word in sentence]
        yield Given(
            Words(document.name, text, spans, words, [len(sentence) for sentence in document.sentences]),
            [
                (first, parse, {m.key: m.tokens for m in mentions})
                for (_, first, mentions), parse in zip(rows, parsed, strict=True)
            ],
        )


def _telling(document: Document) -> Iterator[tuple[tuple[str, ...], int, list[Mention]]]:
    """The sentences with mentions: the tokens, the number of the first of them, the mentions."""
    first = 0
    for words in document.sentences:
        inside = [m for m in document.mentions if first <= m.tokens[0] < first + len(words)]
        if inside:
            yield words, first, inside
        first += len(words)


@cache
def _lemmatizer() -> Language:
    """The language model with its lemmatizer, which the reading does without. Raises ``S301`` where it is missing."""
    import spacy

    from sayso.reading.syntax import MODELS

    name = next((name for name in MODELS if spacy.util.is_package(name)), None)
    if name is None:
        raise SaysoError("S301", name=MODELS[-1])
    return spacy.load(name, exclude=["ner", "senter"])


def _doc(language: Language, words: Sequence[str]) -> Doc:
    from spacy.tokens import Doc

    return Doc(language.vocab, words=list(words))


def _head_lemma(doc: Doc, tokens: Sequence[int]) -> str:
    return doc[head_of(doc, tokens)].lemma_.lower()


def events_read(found: Sequence[Document]) -> dict[tuple[str, str], str]:
    """The event of the reading that each mention shares the most characters with, by the mention's key, if any.

    A report that is refused (its text is not English, say) has none.
    """
    from sayso.reading.account import read_each

    texts = [_text(document) for document in found]
    reports = (Report(id=d.name, text=text, published=DATED) for d, (text, _) in zip(found, texts, strict=True))
    events: dict[tuple[str, str], str] = {}
    for document, (_, spans), account in zip(found, texts, read_each(reports), strict=True):
        if isinstance(account, SaysoError):
            continue
        at = {offset: e.id for e in account.events for span in e.mentions for offset in range(span.start, span.end)}
        for mention in document.mentions:
            here = Counter(at[k] for token in mention.tokens for k in range(*spans[token]) if k in at)
            if here:
                events[mention.key] = f"{document.name}:{here.most_common(1)[0][0]}"
    return events


def _text(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """The text of a report, and the code points of each token; lines are unknown, but a title ends one."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in document.sentences:
        line = written(sentence)
        spans += [(at + start, at + end) for start, end in line.spans]
        parts += [line.text, " " if line.text.endswith(ENDS) else "\n"]
        at += len(line.text) + 1
    return "".join(parts), spans


# Scores, and how they are shown -----------------------------------------------------------------------------------


def score_sets(path: Path) -> list[Row]:
    """The scores on the development topics and on the others, as far as a folder has them. Raises as ``documents``."""
    parts: dict[str, list[Document]] = {"dev": [], "train": []}
    for document in documents(path):
        topic = int(document.name.partition("_")[0])
        parts["dev" if topic in DEVELOPMENT else "train"].append(document)
    return [row for part, found in parts.items() if found for row in score(found, part)]


def score(found: Sequence[Document], part: str) -> Iterator[Row]:
    """The rows of some reports: within each report, and across all."""
    mentions = [mention for document in found for mention in document.mentions]
    lemma, event = lemmas(found), events_read(found)
    seen = [mention for mention in mentions if mention.key in event]

    def apart(m: Mention) -> Hashable:
        return m.key

    def same_lemma(m: Mention) -> Hashable:
        return lemma[m.key]

    def read(m: Mention) -> Hashable:
        return event.get(m.key, m.key)

    judged = [] if part == LEARNT else list(_judged(found, lemma))
    within: list[tuple[str, Label, list[Mention]]] = [
        ("each by itself", apart, mentions),
        ("same lemma", same_lemma, mentions),
        ("reading", read, mentions),
        *((name, label, mentions) for name, label in judged if name == MODEL),
        ("same lemma, of those read as events", same_lemma, seen),
        ("reading, of those read as events", read, seen),
    ]
    for name, label, some in within:
        yield Row(part, "within a report", name, len(some), compare(some, label, within=True))
    across: list[tuple[str, Label]] = [
        ("each by itself", apart),
        ("reading, reports apart", read),
        ("same lemma in the topic", lambda m: (m.topic, lemma[m.key])),
        ("same lemma in the subtopic", lambda m: (m.subtopic, lemma[m.key])),
        *judged,
    ]
    for name, label in across:
        yield Row(part, "across reports", name, len(mentions), compare(mentions, label, within=False))


def _judged(found: Sequence[Document], lemma: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Label]]:
    """The model of coreference, with reports grouped by their words and with the corpus's own subtopics."""
    judge = model()
    reports = list(given(found))
    told = list(mentions_told(reports, judge.rarity))
    grouped = matters(reports, judge)
    subtopics = {m.report: m.subtopic for document in found for m in document.mentions}
    by_words = joined_events(told, grouped, judge)
    by_subtopic = joined_events(told, subtopics, judge)
    yield "same lemma in reports grouped by words", lambda m: (grouped[m.report], lemma[m.key])
    yield MODEL, lambda m: by_words[m.key]
    yield "model, in the subtopic", lambda m: by_subtopic[m.key]


def as_figures(rows: Iterable[Row]) -> dict[str, float | int]:
    """The scores as plain numbers: ``dev.across reports.same lemma in the topic.conll``."""
    figures: dict[str, float | int] = {}
    for row in rows:
        lead = f"{row.part}.{row.level}.{row.name}"
        figures |= {f"{lead}.mentions": row.mentions, f"{lead}.conll": row.scores.conll}
        for metric in METRICS:
            measure = getattr(row.scores, metric)
            figures |= {f"{lead}.{metric}.{share}": getattr(measure, share) for share in ("precision", "recall", "f1")}
    return figures


HEADS = ("mentions", "MUC", "B³", "CEAF-e", "CoNLL", "pairs P", "pairs R", "pairs F1")


def _cells(row: Row) -> list[str]:
    s = row.scores
    shares = (s.muc.f1, s.b_cubed.f1, s.ceaf_e.f1, s.conll, s.pairs.precision, s.pairs.recall, s.pairs.f1)
    return [str(row.mentions), *(f"{100 * share:.1f}" for share in shares)]


def as_text(rows: Sequence[Row]) -> str:
    """The scores as tables in text."""
    width = max(len(row.name) for row in rows) + 2
    lines: list[str] = []
    before = None
    for row in rows:
        if (row.part, row.level) != before:
            before = row.part, row.level
            title = f"{row.part}, {row.level}"
            lines += [*([""] if lines else []), f"{title:{width}}" + "".join(f"{head:>9}" for head in HEADS)]
        lines.append(f"{row.name:{width}}" + "".join(f"{cell:>9}" for cell in _cells(row)))
    return "\n".join(lines)


INTRODUCTION = """Which mentions are of one event, within a report and across the reports of a topic, where the mentions
are given: F1 of MUC, B³ and CEAF-e and their mean (CoNLL F1), as the reference scorer defines them, and pairs
of mentions; percentages over all mentions. *Each by itself* joins nothing, and shows what is had for nothing. *Same
lemma* joins mentions whose head word has the same lemma; its published figure is a CoNLL F1 of 76.3 on the test topics,
across the reports of a cluster of documents, which comes near to a *subtopic*. The *reading* joins mentions that lie in
mentions of one of its events; it reads events of armed conflict alone, and most topics are of other matters, so that
few mentions are *read as events*. It keeps reports apart here. The *model* (coreference.md) learnt from the other
topics, so that it has no rows on them; it joins mentions within groups of reports that it finds by their words, all
topics at once, or within the corpus's own subtopics, which no user has. ECB+ tells a shooting from the killings in it,
which are one event to the reading.

Published work scores the sentences that the corpus lists as checked. That list is not part of the data here unless
`ECBplus_coreference_sentences.csv` lies beside the topics. Without it every sentence with a mention that is in a chain
is scored, two thirds more mentions than in published work, and a mention in no chain counts as an event by itself. So
the figures are comparable with one another, and with published ones only roughly."""


def as_page(rows: Sequence[Row], command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    lines = ["| topics | | joined | " + " | ".join(HEADS) + " |", "|---|---|---" + "|--:" * len(HEADS) + "|"]
    lines += ["| " + " | ".join([row.part, row.level, row.name, *_cells(row)]) + " |" for row in rows]
    return "\n\n".join(["## Events that are one (ECB+)", f"Made by `{command}`.", INTRODUCTION, "\n".join(lines)])
