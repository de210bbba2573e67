"""What the seam loses of a faithful answer: annotated accounts, put as if a model had quoted them, come out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.readers.conftest import chat

from sayso.evaluation.accounts import Tally, as_source, compare, total
from sayso.evaluation.gold import load_gold
from sayso.model import Account

TESTS = Path(__file__).parents[1]
FOUNDING = TESTS / "reading" / "founding_report.json"
GOLD = TESTS.parents[1] / "shared" / "gold" / "accounts"
SAMPLE = 6


def _answer(gold: dict[str, Any]) -> dict[str, Any]:
    """An annotated account as a model would answer that quotes the annotators' words."""
    events = []
    for row in gold["events"]:
        claims = [
            {"slot": c["slot"], "stance": c["stance"], "speaker": c["speaker"], "via": c["via"], "evidence": c["text"]}
            | ({"value": c["value"]} if c["slot"] in ("initiator", "recipient", "weapon") else {})
            for c in gold["claims"]
            if c["event"] == row["id"]
        ]
        told = [claim["evidence"] for claim in claims if claim["slot"] == "occurrence"]
        mentions = [mention["text"] for mention in row["mentions"]]
        event = {name: row[name] for name in ("type", "modality")} | {"mentions": mentions, "claims": claims}
        event |= {f"{name}s": [row[name]["text"]] for name in ("time", "place") if row[name]}
        event |= {name: [side["text"] for side in row[name]] for name in ("initiators", "recipients")}
        event |= {"weapons": row["weapon"], "evidence": (told or mentions)[0]}
        events.append(event)
    return {"events": events}


def _through(file: Path, make_reader: Any) -> Any:
    annotated = load_gold(file)
    reader = make_reader(chat(_answer(json.loads(file.read_text(encoding="utf-8")))), window=200_000)
    found = next(reader.read([as_source(annotated.report)]))
    assert isinstance(found, Account), found
    return compare(found, annotated)


def _least(tallies: dict[str, Tally], floors: dict[str, float]) -> dict[str, float | None]:
    """The figures that fall below their floor."""
    return {name: f1 for name, floor in floors.items() if (f1 := tallies[name].f1) is None or f1 < floor}


def test_the_founding_report_comes_out_as_it_was_put_in(make_reader: Any) -> None:
    tallies = total([_through(FOUNDING, make_reader)])
    floors = {"events": 1.0, "types": 1.0, "place": 0.9, "claims": 0.92, "speakers": 1.0, "denials_doubts": 1.0}
    assert _least(tallies, floors) == {}


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_annotated_accounts_come_out_as_they_were_put_in(make_reader: Any) -> None:
    files = sorted(GOLD.glob("*.gold.json"))[:: len(list(GOLD.glob("*.gold.json"))) // SAMPLE]
    tallies = total(_through(file, make_reader) for file in files)
    floors = {"events": 0.97, "types": 0.99, "place": 0.85, "claims": 0.9, "speakers": 0.97, "denials_doubts": 0.9}
    assert _least(tallies, floors) == {}
