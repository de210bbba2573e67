from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from sayso.errors import SaysoError
from sayso.model import Account, Attribution, Link, Paragraph, Report, Span
from sayso.readers.checking import CheckedReader, fault_of
from sayso.readers.protocol import signature

Make = Callable[..., Account]
Change = Callable[[Account], dict[str, Any]]


class Answering:
    """A reader that answers for each report what a function gives, and may end or fail on the way."""

    name = "mine"
    version = "2"

    def __init__(self, answer: Callable[[Report], Any]) -> None:
        self.answer = answer

    def read(self, reports: Iterable[Report]) -> Iterator[Any]:
        for report in reports:
            found = self.answer(report)
            if found is StopIteration:
                return
            yield found


def _read(answer: Callable[[Report], Any], *reports: Report) -> list[Account | SaysoError]:
    return list(CheckedReader(Answering(answer)).read(reports))


def _codes(found: list[Account | SaysoError]) -> list[str]:
    return [item.code if isinstance(item, SaysoError) else item.reader for item in found]


def test_an_account_that_holds_is_signed_with_name_and_version(make_account: Make) -> None:
    account = make_account()
    (found,) = _read(lambda _: account, account.report)
    assert found == replace(account, reader="mine 2")


def test_the_built_in_reader_signs_with_its_version_alone() -> None:
    from sayso.readers.registry import BuiltIn
    from sayso.reading.account import READER

    assert signature(BuiltIn()) == READER


def _first_event(**changes: Any) -> Change:
    """An account with its first event alone, and that changed."""
    return lambda a: {"events": (replace(a.events[0], **changes),), "claims": (), "links": ()}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda a: {"events": (replace(a.events[0], mentions=(Span(0, 5, "Bombs"),)),), "claims": (), "links": ()},
            "“Bombs”",
        ),
        (
            lambda a: {"events": (replace(a.events[0], mentions=(Span(0, 9999, "x"),)),), "claims": (), "links": ()},
            "stand",
        ),
        (
            lambda a: {"events": (replace(a.events[0], mentions=(Span(-5, 0, ""),)),), "claims": (), "links": ()},
            "stand",
        ),
        (_first_event(mentions=()), "no mention"),
        (_first_event(type="massacre"), "no event type"),
        (_first_event(place="p9"), "none of the places"),
        (
            lambda a: {"events": (replace(a.events[0], recipients=("a9",)),), "claims": (), "links": ()},
            "none of the actors",
        ),
        (lambda a: {"events": (a.events[0], a.events[0]), "links": ()}, "two events have one id"),
        (lambda a: {"claims": (replace(a.claims[0], event="e9"),)}, "none of the events"),
        (lambda a: {"claims": (replace(a.claims[0], speaker="a9"),)}, "none of the actors"),
        (lambda a: {"claims": (replace(a.claims[0], attribution="t1"),)}, "none of the attributions"),
        (lambda a: {"claims": (replace(a.claims[0], stance="maybe"),)}, "Invalid enum value"),
        (lambda a: {"claims": (replace(a.claims[0], normalised={1, 2}.__iter__()),)}, "set_iterator"),
        (lambda a: {"claims": [replace(a.claims[0], evidence=Span(3, 9, "banana"))]}, "“banana”"),
        (lambda a: {"links": (replace(a.links[0], to="e9"),)}, "none of the events"),
        (lambda a: {"paragraphs": (Paragraph(start=0, end=9999, language="en"),)}, "no paragraph"),
        (
            lambda a: {"attributions": (Attribution(id="t1", source=(), cue=(), content=(), within="t7"),)},
            "attributions",
        ),
        (lambda a: {"report": replace(a.report, text=a.report.text + "!")}, "another report"),
    ],
)
def test_an_account_that_does_not_hold_is_refused_whole(change: Change, reason: str, make_account: Make) -> None:
    account = make_account()
    wrong = replace(account, **change(account))
    (found,) = _read(lambda _: wrong, account.report)
    assert isinstance(found, SaysoError)
    assert found.code == "S815"
    assert reason in str(found)


@pytest.mark.parametrize("found", [None, "text", 7, {"events": []}, Link])
def test_what_is_no_account_is_refused(found: object, make_account: Make) -> None:
    report = make_account().report
    assert fault_of(found, report) is not None
    assert _codes(_read(lambda _: found, report)) == ["S815"]


def test_a_reader_that_fails_on_one_report_reads_the_others(make_report: Any) -> None:
    texts = [f"Rockets hit Alford on day {n}." for n in range(4)]

    def answer(report: Report) -> Account:
        if "day 1" in report.text:
            raise ValueError("deep\ninside")
        return Account(report=report)

    found = _read(answer, *map(make_report, texts))
    assert _codes(found) == ["mine 2", "S816", "mine 2", "mine 2"]
    assert "ValueError: deep inside" in str(found[1])


def test_a_reader_that_stops_early_leaves_no_report_without_an_answer(make_report: Any) -> None:
    reports = [make_report(f"Rockets hit Alford on day {n}.") for n in range(3)]
    asked: list[str] = []

    def answer(report: Report) -> object:
        asked.append(report.id)
        return StopIteration if len(asked) == 2 else Account(report=report)

    assert _codes(_read(answer, *reports)) == ["mine 2"] * 3
    assert asked == [reports[0].id, reports[1].id, reports[1].id, reports[2].id]


def test_a_reader_that_answers_nothing_at_all(make_report: Any) -> None:
    assert _codes(_read(lambda _: StopIteration, make_report(), make_report())) == ["S815", "S815"]


def test_an_error_of_the_readers_own_stands_in_its_place(make_report: Any) -> None:
    def answer(report: Report) -> object:
        return SaysoError("S103", name="it") if "day 0" in report.text else Account(report=report)

    reports = [make_report(f"Rockets hit Alford on day {n}.") for n in range(2)]
    assert _codes(_read(answer, *reports)) == ["S103", "mine 2"]


def test_an_error_that_every_report_would_meet_ends_the_reading(make_report: Any) -> None:
    def answer(_: Report) -> object:
        raise SaysoError("S301", name="model")

    with pytest.raises(SaysoError, match=r"^S301 "):
        _read(answer, make_report())


def test_reports_are_taken_as_they_come_and_not_all_at_once(make_report: Any) -> None:
    taken: list[int] = []

    def stream() -> Iterator[Report]:
        for number in range(100):
            taken.append(number)
            yield make_report(f"Rockets hit Alford on day {number}.")

    next(CheckedReader(Answering(lambda report: Account(report=report))).read(stream()))
    assert len(taken) < 50
