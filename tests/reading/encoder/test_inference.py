"""The trained reader over texts: its spans lie in the text, and each text is read by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.reading.encoder.inference import CHARACTERS, Encoded, Spans, encode, encode_each
from sayso.reading.encoder.weights import Reader

TEXT = """Rockets hit a base at Alford on Sunday, a war monitor said.

The US military denied that there was any attack, while the ministry said that two soldiers had been killed.

"We will respond," a spokesman for the militia told reporters."""
CALM = "The town lies on the river and has many houses and a bridge. " * 8
LAST = "The army denied that it had shelled the village."

STRANGE = ["\n", "\n\n", "\u200b", "\ufeff", "\x00", "É", "İ", "ﬁ", "e\u0301", "한국", "日本", "🙂"]
WORDS = st.sampled_from(
    [
        *["the", "army", "said", "that", "denied", "killed", "two", "soldiers", ",", ".", "“", "”", "'", "-", "x"],
        *STRANGE,
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=120),
)


def spans(one: Encoded) -> list[tuple[tuple[int, int], Spans, Spans]]:
    """The attributions without how sure they are."""
    return [(s.cue, s.source, s.content) for s in one.spoken]


def words_of(text: str, *some: tuple[int, int]) -> list[str]:
    return [text[a:b] for a, b in some]


def within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] < inner[1] <= outer[1]


def overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def test_who_says_what_is_found_in_the_words_of_the_text(reader: Reader) -> None:
    (found,) = encode([TEXT], reader)
    by_cue = {TEXT[slice(*one.cue)]: one for one in found.spoken}
    assert {"denied", "told"} <= by_cue.keys()
    assert "military" in " ".join(words_of(TEXT, *by_cue["denied"].source))
    assert "attack" in " ".join(words_of(TEXT, *by_cue["denied"].content))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example(text=TEXT)
@example(text="The army\n\u200b\ndenied it.\n\u200b")
@example(text="\u200b\n\ufeff")
def test_all_offsets_lie_in_the_text_and_in_its_order(text: str, reader: Reader) -> None:
    (found,) = encode([text], reader)
    whole = (0, len(text))
    words = [(int(a), int(b)) for a, b in found.words()]
    assert all(within(word, whole) for word in words)
    assert all(before[1] <= after[0] for before, after in pairwise(words))
    assert {len(scores) for scores in found.scores.values()} == {len(words)}
    begins, ends = {a for a, _ in words}, {b for _, b in words}
    for one in found.spoken:
        assert one.content
        assert 0 <= one.confidence <= 1
        for start, end in (one.cue, *one.source, *one.content):
            assert within((start, end), whole)
            assert start in begins
            assert end in ends


def test_the_words_are_those_of_the_text(reader: Reader) -> None:
    text = "  The ÉTAT-major \n\n denied   it. "
    (found,) = encode([text], reader)
    words = words_of(text, *((int(a), int(b)) for a, b in found.words()))
    assert words == ["The", "ÉTAT", "-", "major", "denied", "it", "."]


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200b"])
def test_a_text_without_words_says_nothing(text: str, reader: Reader) -> None:
    empty, other = encode([text, TEXT], reader)
    assert (empty.spoken, len(empty.words())) == ((), 0)
    assert all(len(scores) == 0 for scores in empty.scores.values())
    assert not empty.types.any()
    assert other.spoken
    assert encode([], reader) == []


def test_a_text_is_read_alike_alone_and_among_others(reader: Reader) -> None:
    (alone,) = encode([TEXT], reader)
    others = [CALM * 6, LAST, "", TEXT.upper()]
    among = encode([*others[:2], TEXT, *others[2:]], reader)[2]
    assert among.spoken == alone.spoken
    assert np.array_equal(among.types, alone.types)
    assert all(np.array_equal(among.scores[head], scores) for head, scores in alone.scores.items())


def test_reading_again_gives_the_same(reader: Reader) -> None:
    (first,), (second,) = encode([TEXT], reader), encode([TEXT], reader)
    assert first.spoken == second.spoken
    assert all(np.array_equal(second.scores[head], scores) for head, scores in first.scores.items())


def test_the_last_paragraph_of_a_long_text_is_read(reader: Reader) -> None:
    text = f"{CALM}\n\n" * 12 + LAST
    (found,) = encode([text], reader)
    assert len(found.pieces.ids) > 4 * 256
    at = text.rindex("denied")
    (one,) = [one for one in found.spoken if one.cue[0] == at]
    assert "army" in " ".join(words_of(text, *one.source))
    assert all(within(span, (text.rindex("\n") + 1, len(text))) for span in one.content)


def test_no_attribution_is_found_twice_where_windows_overlap(reader: Reader) -> None:
    text = "\n\n".join([TEXT] * 12)
    (found,) = encode([text], reader)
    cues = [one.cue for one in found.spoken]
    assert len(cues) == len(set(cues))
    assert sum(text[slice(*cue)] == "denied" for cue in cues) >= 6


def test_attributions_are_in_the_order_of_their_cues(reader: Reader) -> None:
    (found,) = encode(["\n\n".join([TEXT] * 5)], reader)
    assert list(found.spoken) == sorted(found.spoken)


def test_a_text_in_capitals_is_read_nearly_alike(reader: Reader) -> None:
    (written,), (capitals,) = encode([TEXT], reader), encode([TEXT.upper()], reader)
    assert np.array_equal(written.words(), capitals.words())
    cues = {one.cue for one in capitals.spoken}
    assert sum(any(overlap(one.cue, cue) for cue in cues) for one in written.spoken) >= len(written.spoken) - 1


def test_shares_of_types_are_shares(reader: Reader) -> None:
    (found,) = encode([TEXT], reader)
    assert found.types.shape == (len(reader.description.types),)
    assert ((found.types >= 0) & (found.types <= 1)).all()


def test_many_texts_come_in_their_order_however_they_are_parted(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [LAST, "", TEXT, "He said so.", CALM]
    assert sum(map(len, texts)) < CHARACTERS
    together = [spans(one) for one in encode(texts, reader)]
    monkeypatch.setattr("sayso.reading.encoder.inference.CHARACTERS", 60)
    assert [spans(one) for one in encode_each(texts, reader)] == together
    assert list(encode_each([], reader)) == []
