from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.conftest import TEXT, an_answer, an_event

from sayso.model import Account, Report, Span
from sayso.readers.answer import AnswerError, Quoted, decode, locate
from sayso.readers.checking import fault_of, spans_of
from sayso.readers.composing import compose
from sayso.readers.quoting import Quotes
from sayso.reading.language import read_paragraphs
from sayso.reading.syntax import Syntax, parse
from sayso.sources import report_from_text
from sayso.vocabulary import load


def _locate(answer: dict[str, Any], text: str = TEXT, start: int = 0) -> Quoted:
    quoted = Quoted()
    locate(answer, Quotes(text, [(0, len(text))]), start, quoted)
    return quoted


# Decoding -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ['{"events": []}', ' {"events": []} ', '<think>{"a"</think>\n{"events": []}'])
def test_the_object_in_an_answer_is_found(content: str) -> None:
    assert decode(content) == {"events": []}


@given(st.text(st.sampled_from('{}[]":,ab1 \ud800')) | st.text())
def test_any_answer_is_an_object_with_events_or_refused(content: str) -> None:
    try:
        found = decode(content)
    except AnswerError:
        return
    assert isinstance(found["events"], list)


# Locating -----------------------------------------------------------------------------------------------------------


def test_the_words_of_an_event_are_those_nearest_to_its_evidence() -> None:
    text = "Jets hit Homs on Monday. Later jets hit Idlib on Monday."
    event = {"type": "airstrike", "modality": "actual", "evidence": "jets hit Idlib", "mentions": ["hit"]}
    (found,) = _locate({"events": [event | {"times": ["Monday"]}]}, text).events
    assert found.mentions == [Span(36, 39, "hit")]
    assert found.words["time"] == [Span(49, 55, "Monday")]


def test_two_events_in_the_same_words_stand_at_two_places() -> None:
    text = "A bomb went off. Police came. A bomb went off."
    event = {"type": "bombing", "modality": "actual", "evidence": "A bomb went off", "mentions": ["bomb"]}
    quoted = _locate({"events": [event, event, event]}, text)
    assert [found.mentions[0].start for found in quoted.events] == [2, 32]
    assert quoted.refused[0].why == "these words are another event's already"


def test_evidence_that_is_refused_leaves_the_mentions() -> None:
    quoted = _locate({"events": [an_event(evidence="Rockets were fired", claims=[])]})
    assert quoted.events[0].evidence.text == "rockets hit"
    assert len(quoted.refused) == 1


def test_what_stands_before_the_window_is_not_told_again() -> None:
    quoted = _locate(an_answer(), start=TEXT.index("The army"))
    assert quoted.events == []
    assert quoted.attributions == []
    assert {refusal.why for refusal in quoted.refused} == {"it is told in an earlier part of the report"}


@pytest.mark.parametrize(
    "changes",
    [
        {"source": ["The Kremlin"]},
        {"cue": ["insisted"]},
        {"content": ["nothing at all"]},
        {"content": []},
        {"source": [], "cue": []},
        {"stance": "perhaps"},
        {"via": "Tass"},
        {"via": 3},
        {"source": [4]},
    ],
)
def test_an_attribution_with_a_part_that_does_not_stand_there_is_refused(changes: dict[str, Any]) -> None:
    row = {"source": ["The army"], "cue": ["denied"], "content": ["there was any attack"], "stance": "denies"}
    assert len(_locate({"events": [], "attributions": [row]}).attributions) == 1
    quoted = _locate({"events": [], "attributions": [row | changes]})
    assert quoted.refused
    assert quoted.attributions == [] or changes == {"source": [4]}


def test_refusals_and_items_are_counted() -> None:
    quoted = _locate({"events": [an_event(claims=[], places=["Damascus"])]})
    assert [refusal.what[-10:] for refusal in quoted.refused] == ["“Damascus”"]
    assert quoted.found == quoted.items - 2  # the event itself is no quote, and one was refused


# Whatever a model answers -------------------------------------------------------------------------------------------

WORDS = ["Two rockets", "hit", "a base near Homs", "on Sunday", "at least 18 soldiers", "the “Northern Observatory”"]
WORDS += [
    "The army",
    "denied",
    "there was any attack",
    "It was not clear",
    "Reuters",
    "said",
    "invented words",
    "",
    " ",
]
QUOTE = st.sampled_from(WORDS) | st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)).map(
    lambda at: TEXT[at[0] : at[0] + at[1]]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | QUOTE, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
STANCE = st.sampled_from(["asserts", "denies", "uncertain"]) | ANY
CLAIM = st.fixed_dictionaries(
    {"slot": st.sampled_from(sorted(load("slots"))) | ANY, "stance": STANCE, "evidence": QUOTE | ANY},
    optional={"speaker": QUOTE | ANY, "via": QUOTE | ANY, "value": QUOTE | ANY, "extra": ANY},
)
LISTS = ("times", "places", "initiators", "recipients", "weapons", "killed", "injured")
EVENT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["shelling", "airstrike"]) | ANY,
        "modality": st.sampled_from(["actual", "planned"]) | ANY,
        "mentions": st.lists(QUOTE, max_size=3) | ANY,
    },
    optional={"evidence": QUOTE | ANY, "claims": st.lists(CLAIM | ANY, max_size=4) | ANY}
    | {name: st.lists(QUOTE, max_size=2) | ANY for name in LISTS},
)
ATTRIBUTION = st.fixed_dictionaries(
    {name: st.lists(QUOTE, max_size=2) | ANY for name in ("source", "cue", "content")},
    optional={"stance": STANCE, "via": QUOTE | ANY},
)
ANSWER = st.fixed_dictionaries(
    {"events": st.lists(EVENT | ANY, max_size=4)}, optional={"attributions": st.lists(ATTRIBUTION | ANY, max_size=4)}
)


@given(ANSWER, st.integers(0, len(TEXT)))
def test_all_that_is_kept_of_any_answer_stands_in_the_report(answer: dict[str, Any], start: int) -> None:
    quoted = _locate(answer, start=start)
    for event in quoted.events:
        assert event.mentions
        assert event.evidence.start >= start
    for span in _all_spans(quoted):
        assert 0 <= span.start < span.end <= len(TEXT)
        assert TEXT[span.start : span.end] == span.text


def _all_spans(quoted: Quoted) -> Iterator[Span]:
    for event in quoted.events:
        yield from (event.evidence, *event.mentions, *(span for spans in event.words.values() for span in spans))
        for claim in event.claims:
            yield from (span for span in (claim.evidence, claim.speaker, claim.via, claim.value) if span is not None)
    for a in quoted.attributions:
        yield from (*a.source, *a.cue, *a.content, *((a.via,) if a.via is not None else ()))


@pytest.fixture(scope="module")
def parsed() -> tuple[Report, Syntax]:
    report = report_from_text(TEXT, published="2021-07-05")
    return report, next(parse([(report.text, read_paragraphs(report.text))]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=ANSWER)
def test_any_answer_makes_an_account_that_holds(answer: dict[str, Any], parsed: tuple[Report, Syntax]) -> None:
    report, syntax = parsed
    quoted = Quoted()
    paragraphs = read_paragraphs(report.text)
    locate(answer, Quotes(report.text, [(p.start, p.end) for p in paragraphs]), 0, quoted)
    account = compose(report, paragraphs, syntax, quoted, "test-1")
    assert fault_of(account, report) is None
    assert all(report.text[span.start : span.end] == span.text for span in spans_of(account))
    assert Account.from_json(account.to_json()) == account
