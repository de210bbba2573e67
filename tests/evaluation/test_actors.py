"""The scorer of the actor base, and the floors of its figures where the test sets are at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation import actors
from sayso.evaluation.floors import TOLERANCE
from sayso.knowledge.actors import ActorBase

FLOORS = json.loads((Path(__file__).parent / "floors_actors.json").read_text("utf-8"))
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.open()


def codes(text: str, base: ActorBase) -> list[str | None]:
    return [actor.codes.get("cameo") for actor in actors.mentions(text, base)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Norwegian government condemned Russian soldiers.", ["NORGOV", "RUSMIL"]),
        ("Estonia's first Deputy Prime Minister Qwerty left for Athens.", ["ESTGOV", "GRC"]),
        ("Soldiers from Greece met lawmakers in Finland.", ["GRCMIL", "FINLEG"]),
        ("It rained all week.", []),
    ],
)
def test_mentions_are_the_longest_words_that_name_or_describe_an_actor(
    base: ActorBase, text: str, expected: list[str]
) -> None:
    assert codes(text, base) == expected


def test_invented_countries_are_read_as_real_ones(tmp_path: Path, base: ActorBase) -> None:
    file = tmp_path / "sentences.xml"
    file.write_text(
        '<Sentence id="1"><EventCoding sourcecode="ARNGOV" targetcode="GON" eventcode="1"></EventCoding>'
        "<Text>The Arnorian government thanked Gondor.</Text></Sentence>"
        '<Sentence id="2"><EventCoding sourcecode="HOB" targetcode="---" eventcode="1"></EventCoding>'
        "<Text>Frodo said so.</Text></Sentence>"
    )
    assert actors.sentences(file, base) == actors.CodeScores(sentences=1, codes=2, full=1.0, country_and_role=1.0)


def test_sides_count_by_name_and_by_event(tmp_path: Path, base: ActorBase) -> None:
    file = tmp_path / "events.csv.gz"
    rows = ["side_a,side_b", "IS,SDF", "IS,SDF", 'IS,"HTS, Southern Front"', "IS,Zyxwv Front"]
    file.write_bytes(gzip.compress("\n".join(rows).encode()))
    assert actors.sides(file, base) == actors.SideScores(strings=4, resolved=0.75, weighted=0.875, dyads=0.6667)


def test_records_compare_country_and_sector(tmp_path: Path, base: ActorBase) -> None:
    file = tmp_path / "records.json"
    source = [{"actorText": "Israeli army", "code": "ISR", "sector": "MIL"}, {"actorText": "Iraq", "code": "IRQ"}]
    target = [{"actorText": "Hamas", "code": "PSE", "sector": "GOV"}, {"actorText": "Zyxwv", "code": "USA"}]
    file.write_text(json.dumps([{"id": "1", "source": source, "target": target}, {"id": "2", "source": ""}]))
    assert actors.records(file, base) == actors.RecordScores(4, 0.75, 0.75, 2, 0.5)


def test_a_folder_without_a_test_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S707 "):
        actors.score(tmp_path)


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")
def test_the_figures_do_not_fall(base: ActorBase) -> None:
    figures = actors.score(DATA, base)
    fallen = {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor - TOLERANCE}
    assert fallen == {}
