"""What holds for any text: never raises, pure, ordered, bounded, and linear by construction."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading.times import read_times
from sayso.reading.times.context import Context
from sayso.reading.times.forms import BUILDERS
from sayso.reading.times.lexicon import expand, lexicon, raw_lexicon
from sayso.reading.times.scan import LONGEST
from sayso.reading.times.tokens import FIGURES, OTHERS, tokenize

WORDS = sorted(
    {word.capitalize() for word in lexicon().words}
    | set(lexicon().words)
    | {
        "28th",
        "3",
        "12",
        "31",
        "2021",
        "0001",
        "9999",
        "06/28/21",
        "2021-02-30",
        "25:61",
        "1/0",
        "'90s",
        "Ramadan",
        "Easter",
        "$",
        "%",
    }
)
SOUP = st.lists(st.sampled_from([*WORDS, ",", ".", "-", "–", "\n\n", "(", ")", "’s"]), max_size=30).map(" ".join)
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)).map(date.isoformat)


@given(
    text=st.one_of(st.text(max_size=300), SOUP),
    published=st.one_of(DAYS, st.text(max_size=12)),
    start=st.integers(-3, 40),
)
@settings(max_examples=400, deadline=None)
def test_times_hold_for_any_text(text: str, published: str, start: int) -> None:
    times = read_times(text, published, start)
    assert times == read_times(text, published, start)
    for time in times:
        assert time.span.text == text[time.span.start : time.span.end] != ""
        assert time.start is None or time.end is None or time.start <= time.end
        assert time.precision != "unknown" or time.reason
        assert time.offset_days is None or time.offset_days[0] <= time.offset_days[1]
    for first, second in pairwise(times):
        assert first.span.end <= second.span.start


@given(text=SOUP, published=DAYS)
@settings(max_examples=200, deadline=None)
def test_times_are_read_alike_when_the_text_stands_after_a_header(text: str, published: str) -> None:
    header = " date 2021-07-05 \n\n"
    shifted = read_times(header + text, published, len(header))
    assert [(t.span.start - len(header), t.value) for t in shifted] == [
        (t.span.start, t.value) for t in read_times(text, published)
    ]


@pytest.mark.parametrize("rule", raw_lexicon()["rules"], ids=lambda rule: str(rule["name"]))
def test_times_rule_is_complete_and_has_no_repeat_inside_a_repeat(rule: dict[str, str]) -> None:
    data = raw_lexicon()
    assert rule["label"]
    assert rule["help"]
    assert rule["build"] in BUILDERS
    symbols = expand(rule["pattern"], data["macros"])
    known = {*FIGURES, *OTHERS, *data["classes"]}
    assert [symbol for symbol in symbols if symbol[0].isalpha() and symbol not in known] == []
    assert not _nested_repeat(symbols)


def _nested_repeat(symbols: list[str]) -> bool:
    """Whether a group that repeats without bound holds another such repeat."""
    opened: list[bool] = []
    for at, symbol in enumerate(symbols):
        if symbol.startswith("("):
            opened.append(False)
        elif symbol == ")":
            inner = opened.pop()
            if inner and symbols[at + 1 : at + 2] == ["*"]:
                return True
            if opened:
                opened[-1] = opened[-1] or inner
        elif symbol == "*" and opened:
            opened[-1] = True
    return False


def test_times_nested_repeat_is_found() -> None:
    assert _nested_repeat(["(?:", "(?:", "day", ")", "*", ")", "*"])


@pytest.mark.parametrize("entry", raw_lexicon()["classes"].items(), ids=lambda entry: str(entry[0]))
def test_times_class_has_label_and_help(entry: tuple[str, dict[str, str]]) -> None:
    assert entry[1]["label"]
    assert entry[1]["help"]


@pytest.mark.parametrize("entry", raw_lexicon()["cues"].items(), ids=lambda entry: str(entry[0]))
def test_times_cue_has_label_help_and_words(entry: tuple[str, dict[str, object]]) -> None:
    assert entry[1]["label"]
    assert entry[1]["help"]
    assert entry[1]["words"]


@pytest.mark.parametrize("rule", raw_lexicon()["rules"], ids=lambda rule: str(rule["name"]))
def test_times_rule_is_for_a_known_use(rule: dict[str, str]) -> None:
    assert rule.get("only") in {None, "ledger", "timeml", "narrative"}


def test_times_names_of_rules_are_their_own() -> None:
    names = [rule["name"] for rule in raw_lexicon()["rules"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "unit",
    [
        "the last two ",
        "1 2 3 ",
        "early ",
        "one hundred ",
        "from 3 to ",
        "about half a ",
        "Monday, ",
        "\n \n",
        "12/",
        "5:",
        "a.m.",
        "the end of ",
        "two to three ",
        "June and ",
        "5 p.m. and ",
        "the third day of ",
        "between one hundred ",
        '"This Week" ',
        "In 1941. ",
    ],
)
def test_times_work_grows_with_the_text_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _steps(unit * 2000, monkeypatch) <= 2.2 * _steps(unit * 1000, monkeypatch) + 50


def _steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many token classes all patterns together are shown, an upper bound that no clock blurs."""
    from sayso.reading.times import scan

    count = 0
    plain = scan._longest

    def counting(context: Context, at: int) -> object:
        nonlocal count
        count += LONGEST
        return plain(context, at)

    with monkeypatch.context() as patch:
        patch.setattr(scan, "_longest", counting)
        read_times(text, "2021-07-05")
    return count + len(tokenize(text, 0, lexicon().words))


def test_times_of_one_long_line_are_read() -> None:
    text = "It came on Sunday " * 5000
    assert len(read_times(text, "2021-07-05")) == 5000


def test_times_patterns_of_text_have_no_repeat_inside_a_repeat() -> None:
    from sayso.reading.times.tokens import _TOKEN

    assert not re.search(r"[+*]\)[+*]", _TOKEN.pattern)


def test_times_every_form_is_named_by_a_rule() -> None:
    assert set(BUILDERS) == {rule["build"] for rule in raw_lexicon()["rules"]}
