"""Scores the attributions layer against PolNeAR: who says what, as source, cue and content spans of news reports.

PolNeAR (Newell, Margolin and Ruths, LREC 2018) is published with exact-span F1 for each role, which is scored here;
overlap says how much of a miss is only a boundary. One role of one attribution may have several spans.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.accounts import Tally
from sayso.evaluation.align import assign
from sayso.model import Attribution, Span
from sayso.reading.boundaries import unmarked

Spans = tuple[tuple[int, int], ...]
ROLES = ("source", "cue", "content")
DEVELOPMENT = "dev.jsonl.gz"
BATCH = 16
PUBLISHED = (
    ("CofeNet, BERT-base (Wang et al., COLING 2022)", "83.2", "75.3", "72.9"),
    ("BERT-base, as CofeNet's authors ran it", "81.1", "74.0", "68.9"),
    ("CRF, as CofeNet's authors ran it", "50.6", "53.4", "28.6"),
)
COMPARABLE = """\
The published figures are on PolNeAR's test part, which is held out here; ours are on its development part. Both count a
span as right only where it is exact; marks at the ends of a span do not count here. One role of one attribution may
have several spans ("A," he said, "B"), which here must all be right; where a scorer counts such spans one by one, its
figures are milder. *Overlap* says how much of a miss is a boundary. The trained reader learnt from PolNeAR's training
part; what the rules add for reports of war that lost their commas counts as read here too."""
FIGURES = (
    *(f"{role}.{how}" for role in ROLES for how in ("exact", "overlap")),
    "attribution.exact",
    "attribution.overlap",
)


class Said(msgspec.Struct, frozen=True):
    """One attribution as code-point offsets of the text; an unnamed source has no spans."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()


class Document(msgspec.Struct, frozen=True):
    """One annotated report, as a line of the JSONL file."""

    id: str
    text: str
    attributions: tuple[Said, ...]


class Scores(msgspec.Struct, frozen=True):
    """The tally of each of ``FIGURES`` over all reports."""

    documents: int
    tallies: dict[str, Tally]


def documents(path: str | Path) -> Iterator[Document]:
    """The reports of a JSONL file, gzipped or not, or of ``dev.jsonl.gz`` in a folder.

    Raises SaysoError S705 where the folder has none, S720 with the line that is no annotated report.
    """
    file = Path(path) / DEVELOPMENT if Path(path).is_dir() else Path(path)
    if not file.exists():
        raise SaysoError("S705", path=file)
    opener: Any = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield msgspec.json.decode(line, type=Document)
            except msgspec.DecodeError as error:
                raise SaysoError("S720", path=path, number=number, reason=error) from error


