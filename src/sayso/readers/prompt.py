"""The words that a model is asked with, from ``prompts/endpoint.yaml`` and the vocabulary."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from sayso.model import Report
from sayso.readers.windows import Range, Window
from sayso.vocabulary import load

LISTS = {"types": "event_types", "slots": "slots", "stances": "stances", "modalities": "modalities"}
"""What a list in the prompt is called, and the vocabulary that fills it."""


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A prompt as the YAML has it, ``system`` filled; ``version`` is part of the version that accounts are signed with.

    The example is a text and what a model should answer on it.
    """

    version: int
    label: str
    help: str
    system: str
    example_text: str
    example_answer: dict[str, Any]
    user: str
    before: str


@cache
def load_prompt() -> Prompt:
    """The prompt, its lists filled from the vocabulary; read once."""
    text = files("sayso.readers").joinpath("prompts", "endpoint.yaml").read_text(encoding="utf-8")
    prompt = msgspec.convert(yaml.safe_load(text), Prompt)
    system = prompt.system
    for name, vocabulary in LISTS.items():
        lines = (f"- {key}: {entry.help}" for key, entry in load(vocabulary).items())
        system = system.replace(f"{{{name}}}", "\n".join(lines))
    system = system.replace("{example_text}", prompt.example_text.strip())
    system = system.replace("{example_answer}", json.dumps(prompt.example_answer, ensure_ascii=False))
    return msgspec.structs.replace(prompt, system=system)


def messages(report: Report, window: Window) -> list[dict[str, str]]:
    """What is sent to a model for one window of a report, as chat messages."""
    prompt = load_prompt()
    parts = {
        "title": f" with the title “{report.title}”" if report.title else "",
        "published": report.published[:10],
        "before": prompt.before.replace("{before}", _text(report, window.before)) if window.before else "",
        "text": _text(report, window.ranges),
    }
    # The names of the places are filled in one go, so that no report can hold a place to be filled.
    pieces = [part for piece in prompt.user.split("{") for part in piece.split("}")]
    user = "".join(piece if i % 2 == 0 else parts[piece] for i, piece in enumerate(pieces))
    return [{"role": "system", "content": prompt.system}, {"role": "user", "content": user}]


def _text(report: Report, ranges: tuple[Range, ...]) -> str:
    return "\n\n".join(report.text[start:end].strip() for start, end in ranges)
