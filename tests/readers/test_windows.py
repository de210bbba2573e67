from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Paragraph
from sayso.readers.windows import cut_windows


def _paragraphs(text: str, *unread: int) -> list[Paragraph]:
    made, at = [], 0
    for number, part in enumerate(text.split("\n")):
        if part:
            made.append(Paragraph(start=at, end=at + len(part), language="en", read=number not in unread))
        at += len(part) + 1
    return made


def test_a_short_report_is_one_window() -> None:
    text = "One.\nTwo."
    (window,) = cut_windows(text, _paragraphs(text), 100, 50)
    assert window.ranges == ((0, 4), (5, 9))
    assert window.before == ()


def test_a_long_report_is_cut_between_paragraphs_and_each_part_knows_what_stands_before_it() -> None:
    text = "\n".join(f"Paragraph {number} here." for number in range(6))
    windows = cut_windows(text, _paragraphs(text), 40, 20)
    assert [len(window.ranges) for window in windows] == [2, 2, 2]
    assert windows[1].before == (windows[0].ranges[-1],)


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    text = "Aaaa aaaa aaaa. Bbbb bbbb bbbb. Cccc."
    windows = cut_windows(text, _paragraphs(text), 20, 0)
    assert [text[slice(*window.ranges[0])] for window in windows][:2] == ["Aaaa aaaa aaaa.", " Bbbb bbbb bbbb."]


def test_paragraphs_in_another_language_are_not_sent() -> None:
    text = "One.\nDeux.\nThree."
    (window,) = cut_windows(text, _paragraphs(text, 1), 100, 50)
    assert [text[lo:hi] for lo, hi in window.ranges] == ["One.", "Three."]


def test_nothing_to_read_is_no_window() -> None:
    assert cut_windows("", [], 100, 50) == []


@given(st.text(st.sampled_from("ab. \n"), max_size=300), st.integers(5, 60), st.integers(0, 60))
def test_windows_cover_all_that_is_read_once_and_keep_their_size(text: str, size: int, context: int) -> None:
    paragraphs = _paragraphs(text)
    windows = cut_windows(text, paragraphs, size, context)
    told = "".join(text[lo:hi] for window in windows for lo, hi in window.ranges)
    assert told == "".join(text[p.start : p.end] for p in paragraphs)
    for window in windows:
        assert sum(hi - lo for lo, hi in window.ranges) <= size
        assert sum(hi - lo for lo, hi in window.before) <= context
        assert all(hi <= window.start for _, hi in window.before)
