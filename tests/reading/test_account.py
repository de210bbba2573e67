from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.conftest import PUBLISHED, Read

from sayso.errors import SaysoError
from sayso.examples import report_paths
from sayso.intake import add
from sayso.ledger.store import Store
from sayso.model import Account, Report, Span
from sayso.reading import account as reading
from sayso.reading.account import READER, read_each, read_report, read_reports
from sayso.reading.syntax import MAX_PARAGRAPH, language_model
from sayso.sources import read_sources, report_from_text

FRENCH = (
    "Au moins dix personnes ont été tuées samedi dans une attaque menée par des hommes armés contre un village, "
    "ont indiqué des sources locales."
)
ENGLISH = "Two rockets were fired at a base in the east of the country on Sunday, the army said in a statement."
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = "the army rebels said denied attacked killed rockets on Sunday Homs base was by after in that no 12 it He"
MARKS = ["“", "”", ",", ".", "\n\n", "(", "—", "’s", "told Reuters", "air strikes", "according to"]
WORDS = st.sampled_from([*PIECES.split(), *MARKS])


def report(text: str) -> Report:
    return report_from_text(text, published=PUBLISHED)


def sentences() -> list[str]:
    found = (r for path in report_paths() for r in read_sources([str(path)]) if isinstance(r, Report))
    return [s.strip() + "." for r in found for s in r.text[r.body_start :].split(". ") if 20 < len(s) < 400]


SENTENCES = sentences()


def spans(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [s for field in value.__struct_fields__ for s in spans(getattr(value, field))]
    return [s for item in value for s in spans(item)] if isinstance(value, tuple | list) else []


def check(account: Account) -> None:
    """What holds of every account, whatever the text."""
    text = account.report.text
    assert all(s.text == text[s.start : s.end] for s in spans(account))
    assert all(c.evidence.text.strip() for c in account.claims)
    actors, events = {a.id for a in account.actors}, {e.id for e in account.events}
    assert all(e.mentions for e in account.events)
    assert {c.event for c in account.claims} <= events
    assert {who for c in account.claims for who in (c.speaker, c.via) if who} <= actors
    assert {end for x in account.links for end in (x.from_, x.to)} <= events
    assert {c.attribution for c in account.claims if c.attribution} <= {a.id for a in account.attributions}
    assert all(x.from_ != x.to for x in account.links)
    assert all(e.killed is None or e.killed != (None, None) for e in account.events)


@FEW
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), st.data())
def test_shuffled_and_cut_sentences_are_read_soundly(chosen: list[str], data: st.DataObject) -> None:
    text = " ".join(chosen)
    lo = data.draw(st.integers(0, len(text) // 2))
    check(read_report(report("Report. " + text[lo:])))


@FEW
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_any_order_of_words_is_read_soundly(text: str) -> None:
    check(read_report(report("Report. " + text)))


@FEW
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(SaysoError):
        check(read_report(report("Report. " + text)))


def test_bundled_reports_are_read_soundly() -> None:
    found = [r for path in report_paths()[:6] for r in read_sources([str(path)]) if isinstance(r, Report)]
    for account in read_reports(found):
        check(account)
        assert account.events


def test_the_same_report_gives_the_same_bytes(read: Read) -> None:
    assert read(ENGLISH).to_json() == read(ENGLISH).to_json()
    assert read(ENGLISH).reader == READER


def test_a_long_report_without_paragraphs_is_read_in_bounded_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join((ENGLISH, "The ministry denied it.") * 1600)
    lengths: list[int] = []
    model: Any = language_model()
    pipe = model.pipe

    def watched(pieces: Iterable[str], **options: Any) -> Any:
        kept = list(pieces)
        lengths.extend(len(piece) for piece in kept)
        return pipe(kept, **options)

    monkeypatch.setattr(model, "pipe", watched)
    account = read_report(report(text))
    assert len(text) > 190_000
    assert max(lengths) <= MAX_PARAGRAPH
    assert account.events


def test_a_report_in_another_language_is_refused() -> None:
    with pytest.raises(SaysoError, match="French") as raised:
        read_report(report(FRENCH))
    assert (raised.value.code, raised.value.exit_status) == ("S302", 2)


def test_a_mixed_report_is_read_in_part_and_says_so(read: Read) -> None:
    account = read(f"{ENGLISH}\n\n{FRENCH}")
    assert len(account.events) == 1
    (note,) = [n for n in account.notes if n.code == "S303"]
    assert note.text == "French; sayso reads English so far"
    assert note.span is not None
    assert note.span.text == FRENCH
    assert [p.read for p in account.paragraphs] == [True, False]


def test_one_unreadable_report_does_not_end_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    compose = reading._compose

    def breaking(found: Report, *rest: Any) -> Account:
        if "fault" in found.text:
            raise ValueError("no such thing")
        return compose(found, *rest)

    monkeypatch.setattr(reading, "_compose", breaking)
    texts = (ENGLISH, FRENCH, "A fault. " + ENGLISH, ENGLISH)
    found = list(read_each(report(text) for text in texts))
    assert [f.code if isinstance(f, SaysoError) else "read" for f in found] == ["read", "S302", "S214", "read"]
    assert isinstance(found[2], SaysoError)
    assert isinstance(found[2].__cause__, ValueError)


def test_read_reports_raises_at_the_report_that_cannot_be_read() -> None:
    stream = read_reports(report(text) for text in (ENGLISH, FRENCH, ENGLISH))
    assert next(stream).events
    with pytest.raises(SaysoError, match="S302"):
        next(stream)


def test_a_foreign_report_among_others_is_kept_as_unread(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in (("a", ENGLISH), ("b", FRENCH), ("c", "On Friday, jets bombed a depot near Idlib, he said.")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    outcomes = list(add(store, [str(folder)], published=PUBLISHED))
    assert [(o.kind, o.code) for o in outcomes] == [("added", None), ("unread", "S302"), ("added", None)]


def test_a_time_that_could_not_be_resolved_is_noted(read: Read) -> None:
    account = read("Rockets hit the base on 06/07/21.")
    assert [n.code for n in account.notes] == ["S304"]


def test_an_assassination_kills_its_target(read: Read) -> None:
    (event,) = read("The assassination of General Ahmed Karimi was condemned.").events
    assert event.killed == (1, 1)
