"""Events that the trained reader takes for what happens again and again."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse
from tests.reading.encoder.conftest import CERTAIN, OUTSIDE, description, made_up

from sayso.model import Modality
from sayso.reading.events import Draft
from sayso.reading.mentions import Mention
from sayso.reading.recurring import mark_recurring
from sayso.reading.syntax import Syntax
from sayso.reading.triggers import Trigger

TEXT = "They shell the town every night; on Sunday they bombed it"
SHELL, BOMBED = 1, 10


def draft(s: Syntax, *words: int, modality: Modality = "actual") -> Draft:
    mentions = [Mention(Trigger(k, k + 1, k, "x", "shelling", False), s.sentence_of[k], []) for k in words]
    return Draft(mentions, "shelling", modality)


def marked(s: Syntax, one: Draft, generic: dict[int, float], *actual: int) -> Modality:
    scores = {(k, "generic"): score for k, score in generic.items()} | {(k, "actual"): CERTAIN for k in actual}
    encoded = made_up(TEXT, scores)
    mark_recurring([one], s, encoded, description())
    return one.modality


@pytest.fixture(scope="module")
def s(parsed: Parse) -> Syntax:
    found = parsed(TEXT)
    assert (found.word[SHELL], found.word[BOMBED]) == ("shell", "bombed")
    return found


def test_what_is_marked_as_recurring_is_generic(s: Syntax) -> None:
    assert marked(s, draft(s, SHELL), {SHELL: CERTAIN}) == "generic"


def test_what_another_word_is_marked_as_does_not_count(s: Syntax) -> None:
    assert marked(s, draft(s, BOMBED), {SHELL: CERTAIN}, BOMBED) == "actual"


def test_the_mean_over_all_mentions_decides(s: Syntax) -> None:
    both = SHELL, BOMBED
    assert marked(s, draft(s, *both), {SHELL: CERTAIN}, BOMBED) == "actual"
    assert marked(s, draft(s, *both), {SHELL: CERTAIN, BOMBED: CERTAIN}) == "generic"


def test_only_what_is_told_as_actual_is_made_generic(s: Syntax) -> None:
    assert marked(s, draft(s, SHELL, modality="planned"), {SHELL: CERTAIN}) == "planned"


def test_that_a_word_may_be_no_event_at_all_does_not_count(s: Syntax) -> None:
    """The share is among the modalities: the outside is surer here than any of them."""
    assert marked(s, draft(s, SHELL), {SHELL: OUTSIDE / 2}) == "generic"
    assert marked(s, draft(s, SHELL), {SHELL: 0.1}) == "actual"


def test_a_text_without_words_or_events_is_left_alone(s: Syntax) -> None:
    one = draft(s, SHELL)
    mark_recurring([one], s, made_up("", {}), description())
    mark_recurring([], s, made_up(TEXT, {}), description())
    assert one.modality == "actual"
