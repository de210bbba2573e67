from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.incidents.test_responses import strike

from sayso.incidents.dyads import Strike
from sayso.incidents.excitation import fit

START = date(2020, 1, 1)


def at(number: int, days: float, way: str) -> Strike:
    return strike(f"{way}{number}", way, (START + timedelta(days=int(days))).isoformat())


def answered(random: Random) -> list[Strike]:
    """Side B strikes at random; A strikes only in answer, a day or two later."""
    found = []
    for number in range(60):
        days = random.uniform(0, 700)
        found += [at(number, days, "b"), at(number, days + random.choice((1, 2)), "a")]
    return found


def test_answers_are_seen_as_following_the_other_side() -> None:
    found = fit(answered(Random(1)), draws=8)
    assert found.a is not None
    assert found.b is not None
    assert found.a.after_other[1] > 0.5
    assert found.b.after_other[1] < found.a.after_other[1]
    assert found.a.after_other[0] <= found.a.after_other[1] <= found.a.after_other[2]


def test_strikes_at_random_are_not_told_from_a_steady_rate() -> None:
    random = Random(2)
    strikes = [at(n, random.uniform(0, 700), way) for n in range(40) for way in ("a", "b")]
    found = fit(strikes, draws=8)
    assert found.a is None
    assert "steady rate" in (found.why_not or "")


def test_few_strikes_and_short_times_are_refused() -> None:
    few = [at(n, 10 * n, "a") for n in range(40)] + [at(n, 10 * n, "b") for n in range(5)]
    assert "too few" in (fit(few).why_not or "")
    short = [at(n, n % 20, way) for n in range(40) for way in ("a", "b")]
    assert "too short" in (fit(short).why_not or "")


def test_the_same_strikes_give_the_same_fit() -> None:
    strikes = answered(Random(1))
    assert fit(strikes, draws=3) == fit(list(reversed(strikes)), draws=3)


def test_vague_and_undated_strikes_are_left_out_and_counted() -> None:
    strikes = [*answered(Random(1)), strike("x", "a", None), strike("y", "a", "2020-01-01", "2020-12-31")]
    assert fit(strikes, draws=2).left_out == 2
