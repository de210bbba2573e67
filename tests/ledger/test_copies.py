from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import copies, paragraphs, schema
from sayso.ledger.copied import COPIED
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Dateline, Event, Report, Span

MakeReport = Callable[..., Report]


def prose(seed: str, words: int = 40) -> str:
    """A paragraph of made-up words, the same for the same seed."""
    drawn = random.Random(seed)
    return " ".join("".join(drawn.choices("abcdefgh", k=6)) for _ in range(words)) + "."


AGENCY = [prose("agency 1"), prose("agency 2"), prose("agency 3")]
OWN = [prose("own 1"), prose("own 2"), prose("own 3")]
BACKGROUND = prose("the war has killed many")


def text(*parts: str) -> str:
    return "\n\n".join(parts)


def edited(paragraph: str, *changes: tuple[int, str]) -> str:
    words = paragraph.split()
    for at, word in changes:
        words[at] = word
    return " ".join(words)


@pytest.fixture
def add(store: Store, make_report: MakeReport) -> Callable[..., str]:
    """Put a report into the ledger, as the intake does; returns its id."""

    def put(*parts: str, day: str = "2021-07-05", **fields: object) -> str:
        report = make_report(text(*parts), published=day, **fields)
        with store.write() as connection:
            put_account(connection, Account(report=report, reader="test"), "x.txt")
            copies.place(connection, report, copies.sign(report))
        return report.id

    return put


def original_of(store: Store, report_id: str) -> str | None:
    with store.read() as connection:
        return connection.scalar(sa.select(schema.reports.c.copy_of).where(schema.reports.c.id == report_id))


def copied(store: Store, report_id: str) -> dict[int, str]:
    """The numbers of a report's copied paragraphs, with the report in which each began."""
    c = schema.copied_paragraphs.c
    with store.read() as connection:
        return dict(connection.execute(sa.select(c.number, c.root_id).where(c.report_id == report_id)).all())


