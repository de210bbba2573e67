"""The relevance gate: what is read whatever its words, what a passage adds up to, what stands for a report not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Account, Report
from sayso.reading.relevance import (
    GATE,
    KNOWN,
    SHORT,
    SKIPPED,
    STRIDE,
    WINDOW,
    Gate,
    gate,
    gated,
    held_back,
    is_gate,
    is_skipped,
    parsed,
)
from sayso.sources import report_from_text

BAKERY = """The family bakery on the corner of the market square will open again next month with a new oven and a larger
shop window. Its owner said that the price of flour and butter had gone up over the last year, and that customers were
asking for smaller loaves and more fruit cakes. The bank agreed to lend the company enough money for the new kitchen.
The town council wants to plant more trees along the street and to make the square free of cars on weekends, which the
owners of the shops support. A school class painted the front of the house in yellow and blue. Tickets for the summer
concert are sold at the library, the mayor said, and children under twelve pay half the price."""
"""A report on other matters, written for these tests."""
ATTACK = "Two rockets hit a military base near Homs on Sunday, killing four soldiers, a monitor said."
DENIAL = "There was no attack on the base on Sunday, the army said in a statement."


def report(text: str, title: str | None = None) -> Report:
    return report_from_text(text, published="2021-07-05", title=title)


def a_gate(threshold: int = 100, **weights: int) -> Gate:
    return Gate({"calm": 0, **{name.replace("_", " "): value for name, value in weights.items()}}, 0, threshold)


def calm(number: int) -> str:
    return " ".join(["calm"] * number)


# How a report is judged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, STRIDE, WINDOW, 199, 200])
def test_one_word_is_enough_wherever_it_stands(at: int) -> None:
    text = f"{calm(at)} attack {calm(200 - at)}"
    assert a_gate(attack=100).judge(report(text)).relevant
    assert not a_gate(attack=99).judge(report(text)).relevant


def test_words_add_up_within_a_passage_and_not_across_the_text() -> None:
    beside = f"{calm(100)} fire {calm(10)} fire {calm(100)}"
    apart = f"fire {calm(3 * WINDOW)} fire"
    assert a_gate(fire=60).judge(report(beside)).relevant
    assert not a_gate(fire=60).judge(report(apart)).relevant


def test_a_pair_counts_where_both_words_stand_together() -> None:
    judge = a_gate(opened_fire=100, opened=0, fire=0).judge
    assert judge(report(f"{calm(100)} opened fire")).relevant
    assert not judge(report(f"{calm(100)} fire opened")).relevant


def test_words_may_speak_against_an_event() -> None:
    text = f"{calm(50)} heart attack {calm(50)}"
    assert a_gate(attack=100).judge(report(text)).relevant
    assert not a_gate(attack=100, heart_attack=-100).judge(report(text)).relevant


@pytest.mark.parametrize("text", [BAKERY, f"{BAKERY} {ATTACK}"])
def test_capitals_and_commas_do_not_matter(text: str) -> None:
    plain = gate().judge(report(text))
    for written in (text.upper(), text.title(), text.replace(",", "")):
        assert gate().judge(report(written))[:2] == plain[:2]


def test_the_title_is_judged_too() -> None:
    judge = a_gate(attack=100).judge
    assert judge(report(calm(100), title="An attack")).relevant
    assert not judge(report(calm(100), title="A concert")).relevant


def test_a_short_report_is_always_read() -> None:
    assert a_gate().judge(report(calm(SHORT - 1))).relevant
    assert not a_gate().judge(report(calm(SHORT))).relevant


def test_a_report_of_unknown_words_is_always_read() -> None:
    unknown = round(200 * (1 - KNOWN))
    assert a_gate().judge(report(calm(200 - unknown - 1) + " xqz" * (unknown + 1))).relevant
    assert not a_gate().judge(report(calm(200 - unknown) + " xqz" * unknown)).relevant


def test_the_likeliest_passage_is_told_in_the_reports_own_words() -> None:
    text = f"{calm(300)} Nearly, an «attack»\n {calm(100)}"
    found = a_gate(attack=50).judge(report(text))
    assert found.passage is not None
    assert "attack" in found.passage.text
    assert text[found.passage.start : found.passage.end] == found.passage.text


def test_no_passage_is_told_where_it_is_the_title() -> None:
    assert a_gate(attack=50).judge(report(calm(100), title="An attack")).passage is None


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.integers(1, 40))
def test_any_text_is_judged(text: str, times: int) -> None:
    found = gate().judge(report("x" + text * times))
    assert found.relevant or (found.score is not None and 0 <= found.score < 1)


# What the gate that is shipped does -----------------------------------------------------------------------------------


def test_a_report_on_other_matters_is_held_back() -> None:
    assert held_back(report(BAKERY)) is not None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, BAKERY.count(" ")), st.sampled_from([ATTACK, DENIAL]), st.integers(1, 4))
def test_one_sentence_on_an_attack_in_a_long_text_is_enough(at: int, sentence: str, times: int) -> None:
    words = BAKERY.split(" ")
    text = " ".join([*words[:at], sentence, *words[at:], *words * times])
    assert held_back(report(text)) is None
    assert held_back(report(text.upper())) is None


def test_weights_are_sorted_and_within_what_a_person_can_review() -> None:
    from importlib.resources import files

    raw = files("sayso.reading").joinpath("relevance.tsv").read_bytes()
    rows = [line.split("\t") for line in raw.decode().splitlines() if line[0] not in "#*"]
    assert len(raw) < 1_000_000
    assert rows == sorted(rows, key=lambda row: (-int(row[1]), row[0]))
    assert len({name for name, _ in rows}) == len(rows)


def test_a_file_of_weights_is_parsed() -> None:
    found = parsed("# remark\n*bias*\t-5\n*threshold*\t7\nopen fire\t12\ncalm\t-3\n")
    assert (found.weights, found.bias, found.threshold) == ({"open fire": 12, "calm": -3}, -5, 7)


# What stands for what is not read -------------------------------------------------------------------------------------


def test_a_held_back_report_has_an_account_that_says_why() -> None:
    given_ = report(BAKERY)
    account = held_back(given_)
    assert account is not None
    (note,) = account.notes
    assert (account.report, account.reader, account.events) == (given_, GATE, ())
    assert note.code == SKIPPED
    assert "likelihood of an event 0.0" in note.text
    assert "--read-all" in note.text
    assert note.span is not None
    assert given_.text[note.span.start : note.span.end] == note.span.text
    assert Account.from_json(account.to_json()) == account
    assert is_skipped(account)
    assert is_gate(account.reader)
    assert not is_gate("rules-3")


def test_the_same_report_gives_the_same_bytes() -> None:
    first, second = held_back(report(BAKERY)), held_back(report(BAKERY))
    assert first is not None
    assert second is not None
    assert first.to_json() == second.to_json()


def whole(reports: Iterable[Report]) -> Iterator[Account]:
    """A reading in batches of two, as the built-in one has them."""
    waiting: list[Report] = []
    for one in reports:
        waiting.append(one)
        if len(waiting) == 2:
            yield from (Account(report=w, reader="whole") for w in waiting)
            waiting = []
    yield from (Account(report=w, reader="whole") for w in waiting)


@given(st.lists(st.booleans(), max_size=9))
@settings(max_examples=40, deadline=None)
def test_order_is_kept_whatever_is_held_back(relevant: list[bool]) -> None:
    reports = [report(f"{BAKERY} {k}" + (ATTACK if told else "")) for k, told in enumerate(relevant)]
    found = list(gated(reports, whole))
    assert [account.report for account in found] == reports
    assert [account.reader == "whole" for account in found] == relevant


def test_a_report_that_is_to_be_read_always_is_read() -> None:
    one, two = report(BAKERY), report(f"{BAKERY} Again.")
    assert [account.reader for account in gated([one, two], whole, always={two.id})] == [GATE, "whole"]


def test_nothing_is_judged_before_it_is_asked_for() -> None:
    def endless() -> Iterator[Report]:
        while True:
            yield report(BAKERY + ATTACK)

    assert next(gated(endless(), whole)).reader == "whole"
