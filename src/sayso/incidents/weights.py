"""The weights of the joining: what each finding adds to the log-odds that two events are one (matching.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of matching.yaml: a weight in log-odds, and whether it was learnt or is set by judgement."""

    label: str
    weight: float
    learnt: bool = True
    help: str = ""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The whole scorecard; log-odds start at ``start``."""

    start: float
    findings: dict[str, Finding]


@cache
def weights() -> Weights:
    """The scorecard that is shipped."""
    raw: Any = yaml.load(files("sayso.incidents").joinpath("matching.yaml").read_text("utf-8"), Loader=_loader())
    return msgspec.convert(raw, Weights)


def weight(finding: str) -> float:
    """What a finding adds to the log-odds."""
    return _weights()[finding]


@cache
def _weights() -> dict[str, float]:
    return {name: finding.weight for name, finding in weights().findings.items()}


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