def attributions_of(texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
    """What is read in each text, without the layers that need its date."""
    from sayso.reading.actors import ActorBook
    from sayso.reading.attributions import AttributionReader
    from sayso.reading.encoder.inference import encode
    from sayso.reading.encoder.weights import load_reader
    from sayso.reading.language import read_paragraphs
    from sayso.reading.saying import attribution_values
    from sayso.reading.syntax import parse
    from sayso.reading.triggers import find_triggers, find_weapons

    found = []
    encoded = encode(texts, load_reader())
    for syntax, one in zip(parse((text, read_paragraphs(text)) for text in texts), encoded, strict=True):
        acts = {k for t in find_triggers(syntax, find_weapons(syntax)) for k in range(t.lo, t.hi)}
        readings = AttributionReader(syntax, ActorBook(syntax), one.spoken, acts).read()
        found.append(attribution_values(readings, syntax))
    return found


def predicted(texts: Sequence[str]) -> list[tuple[Said, ...]]:
    """What is read in each text, as offsets; the speakers of one cue with one content are one source, as annotated."""
    return [_united(attributions) for attributions in attributions_of(texts)]


def _united(attributions: Iterable[Attribution]) -> tuple[Said, ...]:
    sources: dict[tuple[Spans, Spans], list[Spans]] = {}
    for one in attributions:
        sources.setdefault((_offsets(one.cue), _offsets(one.content)), []).append(_offsets(one.source))
    return tuple(
        Said(rows[0] if len(rows) == 1 else _hull([span for spans in rows for span in spans]), cue, content)
        for (cue, content), rows in sources.items()
    )


def _hull(spans: Sequence[tuple[int, int]]) -> Spans:
    return ((min(start for start, _ in spans), max(end for _, end in spans)),) if spans else ()


def _offsets(spans: Iterable[Span]) -> Spans:
    return tuple((span.start, span.end) for span in spans)


def score(path: str | Path) -> Scores:
    """Scores of the rules over a file of reports. Raises what ``documents`` raises."""
    tallies = dict.fromkeys(FIGURES, Tally())
    count = 0
    for document, read in _read(path):
        count += 1
        for figure, tally in compare(document, read).items():
            tallies[figure] += tally
    return Scores(count, tallies)


def _read(path: str | Path) -> Iterator[tuple[Document, tuple[Said, ...]]]:
    """Each report with what is read in it."""
    stream = documents(path)
    while some := list(islice(stream, BATCH)):
        yield from zip(some, predicted([document.text for document in some]), strict=True)


def compare(document: Document, read: Sequence[Said]) -> dict[str, Tally]:
    """The tallies of one report: each role by itself, and whole attributions with all their roles."""
    bare_read = [_bare(one, document.text) for one in read]
    bare_gold = [_bare(one, document.text) for one in document.attributions]
    found = {}
    for role in ROLES:
        left = [spans for one in bare_read if (spans := getattr(one, role))]
        right = [spans for one in bare_gold if (spans := getattr(one, role))]
        found[f"{role}.exact"] = Tally(_equal(left, right), len(left), len(right))
        found[f"{role}.overlap"] = Tally(len(_overlapping(left, right)), len(left), len(right))
    weights = [[_together(a, b) for b in bare_gold] for a in bare_read]
    found["attribution.exact"] = Tally(_equal(bare_read, bare_gold), len(read), len(bare_gold))
    found["attribution.overlap"] = Tally(len(assign(weights)), len(read), len(bare_gold))
    return found


def _bare(said: Said, text: str) -> Said:
    """The attribution without the marks at the ends of its spans."""
    return Said(*(tuple(unmarked(text, lo, hi) for lo, hi in sorted(getattr(said, role))) for role in ROLES))


def _equal(left: Iterable[object], right: Iterable[object]) -> int:
    return (Counter(left) & Counter(right)).total()


def _overlapping(left: Sequence[Spans], right: Sequence[Spans]) -> list[tuple[int, int]]:
    return assign([[float(_shared(a, b)) for b in right] for a in left])


def _shared(left: Spans, right: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def _together(left: Said, right: Said) -> float:
    """How much two attributions share, where every role that both have overlaps, else 0."""
    shared = [_shared(getattr(left, role), getattr(right, role)) for role in ROLES]
    had = [bool(getattr(left, role) or getattr(right, role)) for role in ROLES]
    return float(sum(shared)) if all(s > 0 for s, h in zip(shared, had, strict=True) if h) else 0.0


def differences(path: str | Path) -> Iterator[str]:
    """Each annotated attribution that was not read exactly, beside what was read there, in words."""
    for document, said in _read(path):
        read = [_bare(one, document.text) for one in said]
        gold = [_bare(one, document.text) for one in document.attributions]
        pairs = dict(assign([[_any(a, b) for b in gold] for a in read]))
        back = {j: i for i, j in pairs.items()}
        for j, one in enumerate(gold):
            other = read[back[j]] if j in back else None
            if other != one:
                yield "\n".join((document.id, *_rows(document.text, one, other)))
        yield from (
            "\n".join((document.id, *_rows(document.text, None, one))) for i, one in enumerate(read) if i not in pairs
        )


def _any(left: Said, right: Said) -> float:
    cue = _shared(left.cue, right.cue)
    return 1000.0 * cue + sum(_shared(getattr(left, role), getattr(right, role)) for role in ROLES)


def _rows(text: str, gold: Said | None, read: Said | None) -> Iterator[str]:
    for role in ROLES:
        a, b = (tuple(getattr(one, role)) if one else () for one in (gold, read))
        words = [" … ".join(" ".join(text[lo:hi].split()) for lo, hi in spans) or "–" for spans in (a, b)]
        yield (
            f"  {role:8} {words[0]}" if a == b else f"  {role:8} annotated: {words[0]}\n  {'':8} read:      {words[1]}"
        )


def score_sets(path: Path) -> dict[str, Scores]:
    """The scores of the one set that a path names. Raises what ``documents`` raises."""
    return {Path(path).name: score(path)}


def as_text(sets: Mapping[str, Scores]) -> str:
    """The figures as lines, in per cent."""
    rows = [
        f"{figure:22}{''.join(f'{100 * share:8.1f}' for share in shares)}"
        for scores in sets.values()
        for figure, shares in _shares(scores).items()
    ]
    return "\n".join([f"{'':22}{'precision':>8}{'recall':>8}{'F1':>7}", *rows])


def as_figures(sets: Mapping[str, Scores]) -> dict[str, object]:
    """The figures as shares, to be written as JSON."""
    return {
        name: {"documents": scores.documents}
        | {
            figure: dict(zip(("precision", "recall", "f1"), (round(x, 4) for x in shares), strict=True))
            for figure, shares in _shares(scores).items()
        }
        for name, scores in sets.items()
    }


def as_page(sets: Mapping[str, Scores], command: str) -> str:
    """The section of the page of figures, with the published ones beside."""
    lines = ["## Attributions (PolNeAR)", "", f"Made by `{command}`.", ""]
    lines += ["| development part | precision | recall | F1 |", "|---|--:|--:|--:|"]
    for scores in sets.values():
        lines += [
            f"| {figure.replace('.', ', ')} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |"
            for figure, shares in _shares(scores).items()
        ]
    lines += ["", "| test part, as published: F1 of exact spans | source | cue | content |", "|---|--:|--:|--:|"]
    lines += [f"| {name} | {' | '.join(figures)} |" for name, *figures in PUBLISHED]
    return "\n".join([*lines, "", COMPARABLE])


def _shares(scores: Scores) -> dict[str, tuple[float, float, float]]:
    found = {}
    for figure, tally in scores.tallies.items():
        found[figure] = (tally.precision or 0.0, tally.recall or 0.0, tally.f1 or 0.0)
    return found
