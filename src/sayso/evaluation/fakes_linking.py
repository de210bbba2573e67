"""Scores the joining on FA-KES: of two reports of one day and governorate, whether they are put into one incident.

All reports of the set are read and joined as ``sayso add`` does it, in a ledger made for this; the groups that were
judged by hand (``fakes_groups``) say which pairs should share an incident. Pairs whose only common ground is
background for one of them are neither asked for nor wrong, and are left out.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
import sqlalchemy as sa

from sayso import intake
from sayso.errors import SaysoError
from sayso.evaluation.fakes_groups import Article, Group, Pair, articles, groups
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account, Report
from sayso.sources.dates import parse_date
from sayso.sources.header import read_header

ADDRESS = "https://fa-kes.example/"

Read = Callable[[Iterable[Report]], Iterator[Account | SaysoError]]
Incidents = Mapping[str, Mapping[str, str]]
"""By a text's digest, the incidents of its report with their titles."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of a group, as people judged it and as sayso joined it: the titles of the incidents that both are in."""

    group: Group
    pair: Pair
    common: tuple[str, ...]

    @property
    def joined(self) -> bool:
        """Whether the two reports share an incident."""
        return bool(self.common)

    @property
    def right(self) -> bool:
        """Whether sayso and the annotator agree."""
        return self.joined == (self.pair.judged == "same")


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """Over so many pairs: how many are one by the annotator, how many sayso joined, how many of these are right."""

    pairs: int
    same: int
    joined: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of the joined pairs that tell of one occurrence."""
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """The share of the pairs that tell of one occurrence that are joined."""
        return self.right / self.same if self.same else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.same + self.joined) if self.same + self.joined else None


def incidents_of(texts: Sequence[Article], read: Read | None = None) -> Incidents:
    """Read and join these reports in a ledger of their own; ``read`` takes the place of the reading."""
    dated = {told.text: told.dated.isoformat() for group in groups() for told in group.reports}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_bytes(b"".join(msgspec.json.encode(_row(text, dated)) + b"\n" for text in texts))
        with Store.open(f"{folder}/ledger.db") as store:
            for _ in intake.add(store, [str(file)], read=read):
                pass
            with store.read() as connection:
                return _joined(connection)


def _row(text: Article, dated: Mapping[str, str]) -> dict[str, str]:
    """A report as an outlet would give it: dated by the annotator, else by its first words, else by the data."""
    return {
        "url": ADDRESS + text.digest,
        "publisher": text.source,
        "title": text.article_title,
        "published": dated.get(text.digest) or _stated(text) or text.day.isoformat(),
        "text": text.article_content,
    }


def _stated(text: Article) -> str | None:
    """The day that the text begins with; null where it begins with none."""
    header = read_header(text.article_content)
    if header is None or header.ambiguous:
        return None
    try:
        return parse_date(header.words)[:10]
    except SaysoError:
        return None


def _joined(connection: sa.Connection) -> Incidents:
    e, r, i = schema.events.c, schema.reports.c, schema.incidents.c
    query = (
        sa.select(r.url, i.id, i.title)
        .join(schema.events, e.report_id == r.id)
        .join(schema.incidents, i.id == e.incident_id)
        .where(e.modality == "actual")
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for url, incident, title in connection.execute(query):
        found[url.removeprefix(ADDRESS)][incident] = title
    return found


def judge(found: Incidents, those: Sequence[Group]) -> list[Judgement]:
    """Every pair of the groups that is judged same or apart, beside what sayso made of it."""
    return [
        Judgement(group=group, pair=pair, common=_common(found, group, pair))
        for group in those
        for pair in group.pairs
        if pair.judged != "background"
    ]


def _common(found: Incidents, group: Group, pair: Pair) -> tuple[str, ...]:
    one, two = (found.get(group.reports[number - 1].text, {}) for number in pair.reports)
    return tuple(one[incident] for incident in sorted(one.keys() & two.keys()))


def count(judged: Iterable[Judgement]) -> Scores:
    """The scores over these pairs."""
    those = list(judged)
    return Scores(
        pairs=len(those),
        same=sum(judgement.pair.judged == "same" for judgement in those),
        joined=sum(judgement.joined for judgement in those),
        right=sum(judgement.joined and judgement.right for judgement in those),
    )


@cache
def score(path: Path, read: Read | None = None) -> tuple[Judgement, ...]:
    """Every judged pair of the set at a path, read and joined once a run. Raises S738 where it holds no FA-KES."""
    return tuple(judge(incidents_of(articles(path), read), groups()))


def sets_of(judged: Sequence[Judgement]) -> dict[str, Scores]:
    """All pairs; those of two texts; and those that no other annotator is likely to see otherwise."""
    return {
        "all pairs": count(judged),
        "of two texts": count(j for j in judged if not j.pair.copy),
        "not doubtful": count(j for j in judged if not j.pair.doubtful),
    }


def score_sets(path: Path) -> dict[str, Scores]:
    """The scores of the set at a path by kind of pair. Raises S738 where it holds no FA-KES."""
    return sets_of(score(path))


def differences(path: Path) -> Iterator[str]:
    """What was missed and what was joined wrongly, in words, and on what the right joinings rest."""
    yield from in_words(score(path))


def in_words(judged: Sequence[Judgement]) -> Iterator[str]:
    """The missed pairs with what they share by the annotator, the wrong ones with what sayso holds them to share."""
    for heading, same, joined in (("missed", True, False), ("wrong", False, True), ("right", True, True)):
        those = [j for j in judged if (j.pair.judged == "same") is same and j.joined is joined]
        yield f"── {heading} · {len(those)} " + "─" * 40
        yield from map(_line, those)


def _line(judgement: Judgement) -> str:
    group, pair = judgement.group, judgement.pair
    one, two = (group.reports[number - 1] for number in pair.reports)
    what = "; ".join(group.incidents[letter] for letter in group.shared(pair)) or "nothing"
    line = f"  {group.group}. {group.date} {group.governorate}, {one.outlet} {one.unit} and {two.outlet} {two.unit}"
    line += f": they share {what}" + (f" (doubtful: {pair.doubtful})" if pair.doubtful else "")
    return line + (f" | joined in {'; '.join(judgement.common)}" if judgement.common else "")


def as_figures(sets: Mapping[str, Scores]) -> dict[str, float | int | None]:
    """The scores as plain numbers: ``all pairs.precision``."""
    keys = ("pairs", "same", "joined", "right", "precision", "recall", "f1")
    return {f"{name}.{key}": getattr(scores, key) for name, scores in sets.items() for key in keys}


HEADS = ("pairs", "one occurrence", "joined", "right", "P", "R", "F1")


def _cells(scores: Scores) -> list[str]:
    counts = (scores.pairs, scores.same, scores.joined, scores.right)
    shares = (scores.precision, scores.recall, scores.f1)
    return [*map(str, counts), *("–" if share is None else f"{share:.3f}" for share in shares)]


def as_text(sets: Mapping[str, Scores]) -> str:
    """The scores as a table in text."""
    rows = [["", *HEADS], *([name, *_cells(scores)] for name, scores in sets.items())]
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join("  ".join(f"{cell:{'<' if k == 0 else '>'}{widths[k]}}" for k, cell in enumerate(r)) for r in rows)


INTRODUCTION = """Reports of opposed outlets on one day and governorate of the Syrian war, 40 groups of them judged by
hand ([the list](fakes_groups.md)). All reports of the development half are read and joined in one ledger; two reports
count as joined where they share an incident. *One occurrence*: pairs that tell of one by the annotator. *Of two texts*
leaves out pairs that are one agency text, *not doubtful* those that another annotator could see otherwise."""


def as_page(sets: Mapping[str, Scores], command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    lines = ["| | " + " | ".join(HEADS) + " |", "|---" + "|--:" * len(HEADS) + "|"]
    lines += ["| " + " | ".join([name, *_cells(scores)]) + " |" for name, scores in sets.items()]
    return "\n\n".join(["## Linking, FA-KES", f"Made by `{command}`.", INTRODUCTION, "\n".join(lines)])
