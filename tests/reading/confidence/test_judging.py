"""Which claims are refused: those below the threshold, but never the ground of an event."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.model import Account, Claim
from sayso.reading.account import READER, read_report
from sayso.reading.claims import Made
from sayso.reading.confidence.features import Features
from sayso.reading.confidence.judging import Judge, known_of
from sayso.reading.confidence.model import Step, Weights
from sayso.reading.events import Draft
from sayso.sources import report_from_text

TEXT = (
    "Rockets hit a base near Homs on Sunday, killing three soldiers, a monitor said. The army denied there was any "
    "attack. Residents said jets bombed a market in Aleppo."
)
SURE = Step(20.0, {})


def weights(claim: Step, asserts: float = 0.5, denies: float = 0.5) -> Weights:
    return Weights(1, {"asserts": asserts, "denies": denies, "uncertain": 0.5}, SURE, claim)


def read(judge: Judge) -> Account:
    return read_report(report_from_text(TEXT, published="2021-07-05"), judge)


@cache
def whole() -> Account:
    return read(Judge(0.0))


def everything(account: Account) -> list[Claim]:
    """All claims that were read, kept or refused, in their order."""
    return sorted((*account.claims, *(r.claim for r in account.refused)), key=lambda claim: int(claim.id[1:]))


def test_every_claim_has_a_confidence_of_two_digits() -> None:
    for claim in whole().claims:
        assert claim.confidence is not None
        assert 0.0 <= claim.confidence <= 1.0
        assert claim.confidence == round(claim.confidence, 2)


def test_a_threshold_of_zero_refuses_nothing() -> None:
    assert whole().refused == ()


def test_what_is_below_the_threshold_is_refused_with_the_reason() -> None:
    account = read(Judge(weights=weights(Step(0.0, {"slot=killed": -3.0, "slot=place": 3.0}), asserts=0.5)))
    assert {r.claim.slot for r in account.refused} == {"killed"}
    assert account.refused[0].reason == "confidence 0.05 is below 0.50"
    assert account.events[0].killed is None
    assert whole().events[0].killed == (3, 3)


def test_an_event_keeps_its_likeliest_claim_that_it_happened() -> None:
    account = read(Judge(1.0, weights(Step(-3.0, {}))))
    assert len(account.events) == len(whole().events)
    assert [c.slot for c in account.claims] == ["occurrence"] * len(account.events)
    assert {c.event for c in account.claims} == {e.id for e in account.events}


def test_stances_have_thresholds_of_their_own_unless_the_user_sets_one() -> None:
    step = Step(0.0, {"slot=occurrence": 1.0, "stance=denies": -2.0})
    assert [c.stance for c in read(Judge(weights=weights(step, denies=0.2))).claims].count("denies") == 1
    assert "denies" not in {c.stance for c in read(Judge(weights=weights(step, denies=0.4))).claims}
    assert "denies" not in {c.stance for c in read(Judge(0.4, weights(step, denies=0.2))).claims}


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_a_higher_threshold_refuses_more_and_loses_nothing(one: float, other: float) -> None:
    low, high = (read(Judge(least)) for least in sorted((one, other)))
    assert everything(low) == everything(high) == list(whole().claims)
    assert {r.claim.id for r in low.refused} <= {r.claim.id for r in high.refused}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert read(Judge()).to_json() == read(Judge()).to_json()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_share_is_refused(value: float) -> None:
    with pytest.raises(SaysoError, match=r"^S348 .*between 0 and 1"):
        Judge(value)


def test_accounts_under_another_threshold_are_signed_so() -> None:
    assert whole().reader == f"{READER}, from 0.00"
    assert read(Judge()).reader == READER


class Encoder:
    """Signals of a reader that knows more."""

    def event(self, d: Draft) -> Features:
        return {"encoder.trigger": 0.9}

    def claim(self, c: Made) -> Features:
        return {"encoder.role": 0.3} if c.slot == "place" else {}


def test_a_readers_own_signals_join_the_features() -> None:
    class Listening(Judge):
        def judge(self, s, drafts, made, signals=None):  # type: ignore[no-untyped-def]
            self.known = list(known_of(s, drafts, made, Encoder()))
            self.slots = [c.slot for c in made]
            return super().judge(s, drafts, made, Encoder())

    judge = Listening(0.0)
    read(judge)
    assert all(known.event["encoder.trigger"] == 0.9 for known in judge.known)
    assert [known.claim.get("encoder.role") for known in judge.known] == [
        0.3 if slot == "place" else None for slot in judge.slots
    ]
