"""What is known of an event and of a claim when they are made."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sayso.reading.account import read_report
from sayso.reading.claims import Made
from sayso.reading.confidence.features import FeatureReader
from sayso.reading.confidence.judging import Judge, Judged, Known, Signals, known_of
from sayso.reading.events import Draft
from sayso.reading.syntax import Syntax
from sayso.sources import report_from_text


class Listening(Judge):
    """Remembers what is known of every claim."""

    def judge(
        self, s: Syntax, drafts: Sequence[Draft], made: Sequence[Made], signals: Signals | None = None
    ) -> list[Judged]:
        self.rows = list(zip(made, known_of(s, drafts, made), strict=True))
        return super().judge(s, drafts, made, signals)


def rows(text: str) -> list[tuple[Made, Known]]:
    judge = Listening(0.0)
    read_report(report_from_text(text, published="2021-07-05"), judge)
    return judge.rows


def of(text: str, slot: str) -> list[set[str]]:
    """The features of every claim on a slot."""
    return [set(known.claim) for made, known in rows(text) if made.slot == slot]


def event(text: str) -> set[str]:
    """The features of the first event."""
    return set(rows(text)[0][1].event)


def test_the_second_of_two_figures_is_told_from_the_first() -> None:
    text = "The blast killed 12 people, the police said. The blast killed 15 people, the army said."
    first, second = of(text, "killed")
    assert {"row=1", "rows=2", "own_rows=1", "said_once", "count_exact"} <= first
    assert {"row=2", "rows=2"} <= second


def test_on_whose_word_a_claim_is() -> None:
    (said,) = of("Rockets hit a base, the army said.", "occurrence")
    (told,) = of("Rockets hit a base.", "occurrence")
    assert {"attributed", "cue=say", "of_mention"} <= said
    assert "narration" in told
    assert not {name for name in told if name.startswith("cue=")}


@pytest.mark.parametrize(
    ("text", "value"),
    [("The rebels shelled a base.", "noun"), ("Al Qaida shelled a base.", "name")],
)
def test_what_kind_of_words_a_value_is(text: str, value: str) -> None:
    (found,) = of(text, "initiator")
    assert f"value={value}" in found


def test_words_that_leave_open_what_a_sentence_tells() -> None:
    assert "beside_reportedly" in event("Rockets reportedly hit a base.")
    assert "beside_reportedly" not in event("Rockets hit a base.")


def test_an_event_beside_others_of_its_type() -> None:
    text = "Jets bombed Homs on Sunday. Jets bombed Aleppo on Friday."
    (first, *_, last) = [set(known.event) for _, known in rows(text)]
    assert {"first_alike", "alike=2", "other_place", "other_time", "nearest=1"} <= first
    assert "later_alike" in last


def test_a_bare_killing_is_known_as_such() -> None:
    assert "only_killing" in event("Five men were killed in Homs.")
    assert "only_killing" not in event("Five men were killed in shelling in Homs.")


def test_a_text_that_lost_its_commas_is_known_as_such() -> None:
    told = "Rockets hit a base near Homs on Sunday{} a monitor said and nobody was hurt there or in the villages. " * 3
    assert "no_commas" in event(told.format("", "", ""))
    assert "no_commas" not in event(told.format(",", ",", ","))


def test_features_hold_no_words_of_the_report() -> None:
    known = rows("Hezbollah rockets hit Kiryat Shmona on Sunday, killing Yossi Tabaja, Avichay Adraee said.")
    names = {name for _, row in known for name in (*row.event, *row.claim)}
    for word in ("hezbollah", "kiryat", "yossi", "adraee", "rockets"):
        assert not [name for name in names if word in name.lower()]


def test_a_report_without_events_asks_for_nothing(parsed: object) -> None:
    syntax = parsed("The weather was fine.")  # type: ignore[operator]
    assert FeatureReader(syntax, [], []).report
