import json
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.gold import load_gold
from sayso.model import Account, Span

TEXT = " date 2020-03-02 Rebels shelled Aleppo on Sunday, state media said. The rebels denied it. Aleppo was quiet."


def gold(**changes: object) -> dict[str, object]:
    def span(words: str) -> dict[str, object]:
        return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "text": words}

    event = {
        "id": "e1",
        "type": "shelling",
        "modality": "actual",
        "mentions": [span("shelled")],
        "time": {"start": "2020-03-01", "end": "2020-03-01", "precision": "day", "text": "Sunday"},
        "place": {"name": "Aleppo", "admin1": None, "country": "SYR", "text": "Aleppo"},
        "initiators": [{"name": "rebels", "text": "Rebels"}],
        "recipients": [],
        "weapon": None,
        "killed": [0, None],
        "injured": None,
    }
    claim = {
        "event": "e1",
        "slot": "occurrence",
        "value": True,
        "stance": "asserts",
        "speaker": "state media",
        "via": None,
    }
    denial = {**claim, "slot": "initiator", "value": "the rebels", "stance": "denies", "speaker": "The rebels"}
    return {
        "report": {"id": "r", "published": "2020-03-02", "publisher": None, "title": None, "text": TEXT},
        "events": [event],
        "claims": [{**claim, **span("Rebels shelled Aleppo")}, {**denial, **span("it")}],
        "links": [],
    } | changes


def written(tmp_path: Path, value: object) -> Path:
    path = tmp_path / "r.gold.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_names_that_fold_alike_are_one_actor(tmp_path: Path) -> None:
    account = load_gold(written(tmp_path, gold()))
    assert [actor.name for actor in account.actors] == ["rebels", "state media"]
    assert account.events[0].initiators == ("a1",)
    assert [claim.speaker for claim in account.claims] == ["a2", "a1"]
    assert account.claims[1].normalised == "a1"


def test_words_without_offsets_are_found_nearest_to_the_mention(tmp_path: Path) -> None:
    place = load_gold(written(tmp_path, gold())).places[0]
    assert place.span == Span(TEXT.index("Aleppo"), TEXT.index("Aleppo") + 6, "Aleppo")


def test_open_range_and_header_are_kept(tmp_path: Path) -> None:
    account = load_gold(written(tmp_path, gold()))
    assert account.events[0].killed == (0, None)
    assert account.report.text[account.report.body_start :].startswith("Rebels")


def test_gold_account_survives_json(tmp_path: Path) -> None:
    account = load_gold(written(tmp_path, gold()))
    assert Account.from_json(account.to_json()) == account


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"claims": 3}, "claims"),
        (
            {
                "links": [
                    {"from": "e1", "to": "e1", "kind": "follows", "speaker": None, "start": 0, "end": 2, "text": "no"}
                ]
            },
            "no",
        ),
    ],
)
def test_file_that_is_no_gold_account_is_refused_with_the_reason(
    tmp_path: Path, change: dict[str, object], why: str
) -> None:
    with pytest.raises(SaysoError, match=f"^S701 r.gold.json .*{why}"):
        load_gold(written(tmp_path, gold(**change)))


def test_claim_about_an_unknown_event_is_refused(tmp_path: Path) -> None:
    value = gold()
    value["events"] = []
    with pytest.raises(SaysoError, match="unknown event e1"):
        load_gold(written(tmp_path, value))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S701"):
        load_gold(tmp_path / "none.json")
