"""What holds of two incidents, events or reports, and what decides it, in a sentence."""

from __future__ import annotations

from datetime import date
from math import exp

from sayso.incidents.grounds import Grounds
from sayso.incidents.wording import english_days

NO_PART = "is no part of any incident: it is not told as having happened, or neither its day nor its place is known"


def verdict(of: Grounds) -> str:
    """Whether the two are one occurrence, and on what that rests: a person's decision, or what was weighed."""
    decided = next((ruling for ruling in of.rulings if ruling.stands), None)
    holds = _holds(of)
    if decided is not None and (decided.kind == "same") == bool(of.together):
        day = date.fromisoformat(decided.at[:10])
        return f"{holds}: {decided.who} said so on {english_days(day, day)}."
    if of.together:
        return f"{holds}{_why_one(of)}"
    lacking = next((subject for subject in (of.first, of.second) if not subject.incidents), None)
    return f"{lacking.id} {NO_PART}." if lacking is not None else f"{holds}{_why_two(of)}"


def _holds(of: Grounds) -> str:
    if of.first.id == of.second.id:
        return "It is one incident" if of.together else "It is one telling"
    reports = "report" in (of.first.kind, of.second.kind)
    if of.together:
        count = len(of.together)
        return (
            f"They share {'an incident' if count == 1 else f'{count} incidents'}"
            if reports
            else "They are one incident"
        )
    return "They share no incident" if reports else "They are two incidents"


def _why_one(of: Grounds) -> str:
    if of.best is None:
        return ", with one telling."
    if of.best.comparison.joins:
        whose = "its" if of.first.id == of.second.id else "their"
        return f": two of {whose} tellings are alike ({percent(of.best.comparison.probability)})."
    if of.steps:
        steps = "a step" if len(of.steps) == 1 else f"{len(of.steps)} steps"
        return f" through others: these two are not alike enough, but {steps} lead from one to the other."
    return " through others: these two are not alike enough by themselves."


def _why_two(of: Grounds) -> str:
    if of.best is None:
        return ", and nothing of theirs can be compared."
    if of.best.comparison.refused:
        return f": {of.best.comparison.why_not}."
    if not of.best.comparison.joins:
        return f": too little speaks for it (a likelihood of {percent(of.best.comparison.probability)})."
    words = f", though two of their tellings are alike ({percent(of.best.comparison.probability)})"
    if of.barrier is not None:
        return f"{words}: of two others, {of.barrier.comparison.why_not}."
    if of.mean is not None and of.mean < 0:
        return f"{words}: over all their tellings, the likelihood is {percent(likelihood(of.mean))}."
    return f"{words}: what else is in the two keeps them apart."


def likelihood(log_odds: float) -> float:
    """Log-odds as a likelihood, 0 to 1."""
    return 1 / (1 + exp(-log_odds))


def percent(probability: float) -> str:
    """A likelihood for people: "97 %"; never a full 0 % or 100 % where nothing is ruled out."""
    if 0.0 < probability < 0.01:
        return "less than 1 %"
    return "more than 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"