@pytest.mark.parametrize(
    "carried",
    [
        [*AGENCY, "The end."],
        [*AGENCY, *OWN[:2]],
        [AGENCY[2], OWN[0], AGENCY[0]],
        AGENCY[:2],
        [AGENCY[0].upper(), AGENCY[1].replace(" ", ", ", 9)],
        [" ".join(AGENCY)],
        [edited(AGENCY[0], (12, "fourteen")), edited(AGENCY[1], (3, "some"), (30, "other"))],
        [AGENCY[0][: len(AGENCY[0]) * 3 // 4], AGENCY[1]],
    ],
    ids=["whole", "own added", "other order", "cut", "upper case, commas", "run together", "edited", "cut within"],
)
def test_an_agency_s_text_is_known_whatever_an_outlet_makes_of_it(
    store: Store, add: Callable[..., str], carried: Sequence[str]
) -> None:
    agency, outlet = add(*AGENCY), add(*carried, day="2021-07-06")
    assert original_of(store, outlet) == agency
    assert set(copied(store, outlet).values()) == {agency}


def test_only_the_copied_paragraphs_of_a_report_of_its_own_are_another_s(store: Store, add: Callable[..., str]) -> None:
    agency, outlet = add(*AGENCY), add(OWN[0], AGENCY[1], *OWN[1:], day="2021-07-06")
    assert original_of(store, outlet) is None
    assert copied(store, outlet) == {2: agency}


def test_a_paragraph_with_as_many_words_of_its_own_is_no_copy(store: Store, add: Callable[..., str]) -> None:
    add(AGENCY[0])
    assert copied(store, add(f"{AGENCY[0][:-1]} {OWN[0]}", day="2021-07-06")) == {}


@pytest.mark.parametrize("other", [OWN, [" ".join(reversed(AGENCY[0].split()))], [prose("agency 1", 12)]])
def test_a_text_of_its_own_is_no_copy(store: Store, add: Callable[..., str], other: Sequence[str]) -> None:
    add(*AGENCY)
    report = add(*other)
    assert (original_of(store, report), copied(store, report)) == (None, {})


def test_a_short_paragraph_is_a_copy_only_beside_a_longer_one(store: Store, add: Callable[..., str]) -> None:
    short = prose("a short one", 8)
    agency = add(AGENCY[0], short)
    beside, alone = add(AGENCY[0], short, OWN[0]), add(OWN[1], short)
    assert copied(store, beside) == {1: agency, 2: agency} or copied(store, agency) == {1: beside, 2: beside}
    assert copied(store, alone) == {}


def test_the_same_words_a_month_later_are_a_report_of_their_own(store: Store, add: Callable[..., str]) -> None:
    add(*AGENCY)
    assert original_of(store, add(*AGENCY, "New end.", day="2021-08-05")) is None


def test_the_original_is_the_earliest_even_when_it_comes_last(store: Store, add: Callable[..., str]) -> None:
    late = add(*AGENCY, OWN[0], day="2021-07-07")
    later = add(*AGENCY, OWN[1], day="2021-07-08")
    first = add(*AGENCY, day="2021-07-05")
    assert [original_of(store, one) for one in (first, late, later)] == [None, first, first]
    assert copied(store, later) == {1: first, 2: first, 3: first}


def test_what_a_late_original_changes_is_to_be_computed_anew(store: Store, make_report: MakeReport) -> None:
    told = [make_report(text(*AGENCY, OWN[0]), published="2021-07-07"), make_report(text(*AGENCY))]
    span = Span(0, 6, told[0].text[:6])
    event = Event(id="e1", type="shelling", mentions=(span,))
    with store.write() as connection:
        put_account(connection, Account(report=told[0], reader="test", events=(event,)), "x.txt")
        copies.place(connection, told[0], copies.sign(told[0]))
        connection.execute(sa.update(schema.events).values(incident_id="SY-1"))
        put_account(connection, Account(report=told[1], reader="test"), "x.txt")
        copies.place(connection, told[1], copies.sign(told[1]))
        assert connection.scalars(sa.select(schema.stale_incidents.c.incident_id)).all() == ["SY-1"]


def test_what_repeats_a_copy_belongs_to_the_first_though_little_of_that_is_left(
    store: Store, add: Callable[..., str]
) -> None:
    """A and B, B and C are alike, A and C are not: the line is followed, since each took it from the one before."""
    words = AGENCY[0].split()
    second = edited(AGENCY[0], *((at, f"new{at}") for at in (2, 3, 4, 5, 6, 7, 8, 9)))
    third = edited(second, *((at, f"newer{at}") for at in (28, 29, 30, 31, 32, 33, 34, 35)))
    assert paragraphs.share(third, " ".join(words)) < COPIED
    first, _, last = add(AGENCY[0]), add(second, day="2021-07-06"), add(third, day="2021-07-07")
    assert copied(store, last) == {1: first}


def test_one_that_takes_from_two_joins_neither_to_the_other(store: Store, add: Callable[..., str]) -> None:
    one, two = add(*AGENCY), add(*OWN, day="2021-07-06")
    mixed = add(AGENCY[0], AGENCY[1], OWN[0], day="2021-07-07")
    assert copied(store, mixed) == {1: one, 2: one, 3: two}
    assert (original_of(store, two), original_of(store, mixed)) == (None, one)


def test_background_that_goes_on_for_weeks_makes_no_report_a_near_copy(store: Store, add: Callable[..., str]) -> None:
    told = [add(prose(f"day {day}", 30), BACKGROUND, day=f"2021-07-{day:02}") for day in range(1, 14, 4)]
    assert original_of(store, told[1]) == told[0]
    add(prose("day 17", 30), BACKGROUND, day="2021-07-17")
    assert [original_of(store, one) for one in told] == [None] * 4
    assert copied(store, told[1]) == {2: told[0]}


def test_a_medley_of_many_texts_is_no_near_copy_of_one(store: Store, add: Callable[..., str]) -> None:
    parts = [prose(f"part {number}") for number in range(4)]
    for part in parts:
        add(part)
    medley = add(*parts, day="2021-07-06")
    assert len(copied(store, medley)) == 4
    assert original_of(store, medley) is None


def test_short_notes_are_not_compared(make_report: MakeReport) -> None:
    assert copies.sign(make_report("Rockets hit the base.")) is None


def test_the_header_before_the_prose_is_not_compared(store: Store, add: Callable[..., str]) -> None:
    header = prose("header", 30) + "\n\n"
    first = add(header + AGENCY[0], body_start=len(header))
    second = add(header + OWN[0], body_start=len(header))
    assert copied(store, first) == copied(store, second) == {}


TEXTS = [
    ("2021-07-01", (AGENCY[0], AGENCY[1])),
    ("2021-07-01", (AGENCY[0], OWN[0])),
    ("2021-07-03", (edited(AGENCY[0], (5, "x"), (9, "y")), AGENCY[1], OWN[0])),
    ("2021-07-06", (OWN[0], BACKGROUND)),
    ("2021-07-09", (AGENCY[1], BACKGROUND)),
    ("2021-07-13", (OWN[1], BACKGROUND)),
    ("2021-07-18", (edited(AGENCY[1], (20, "z")), BACKGROUND)),
    ("2021-07-22", (OWN[1], OWN[2], BACKGROUND)),
]


@given(order=st.permutations(range(len(TEXTS))))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_in_which_reports_come_changes_nothing(
    order: list[int], make_report: MakeReport, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = [_found(tmp_path_factory.mktemp("ledgers"), make_report, chosen) for chosen in (range(len(TEXTS)), order)]
    assert found[0] == found[1]


def _found(folder: Path, make_report: MakeReport, order: Sequence[int]) -> list[list[tuple[object, ...]]]:
    with Store.open(folder / "ledger.sqlite") as store:
        for at in order:
            report = make_report(text(*TEXTS[at][1]), published=TEXTS[at][0])
            with store.write() as connection:
                put_account(connection, Account(report=report, reader="test"), "x.txt")
                copies.place(connection, report, copies.sign(report))
        with store.read() as connection:
            r, c = schema.reports.c, schema.copied_paragraphs
            queries = (sa.select(r.id, r.copy_of).order_by(r.id), sa.select(c).order_by(c.c.report_id, c.c.start))
            return [[tuple(row) for row in connection.execute(query)] for query in queries]


def test_a_corrected_date_changes_who_was_first(store: Store, make_report: MakeReport, add: Callable[..., str]) -> None:
    first, second = add(*AGENCY), add(*AGENCY, OWN[0], day="2021-07-07")
    assert original_of(store, second) == first
    moved = make_report(text(*AGENCY), published="2021-07-09")
    with store.write() as connection:
        put_account(connection, Account(report=moved, reader="test"), "x.txt")
        copies.move(connection, moved, copies.sign(moved))
    assert (original_of(store, first), original_of(store, second)) == (second, None)


def test_a_ledger_from_before_is_filled_from_its_texts_once(store: Store, make_report: MakeReport) -> None:
    dateline = Dateline(place="Alford", agencies=("AFP",))
    told = [
        make_report(text(*AGENCY, OWN[0]), published="2021-07-06"),
        make_report(text(*AGENCY), published="2021-07-05", dateline=dateline),
    ]
    with store.write() as connection:
        for report in told:
            put_account(connection, Account(report=report, reader="test"), "x.txt")
        connection.execute(sa.update(schema.reports).values(agencies=None))
        assert copies.refill(connection) == 2
        assert copies.refill(connection) == 0
        r = schema.reports.c
        found = dict(connection.execute(sa.select(r.id, r.agencies)).all())
    assert original_of(store, told[0].id) == told[1].id
    assert found == {told[0].id: "[]", told[1].id: '["AFP"]'}


def test_a_report_has_few_rows_in_the_index(make_report: MakeReport) -> None:
    for number in (1, 12, 60):
        signature = copies.sign(make_report(text(*(prose(str(at)) for at in range(number)))))
        assert signature is not None
        assert 1 <= len(signature.bands) <= paragraphs.INDEX_ROWS


def test_the_look_up_rests_on_indexes(store: Store) -> None:
    query = copies._lookup(3)
    bound = {"h0": 1, "h1": 2, "h2": 3, "first": 1, "last": 9, "self": "x"}
    with store.read() as connection:
        plan = [row[3] for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {query.text}"), bound)]
    assert any("SEARCH bands USING PRIMARY KEY" in step for step in plan)
    assert not any(step.startswith("SCAN") and ("bands" in step or " s" in step or " r" in step) for step in plan)
