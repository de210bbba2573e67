"""The weights of the joining: what each finding adds to the log-odds that two events are one (matching.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of matching.yaml: weights in log-odds, and whether they were learnt or are set by judgement.

    ``passing`` is the weight where not both reports are mostly about the event, so that its sentences alone are
    compared and not the reports.
    """

    label: str
    weight: float
    passing: float
    learnt: bool = True
    help: str = ""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The whole scorecard; log-odds start at ``start``, and at ``start_passing`` where an event is told in passing."""

    start: float
    start_passing: float
    findings: dict[str, Finding]


@cache
def weights() -> Weights:
    """The scorecard that is shipped."""
    raw: Any = yaml.load(files("sayso.incidents").joinpath("matching.yaml").read_text("utf-8"), Loader=_loader())
    return msgspec.convert(raw, Weights)


def weight(finding: str) -> float:
    """What a finding adds to the log-odds where both reports are mostly about the event."""
    return _weights()[0][finding]


def weight_passing(finding: str) -> float:
    """What a finding adds to the log-odds where one report, or both, tell the event in passing."""
    return _weights()[1][finding]


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    known = weights().findings
    return {name: one.weight for name, one in known.items()}, {name: one.passing for name, one in known.items()}


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
